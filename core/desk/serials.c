#include "core/desk/serials.h"

#include <stdio.h>
#include <string.h>

int serials_live(struct sql *db, reservation_id reservation, struct ticket_had *had)
{
    int n = 0;
    struct sql_statement *rows =
        sql_ask(db,
                "SELECT serial, seat_id, state, printed_at, terminal FROM tickets"
                " WHERE reservation_id = $1 AND state <> 'dead' ORDER BY seat_id",
                SQL_VALUES(sql_n(reservation.n)));

    while (n < SEATS_MAX && sql_row(rows)) {
        struct ticket_had *one = &had[n++];

        *one = (struct ticket_had){.serial = sql_number(rows, 0),
                                   .seat = {sql_number(rows, 1)},
                                   .state = TICKET_LIVE,
                                   .printed_at = sql_number(rows, 3)};
        if (strcmp(sql_text(rows, 2), ticket_state_word(TICKET_USED)) == 0)
            one->state = TICKET_USED;
        (void)snprintf(one->terminal, sizeof one->terminal, "%s", sql_text(rows, 4));
    }
    sql_done(rows);
    return n;
}

int64_t serials_take(struct sql *db, int n)
{
    struct sql_statement *row =
        sql_ask(db, "UPDATE ticket_serials SET last = last + $1 WHERE id = 1 RETURNING last",
                SQL_VALUES(sql_n(n)));
    int64_t last = sql_row(row) ? sql_number(row, 0) : 0;

    sql_done(row);
    return last - n + 1;
}

/* The sold seats without a ticket, with what they cost. */
static void read_missing(struct sql *db, reservation_id reservation, struct serials_given *given,
                         type_id *types, money *amounts)
{
    struct sql_statement *rows =
        sql_ask(db,
                "SELECT c.seat_id, c.type_id, c.amount FROM claims c WHERE c.reservation_id = $1"
                " AND c.state = 'sold' AND NOT EXISTS (SELECT 1 FROM tickets t"
                " WHERE t.show_id = c.show_id AND t.seat_id = c.seat_id AND t.state <> 'dead')"
                " ORDER BY c.seat_id",
                SQL_VALUES(sql_n(reservation.n)));

    while (given->n < SEATS_MAX && sql_row(rows)) {
        given->seats[given->n].n = sql_number(rows, 0);
        types[given->n].n = sql_number(rows, 1);
        amounts[given->n++] = sql_number(rows, 2);
    }
    sql_done(rows);
}

void serials_give(struct sql *db, reservation_id reservation, show_id show, const struct ask *ask,
                  struct serials_given *given)
{
    type_id types[SEATS_MAX];
    money amounts[SEATS_MAX];

    read_missing(db, reservation, given, types, amounts);
    if (given->n == 0)
        return;
    given->first = serials_take(db, given->n);
    for (int i = 0; i < given->n; i++)
        sql_post(db,
                 "INSERT INTO tickets (serial, reservation_id, show_id, seat_id, type_id, amount,"
                 " state, print, issued_at, terminal, operator)"
                 " VALUES ($1, $2, $3, $4, $5, $6, 'live', 'due', $7, $8, $9)",
                 SQL_VALUES(sql_n(given->first + i), sql_n(reservation.n), sql_n(show.n),
                            sql_n(given->seats[i].n), sql_n0(types[i].n), sql_n(amounts[i]),
                            sql_n(ask->now), sql_t(ask->terminal), sql_n(ask->operator_number)));
}

json_t *serials_journal(const struct serials_given *given, const struct plan *plan,
                        const char *code)
{
    json_t *tickets = json_object();

    for (int i = 0; tickets != NULL && i < given->n; i++)
        json_object_set_new(tickets, plan_label(plan, given->seats[i]),
                            json_integer(given->first + i));
    return json_pack("{s:s, s:o}", "code", code, "tickets", tickets);
}
