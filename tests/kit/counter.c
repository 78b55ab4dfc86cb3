#include "tests/kit/counter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/map.h"
#include "core/desk/waiting.h"

static show_id add_show(struct counter *counter)
{
    struct show_reply reply;
    struct show_add_request request = {.ask = box_ask(&counter->box),
                                       .hall = counter->hall,
                                       .title = "Ran",
                                       .starts_at = COUNTER_STARTS,
                                       .minutes = 120,
                                       .sale_stop_min = 20,
                                       .n_prices = 2,
                                       .prices = {{"", 1000}, {"back", 1300}}};

    if (counter_do(counter, &verb_show_add, &request, &reply) != RC_OK)
        fail_msg("%s", counter->why.text);
    return reply.show;
}

void counter_init(struct counter *counter)
{
    *counter = (struct counter){0};
    box_init(&counter->box);
    counter->hall = box_hall(&counter->box, "@hall Small\n@zone stalls\n"
                                            "A\twcoooo_oooo\n"
                                            "B\toooooo_oooo\n"
                                            "@zone back\n"
                                            "C\t_oooooooo\n");
    counter->show = add_show(counter);
}

void counter_fini(struct counter *counter)
{
    box_fini(&counter->box);
}

int counter_setup(void **state)
{
    struct counter *counter = calloc(1, sizeof *counter);

    assert_non_null(counter);
    counter_init(counter);
    *state = counter;
    return 0;
}

int counter_teardown(void **state)
{
    counter_fini(*state);
    free(*state);
    return 0;
}

struct ask counter_ask(struct counter *counter, const char *key, const char *terminal)
{
    struct ask ask = box_ask(&counter->box);

    if (key != NULL)
        (void)snprintf(ask.key, sizeof ask.key, "%s", key);
    (void)snprintf(ask.terminal, sizeof ask.terminal, "%s", terminal);
    return ask;
}

int32_t counter_seats(struct counter *counter, const char *seats, seat_id *ids)
{
    int32_t n = 0;
    char label[LABEL_SIZE];
    int used = 0;

    while (sscanf(seats, "%32s%n", label, &used) == 1) {
        ids[n++] = box_seat(&counter->box, counter->hall, label);
        seats += used;
    }
    return n;
}

struct book_request counter_book(struct counter *counter, const char *key, const char *terminal,
                                 const char *seats)
{
    struct book_request request = {.ask = counter_ask(counter, key, terminal),
                                   .show = counter->show,
                                   .expected = -1,
                                   .collect_min = 30};

    request.n = counter_seats(counter, seats, request.seats);
    return request;
}

struct hold_request counter_hold(struct counter *counter, const char *key, const char *terminal,
                                 const char *seats)
{
    struct hold_request request = {.ask = counter_ask(counter, key, terminal),
                                   .show = counter->show};

    request.n = counter_seats(counter, seats, request.seats);
    return request;
}

enum rc counter_do(struct counter *counter, const struct verb *verb, const void *request,
                   void *reply)
{
    counter->why = (struct fault){0};
    return verb_do(counter->box.db, verb, request, reply, &counter->why);
}

struct booking_reply counter_sell(struct counter *counter, const char *seats)
{
    struct book_request request = counter_book(counter, NULL, "counter-1", seats);
    struct booking_reply reply;

    if (counter_do(counter, &verb_sell, &request, &reply) != RC_OK)
        fail_msg("%s", counter->why.text);
    return reply;
}

struct booking_reply counter_reserve(struct counter *counter, const char *seats)
{
    struct book_request request = counter_book(counter, NULL, "counter-1", seats);
    struct booking_reply reply;

    (void)snprintf(request.name, sizeof request.name, "Mira");
    if (counter_do(counter, &verb_reserve, &request, &reply) != RC_OK)
        fail_msg("%s", counter->why.text);
    return reply;
}

const char *counter_state(struct counter *counter, const char *label)
{
    static char state[16];
    seat_id seat = box_seat(&counter->box, counter->hall, label);
    struct sql_statement *row =
        sql_ask(counter->box.db, "SELECT state FROM claims WHERE show_id = $1 AND seat_id = $2",
                SQL_VALUES(sql_n(counter->show.n), sql_n(seat.n)));

    (void)snprintf(state, sizeof state, "%s", sql_row(row) ? sql_text(row, 0) : "free");
    sql_done(row);
    return state;
}

int64_t counter_number(struct counter *counter, const char *text)
{
    return sql_one_number(counter->box.db, -1, text, NULL, 0);
}

static bool run_script(struct sql *db, void *context)
{
    const char *const *text = context;

    return sql_script(db, *text) == SQL_OK;
}

void counter_script(struct counter *counter, const char *text)
{
    if (sql_tx(counter->box.db, run_script, &text) != SQL_OK)
        fail_msg("%s", sql_error(counter->box.db));
}

entry_id counter_wait(struct counter *counter, const char *name, int party)
{
    struct wait_request request = {
        .ask = box_ask(&counter->box), .show = counter->show, .party = party};
    struct entry_reply reply;

    (void)snprintf(request.name, sizeof request.name, "%s", name);
    if (counter_do(counter, &verb_wait, &request, &reply) != RC_OK)
        fail_msg("%s", counter->why.text);
    return reply.entry;
}
