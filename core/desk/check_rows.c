#include "core/desk/check_rows.h"

#include <stdio.h>

#include "core/base/text.h"
#include "core/base/words.h"

bool check_rows_silent(struct sql *db, const char *question, char *first, size_t size)
{
    struct sql_statement *row = sql_ask(db, question, NULL, 0);
    bool answered = sql_row(row);

    if (answered)
        (void)snprintf(first, size, "%s", sql_text(row, 0));
    sql_done(row);
    return !answered;
}

bool check_rows_claims(struct sql *db, char *first, size_t size)
{
    return check_rows_silent(db,
                             "SELECT 'show ' || show_id || ', seat ' || seat_id || ' has ' ||"
                             " count(*) || ' claims' FROM claims GROUP BY show_id, seat_id"
                             " HAVING count(*) > 1 LIMIT 1",
                             first, size);
}

bool check_rows_halls(struct sql *db, char *first, size_t size)
{
    return check_rows_silent(
        db,
        "SELECT 'show ' || c.show_id || ': seat ' || s.id || ', ' || s.label ||"
        " ', is of another hall' FROM claims c JOIN shows w ON w.id = c.show_id"
        " JOIN seats s ON s.id = c.seat_id WHERE s.hall_id <> w.hall_id"
        " ORDER BY c.show_id, c.seat_id LIMIT 1",
        first, size);
}

bool check_rows_keys(struct sql *db, char *first, size_t size)
{
    return check_rows_silent(db,
                             "SELECT 'key ' || key || ' has ' || count(*) || ' results'"
                             " FROM requests GROUP BY key HAVING count(*) > 1 LIMIT 1",
                             first, size) &&
           check_rows_silent(db,
                             "SELECT 'reservations ' || min(r.code) || ' and ' || max(r.code) ||"
                             " ' have one key' FROM reservations r WHERE r.key <> ''"
                             " GROUP BY r.key HAVING count(*) > 1"
                             /* But a basket of several shows, a reservation each. */
                             " AND NOT (count(*) = count(DISTINCT r.show_id) AND EXISTS (SELECT 1"
                             " FROM requests q WHERE q.key = r.key AND q.verb = 'sell_basket'))"
                             " LIMIT 1",
                             first, size);
}

/* A reservation's total is the sum of the seats it has now; those that are over have none. */
static bool lines_agree(struct sql *db, char *first, size_t size)
{
    return check_rows_silent(
               db,
               "SELECT 'reservation ' || r.code || ', ' || r.state || ': total ' || r.total ||"
               " ', its ' || coalesce(c.n, 0) || ' seats ' || coalesce(c.lines, 0)"
               " FROM reservations r LEFT JOIN (SELECT reservation_id AS id, count(*) AS n,"
               " CAST(sum(amount) AS BIGINT) AS lines FROM claims"
               " WHERE reservation_id IS NOT NULL GROUP BY reservation_id) c ON c.id = r.id"
               " WHERE r.total <> coalesce(c.lines, 0)"
               " OR (r.state IN ('cancelled', 'lapsed') AND coalesce(c.n, 0) > 0)"
               " OR (r.state IN ('offered', 'reserved', 'sold') AND coalesce(c.n, 0) = 0)"
               " ORDER BY r.id LIMIT 1",
               first, size) &&
           check_rows_silent(
               db,
               "SELECT 'show ' || c.show_id || ', seat ' || c.seat_id || ' is ' || c.state ||"
               " ', reservation ' || r.code || ' is ' || r.state || ' at show ' || r.show_id"
               " FROM claims c JOIN reservations r ON r.id = c.reservation_id"
               " WHERE c.show_id <> r.show_id OR NOT ((c.state = 'sold' AND r.state = 'sold')"
               " OR (c.state = 'reserved' AND r.state IN ('offered', 'reserved')))"
               " ORDER BY c.show_id, c.seat_id LIMIT 1",
               first, size);
}

