#include "core/desk/booking.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"

const char *reason_word(enum reason_kind kind)
{
    static const char *const words[] = {
#define REASON_WORD(name, word) word,
        REASONS(REASON_WORD)
#undef REASON_WORD
    };

    return (unsigned)kind < REASON_COUNT ? words[kind] : "";
}

/* What one reading of a reservation needs. */
struct reading {
    reservation_id id;
    when_ms now;
    struct booking *booking;
    bool found;
};

/* Copies a column into a field of the booking; what is stored is never longer. */
#define COPY(field, column) snprintf(field, sizeof field, "%s", sql_text(row, column))

static void read_row(struct sql *db, struct reading *reading)
{
    struct booking *b = reading->booking;
    struct sql_statement *row = sql_ask(
        db,
        "SELECT r.code, r.show_id, r.state, s.title, h.name, s.starts_at, r.name, r.phone, r.note,"
        " r.seats_were, r.entry_id, w.party, r.total, r.deadline, r.made_at, r.terminal,"
        " r.operator, f.code, (SELECT t.code FROM reservations t WHERE t.from_id = r.id"
        "  ORDER BY t.id DESC LIMIT 1) FROM reservations r JOIN shows s ON s.id = r.show_id"
        " JOIN halls h ON h.id = s.hall_id LEFT JOIN waiting_list w ON w.id = r.entry_id"
        " LEFT JOIN reservations f ON f.id = r.from_id WHERE r.id = $1",
        SQL_VALUES(sql_n(reading->id.n)));

    reading->found = sql_row(row);
    if (!reading->found)
        return;
    *b = (struct booking){.id = reading->id,
                          .show = {sql_number(row, 1)},
                          .starts_at = sql_number(row, 5),
                          .entry = {sql_number(row, 10)},
                          .party = (int32_t)sql_number(row, 11),
                          .total = sql_number(row, 12),
                          .deadline = sql_number(row, 13),
                          .made_at = sql_number(row, 14),
                          .operator_number = (int32_t)sql_number(row, 16)};
    COPY(b->code, 0);
    booking_parse(sql_text(row, 2), &b->state);
    COPY(b->title, 3);
    COPY(b->hall, 4);
    COPY(b->name, 6);
    COPY(b->phone, 7);
    COPY(b->note, 8);
    COPY(b->seats_were, 9);
    COPY(b->terminal, 15);
    COPY(b->from, 17);
    COPY(b->to, 18);
    sql_done(row);
}

static void read_seats(struct sql *db, struct reading *reading)
{
    struct booking *b = reading->booking;
    struct sql_statement *row = sql_ask(
        db,
        "SELECT c.seat_id, s.label, s.zone, t.name, c.amount, COALESCE(t.tax, -1), c.type_id"
        " FROM claims c"
        " JOIN seats s ON s.id = c.seat_id LEFT JOIN ticket_types t ON t.id = c.type_id"
        " WHERE c.reservation_id = $1 ORDER BY c.seat_id",
        SQL_VALUES(sql_n(reading->id.n)));

    while (b->n < SEATS_MAX && sql_row(row)) {
        struct booking_seat *seat = &b->seats[b->n++];

        seat->seat.n = sql_number(row, 0);
        COPY(seat->label, 1);
        COPY(seat->zone, 2);
        COPY(seat->type, 3);
        seat->amount = sql_number(row, 4);
        seat->tax = (int32_t)sql_number(row, 5);
        seat->type_id.n = sql_number(row, 6);
    }
    sql_done(row);
}

void booking_tender_add(char *list, size_t size, const char *tender, money sum)
{
    size_t used = strlen(list);
    char amount[MONEY_TEXT];
    int n = snprintf(list + used, size - used, "%s%s %s", used > 0 ? ", " : "", _(tender),
                     money_format(sum, amount, sizeof amount));

    if (n < 0 || (size_t)n >= size - used)
        list[used] = '\0';
}

