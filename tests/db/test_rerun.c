/* What holds for every engine, seen with an engine that does as it is told. */
#include "tests/db/dbkit.h"

#include "db/engine.h"

/* The script of the next transactions and what came of it. */
static struct {
    enum sql_rc begin, step, commit;
    int busy_steps; /* so many steps are busy before one goes well; -1: all */
    int begun, committed, rolled_back, recovered, finished, worked, bound, reset;
} play;

static enum sql_rc play_open(void **connection, const struct sql_options *options,
                             struct engine_error *why)
{
    (void)options;
    (void)why;
    *connection = &play;
    return SQL_OK;
}

static void play_close(void *connection)
{
    (void)connection;
}

static enum sql_rc play_begin(void *connection, bool write, struct engine_error *why)
{
    (void)connection;
    (void)write;
    play.begun++;
    return play.begin == SQL_OK ? SQL_OK : engine_fail(why, play.begin, "begin failed");
}

static enum sql_rc play_commit(void *connection, struct engine_error *why)
{
    (void)connection;
    play.committed++;
    return play.commit == SQL_OK ? SQL_OK : engine_fail(why, play.commit, "commit failed");
}

static void play_rollback(void *connection)
{
    (void)connection;
    play.rolled_back++;
}

static enum sql_rc play_recover(void *connection, struct engine_error *why)
{
    (void)connection;
    assert_int_equal(play.finished, 1); /* statements are finished first */
    play.recovered++;
    return engine_fail(why, SQL_IO, "recovery failed too");
}

static enum sql_rc play_prepare(void *connection, const char *text, void **statement,
                                size_t *parameters, struct engine_error *why)
{
    (void)connection;
    (void)text;
    (void)why;
    *statement = &play;
    *parameters = 0;
    return SQL_OK;
}

static void play_finish(void *statement)
{
    (void)statement;
    play.finished++;
}

static enum sql_rc play_bind(void *statement, const struct sql_value *values, bool lent,
                             struct engine_error *why)
{
    (void)statement;
    (void)values;
    (void)lent;
    (void)why;
    play.bound++;
    return SQL_OK;
}

static enum sql_rc play_step(void *statement, bool *row, int64_t *changed, struct engine_error *why)
{
    (void)statement;
    *row = false;
    *changed = 1;
    if (play.busy_steps == 0)
        return play.step == SQL_OK ? SQL_OK : engine_fail(why, play.step, "step failed");
    if (play.busy_steps > 0)
        play.busy_steps--;
    return engine_fail(why, SQL_BUSY, "snapshot is old");
}

static void play_reset(void *statement)
{
    (void)statement;
    play.reset++;
}

static const struct engine play_engine = {
    .name = "play",
    .open = play_open,
    .close = play_close,
    .begin = play_begin,
    .commit = play_commit,
    .rollback = play_rollback,
    .recover = play_recover,
    .prepare = play_prepare,
    .finish = play_finish,
    .bind = play_bind,
    .step = play_step,
    .reset = play_reset,
};

static int setup(void **state)
{
    const struct sql_options options = {.name = "play"};
    struct sql *db;

    play = (typeof(play)){.begin = SQL_OK};
    assert_int_equal(sql_open_with(&db, &play_engine, &options), SQL_OK);
    *state = db;
    return 0;
}

static int teardown(void **state)
{
    struct sql *db = *state;

    sql_close(&db);
    return 0;
}

static bool work(struct sql *db, void *context)
{
    (void)context;
    play.worked++;
    sql_run0(db, "UPDATE t SET a = a");
    return true;
}

static void fault_046__old_snapshot__rerun_until_it_goes_well(void **state)
{
    play.busy_steps = 3;
    assert_int_equal(sql_tx(*state, work, NULL), SQL_OK);
    assert_int_equal(play.worked, 4);
    assert_int_equal(play.rolled_back, 3);
    assert_int_equal(play.committed, 1);
    assert_int_equal(sql_failed(*state), SQL_OK);
    assert_string_equal(sql_error(*state), "");
}

static void fault_046__old_snapshot_in_a_read__rerun(void **state)
{
    play.busy_steps = 1;
    assert_int_equal(sql_read(*state, work, NULL), SQL_OK);
    assert_int_equal(play.worked, 2);
}

static void fault_046__busy_for_ever__given_up_after_some_reruns(void **state)
{
    play.busy_steps = -1;
    assert_int_equal(sql_tx(*state, work, NULL), SQL_BUSY);
    assert_true(play.worked > 1 && play.worked < 20);
    assert_int_equal(play.rolled_back, play.worked);
    assert_int_equal(play.committed, 0);
}

static void tx__turn_not_got__work_never_runs(void **state)
{
    play.begin = SQL_BUSY;
    assert_int_equal(sql_tx(*state, work, NULL), SQL_BUSY);
    assert_int_equal(play.worked, 0);
    assert_int_equal(play.begun, 1); /* it waited its time already */
    assert_string_equal(sql_error(*state), "begin failed");
}

static void tx__damage__not_rerun(void **state)
{
    play.step = SQL_CORRUPT;
    assert_int_equal(sql_tx(*state, work, NULL), SQL_CORRUPT);
    assert_int_equal(play.worked, 1);
    assert_int_equal(play.rolled_back, 1);
}

static void tx__commit_fails__not_rerun_and_said(void **state)
{
    play.commit = SQL_FULL;
    assert_int_equal(sql_tx(*state, work, NULL), SQL_FULL);
    assert_int_equal(play.worked, 1);
    assert_int_equal(play.recovered, 0);
    assert_int_equal(sql_failed(*state), SQL_FULL);
}

static void fault_022__outcome_unknown__never_rerun_and_recovered(void **state)
{
    play.commit = SQL_UNKNOWN;
    assert_int_equal(sql_tx(*state, work, NULL), SQL_UNKNOWN);
    assert_int_equal(play.worked, 1);
    assert_int_equal(play.recovered, 1);
    assert_string_equal(sql_error(*state), "commit failed");
    play.commit = SQL_OK;
    assert_int_equal(sql_tx(*state, work, NULL), SQL_OK); /* its statements are prepared anew */
}

static void run__ends__every_bind_is_reset(void **state)
{
    play.step = SQL_CONFLICT;
    assert_int_equal(sql_run0(*state, "UPDATE t SET b = b"), -1);
    play.step = SQL_OK;
    assert_int_equal(sql_run0(*state, "UPDATE t SET c = c"), 1);
    assert_int_equal(play.reset, play.bound);
}

#define WITH_PLAY(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_PLAY(fault_046__old_snapshot__rerun_until_it_goes_well),
        WITH_PLAY(fault_046__old_snapshot_in_a_read__rerun),
        WITH_PLAY(fault_046__busy_for_ever__given_up_after_some_reruns),
        WITH_PLAY(tx__turn_not_got__work_never_runs),
        WITH_PLAY(tx__damage__not_rerun),
        WITH_PLAY(tx__commit_fails__not_rerun_and_said),
        WITH_PLAY(fault_022__outcome_unknown__never_rerun_and_recovered),
        WITH_PLAY(run__ends__every_bind_is_reset),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
