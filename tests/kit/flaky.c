#include "tests/kit/flaky.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "db/engine.h"
#include "tests/kit/server.h"

/* The engine that does the work. */
static const struct engine *under;

static struct {
    int fails_in; /* steps; 0: none */
    enum sql_rc rc;
    int steps, open, begun;
} flaky;

static enum sql_rc flaky_begin(void *connection, bool write, struct engine_error *why)
{
    enum sql_rc rc = under->begin(connection, write, why);

    flaky.open += rc == SQL_OK;
    flaky.begun += rc == SQL_OK;
    return rc;
}

static enum sql_rc flaky_commit(void *connection, struct engine_error *why)
{
    flaky.open--;
    return under->commit(connection, why);
}

static void flaky_rollback(void *connection)
{
    flaky.open--;
    under->rollback(connection);
}

static enum sql_rc flaky_step(void *statement, bool *row, int64_t *changed,
                              struct engine_error *why)
{
    flaky.steps++;
    if (flaky.fails_in > 0 && --flaky.fails_in == 0)
        return engine_fail(why, flaky.rc, "the test lets it fail");
    return under->step(statement, row, changed, why);
}

struct sql *flaky_connect(const struct box *box)
{
    static struct engine engine;
    const struct sql_options options = {.name = box->path};
    struct sql *db = NULL;

    under = server_there() ? &postgres_engine : &sqlite_engine;
    engine = *under;
    engine.post = NULL; /* what is sent and not waited for has no step that could fail */
    engine.each = NULL;
    engine.begin = flaky_begin;
    engine.commit = flaky_commit;
    engine.rollback = flaky_rollback;
    engine.step = flaky_step;
    if (sql_open_with(&db, &engine, &options) != SQL_OK)
        fail_msg("%s", sql_error(db));
    return db;
}

void flaky_fail(int nth, enum sql_rc rc)
{
    flaky.fails_in = nth;
    flaky.rc = rc;
    flaky.steps = 0;
}

int flaky_steps(void)
{
    return flaky.steps;
}

int flaky_open(void)
{
    return flaky.open;
}

int flaky_begun(void)
{
    return flaky.begun;
}
