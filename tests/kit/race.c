#include "tests/kit/race.h"

#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>

enum { LIMIT_MS = 20000, FAILED = 126 };

/* Two pipes: children say that they are ready, and wait until the gate is closed. */
struct gate {
    int ready[2], go[2];
};

static void open_gate(struct gate *gate)
{
    assert_int_equal(pipe(gate->ready), 0);
    assert_int_equal(pipe(gate->go), 0);
}

_Noreturn static void run_child(const struct box *box, int nth, race_play *play, void *context,
                                const struct gate *gate)
{
    struct sql *db = NULL;
    const struct sql_options options = {.name = box->path, .journal = "wal"};
    int result = FAILED;
    char byte = 0;

    (void)close(gate->go[1]);
    /* What is not ready in time fails by its result. */
    if (sql_open(&db, &options) == SQL_OK && write(gate->ready[1], &byte, 1) == 1 &&
        read(gate->go[0], &byte, 1) == 0)
        result = play(db, nth, context);
    sql_close(&db);
    _exit(result);
}

void race_run(struct box *box, int n, race_play *play, void *context, int *results)
{
    pid_t pids[RACE_MOST];
    struct gate gate;
    char byte;

    assert_true(n <= RACE_MOST);
    open_gate(&gate);
    sql_close(&box->db);
    for (int i = 0; i < n; i++) {
        pids[i] = fork();
        if (pids[i] == 0)
            run_child(box, i, play, context, &gate);
        assert_true(pids[i] > 0);
    }
    (void)close(gate.ready[1]);
    (void)close(gate.go[0]);
    for (int i = 0; i < n && read(gate.ready[0], &byte, 1) == 1; i++)
        ;
    (void)close(gate.go[1]); /* all go */
    for (int i = 0; i < n; i++) {
        results[i] = kit_reap(pids[i], LIMIT_MS);
        if (results[i] < 0 || results[i] >= FAILED)
            fail_msg("process %d ended with %d", i, results[i]);
    }
    (void)close(gate.ready[0]);
    box->db = box_connect(box);
}

int race_count(const int *results, int n, int wanted)
{
    int found = 0;

    for (int i = 0; i < n; i++)
        found += results[i] == wanted;
    return found;
}
