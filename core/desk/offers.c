#include "core/desk/offers.h"

#include <stdio.h>

#include "core/base/words.h"
#include "core/desk/reservation.h"
#include "core/desk/were.h"

static const char *const end_words[] = {
#define END_WORD(name, word, entry) [OFFER_##name] = word,
    OFFER_ENDS(END_WORD)
#undef END_WORD
};

static const enum entry_state end_entries[] = {
#define END_ENTRY(name, word, entry) [OFFER_##name] = ENTRY_##entry,
    OFFER_ENDS(END_ENTRY)
#undef END_ENTRY
};

reservation_id offer_add(struct sql *db, const struct offer_new *offer, int *nth,
                         struct change *change)
{
    struct ask ask = *offer->ask;
    char code[CODE_SIZE];
    reservation_id id;

    ask.key[0] = '\0';
    id = reservation_add(db, &ask,
                         &(struct reservation_new){.show = offer->lock->show,
                                                   .state = BOOKING_OFFERED,
                                                   .person = offer->person,
                                                   .total = offer->total,
                                                   .deadline = offer->deadline,
                                                   .entry = offer->entry},
                         nth, code);
    sql_run(db,
            "INSERT INTO calls (reservation_id, entry_id, lease_term, made_at)"
            " VALUES ($1, $2, $3, $4)",
            SQL_VALUES(sql_n(id.n), sql_n(offer->entry.n), sql_n(offer->term), sql_n(ask.now)));
    change_booking(change, code, CHANGE_NONE, BOOKING_OFFERED);
    return id;
}

enum rc offer_claim(struct sql *db, const struct offer_new *offer, reservation_id reservation,
                    const struct plan_seat *seat, type_id type, money amount, bool returned,
                    struct change *change, struct fault *why)
{
    const struct ask *ask = offer->ask;

    if (sql_run(db,
                "INSERT INTO claims (show_id, seat_id, state, since, reservation_id, type_id,"
                " amount, terminal, operator) VALUES ($1, $2, 'reserved', $3, $4, $5, $6, $7, $8)"
                " ON CONFLICT (show_id, seat_id) DO UPDATE SET state = excluded.state,"
                " since = excluded.since, reservation_id = excluded.reservation_id,"
                " entry_id = NULL, type_id = excluded.type_id, amount = excluded.amount,"
                " terminal = excluded.terminal, operator = excluded.operator"
                " WHERE claims.state = 'returned'",
                SQL_VALUES(sql_n(offer->lock->show.n), sql_n(seat->id.n), sql_n(ask->now),
                           sql_n(reservation.n), sql_n(type.n), sql_n(amount), sql_t(ask->terminal),
                           sql_n(ask->operator_number))) != 1)
        return fault_set(why, RC_TAKEN, _("%s was taken meanwhile"), seat->label);
    change_seat(change, seat->label, returned ? CLAIM_RETURNED : CLAIM_FREE, CLAIM_RESERVED);
    return RC_OK;
}

void offer_finish(struct sql *db, reservation_id reservation, when_ms now, enum offer_end end,
                  struct change *change)
{
    enum entry_state to = end_entries[end];
    entry_id entry = {sql_one_number(
        db, 0, "SELECT entry_id FROM calls WHERE reservation_id = $1 AND outcome = ''",
        SQL_VALUES(sql_n(reservation.n)))};

    if (entry.n == 0)
        return;
    if (to == ENTRY_WAITING)
        sql_run(db,
                "INSERT INTO refused_seats (entry_id, seat_id)"
                " SELECT CAST($1 AS BIGINT), seat_id FROM claims WHERE reservation_id = $2"
                " ON CONFLICT DO NOTHING",
                SQL_VALUES(sql_n(entry.n), sql_n(reservation.n)));
    if (sql_run(db,
                "UPDATE waiting_list SET state = $2, changed_at = $3"
                " WHERE id = $1 AND state = 'offered'",
                SQL_VALUES(sql_n(entry.n), sql_t(entry_word(to)), sql_n(now))) == 1)
        change_entry(change, entry, ENTRY_OFFERED, to);
    sql_run(db, "UPDATE calls SET outcome = $2, claimed_until = 0 WHERE reservation_id = $1",
            SQL_VALUES(sql_n(reservation.n), sql_t(end_words[end])));
}

void offer_lapse(struct sql *db, reservation_id reservation, when_ms now, struct change *change)
{
    offer_finish(db, reservation, now, OFFER_LAPSED, change);
}

/* Reads the seats of a reservation, in seat order. */
static void read_seats(struct sql *db, reservation_id reservation, struct offer_returned *returned)
{
    struct sql_statement *rows =
        sql_ask(db,
                "SELECT c.seat_id, s.label FROM claims c JOIN seats s ON s.id = c.seat_id"
                " WHERE c.reservation_id = $1 ORDER BY c.seat_id",
                SQL_VALUES(sql_n(reservation.n)));

    *returned = (struct offer_returned){0};
    while (returned->n < SEATS_MAX && sql_row(rows)) {
        (void)snprintf(returned->labels[returned->n], LABEL_SIZE, "%s", sql_text(rows, 1));
        returned->seats[returned->n++] = (seat_id){sql_number(rows, 0)};
    }
    sql_done(rows);
}

/* Ends the reservation of an offer; false when it was none any more. */
static bool end_reservation(struct sql *db, reservation_id reservation, when_ms now,
                            enum booking_state to, const char *seats_were, struct change *change)
{
    struct sql_statement *row = sql_ask(
        db,
        "UPDATE reservations SET state = $2, deadline = NULL, total = 0, changed_at = $3,"
        " seats_were = $4 WHERE id = $1 AND state = 'offered' RETURNING code",
        SQL_VALUES(sql_n(reservation.n), sql_t(booking_word(to)), sql_n(now), sql_t(seats_were)));
    bool ended = sql_row(row);

    if (ended)
        change_booking(change, sql_text(row, 0), BOOKING_OFFERED, to);
    sql_done(row);
    return ended;
}

bool offer_withdraw(struct sql *db, const struct show_lock *lock, reservation_id reservation,
                    when_ms now, enum offer_end end, enum booking_state to, struct change *change,
                    struct offer_returned *returned)
{
    char seats_were[WERE_SIZE] = "";
    struct show_lock after;

    read_seats(db, reservation, returned);
    for (int32_t i = 0; i < returned->n; i++)
        were_add(seats_were, returned->labels[i]);
    if (!end_reservation(db, reservation, now, to, seats_were, change))
        return false;
    offer_finish(db, reservation, now, end, change);
    after = *lock;
    after.waits = tidy_anyone_waits(db, lock->show); /* this party may have been the last */
    for (int32_t i = 0; i < returned->n; i++) {
        enum claim_state state = tidy_give_back(db, &after, now, returned->seats[i]);

        returned->for_the_list += state == CLAIM_RETURNED;
        change_seat(change, returned->labels[i], CLAIM_RESERVED, state);
    }
    return true;
}
