/*
 * kill -9 at any moment of the program's life while it sells, cancels and takes parties onto the
 * list: nothing acknowledged is lost, nothing is made twice, the others go on, and a command whose
 * end nobody saw is resolved by running it again with its key.
 */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "tests/storm/stormkit.h"

enum {
    SLOTS = 6,
    RUNS_MAX = 4096,
    LIFE_MS = 14, /* of a command that is killed, at most */
    GO_ON_MS = 1000,
    QUICK = 40,
    FULL = 500
};

enum kind { SELL, CANCEL, WAIT };

/* One command that was run. */
struct run {
    enum kind kind;
    int status;     /* 128 + SIGKILL: nobody saw how it ended */
    int target;     /* of a cancel: the sale; -1 */
    bool cancelled; /* a sale that a cancel was sent after */
    char key[24], code[16];
};

struct slot {
    pid_t pid; /* 0: nobody */
    int run;
    int64_t kill_at; /* 0: it may live */
};

struct sudden {
    struct scene *scene;
    int show, kills, n;
    uint64_t random;
    int64_t last_end; /* when the last command came to its own end */
    int64_t longest;  /* without one */
    struct slot slots[SLOTS];
    struct run runs[RUNS_MAX];
};

static void words_of(const struct sudden *s, const struct run *run, char words[static 192])
{
    switch (run->kind) {
    case SELL:
        (void)snprintf(words, 192, "sell %d --best 2 --json --key %s", s->show, run->key);
        break;
    case CANCEL:
        (void)snprintf(words, 192, "cancel %s --json --key %s", s->runs[run->target].code,
                       run->key);
        break;
    case WAIT:
        (void)snprintf(words, 192, "wait %d --party 2 --name Ngozi --json --key %s", s->show,
                       run->key);
        break;
    }
}

static void out_of(int run, char name[static 16])
{
    (void)snprintf(name, 16, "run-%d", run);
}

/* A sale that was acknowledged and that no cancel was sent after; -1: none was tried on. */
static int choose_sale(struct sudden *s)
{
    for (int i = 0; i < 8 && s->n > 0; i++) {
        int at = (int)kit_below(&s->random, (uint64_t)s->n);
        struct run *run = &s->runs[at];

        if (run->kind == SELL && run->code[0] != '\0' && !run->cancelled) {
            run->cancelled = true;
            return at;
        }
    }
    return -1;
}

static void start(struct sudden *s, struct slot *slot)
{
    struct run *run = &s->runs[s->n];
    uint64_t dice = kit_below(&s->random, 8);
    char words[192], name[16], path[KIT_PATH];

    assert_true(s->n < RUNS_MAX);
    *run = (struct run){.kind = SELL, .status = -1, .target = -1};
    if (dice < 2)
        run->target = choose_sale(s);
    if (run->target >= 0)
        run->kind = CANCEL;
    else if (dice == 2)
        run->kind = WAIT;
    (void)snprintf(run->key, sizeof run->key, "sudden-%d", s->n);
    words_of(s, run, words);
    out_of(s->n, name);
    kit_write_file(kit_path(path, s->scene->dir, name), "", 0); /* it may not live to open it */
    *slot = (struct slot){.run = s->n, .pid = storm_start(s->scene, words, name)};
    if (kit_below(&s->random, 2) == 0)
        slot->kill_at = storm_ms() + (int64_t)kit_below(&s->random, LIFE_MS);
    s->n++;
}

/* Reads what a command said before its end, and forgets the file. */
static char *said(struct sudden *s, int run)
{
    char name[16], path[KIT_PATH];
    char *text;

    out_of(run, name);
    text = kit_read_file(kit_path(path, s->scene->dir, name), NULL);
    (void)remove(path);
    return text;
}

