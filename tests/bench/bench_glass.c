/*
 * The screens on a pseudo-terminal: bytes, and time from a key to the last byte it brings, against
 * a process that does nothing but echo.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/desk/booking.h"
#include "tests/bench/bench.h"
#include "tests/bench/figure.h"
#include "tests/kit/stage.h"
#include "tui/mesh.h"

enum { MOVES = 120, PAINT_EACH = 4, SALES = 20, STARTS = 15, SETTLED_MS = 30, LIMIT_MS = 5000 };

/* What one key, or one sale elsewhere, brought. */
struct shot {
    struct series times, bytes;
};

static struct stage stage; /* as the tests of the screens keep it: too big for the stack */
static struct pty glass, mirror;

/* Takes all that comes until nothing has come for a while; notes when the last byte came. */
static void take(struct pty *pty, struct shot *shot, int64_t began)
{
    int64_t last = began;

    figure_need(pty_read(pty, LIMIT_MS), "nothing came on the screen");
    last = figure_now();
    while (pty_read(pty, SETTLED_MS))
        last = figure_now();
    series_add(&shot->times, last - began);
    series_add(&shot->bytes, (int64_t)pty->bytes);
}

static void key(struct pty *pty, struct shot *shot, const char *keys)
{
    int64_t began;

    pty->bytes = 0;
    began = figure_now();
    pty_type(pty, keys);
    take(pty, shot, began);
}

static void open_mirror(void)
{
    static const char *const argv[] = {"/bin/sh", "-c",
                                       "stty raw -echo && printf ready && exec cat", NULL};
    const struct pty_options options = {.argv = argv};

    pty_init(&mirror, &options);
    pty_wait_text(&mirror, "ready");
}

static bool empty_show(struct sql *db, void *context)
{
    const show_id *show = context;

    return sql_run(db, "DELETE FROM claims WHERE show_id = $1", SQL_VALUES(sql_n(show->n))) > 0;
}

/* Empties a coming show of the big house, so that all moves are between free seats. */
static show_id choose_show(void)
{
    show_id show = {sql_one_number(stage.db, 0,
                                   "SELECT s.id FROM shows s JOIN halls h ON h.id = s.hall_id"
                                   " WHERE h.name = 'Grand' AND s.starts_at > $1"
                                   " ORDER BY s.starts_at LIMIT 1",
                                   SQL_VALUES(sql_n(sql_now(stage.db))))};

    figure_need(sql_tx(stage.db, empty_show, &show) == SQL_OK, "the show is not emptied");
    return show;
}

/* Goes down today's list to that show and into its map. */
static void open_hall(void)
{
    pty_wait_text(&glass, "Starts");
    pty_wait_text(&glass, "BASKET");
    for (int i = 0; i < 40; i++) {
        pty_quiet(&glass, SETTLED_MS);
        if (strstr(pty_row(&glass, pty_cursor(&glass).row), " 1000 ") != NULL)
            break;
        pty_type(&glass, "\033[B");
    }
    pty_type(&glass, "\r");
    pty_wait_text(&glass, "S C R E E N");
    pty_quiet(&glass, 200);
}

/* A seat sold elsewhere: from the end of its transaction to the last byte it changes here. */
static void sale_elsewhere(struct shot *shot, show_id show)
{
    struct book_request request = {.show = show, .best = 1, .expected = -1};
    struct booking_reply reply;
    struct fault why = {0};
    int64_t began;

    verb_ask(&request.ask, stage.db, NULL, "counter-2", 1);
    request.ask.till.n = sql_one_number(
        stage.db, 0, "SELECT id FROM till_sessions WHERE state = $1", SQL_VALUES(sql_t("open")));
    figure_need(verb_do(stage.db, &verb_sell, &request, &reply, &why) == RC_OK, why.text);
    glass.bytes = 0;
    began = figure_now();
    mesh_say(&stage.settings, stage.db, &reply.told);
    take(&glass, shot, began);
}

/* From the start of the process to a first screen that is whole. */
static void first_screen(struct shot *shot)
{
    int64_t began = figure_now();

    stage_open(&stage, &glass, "counter-1", NULL, NULL);
    pty_wait_text(&glass, "BASKET");
    pty_wait_text(&glass, " 1000 ");
    series_add(&shot->times, figure_now() - began);
    series_add(&shot->bytes, (int64_t)glass.bytes);
    pty_fini(&glass);
}

static void say(const char *name, struct shot *shot, struct shot *floor)
{
    char label[64];
    double middle = series_at(&shot->times, 0.5) / 1e6;

    (void)snprintf(label, sizeof label, "%s_time", name);
    if (floor == NULL)
        figure_say(label, middle, "ms");
    else
        figure_of(label, middle, "ms", middle * 1e6 / series_at(&floor->times, 0.5),
                  "bare_echo_time");
    (void)snprintf(label, sizeof label, "%s_p99", name);
    figure_say(label, series_at(&shot->times, 0.99) / 1e6, "ms");
    (void)snprintf(label, sizeof label, "%s_bytes", name);
    figure_say(label, series_at(&shot->bytes, 0.5), "bytes");
    series_fini(&shot->times);
    series_fini(&shot->bytes);
}

void bench_glass(void)
{
    struct shot echo = {0}, move = {0}, paint = {0}, sale = {0}, first = {0};
    show_id show;

    stage_init(&stage);
    show = choose_show();
    for (int i = 0; i < STARTS; i++)
        first_screen(&first);
    open_mirror();
    stage_open(&stage, &glass, "counter-1", NULL, NULL);
    open_hall();
    for (int i = 0; i < MOVES; i++) {
        key(&mirror, &echo, "x");
        key(&glass, &move, i % 8 < 4 ? "\033[C" : "\033[D");
        if (i % PAINT_EACH == 0)
            key(&glass, &paint, "\f");
    }
    for (int i = 0; i < SALES; i++)
        sale_elsewhere(&sale, show);
    say("cursor_move", &move, &echo);
    say("full_paint", &paint, &echo);
    say("sale_elsewhere", &sale, &echo);
    say("bare_echo", &echo, NULL);
    say("first_screen", &first, NULL);
    pty_fini(&glass);
    pty_fini(&mirror);
    stage_fini(&stage);
}
