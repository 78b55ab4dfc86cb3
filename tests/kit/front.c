#include "tests/kit/front.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "core/desk/house.h"
#include "core/desk/map.h"
#include "core/desk/waiting.h"

static const char plan_text[] = "@hall Small\n@zone stalls\n"
                                "A\twcoooo_oooo\n"
                                "B\toooooo_oooo\n"
                                "@aisle\n@zone back\n"
                                "C\t_oooooooo\n";

static void want_ok(enum rc rc, const struct fault *why)
{
    if (rc != RC_OK)
        fail_msg("%s: %s", rc_name(rc), why->text);
}

void front_do(struct front *front, const struct verb *verb, void *request, void *reply)
{
    struct fault why = {0};

    verb_ask(request, front->stage.db, NULL, "far-till", 7);
    want_ok(verb_do(front->stage.db, verb, request, reply, &why), &why);
}

static show_id add_show(struct front *front, when_ms starts_at)
{
    struct show_reply reply;
    struct show_add_request request = {.hall = front->hall,
                                       .title = "Ran",
                                       .starts_at = starts_at,
                                       .minutes = 120,
                                       .sale_stop_min = 20,
                                       .n_prices = 2,
                                       .prices = {{"", 1300}, {"back", 1000}}};

    front_do(front, &verb_show_add, &request, &reply);
    return reply.show;
}

static void fill(struct front *front)
{
    struct plan *plan = NULL;
    struct fault why = {0};
    struct told told;
    struct ask ask;

    when_ms soon = sql_now(front->stage.db) + 3 * WHEN_HOUR;
    verb_ask(&ask, front->stage.db, NULL, "far-till", 7);
    want_ok(plan_parse(plan_text, sizeof plan_text - 1, &plan, NULL, NULL, &why), &why);
    want_ok(hall_add(front->stage.db, &ask, plan, &front->hall, &told, &why), &why);
    plan_free(&plan);
    front->show = add_show(front, soon);
    front->tomorrow = add_show(front, soon + 24 * WHEN_HOUR);
}

void front_init(struct front *front)
{
    *front = (struct front){0};
    stage_init_empty(&front->stage);
    fill(front);
}

void front_init_server(struct front *front, const char *conninfo)
{
    *front = (struct front){0};
    stage_init_server(&front->stage, conninfo);
    fill(front);
}

void front_fini(struct front *front)
{
    stage_fini(&front->stage);
}

void front_configure(struct front *front, const char *text)
{
    char dir[KIT_PATH], path[KIT_PATH];

    kit_path(dir, front->stage.dir, "boxoffice");
    assert_int_equal(mkdir(dir, 0700), 0);
    kit_write_file(kit_path(path, dir, "boxoffice.conf"), text, strlen(text));
}

void front_open(struct front *front, struct pty *pty, const char *terminal, int rows, int columns,
                const char *const *extra)
{
    struct pty_options options = {.rows = rows, .columns = columns};

    stage_open(&front->stage, pty, terminal, &options, extra);
    pty_wait_text(pty, "> ");
    pty_wait_text(pty, "Ran ");
}

void front_open_hall(struct front *front, struct pty *pty, const char *terminal)
{
    front_open(front, pty, terminal, 0, 0, NULL);
    pty_type(pty, "\r");
    pty_wait_text(pty, " Enter PAY  r reserve");
}

void front_go(struct pty *pty, const char *label)
{
    char text[40];

    (void)snprintf(text, sizeof text, "/%s\r", label);
    pty_type(pty, text);
    (void)snprintf(text, sizeof text, "│ %s ", label);
    pty_wait_text(pty, text);
}

static int32_t read_seats(struct front *front, const char *seats, seat_id *ids)
{
    const struct plan *plan = map_plan_kept(front->stage.db, front->hall);
    char label[LABEL_SIZE];
    int32_t n = 0;
    int used = 0;

    assert_non_null(plan);
    while (sscanf(seats, "%32s%n", label, &used) == 1) {
        size_t at = plan_find_label(plan, label);
        if (at == PLAN_NONE)
            fail_msg("no seat %s", label);
        ids[n++] = plan->seats[at].id;
        seats += used;
    }
    return n;
}

static struct booking_reply book(struct front *front, const struct verb *verb, const char *seats)
{
    struct booking_reply reply;
    struct book_request request = {
        .show = front->show, .expected = -1, .collect_min = 30, .name = "Ødegård, Kari"};

    request.n = read_seats(front, seats, request.seats);
    front_do(front, verb, &request, &reply);
    return reply;
}

struct booking_reply front_sell(struct front *front, const char *seats)
{
    return book(front, &verb_sell, seats);
}

struct booking_reply front_reserve(struct front *front, const char *seats)
{
    return book(front, &verb_reserve, seats);
}

void front_hold(struct front *front, const char *seats)
{
    struct hold_request request = {.show = front->show};
    struct hold_reply reply;

    request.n = read_seats(front, seats, request.seats);
    front_do(front, &verb_hold, &request, &reply);
}

void front_give_back(struct front *front)
{
    struct booking_reply sold = front_sell(front, "B1 B2"), cancelled;
    struct entry_reply entry;
    struct wait_request wait = {
        .show = front->show, .party = 2, .name = "Ødegård, Kari", .phone = "+47 55 01 12 12"};
    struct cancel_request cancel = {.reservation = sold.reservation};

    front_do(front, &verb_wait, &wait, &entry);
    front_do(front, &verb_cancel, &cancel, &cancelled);
    assert_string_equal(front_state(front, "B1"), "returned");
}

const char *front_state(struct front *front, const char *label)
{
    static char state[32];
    seat_id seat;

    assert_int_equal(read_seats(front, label, &seat), 1);
    (void)snprintf(state, sizeof state, "free");
    struct sql_statement *rows =
        sql_ask(front->stage.db, "SELECT state FROM claims WHERE show_id = $1 AND seat_id = $2",
                SQL_VALUES(sql_n(front->show.n), sql_n(seat.n)));
    if (sql_row(rows))
        (void)snprintf(state, sizeof state, "%s", sql_text(rows, 0));
    sql_done(rows);
    return state;
}

/* A statement in a write transaction of its own. */
static bool run_script(struct sql *db, void *context)
{
    const char *const *text = context;

    return sql_script(db, *text) == SQL_OK;
}

void front_script(struct front *front, const char *text)
{
    if (sql_tx(front->stage.db, run_script, &text) != SQL_OK)
        fail_msg("%s", sql_error(front->stage.db));
}

struct wanted {
    struct stage *stage;
    const char *query;
    int64_t n;
};

static bool as_wanted(struct pty *pty, void *context)
{
    const struct wanted *wanted = context;

    pty_read(pty, 5);
    return stage_number(wanted->stage, wanted->query) == wanted->n;
}

void front_wait_number(struct front *front, struct pty *pty, const char *query, int64_t n)
{
    struct wanted wanted = {&front->stage, query, n};

    pty_wait(pty, as_wanted, &wanted, query);
}
