/*
 * A box with one show and short ways to its waiting list. The hall "Saal" has four rows of eight
 * seats with an aisle behind the fourth: A to C in the stalls (A1 a wheelchair place, A2 its
 * companion's), D raised.
 */
#ifndef BOXOFFICE_TESTS_KIT_QUEUE_H
#define BOXOFFICE_TESTS_KIT_QUEUE_H

#include "core/desk/assign.h"
#include "core/desk/waiting.h"
#include "tests/kit/box.h"

enum { QUEUE_SEATS = 32 };

struct queue {
    struct box box;
    hall_id hall;
    show_id show;
    when_ms starts_at; /* five hours after the first now */
    int64_t term;      /* of the lease, taken by the session "test" */
    struct fault why;  /* of the verb done last */
    struct told told;  /* likewise */
};

/* cmocka's fixtures: a queue in `*state`, its hall all free. */
int queue_setup(void **state);
int queue_teardown(void **state);

/* Does a verb on the queue's box and keeps its fault and what it told. */
enum rc queue_do(struct queue *queue, const struct verb *verb, const void *request, void *reply);

/* Sells the seats that `labels` ("A1 A2") names, or all that are free; fails when they are not
 * sold. queue_sell returns the reservation. */
reservation_id queue_sell(struct queue *queue, const char *labels);
void queue_sell_out(struct queue *queue);

/* Cancels a reservation whole; fails when that is refused. */
void queue_cancel(struct queue *queue, reservation_id reservation);

/* A party joins; the phone is made from its name. Fails when it is refused. */
entry_id queue_join(struct queue *queue, const char *name, int32_t party, enum fit fit);

/* The same request with everything as it comes, for what queue_join has no words for. */
struct wait_request queue_wish(struct queue *queue, const char *name, int32_t party, enum fit fit);

/* A full house in which B1 and B2 came back while a party of two, Ødegård, waits; queue_offer
 * offers them to it as well. */
entry_id queue_return(struct queue *queue);
entry_id queue_offer(struct queue *queue);

/* Does one of the verbs on an entry. */
enum rc queue_entry(struct queue *queue, const struct verb *verb, entry_id entry);

/* Assigns in the queue's term (strict 0 or 1) and fails when it is refused. */
struct assign_reply queue_assign(struct queue *queue, int32_t strict);

/* Fails unless the seats named are all stored in that state ("free": no row). */
void queue_expect(struct queue *queue, const char *labels, const char *state);

/* Fails unless the entry reads in that state, with exactly these seats offered ("" none). Returns
 * its row. */
struct waiting_row queue_row(struct queue *queue, entry_id entry, enum entry_state state,
                             const char *seats);

/* Runs one statement on the database, for states that no verb makes yet; fails when it fails. */
void queue_write(struct queue *queue, const char *statement);

/* One number of the database. */
int64_t queue_number(struct queue *queue, const char *question);

#endif
