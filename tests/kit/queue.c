#include "tests/kit/queue.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/booking.h"
#include "core/desk/lease.h"
#include "core/desk/map.h"

static void want(struct queue *queue, enum rc rc)
{
    if (rc != RC_OK)
        fail_msg("%s: %s", rc_name(rc), queue->why.text);
}

static void take_lease(struct queue *queue)
{
    struct lease_request request = {.ask = box_ask(&queue->box), .session = "test"};
    struct lease_reply reply;

    want(queue, queue_do(queue, &verb_lease_take, &request, &reply));
    queue->term = reply.row.term;
}

int queue_setup(void **state)
{
    struct queue *queue = calloc(1, sizeof *queue);

    assert_non_null(queue);
    box_init(&queue->box);
    queue->hall = box_hall(&queue->box, "@hall Saal\n@zone stalls\n"
                                        "A\twcoo_oooo\n"
                                        "B\toooo_oooo\n"
                                        "C\toooo_oooo\n"
                                        "@zone raised\n"
                                        "D\toooo_oooo\n");
    queue->starts_at = queue->box.now + 5 * WHEN_HOUR;
    queue->show = box_show(&queue->box, queue->hall, "Close-Up", queue->starts_at);
    take_lease(queue);
    *state = queue;
    return 0;
}

int queue_teardown(void **state)
{
    struct queue *queue = *state;

    box_fini(&queue->box);
    free(queue);
    return 0;
}

enum rc queue_do(struct queue *queue, const struct verb *verb, const void *request, void *reply)
{
    enum rc rc;

    queue->why = (struct fault){0};
    rc = verb_do(queue->box.db, verb, request, reply, &queue->why);
    queue->told = *(const struct told *)reply;
    return rc;
}

/* Reads the next label of "A1 A2"; false at the end. */
static bool next_label(const char **labels, char label[static LABEL_SIZE])
{
    size_t length = strcspn(*labels, " ");

    if (length == 0)
        return false;
    (void)snprintf(label, LABEL_SIZE, "%.*s", (int)length, *labels);
    *labels += length + strspn(*labels + length, " ");
    return true;
}

static reservation_id sell(struct queue *queue, const seat_id *seats, int32_t n)
{
    struct book_request request = {
        .ask = box_ask(&queue->box), .show = queue->show, .n = n, .expected = -1};
    struct booking_reply reply;

    memcpy(request.seats, seats, (size_t)n * sizeof *seats);
    want(queue, queue_do(queue, &verb_sell, &request, &reply));
    return reply.reservation;
}

reservation_id queue_sell(struct queue *queue, const char *labels)
{
    seat_id seats[SEATS_MAX];
    char label[LABEL_SIZE];
    int32_t n = 0;

    while (n < SEATS_MAX && next_label(&labels, label))
        seats[n++] = box_seat(&queue->box, queue->hall, label);
    return sell(queue, seats, n);
}

/* The stored state of a seat, into `state`. */
static void read_state(struct queue *queue, const char *label, char state[static 16])
{
    struct sql_statement *row = sql_ask(
        queue->box.db, "SELECT state FROM claims WHERE show_id = $1 AND seat_id = $2",
        SQL_VALUES(sql_n(queue->show.n), sql_n(box_seat(&queue->box, queue->hall, label).n)));

    (void)snprintf(state, 16, "%s", sql_row(row) ? sql_text(row, 0) : "free");
    sql_done(row);
}

void queue_sell_out(struct queue *queue)
{
    const struct plan *plan = map_plan_kept(queue->box.db, queue->hall);
    seat_id seats[SEATS_MAX];
    char state[16];
    int32_t n = 0;

    for (size_t i = 0; i < plan->n; i++) {
        read_state(queue, plan->seats[i].label, state);
        if (strcmp(state, "free") == 0)
            seats[n++] = plan->seats[i].id;
        if (n == SEATS_MAX || (n > 0 && i + 1 == plan->n)) {
            (void)sell(queue, seats, n);
            n = 0;
        }
    }
}

