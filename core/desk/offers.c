#include "core/desk/offers.h"

#include <string.h>

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

const char *offer_end_word(enum offer_end end)
{
    return end_words[end];
}

void offer_finish(struct sql *db, reservation_id reservation, when_ms now, enum offer_end end)
{
    enum entry_state entry = end_entries[end];

    if (entry == ENTRY_WAITING)
        sql_run(db,
                "INSERT INTO refused_seats (entry_id, seat_id)"
                " SELECT k.entry_id, c.seat_id FROM calls k JOIN claims c"
                " ON c.reservation_id = k.reservation_id"
                " WHERE k.reservation_id = $1 AND k.outcome = ''"
                " ON CONFLICT DO NOTHING",
                SQL_VALUES(sql_n(reservation.n)));
    sql_run(db,
            "UPDATE waiting_list SET state = $2, changed_at = $3 WHERE state = 'offered'"
            " AND id = (SELECT entry_id FROM calls WHERE reservation_id = $1 AND outcome = '')",
            SQL_VALUES(sql_n(reservation.n), sql_t(entry_word(entry)), sql_n(now)));
    sql_run(db,
            "UPDATE calls SET outcome = $2, claimed_until = 0"
            " WHERE reservation_id = $1 AND outcome = ''",
            SQL_VALUES(sql_n(reservation.n), sql_t(end_words[end])));
}

void offer_lapse(struct sql *db, reservation_id reservation, when_ms now)
{
    offer_finish(db, reservation, now, OFFER_LAPSED);
}

/* Reads the seats of a reservation in seat order, and their labels as one text; labels that no
 * longer fit are left out whole. */
static void read_seats(struct sql *db, reservation_id reservation, struct offer_returned *returned)
{
    size_t used = 0;
    struct sql_statement *rows =
        sql_ask(db,
                "SELECT c.seat_id, s.label FROM claims c JOIN seats s ON s.id = c.seat_id"
                " WHERE c.reservation_id = $1 ORDER BY c.seat_id",
                SQL_VALUES(sql_n(reservation.n)));

    *returned = (struct offer_returned){0};
    while (returned->n < SEATS_MAX && sql_row(rows)) {
        const char *label = sql_text(rows, 1);
        size_t size = strlen(label);

        returned->seats[returned->n++] = (seat_id){sql_number(rows, 0)};
        if (used + size + 2 > sizeof returned->labels)
            continue;
        if (used > 0)
            returned->labels[used++] = ' ';
        memcpy(returned->labels + used, label, size + 1);
        used += size;
    }
    if (returned->n == SEATS_MAX)
        sql_done(rows);
}

bool offer_withdraw(struct sql *db, const struct show_lock *lock, reservation_id reservation,
                    when_ms now, enum offer_end end, enum booking_state to,
                    struct offer_returned *returned)
{
    read_seats(db, reservation, returned);
    offer_finish(db, reservation, now, end);
    if (sql_run(db,
                "UPDATE reservations SET state = $2, deadline = NULL, total = 0, changed_at = $3,"
                " seats_were = $4 WHERE id = $1 AND state = 'offered'",
                SQL_VALUES(sql_n(reservation.n), sql_t(booking_word(to)), sql_n(now),
                           sql_t(returned->labels))) != 1)
        return false;
    for (int32_t i = 0; i < returned->n; i++)
        if (tidy_give_back(db, lock, now, returned->seats[i]) == CLAIM_RETURNED)
            returned->for_the_list++;
    return true;
}

int32_t offer_free_unwanted(struct sql *db, show_id show)
{
    int64_t freed;

    if (tidy_anyone_waits(db, show))
        return 0;
    freed = sql_run(db, "DELETE FROM claims WHERE show_id = $1 AND state = 'returned'",
                    SQL_VALUES(sql_n(show.n)));
    return freed > 0 ? (int32_t)freed : 0;
}