static void note_end(struct sudden *s, int nth, int status)
{
    struct run *run = &s->runs[nth];
    int64_t now = storm_ms();
    char *text = said(s, nth);

    run->status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    if (run->status == 128 + SIGKILL) {
        s->kills++;
    } else {
        s->longest = now - s->last_end > s->longest ? now - s->last_end : s->longest;
        s->last_end = now;
        if (run->status > 1)
            fail_msg("exit %d: %s", run->status, text);
        if (run->status == 0 && run->kind != WAIT)
            storm_code(text, run->code);
    }
    free(text);
}

/* Kills whose time has come and takes up who has ended; false: enough were killed. */
static bool round_once(void *context)
{
    struct sudden *s = context;
    int64_t now = storm_ms();
    int status;

    for (int i = 0; i < SLOTS; i++) {
        struct slot *slot = &s->slots[i];

        if (slot->pid != 0 && slot->kill_at != 0 && now >= slot->kill_at)
            (void)kill(slot->pid, SIGKILL);
        if (slot->pid != 0 && waitpid(slot->pid, &status, WNOHANG) == slot->pid) {
            slot->pid = 0;
            note_end(s, slot->run, status);
        }
        if (slot->pid == 0 && s->kills < storm_size(QUICK, FULL))
            start(s, slot);
    }
    for (int i = 0; i < SLOTS; i++)
        if (s->slots[i].pid != 0)
            return false;
    return true;
}

/* The same command with the same key: what was acknowledged says the same again. */
static void run_again(struct sudden *s, int nth)
{
    struct run *run = &s->runs[nth];
    char words[192], code[16];
    struct kit_run again;

    words_of(s, run, words);
    again = scene_run(s->scene, words);
    if (again.status > 1 || (run->status == 0 && again.status != 0))
        fail_msg("%s: exit %d after %d: %s", words, again.status, run->status, again.err);
    if (again.status == 0 && run->kind != WAIT) {
        storm_code(again.out, code);
        if (run->status == 0)
            assert_string_equal(code, run->code);
    }
    kit_run_fini(&again);
}

/* Every sale that was acknowledged and not cancelled is there, with its two seats. */
static void want_sold(struct sudden *s, struct sql *db)
{
    for (int i = 0; i < s->n; i++) {
        const struct run *run = &s->runs[i];

        if (run->kind != SELL || run->status != 0 || run->cancelled)
            continue;
        assert_int_equal(
            sql_one_number(db, -1,
                           "SELECT COUNT(*) FROM claims c JOIN reservations r ON"
                           " r.id = c.reservation_id WHERE r.code = $1 AND c.state = 'sold'",
                           SQL_VALUES(sql_t(run->code))),
            2);
    }
}

static void fault_001_002_006__killed_at_any_moment__keys_tell_what_happened(void **state)
{
    struct sudden *s = calloc(1, sizeof *s);
    struct sql *db;
    int64_t keys;

    assert_non_null(s);
    s->scene = *state;
    s->random = kit_seed();
    s->show = storm_show(s->scene, 26, 40);
    s->last_end = storm_ms();
    assert_true(kit_wait_until(round_once, s, 4 * STORM_LIMIT_MS));
    printf("%d runs, %d killed, at most %d ms without an end\n", s->n, s->kills, (int)s->longest);
    assert_true(s->longest < GO_ON_MS);
    db = storm_open(s->scene);
    want_sold(s, db);
    for (int i = 0; i < s->n; i++)
        if (s->runs[i].status == 128 + SIGKILL || i % 8 == 0)
            run_again(s, i);
    want_sold(s, db);
    keys = sql_one_number(db, -1, "SELECT COUNT(*) FROM reservations WHERE key LIKE 'sudden-%'",
                          NULL, 0);
    assert_int_equal(
        sql_one_number(db, -1,
                       "SELECT COUNT(DISTINCT key) FROM reservations WHERE key LIKE 'sudden-%'",
                       NULL, 0),
        keys);
    sql_close(&db);
    storm_check(s->scene);
    free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            fault_001_002_006__killed_at_any_moment__keys_tell_what_happened, scene_setup,
            scene_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
