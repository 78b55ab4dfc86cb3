#include "core/desk/reservation.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/base/digest.h"

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

/* Returns 0 when the code is another reservation's. */
static int64_t insert(struct sql *db, const struct ask *ask, const struct reservation_new *new,
                      const char *code)
{
    const struct person *person = new->person;

    const int64_t added = sql_run(
        db,
        "INSERT INTO reservations (code, show_id, state, name, name_key, phone, phone_key,"
        " phone_tail, note, total, deadline, entry_id, key, terminal, operator, made_at,"
        " changed_at, name_given) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,"
        " $14, $15, $16, $16, $17) ON CONFLICT (code) DO NOTHING",
        SQL_VALUES(sql_t(code), sql_n(new->show.n), sql_t(booking_word(new->state)),
                   sql_t(person->name), sql_t(person->name_key), sql_t(person->phone),
                   sql_t(person->phone_key), sql_t(person->phone_tail), sql_t(person->note),
                   sql_n(new->total), sql_n0(new->deadline), sql_n0(new->entry.n), sql_t(ask->key),
                   sql_t(ask->terminal), sql_n(ask->operator_number), sql_n(ask->now),
                   sql_t(person_given(person))));

    /* RETURNING would cost SQLite more than to ask (tidy.c). */
    return added != 1 ? 0
                      : sql_one_number(db, 0, "SELECT id FROM reservations WHERE code = $1",
                                       SQL_VALUES(sql_t(code)));
}

reservation_id reservation_add(struct sql *db, const struct ask *ask,
                               const struct reservation_new *new, int *nth,
                               char code[static CODE_SIZE])
{
    reservation_id id = {0};

    code[0] = '\0';
    /* Seats without a reservation are refused by their table, so a failure here is not lost. */
    for (int i = 0; i < CODE_TRIES && id.n == 0 && sql_failed(db) == SQL_OK; i++) {
        reservation_code(ask->random, (*nth)++, code);
        id.n = insert(db, ask, new, code);
    }
    return id;
}

show_id reservation_show(struct sql *db, reservation_id id)
{
    return (show_id){sql_one_number(db, 0, "SELECT show_id FROM reservations WHERE id = $1",
                                    SQL_VALUES(sql_n(id.n)))};
}

static bool read_row(struct sql *db, struct reservation *reservation)
{
    struct sql_statement *row =
        sql_ask(db, "SELECT code, state, total, deadline, entry_id FROM reservations WHERE id = $1",
                SQL_VALUES(sql_n(reservation->id.n)));

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

enum rc reservation_lock(struct sql *db, reservation_id id, when_ms now,
                         struct reservation *reservation, struct show_lock *lock, struct fault *why)
{
    enum rc rc;

    *reservation = (struct reservation){.id = id, .show = reservation_show(db, id)};
    if (reservation->show.n == 0)
        return fault_set(why, RC_NOT_FOUND, "there is no reservation %" PRId64, id.n);
    rc = show_lock(db, reservation->show, lock, why);
    if (rc != RC_OK)
        return rc;
    if (!read_row(db, reservation))
        return fault_set(why, RC_NOT_FOUND, "there is no reservation %" PRId64, id.n);
    if (reservation->deadline != 0 && reservation->deadline <= now)
        reservation->state = BOOKING_LAPSED;
    return RC_OK;
}

int reservation_seats(struct sql *db, reservation_id id, struct reservation_seat *seats)
{
    int n = 0;
    struct sql_statement *rows =
        sql_ask(db, "SELECT seat_id, amount FROM claims WHERE reservation_id = $1 ORDER BY seat_id",
                SQL_VALUES(sql_n(id.n)));

    while (n < SEATS_MAX && sql_row(rows)) {
        seats[n].seat.n = sql_number(rows, 0);
        seats[n++].amount = sql_number(rows, 1);
    }
    sql_done(rows);
    return n;
}

enum rc reservation_wrong_state(const struct reservation *reservation, struct fault *why)
{
    static const char *const texts[] = {
        [BOOKING_OFFERED] = "is offered to the waiting list and not yet accepted",
        [BOOKING_RESERVED] = "is reserved and not yet paid",
        [BOOKING_SOLD] = "is paid already",
        [BOOKING_CANCELLED] = "was cancelled",
        [BOOKING_LAPSED] = "has lapsed: it was not paid in time",
    };

    return fault_set(why, RC_WRONG_STATE, "%s %s", reservation->code, texts[reservation->state]);
}

void reservation_reply(struct sql *db, const struct reservation *reservation,
                       const struct show_lock *lock, struct booking_reply *reply)
{
    struct reservation_seat seats[SEATS_MAX];

    reply->reservation = reservation->id;
    reply->show = reservation->show;
    snprintf(reply->code, sizeof reply->code, "%s", reservation->code);
    reply->state = (int32_t)reservation->state;
    reply->total = reservation->total;
    reply->deadline = reservation->deadline;
    reply->rev = lock->rev;
    reply->n = reservation_seats(db, reservation->id, seats);
    for (int i = 0; i < reply->n; i++)
        reply->seats[i] = seats[i].seat;
}
