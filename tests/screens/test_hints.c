/* What terminals hear of one another: at once, at timer speed, in floods. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>
#include <zmq.h>

#include "core/channel/channel.h"
#include "core/desk/terminals.h"
#include "tests/kit/stage.h"

static struct stage stage;
static struct pty one, two;

static int setup(void **state)
{
    (void)state;
    stage_init(&stage);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    stage_fini(&stage);
    return 0;
}

static int release(void **state)
{
    (void)state;
    if (one.vterm)
        pty_fini(&one);
    if (two.vterm)
        pty_fini(&two);
    return 0;
}

static int64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void open_at(struct pty *pty, const char *terminal)
{
    stage_open(&stage, pty, terminal, NULL, NULL);
    pty_wait_text(pty, "Ran ");
    pty_wait_text(pty, "BASKET");
}

static int64_t held_by(const char *terminal)
{
    return sql_one_number(stage.db, -1,
                          "SELECT count(*) FROM claims WHERE state = 'held' AND terminal = $1",
                          SQL_VALUES(sql_t(terminal)));
}

struct held {
    const char *terminal;
    int64_t n;
};

static bool holds(struct pty *pty, void *context)
{
    const struct held *held = context;

    pty_read(pty, 5);
    return held_by(held->terminal) == held->n;
}

static void want_held(struct pty *pty, const char *terminal, int64_t n)
{
    struct held held = {terminal, n};

    pty_wait(pty, holds, &held, "seats held, so many as were asked for");
}

/* What the row under the cursor says about free seats changes without a key here. */
static void live__hold_elsewhere__appears_without_a_key(void **state)
{
    (void)state;
    open_at(&one, "counter-1");
    open_at(&two, "counter-2");
    pty_wait_text(&two, "Ran ");
    pty_quiet(&two, 100);
    int row = pty_cursor(&two).row;
    char before[PTY_LINE];
    snprintf(before, sizeof before, "%s", pty_row(&two, row));
    pty_type(&one, "2\r");
    want_held(&one, "counter-1", 2);
    int64_t began = now_ms();
    pty_wait_gone(&two, before);
    assert_true(now_ms() - began < 2500);
}

static void fault_053__no_channel__others_are_seen_at_timer_speed(void **state)
{
    char path[KIT_PATH];
    static const char conf[] = "channel = false;\n";

    (void)state;
    kit_path(path, stage.dir, "boxoffice");
    assert_int_equal(mkdir(path, 0755), 0);
    kit_path(path, stage.dir, "boxoffice/boxoffice.conf");
    kit_write_file(path, conf, sizeof conf - 1);
    open_at(&one, "deaf-1");
    open_at(&two, "deaf-2");
    unlink(path);
    pty_quiet(&two, 100);
    char before[PTY_LINE];
    snprintf(before, sizeof before, "%s", pty_row(&two, pty_cursor(&two).row));
    pty_type(&one, "1\r");
    want_held(&one, "deaf-1", 1);
    pty_wait_gone(&two, before);
}

/* Where a terminal listens, once it has joined. */
struct joining {
    const char *terminal;
    char endpoint[ENDPOINT_SIZE];
};

static bool joined(void *context)
{
    struct joining *joining = context;
    struct terminal_list *list = NULL;
    struct fault why;
    bool found = false;

    pty_read(&one, 0);
    assert_int_equal(terminals_read(stage.db, sql_now(stage.db), &list, &why), RC_OK);
    for (size_t i = 0; i < list->n && !found; i++)
        if (strcmp(list->rows[i].name, joining->terminal) == 0 && list->rows[i].endpoint[0]) {
            snprintf(joining->endpoint, ENDPOINT_SIZE, "%s", list->rows[i].endpoint);
            found = true;
        }
    free(list);
    return found;
}

/* Nobody can reach the other: sockets are gone from where the database says that they are. */
static void fault_059__partition__selling_goes_on_and_is_seen_by_timer(void **state)
{
    char path[KIT_PATH];

    (void)state;
    open_at(&one, "island-1");
    assert_true(kit_wait_until(joined, &(struct joining){"island-1", ""}, 3000));
    kit_path(path, stage.dir, "box.db-run");
    kit_remove_tree(path);
    open_at(&two, "island-2");
    kit_remove_tree(path);
    pty_quiet(&two, 100);
    char before[PTY_LINE];
    snprintf(before, sizeof before, "%s", pty_row(&two, pty_cursor(&two).row));
    pty_type(&one, "1\r");
    want_held(&one, "island-1", 1);
    pty_wait_gone(&two, before);
    pty_type(&two, "2\r\r\r");
    pty_wait_text(&two, "SOLD");
}

/* Hints without end to one terminal: whatever they say, keys are answered. */
static void fault_064__flood_of_hints__keys_are_answered(void **state)
{
    struct channel *channel = NULL;
    struct fault why;
    void *context = zmq_ctx_new();
    struct channel_options options = {
        .context = context, .runtime_dir = stage.dir, .name = "flood", .listens = false};

    struct joining joining = {"till-8", ""};

    (void)state;
    open_at(&one, "till-8");
    assert_true(kit_wait_until(joined, &joining, 3000));
    assert_int_equal(channel_new(&channel, &options, &why), RC_OK);
    channel_peers(channel, &(const char *){joining.endpoint}, 1);
    assert_int_equal(channel_await(channel, 1000), 1);
    for (int i = 0; i < 20000; i++) {
        struct hint hint = {.kind = i % 6, .show = 1 + i % 7, .rev = i};
        channel_say(channel, &hint);
        if (i == 10000)
            pty_type(&one, "2");
    }
    pty_wait_text(&one, "2_");
    pty_type(&one, "\033");
    pty_wait_gone(&one, "2_");
    channel_free(&channel);
    zmq_ctx_term(context);
}

#define HINTS(test) cmocka_unit_test_teardown(test, release)

int main(void)
{
    const struct CMUnitTest tests[] = {
        HINTS(live__hold_elsewhere__appears_without_a_key),
        HINTS(fault_053__no_channel__others_are_seen_at_timer_speed),
        HINTS(fault_059__partition__selling_goes_on_and_is_seen_by_timer),
        HINTS(fault_064__flood_of_hints__keys_are_answered),
    };

    return cmocka_run_group_tests(tests, setup, teardown) != 0;
}
