/* What terminals hear of one another: at once, at timer speed, in floods. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <zmq.h>

#include "core/channel/channel.h"
#include "core/desk/terminals.h"
#include "tests/kit/live.h"
#include "tui/mono.h"

/* What the row under the cursor says about free seats changes without a key here. */
static void live__hold_elsewhere__appears_without_a_key(void **state)
{
    (void)state;
    live_open(&live.one, "counter-1");
    live_open(&live.two, "counter-2");
    pty_wait_text(&live.two, "Ran ");
    pty_quiet(&live.two, 100);
    int row = pty_cursor(&live.two).row;
    char before[PTY_LINE];
    snprintf(before, sizeof before, "%s", pty_row(&live.two, row));
    pty_type(&live.one, "2\r");
    live_want_held(&live.one, "counter-1", 2);
    int64_t began = mono_ms();
    pty_wait_gone(&live.two, before);
    assert_true(mono_ms() - began < 2500);
}

static void fault_053__no_channel__others_are_seen_at_timer_speed(void **state)
{
    (void)state;
    live_configure("channel = false;\n");
    live_open(&live.one, "deaf-1");
    live_open(&live.two, "deaf-2");
    live_configure("");
    pty_quiet(&live.two, 100);
    char before[PTY_LINE];
    snprintf(before, sizeof before, "%s", pty_row(&live.two, pty_cursor(&live.two).row));
    pty_type(&live.one, "1\r");
    live_want_held(&live.one, "deaf-1", 1);
    pty_wait_gone(&live.two, before);
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

    pty_read(&live.one, 0);
    assert_int_equal(terminals_read(live.stage.db, sql_now(live.stage.db), &list, &why), RC_OK);
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
    live_open(&live.one, "island-1");
    assert_true(kit_wait_until(joined, &(struct joining){"island-1", ""}, 3000));
    kit_path(path, live.stage.dir, "box.db-run");
    kit_remove_tree(path);
    live_open(&live.two, "island-2");
    kit_remove_tree(path);
    pty_quiet(&live.two, 100);
    char before[PTY_LINE];
    snprintf(before, sizeof before, "%s", pty_row(&live.two, pty_cursor(&live.two).row));
    pty_type(&live.one, "1\r");
    live_want_held(&live.one, "island-1", 1);
    pty_wait_gone(&live.two, before);
    pty_type(&live.two, "2\r\r\r");
    pty_wait_text(&live.two, "SOLD");
}

/* Hints without end to one terminal: whatever they say, keys are answered. */
static void fault_064__flood_of_hints__keys_are_answered(void **state)
{
    struct channel *channel = NULL;
    struct fault why;
    void *context = zmq_ctx_new();
    struct channel_options options = {
        .context = context, .runtime_dir = live.stage.dir, .name = "flood", .listens = false};

    struct joining joining = {"till-8", ""};

    (void)state;
    live_open(&live.one, "till-8");
    assert_true(kit_wait_until(joined, &joining, 3000));
    assert_int_equal(channel_new(&channel, &options, &why), RC_OK);
    channel_peers(channel, &(struct channel_peer){joining.endpoint, ""}, 1);
    assert_int_equal(channel_await(channel, 1000), 1);
    for (int i = 0; i < 20000; i++) {
        struct hint hint = {.kind = i % 6, .show = 1 + i % 7, .rev = i};
        channel_say(channel, &hint);
        if (i == 10000)
            pty_type(&live.one, "2");
    }
    pty_wait_text(&live.one, "2_");
    pty_type(&live.one, "\033");
    pty_wait_gone(&live.one, "2_");
    channel_free(&channel);
    zmq_ctx_term(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LIVE_TEST(live__hold_elsewhere__appears_without_a_key),
        LIVE_TEST(fault_053__no_channel__others_are_seen_at_timer_speed),
        LIVE_TEST(fault_059__partition__selling_goes_on_and_is_seen_by_timer),
        LIVE_TEST(fault_064__flood_of_hints__keys_are_answered),
    };

    return cmocka_run_group_tests(tests, live_setup, live_teardown) != 0;
}