/* Takings and payments of a reservation are two views of the same money. */
static bool takings_agree(struct sql *db, char *first, size_t size)
{
    return check_rows_silent(
        db,
        "SELECT 'reservation ' || r.code || ': taken ' || coalesce(k.amount, 0) || ', paid ' ||"
        " coalesce(p.amount, 0) FROM reservations r"
        " LEFT JOIN (SELECT reservation_id AS id, CAST(sum(CASE kind WHEN 'sale' THEN amount"
        "  ELSE -amount END) AS BIGINT) AS amount FROM takings GROUP BY reservation_id) k"
        " ON k.id = r.id"
        " LEFT JOIN (SELECT reservation_id AS id, CAST(sum(CASE kind WHEN 'pay' THEN amount"
        "  ELSE -amount END) AS BIGINT) AS amount FROM payments GROUP BY reservation_id) p"
        " ON p.id = r.id WHERE coalesce(k.amount, 0) <> coalesce(p.amount, 0)"
        " ORDER BY r.id LIMIT 1",
        first, size);
}

bool check_rows_totals(struct sql *db, char *first, size_t size)
{
    return lines_agree(db, first, size) && takings_agree(db, first, size) &&
           check_rows_silent(
               db,
               "SELECT 'reservation ' || r.code || ', ' || r.state || ': total ' || r.total ||"
               " ', paid and not refunded ' || coalesce(p.paid, 0) FROM reservations r"
               " LEFT JOIN (SELECT reservation_id AS id, CAST(sum(CASE kind WHEN 'pay'"
               " THEN amount ELSE -amount END) AS BIGINT) AS paid FROM payments"
               " GROUP BY reservation_id) p ON p.id = r.id"
               " WHERE coalesce(p.paid, 0) <> CASE r.state WHEN 'sold' THEN r.total ELSE 0 END"
               " ORDER BY r.id LIMIT 1",
               first, size);
}

bool check_rows_refunds(struct sql *db, char *first, size_t size)
{
    return check_rows_silent(
               db,
               "SELECT 'reservation ' || r.code || ': refunded ' || p.refunded || ' in ' || "
               "p.tender ||"
               " ', paid ' || p.paid FROM (SELECT reservation_id, tender,"
               " CAST(sum(CASE kind WHEN 'refund' THEN amount ELSE 0 END) AS BIGINT) AS refunded,"
               " CAST(sum(CASE kind WHEN 'pay' THEN amount ELSE 0 END) AS BIGINT) AS paid"
               " FROM payments GROUP BY reservation_id, tender) p"
               " JOIN reservations r ON r.id = p.reservation_id"
               " WHERE p.refunded > p.paid ORDER BY r.id LIMIT 1",
               first, size) &&
           check_rows_silent(
               db,
               "SELECT 'carried in ' || tender || ': ' || gone || ' out of reservations, ' || come"
               " || ' into others' FROM (SELECT tender,"
               " CAST(sum(CASE kind WHEN 'refund' THEN amount ELSE 0 END) AS BIGINT) AS gone,"
               " CAST(sum(CASE kind WHEN 'pay' THEN amount ELSE 0 END) AS BIGINT) AS come"
               " FROM payments WHERE carried = 1 GROUP BY tender) c WHERE gone <> come"
               " ORDER BY tender LIMIT 1",
               first, size);
}

bool check_rows_entries(struct sql *db, char *first, size_t size)
{
    return check_rows_silent(
               db,
               "SELECT 'entry ' || w.id || ' is ' || w.state || ' with ' || coalesce(o.n, 0) ||"
               " ' open offers' FROM waiting_list w LEFT JOIN (SELECT entry_id AS id,"
               " count(*) AS n FROM reservations WHERE state = 'offered' GROUP BY entry_id) o"
               " ON o.id = w.id"
               " WHERE coalesce(o.n, 0) <> CASE w.state WHEN 'offered' THEN 1 ELSE 0 END"
               " ORDER BY w.id LIMIT 1",
               first, size) &&
           check_rows_silent(
               db,
               "SELECT 'offer ' || r.code || ', ' || r.state || ': its call ' ||"
               " coalesce('ended ' || k.outcome, 'is missing') FROM reservations r"
               " LEFT JOIN calls k ON k.reservation_id = r.id AND k.entry_id = r.entry_id"
               " WHERE (r.state = 'offered' OR k.outcome = '')"
               " AND NOT (r.state = 'offered' AND coalesce(k.outcome, '-') = '')"
               " ORDER BY r.id LIMIT 1",
               first, size) &&
           check_rows_silent(db,
                             "SELECT 'entry ' || w.id || ' is of another show than its offer ' ||"
                             " r.code FROM reservations r JOIN waiting_list w ON w.id = r.entry_id"
                             " WHERE w.show_id <> r.show_id ORDER BY r.id LIMIT 1",
                             first, size);
}

