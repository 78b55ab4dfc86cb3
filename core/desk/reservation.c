#include "core/desk/reservation.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/base/digest.h"
#include "core/base/words.h"
#include "core/desk/owed.h"

/* Neither vowels nor what is mistaken for something else: 0 O, 1 I L, 2 Z, 5 S, 8 B, 6 G, U V. */
static const char code_letters[] = "34679CDFHJKMNPQRTVWXY";

enum { CODE_LETTERS = sizeof code_letters - 1, CODE_LENGTH = 6, CODE_TRIES = 100, NIBBLES = 15 };

void reservation_code(const uint8_t random[static ASK_RANDOM], int nth, char code[static CODE_SIZE])
{
    const struct digest_part parts[] = {{random, ASK_RANDOM}, {&nth, sizeof nth}};
    char hex[DIGEST_HEX];
    uint64_t number = 0;

    digest_hex(parts, 2, hex);
    for (int i = 0; i < NIBBLES; i++)
        number = number << 4 | (uint64_t)(hex[i] <= '9' ? hex[i] - '0' : hex[i] - 'a' + 10);
    for (int i = 0; i < CODE_LENGTH; i++) {
        code[i] = code_letters[number % CODE_LETTERS];
        number /= CODE_LETTERS;
    }
    code[CODE_LENGTH] = '\0';
}

void reservation_code_ask(struct sql *db, const struct ask *ask, int nth,
                          struct reservation_code *code)
{
    code->nth = nth;
    reservation_code(ask->random, nth, code->text);
    code->used =
        sql_ask(db, "SELECT 1 FROM reservations WHERE code = $1", SQL_VALUES(sql_t(code->text)));
}

void reservation_code_hear(struct sql *db, const struct ask *ask, struct reservation_code *code)
{
    const int last = code->nth + CODE_TRIES;

    while (sql_row(code->used) && code->nth < last) {
        sql_done(code->used);
        reservation_code_ask(db, ask, code->nth + 1, code);
    }
    sql_done(code->used);
}

void reservation_store(struct sql *db, const struct ask *ask, const struct reservation_new *new,
                       const char *code)
{
    const struct person *person = new->person;

    sql_post(db,
             "INSERT INTO reservations (code, show_id, state, name, name_key, phone, phone_key,"
             " phone_tail, note, total, deadline, entry_id, key, terminal, operator, made_at,"
             " changed_at, name_given, from_id, paper) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, "
             "$10, $11,"
             " $12, $13, $14, $15, $16, $16, $17, $18, $19)",
             SQL_VALUES(sql_t(code), sql_n(new->show.n), sql_t(booking_word(new->state)),
                        sql_t(person->name), sql_t(person->name_key), sql_t(person->phone),
                        sql_t(person->phone_key), sql_t(person->phone_tail), sql_t(person->note),
                        sql_n(new->total), sql_n0(new->deadline), sql_n0(new->entry.n),
                        sql_t(ask->key), sql_t(ask->terminal), sql_n(ask->operator_number),
                        sql_n(ask->now), sql_t(person_given(person)), sql_n0(new->from.n),
                        sql_t(new->state == BOOKING_SOLD ? owed_by(ask) : "")));
}

struct sql_statement *reservation_id_ask(struct sql *db, const char *code)
{
    return sql_ask(db, "SELECT id FROM reservations WHERE code = $1", SQL_VALUES(sql_t(code)));
}

reservation_id reservation_id_hear(struct sql_statement *row)
{
    reservation_id id = {sql_row(row) ? sql_number(row, 0) : 0};

    sql_done(row);
    return id;
}

reservation_id reservation_add(struct sql *db, const struct ask *ask,
                               const struct reservation_new *new, int *nth,
                               char code[static CODE_SIZE])
{
    struct reservation_code free;

    reservation_code_ask(db, ask, *nth, &free);
    reservation_code_hear(db, ask, &free);
    *nth = free.nth + 1;
    memcpy(code, free.text, CODE_SIZE);
    reservation_store(db, ask, new, code);
    return reservation_id_hear(reservation_id_ask(db, code));
}

static bool read_row(struct sql_statement *row, struct reservation *reservation)
{
    if (!sql_row(row))
        return false;
    snprintf(reservation->code, sizeof reservation->code, "%s", sql_text(row, 0));
    booking_parse(sql_text(row, 1), &reservation->state);
    reservation->total = sql_number(row, 2);
    reservation->deadline = sql_number(row, 3);
    reservation->entry.n = sql_number(row, 4);
    sql_done(row);
    return true;
}

struct sql_statement *reservation_seats_ask(struct sql *db, reservation_id id)
{
    return sql_ask(db,
                   "SELECT c.seat_id, c.amount, s.label, c.type_id, COALESCE(t.tax, -1)"
                   " FROM claims c JOIN seats s ON s.id = c.seat_id LEFT JOIN ticket_types t"
                   " ON t.id = c.type_id WHERE c.reservation_id = $1 ORDER BY c.seat_id",
                   SQL_VALUES(sql_n(id.n)));
}