void queue_cancel(struct queue *queue, reservation_id reservation)
{
    struct cancel_request request = {.ask = box_ask(&queue->box), .reservation = reservation};
    struct booking_reply reply;

    want(queue, queue_do(queue, &verb_cancel, &request, &reply));
}

struct wait_request queue_wish(struct queue *queue, const char *name, int32_t party, enum fit fit)
{
    struct wait_request request = {
        .ask = box_ask(&queue->box), .show = queue->show, .party = party, .fit = (int32_t)fit};
    unsigned sum = 0;

    for (const char *byte = name; *byte != '\0'; byte++)
        sum = sum * 31 + (unsigned char)*byte;
    (void)snprintf(request.name, sizeof request.name, "%s", name);
    (void)snprintf(request.phone, sizeof request.phone, "+47 %08u", sum % 100000000);
    return request;
}

entry_id queue_join(struct queue *queue, const char *name, int32_t party, enum fit fit)
{
    struct wait_request request = queue_wish(queue, name, party, fit);
    struct entry_reply reply;

    want(queue, queue_do(queue, &verb_wait, &request, &reply));
    return reply.entry;
}

entry_id queue_return(struct queue *queue)
{
    reservation_id pair = queue_sell(queue, "B1 B2");
    entry_id entry;

    queue_sell_out(queue);
    entry = queue_join(queue, "Ødegård, Kari", 2, FIT_TOGETHER);
    queue_cancel(queue, pair);
    return entry;
}

entry_id queue_offer(struct queue *queue)
{
    entry_id entry = queue_return(queue);

    assert_int_equal(queue_assign(queue, 0).offered, 1);
    queue_row(queue, entry, ENTRY_OFFERED, "B1 B2");
    return entry;
}

enum rc queue_entry(struct queue *queue, const struct verb *verb, entry_id entry)
{
    union {
        struct entry_reply entry;
        struct booking_reply booking;
    } reply;
    struct entry_request request = {.ask = box_ask(&queue->box), .entry = entry};

    return queue_do(queue, verb, &request, &reply);
}

struct assign_reply queue_assign(struct queue *queue, int32_t strict)
{
    struct assign_request request = {
        .ask = box_ask(&queue->box), .show = queue->show, .term = queue->term, .strict = strict};
    struct assign_reply reply;

    want(queue, queue_do(queue, &verb_assign, &request, &reply));
    return reply;
}

void queue_expect(struct queue *queue, const char *labels, const char *state)
{
    char label[LABEL_SIZE];

    while (next_label(&labels, label)) {
        char is[16];

        read_state(queue, label, is);
        if (strcmp(is, state) != 0)
            fail_msg("%s is %s, not %s", label, is, state);
    }
}

struct waiting_row queue_row(struct queue *queue, entry_id entry, enum entry_state state,
                             const char *seats)
{
    struct waiting_list *list = NULL;
    struct waiting_row row;
    char labels[SEATS_MAX * LABEL_SIZE] = "";
    size_t used = 0;

    want(queue, waiting_entry(queue->box.db, entry, queue->box.now, &list, &queue->why));
    row = list->rows[0];
    free(list);
    for (int32_t i = 0; i < row.n; i++)
        used += (size_t)snprintf(labels + used, sizeof labels - used, "%s%s", i > 0 ? " " : "",
                                 row.seats[i]);
    assert_string_equal(entry_word(row.state), entry_word(state));
    assert_string_equal(labels, seats);
    return row;
}

static bool write_work(struct sql *db, void *context)
{
    return sql_run0(db, context) >= 0;
}

void queue_write(struct queue *queue, const char *statement)
{
    if (sql_tx(queue->box.db, write_work, (void *)(uintptr_t)statement) != SQL_OK)
        fail_msg("%s", sql_error(queue->box.db));
}

int64_t queue_number(struct queue *queue, const char *question)
{
    struct sql_statement *row = sql_ask(queue->box.db, question, NULL, 0);
    int64_t number = sql_row(row) ? sql_number(row, 0) : -1;

    sql_done(row);
    return number;
}
