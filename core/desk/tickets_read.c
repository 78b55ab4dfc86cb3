/* A sale as it is printed: the facts on its tickets and its receipt (tickets.h). */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"
#include "core/desk/tickets.h"

struct reading {
    reservation_id id;
    struct ticket_sheet *sheet;
    bool found;
};

#define COPY(field, column) (void)snprintf(field, sizeof field, "%s", sql_text(row, column))

const char *tickets_stamp(bool demo, bool training)
{
    if (training)
        return _("VOID, training");
    return demo ? _("NOT VALID, a demo") : "";
}

static void read_sale(struct sql *db, struct reading *reading)
{
    struct ticket_sheet *sheet = reading->sheet;
    struct sql_statement *row =
        sql_ask(db,
                "SELECT r.code, r.show_id, r.state, s.title, h.name, v.currency, v.demo,"
                " s.starts_at, r.changed_at, r.terminal, r.operator, r.total,"
                " v.training_at, v.name"
                " FROM reservations r JOIN shows s ON s.id = r.show_id"
                " JOIN halls h ON h.id = s.hall_id CROSS JOIN venue v WHERE r.id = $1",
                SQL_VALUES(sql_n(reading->id.n)));

    reading->found = sql_row(row);
    if (!reading->found)
        return;
    *sheet = (struct ticket_sheet){.reservation = reading->id,
                                   .show = {sql_number(row, 1)},
                                   .training = sql_number(row, 12) != 0,
                                   .starts_at = sql_number(row, 7),
                                   .sold_at = sql_number(row, 8),
                                   .operator_number = (int32_t)sql_number(row, 10),
                                   .total = sql_number(row, 11)};
    sheet->stamp = tickets_stamp(sql_number(row, 6) == 1, sheet->training);
    COPY(sheet->venue, 13);
    COPY(sheet->code, 0);
    (void)booking_parse(sql_text(row, 2), &sheet->state); /* the schema knows no other words */
    COPY(sheet->title, 3);
    COPY(sheet->hall, 4);
    COPY(sheet->currency, 5);
    COPY(sheet->terminal, 9);
    sql_done(row);
}

static enum ticket_state state_of(const char *word)
{
    return strcmp(word, ticket_state_word(TICKET_USED)) == 0 ? TICKET_USED : TICKET_LIVE;
}

static enum ticket_print print_of(const char *word)
{
    for (enum ticket_print print = PRINT_DUE; print <= PRINT_TORN; print++)
        if (strcmp(word, ticket_print_word(print)) == 0)
            return print;
    return PRINT_DUE; /* a seat that has no ticket yet */
}

static void fill_ticket(const struct sql_statement *row, struct ticket *ticket)
{
    *ticket = (struct ticket){.seat = {sql_number(row, 0)},
                              .number = (int32_t)sql_number(row, 5),
                              .amount = sql_number(row, 7),
                              .serial = sql_number(row, 8),
                              .copies = (int32_t)sql_number(row, 11),
                              .of_serial = sql_number(row, 12),
                              .printed_at = sql_number(row, 14),
                              .checked_in_at = sql_number(row, 15)};
    COPY(ticket->label, 1);
    COPY(ticket->row, 2);
    COPY(ticket->block, 3);
    COPY(ticket->zone, 4);
    COPY(ticket->type, 6);
    ticket->state = state_of(sql_text(row, 9));
    ticket->print = print_of(sql_text(row, 10));
    COPY(ticket->reason, 13);
    COPY(ticket->checked_in_on, 16);
    COPY(ticket->terminal, 17);
    ticket->tax = (int32_t)sql_number(row, 18);
}

static void read_tickets(struct sql *db, struct reading *reading)
{
    struct ticket_sheet *sheet = reading->sheet;
    struct sql_statement *row =
        sql_ask(db,
                "SELECT c.seat_id, s.label, s.row_name, s.block, s.zone, s.number, y.name,"
                " c.amount, t.serial, t.state, t.print, t.copies, t.of_serial, t.reason,"
                " t.printed_at, t.checked_in_at, t.checked_in_on, t.terminal,"
                " COALESCE(y.tax, -1) FROM claims c"
                " JOIN seats s ON s.id = c.seat_id LEFT JOIN ticket_types y ON y.id = c.type_id"
                " LEFT JOIN tickets t ON t.show_id = c.show_id AND t.seat_id = c.seat_id"
                " AND t.state <> 'dead' WHERE c.reservation_id = $1 ORDER BY c.seat_id",
                SQL_VALUES(sql_n(reading->id.n)));

    while (sheet->n < SEATS_MAX && sql_row(row))
        fill_ticket(row, &sheet->tickets[sheet->n++]);
    sql_done(row);
}

/* The payments in their order; who took the first, and when, sold it. */
static void read_payments(struct sql *db, struct reading *reading)
{
    struct ticket_sheet *sheet = reading->sheet;
    struct sql_statement *row = sql_ask(
        db,
        "SELECT tender, kind, amount, given, terminal, operator, paid_at, rounding, till_id,"
        " carried"
        " FROM payments"
        " WHERE reservation_id = $1 ORDER BY n",
        SQL_VALUES(sql_n(reading->id.n)));

    while (sheet->n_tenders < SHEET_TENDERS && sql_row(row)) {
        struct ticket_tender *tender = &sheet->tenders[sheet->n_tenders++];

        COPY(tender->word, 0);
        tender->refund = strcmp(sql_text(row, 1), "refund") == 0;
        tender->amount = sql_number(row, 2);
        tender->given = sql_number(row, 3);
        tender->rounding = sql_number(row, 7);
        tender->carried = sql_number(row, 9) != 0;
        if (sheet->n_tenders > 1)
            continue;
        COPY(sheet->terminal, 4);
        sheet->operator_number = (int32_t)sql_number(row, 5);
        sheet->sold_at = sql_number(row, 6);
        sheet->till.n = sql_number(row, 8);
    }
    sql_done(row);
}

static bool read_all(struct sql *db, void *context)
{
    struct reading *reading = context;

    read_sale(db, reading);
    if (reading->found) {
        read_tickets(db, reading);
        read_payments(db, reading);
    }
    return true;
}

enum rc tickets_read(struct sql *db, reservation_id id, struct ticket_sheet **sheet,
                     struct fault *why)
{
    struct reading reading = {.id = id, .sheet = malloc(sizeof **sheet)};
    enum sql_rc done;

    *sheet = NULL;
    if (reading.sheet == NULL)
        return fault_set(why, RC_NO_MEMORY, _("out of memory"));
    done = sql_read(db, read_all, &reading);
    if (done == SQL_OK && reading.found) {
        *sheet = reading.sheet;
        return RC_OK;
    }
    free(reading.sheet);
    if (done != SQL_OK)
        return verb_storage_fault(db, done, why);
    return fault_set(why, RC_NOT_FOUND, _("there is no reservation %" PRId64), id.n);
}