bool check_rows_terms(struct sql *db, char *first, size_t size)
{
    return check_rows_silent(
               db,
               "SELECT 'offer ' || reservation_id || ' was made in term ' || lease_term ||"
               " ', after one of term ' || earlier FROM (SELECT reservation_id, lease_term,"
               " lag(lease_term) OVER (ORDER BY reservation_id) AS earlier FROM calls) t"
               " WHERE lease_term < earlier ORDER BY reservation_id LIMIT 1",
               first, size) &&
           check_rows_silent(db,
                             "SELECT 'offer ' || k.reservation_id || ' was made in term ' ||"
                             " k.lease_term || ', the lease is in ' || l.term FROM calls k"
                             " JOIN leases l ON l.name = 'assigner' WHERE k.lease_term > l.term"
                             " ORDER BY k.reservation_id LIMIT 1",
                             first, size);
}

/* Looks through rows of (where, text, ...); never repeats what it found. */
static bool texts_clean(struct sql *db, const char *question, int texts, char *first, size_t size)
{
    struct sql_statement *row = sql_ask(db, question, NULL, 0);
    bool clean = true;

    while (clean && sql_row(row))
        for (int i = 1; i <= texts && clean; i++)
            if (text_has_card_number(sql_text(row, i))) {
                clean = false;
                (void)snprintf(first, size, _("%s keeps a card number"), sql_text(row, 0));
            }
    sql_done(row);
    return clean;
}

bool check_rows_cards(struct sql *db, char *first, size_t size)
{
    return texts_clean(db,
                       "SELECT 'reservation ' || code, name, phone, note FROM reservations"
                       " WHERE name <> '' OR phone <> '' OR note <> '' ORDER BY id",
                       3, first, size) &&
           texts_clean(db, "SELECT 'entry ' || id, name, phone, note FROM waiting_list ORDER BY id",
                       3, first, size) &&
           texts_clean(db,
                       "SELECT 'payment ' || reservation_id || '.' || n, reference FROM payments"
                       " WHERE reference <> '' ORDER BY reservation_id, n",
                       1, first, size) &&
           texts_clean(db,
                       "SELECT 'till ' || till_id || ', move ' || n, reason FROM till_moves"
                       " ORDER BY till_id, n",
                       1, first, size) &&
           texts_clean(db,
                       "SELECT 'show ' || show_id || ', seat ' || seat_id, reason FROM claims"
                       " WHERE reason <> '' ORDER BY show_id, seat_id",
                       1, first, size) &&
           texts_clean(db,
                       "SELECT 'ticket ' || serial, reason FROM tickets WHERE reason <> ''"
                       " ORDER BY serial",
                       1, first, size);
}

bool check_rows_tickets(struct sql *db, char *first, size_t size)
{
    return check_rows_silent(db,
                             "SELECT 'the last serial is ' || s.last || ' and there are ' ||"
                             " t.n || ' tickets up to ' || t.most FROM ticket_serials s"
                             " CROSS JOIN (SELECT count(*) AS n, coalesce(max(serial), 0) AS most"
                             " FROM tickets) t WHERE s.last <> t.n OR s.last <> t.most",
                             first, size) &&
           check_rows_silent(db,
                             "SELECT 'ticket ' || t.serial || ' is ' || t.state ||"
                             " ' and its seat is not sold to it' FROM tickets t"
                             " LEFT JOIN claims c ON c.show_id = t.show_id"
                             " AND c.seat_id = t.seat_id AND c.reservation_id = t.reservation_id"
                             " AND c.state = 'sold' WHERE t.state <> 'dead'"
                             " AND c.seat_id IS NULL ORDER BY t.serial LIMIT 1",
                             first, size);
}