static void read_payments(struct sql *db, struct reading *reading)
{
    struct booking *b = reading->booking;
    struct sql_statement *row =
        sql_ask(db,
                "SELECT tender, CAST(SUM(CASE WHEN kind = 'pay' THEN amount ELSE 0 END) AS BIGINT),"
                " CAST(SUM(CASE WHEN kind = 'refund' THEN amount ELSE 0 END) AS BIGINT)"
                " FROM payments WHERE reservation_id = $1 GROUP BY tender ORDER BY MIN(n)",
                SQL_VALUES(sql_n(reading->id.n)));

    while (sql_row(row)) {
        money paid = sql_number(row, 1), back = sql_number(row, 2);
        enum tender_kind kind;

        b->paid += paid;
        b->refunded += back;
        booking_tender_add(b->tenders, sizeof b->tenders, sql_text(row, 0), paid);
        if (paid > back && b->n_left < TENDERS_MAX && tender_parse(sql_text(row, 0), &kind))
            b->left[b->n_left++] = (struct booking_left){(int32_t)kind, paid - back};
    }
    sql_done(row);
}

/* Past its deadline it reads as if somebody had tidied it: lapsed, its seats given back. */
static void see_lapsed(struct booking *b)
{
    b->state = BOOKING_LAPSED;
    for (int32_t i = 0; i < b->n; i++)
        were_add(b->seats_were, b->seats[i].label);
    b->n = 0;
    b->total = 0;
    b->deadline = 0;
}

static bool read_all(struct sql *db, void *context)
{
    struct reading *reading = context;

    read_row(db, reading);
    if (!reading->found)
        return true;
    read_seats(db, reading);
    read_payments(db, reading);
    if (reading->booking->deadline != 0 && reading->booking->deadline <= reading->now)
        see_lapsed(reading->booking);
    else if (reading->booking->state == BOOKING_OFFERED && reading->booking->n > 0)
        origin_read(db, reading->booking->show, reading->booking->seats[0].label,
                    reading->booking->made_at, &reading->booking->origin);
    return true;
}

enum rc booking_read(struct sql *db, reservation_id id, when_ms now, struct booking **booking,
                     struct fault *why)
{
    struct reading reading = {.id = id, .now = now, .booking = malloc(sizeof **booking)};
    enum sql_rc done;

    *booking = NULL;
    if (reading.booking == NULL)
        return fault_set(why, RC_NO_MEMORY, _("out of memory"));
    done = sql_read(db, read_all, &reading);
    if (done == SQL_OK && reading.found) {
        *booking = reading.booking;
        return RC_OK;
    }
    free(reading.booking);
    if (done != SQL_OK)
        return verb_storage_fault(db, done, why);
    return fault_set(why, RC_NOT_FOUND, _("there is no reservation %" PRId64), id.n);
}

/* As it is stored: capitals without blanks. False when it cannot be a code. */
static bool plain_code(const char *typed, char code[static CODE_SIZE])
{
    size_t n = 0;

    for (; *typed != '\0'; typed++) {
        unsigned char c = (unsigned char)*typed;

        if (isspace(c))
            continue;
        if (!isalnum(c) || n == CODE_SIZE - 1)
            return false;
        code[n++] = (char)toupper(c);
    }
    code[n] = '\0';
    return n > 0;
}

enum rc booking_by_code(struct sql *db, const char *code, reservation_id *id, struct fault *why)
{
    char plain[CODE_SIZE];

    id->n = 0;
    if (plain_code(code, plain))
        id->n = sql_one_number(db, 0, "SELECT id FROM reservations WHERE code = $1",
                               SQL_VALUES(sql_t(plain)));
    if (id->n != 0)
        return RC_OK;
    if (sql_failed(db) != SQL_OK)
        return verb_storage_fault(db, sql_failed(db), why);
    return fault_set(why, RC_NOT_FOUND, _("there is no reservation %.20s"), code);
}