void reservation_seats_hear(struct sql_statement *rows, struct reservation *reservation)
{
    int n = 0;

    while (n < SEATS_MAX && sql_row(rows)) {
        struct reservation_seat *seat = &reservation->seats[n++];

        seat->seat.n = sql_number(rows, 0);
        seat->amount = sql_number(rows, 1);
        snprintf(seat->label, sizeof seat->label, "%s", sql_text(rows, 2));
        seat->type.n = sql_number(rows, 3);
        seat->tax = (int32_t)sql_number(rows, 4);
    }
    sql_done(rows);
    reservation->n = n;
}

struct reservation_asked reservation_ask(struct sql *db, reservation_id id)
{
    struct reservation_asked asked = {.id = id};

    asked.show = show_lock_ask(db, (struct show_ref){SHOW_OF_RESERVATION, id.n});
    asked.row =
        sql_ask(db, "SELECT code, state, total, deadline, entry_id FROM reservations WHERE id = $1",
                SQL_VALUES(sql_n(id.n)));
    asked.seats = reservation_seats_ask(db, id);
    return asked;
}

enum rc reservation_hear(const struct reservation_asked *asked, when_ms now,
                         struct reservation *reservation, struct show_lock *lock, struct fault *why)
{
    *reservation = (struct reservation){.id = asked->id};
    if (!show_lock_hear(asked->show, lock) || !read_row(asked->row, reservation))
        return fault_set(why, RC_NOT_FOUND, _("there is no reservation %" PRId64), asked->id.n);
    reservation->show = lock->show;
    reservation_seats_hear(asked->seats, reservation);
    if (reservation->deadline != 0 && reservation->deadline <= now)
        reservation->state = BOOKING_LAPSED;
    return RC_OK;
}

enum rc reservation_wrong_state(const struct reservation *reservation, struct fault *why)
{
    const char *code = reservation->code;

    switch (reservation->state) {
    case BOOKING_OFFERED:
        return fault_set(why, RC_WRONG_STATE,
                         _("%s is offered to the waiting list and not yet accepted"), code);
    case BOOKING_RESERVED:
        return fault_set(why, RC_WRONG_STATE, _("%s is reserved and not yet paid"), code);
    case BOOKING_SOLD:
        return fault_set(why, RC_WRONG_STATE, _("%s is paid already"), code);
    case BOOKING_CANCELLED:
        return fault_set(why, RC_WRONG_STATE, _("%s was cancelled"), code);
    case BOOKING_LAPSED:
        return fault_set(why, RC_WRONG_STATE, _("%s has lapsed: it was not paid in time"), code);
    }
    return fault_set(why, RC_WRONG_STATE, "%s", code);
}

enum rc reservation_may_give(const struct reservation *r, const struct show_lock *lock, when_ms now,
                             struct fault *why)
{
    char clock[WHEN_TEXT];

    if (r->state != BOOKING_RESERVED && r->state != BOOKING_SOLD)
        return reservation_wrong_state(r, why);
    if (now >= lock->ends_at)
        return fault_set(why, RC_TOO_LATE, _("%s ended at %s: nothing is given back after that"),
                         lock->title, when_clock(lock->ends_at, clock, sizeof clock));
    return RC_OK;
}

enum rc reservation_shrink(struct sql *db, struct reservation *r, money amount, const char *were,
                           when_ms now, struct change *change, struct fault *why)
{
    const bool whole = r->n == 0;
    const enum booking_state from = r->state, to = whole ? BOOKING_CANCELLED : from;

    if (sql_run(db,
                "UPDATE reservations SET state = $3, total = total - $4, changed_at = $5,"
                " deadline = CASE WHEN $3 = 'cancelled' THEN NULL ELSE deadline END,"
                " seats_were = CASE WHEN seats_were = '' THEN $6 ELSE seats_were || ' ' || $6 END"
                " WHERE id = $1 AND state = $2 AND total >= $4",
                SQL_VALUES(sql_n(r->id.n), sql_t(booking_word(from)), sql_t(booking_word(to)),
                           sql_n(amount), sql_n(now), sql_t(were))) != 1)
        return fault_set(why, RC_WRONG_STATE, _("%s was changed meanwhile"), r->code);
    change_booking(change, r->code, (int)from, to);
    r->state = to;
    r->total -= amount;
    if (whole)
        r->deadline = 0;
    change_number(change, "total", r->total);
    return RC_OK;
}

void reservation_reply(const struct reservation *reservation, const struct show_lock *lock,
                       struct booking_reply *reply)
{
    reply->reservation = reservation->id;
    reply->show = reservation->show;
    snprintf(reply->code, sizeof reply->code, "%s", reservation->code);
    reply->state = (int32_t)reservation->state;
    reply->total = reservation->total;
    reply->deadline = reservation->deadline;
    reply->rev = lock->rev;
    reply->n = reservation->n;
    for (int i = 0; i < reply->n; i++)
        reply->seats[i] = reservation->seats[i].seat;
}
