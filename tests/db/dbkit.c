#include "tests/db/dbkit.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

enum { DBKIT_LIMIT_MS = 20000 };

int dbkit_setup_bare(void **state)
{
    struct dbkit *kit = calloc(1, sizeof *kit);

    if (!kit)
        return -1;
    kit_tempdir(kit->dir);
    kit_path(kit->path, kit->dir, "box.db");
    kit->options =
        (struct sql_options){.name = kit->path, .journal = "wal", .application = DBKIT_APPLICATION};
    *state = kit;
    return 0;
}

static bool make_table(struct sql *db, void *context)
{
    (void)context;
    sql_script(db, "CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT UNIQUE) STRICT");
    return true;
}

int dbkit_setup(void **state)
{
    struct sql_options options;
    struct dbkit *kit;

    if (dbkit_setup_bare(state) != 0)
        return -1;
    kit = *state;
    options = kit->options;
    options.create = true;
    assert_int_equal(sql_open(&kit->db, &options), SQL_OK);
    assert_int_equal(sql_tx(kit->db, make_table, NULL), SQL_OK);
    return 0;
}

int dbkit_teardown(void **state)
{
    struct dbkit *kit = *state;

    sql_close(&kit->db);
    kit_remove_tree(kit->dir);
    free(kit);
    return 0;
}

struct sql *dbkit_connect(const struct dbkit *kit)
{
    struct sql *db;

    if (sql_open(&db, &kit->options) != SQL_OK)
        fail_msg("open: %s", sql_error(db));
    return db;
}

bool dbkit_insert(struct sql *db, void *context)
{
    (void)context;
    return sql_run0(db, "INSERT INTO t (text) VALUES (NULL)") == 1;
}

int64_t dbkit_rows(struct sql *db)
{
    return sql_one_number(db, -1, "SELECT count(*) FROM t", NULL, 0);
}

struct dbkit_child dbkit_fork(const struct dbkit *kit, int (*play)(struct sql *db, int tell))
{
    struct dbkit_child child;
    struct sql *db;
    int ends[2], status = 125;

    assert_int_equal(pipe(ends), 0);
    child.told = ends[0];
    child.pid = fork();
    assert_true(child.pid >= 0);
    if (child.pid > 0) {
        close(ends[1]);
        return child;
    }
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* a test that fails leaves nobody behind */
    close(ends[0]);
    if (sql_open(&db, &kit->options) == SQL_OK)
        status = play(db, ends[1]);
    sql_close(&db);
    _exit(status);
}

bool dbkit_hear(const struct dbkit_child *child)
{
    char byte;

    return read(child->told, &byte, 1) == 1;
}

int dbkit_wait(struct dbkit_child *child)
{
    const int status = kit_reap(child->pid, DBKIT_LIMIT_MS);

    close(child->told);
    return status;
}

int dbkit_kill(struct dbkit_child *child)
{
    kill(child->pid, SIGKILL);
    return dbkit_wait(child);
}

static bool tell_and_stay(struct sql *db, void *context)
{
    const int *tell = context;

    (void)db;
    if (write(*tell, "h", 1) != 1)
        return false;
    for (;;)
        poll(NULL, 0, -1);
}

int dbkit_hold_turn(struct sql *db, int tell)
{
    return (int)sql_tx(db, tell_and_stay, &tell);
}
