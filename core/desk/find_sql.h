/* What find.c asks the database; apart, so that a test can look at how each is answered. */
#ifndef BOXOFFICE_CORE_DESK_FIND_SQL_H
#define BOXOFFICE_CORE_DESK_FIND_SQL_H

/* The soonest coming show first, then the latest past one. `$1` is now. */
#define FIND_ORDER " ORDER BY CASE WHEN s.ends_at > $1 THEN 0 ELSE 1 END, abs(s.starts_at - $1), "

/* $1 the code. */
#define FIND_CODE "SELECT id FROM reservations WHERE code = $1"

/* Reservations whose `column`, which has an index with the show, is in [$4, $5). Of reservations
 * nothing but that index is read, at most $3 rows of it. $2 of them are wanted. */
#define FIND_RANGE(column)                                                                      \
    "SELECT r.id FROM (SELECT id, show_id FROM reservations WHERE " column " >= $4 AND " column \
    " < $5 AND " column " <> '' LIMIT $3) r JOIN shows s ON s.id = r.show_id" FIND_ORDER        \
    "r.id LIMIT $2"

/* The other half of whose name is in [$3, $4), at most $2 of them, with the whole name. */
#define FIND_HALVES                                                                \
    "SELECT r.id, r.name_key FROM (SELECT id, show_id, name_key FROM reservations" \
    " WHERE name_given >= $3 AND name_given < $4 AND name_given <> '' LIMIT $2) r" \
    " JOIN shows s ON s.id = r.show_id" FIND_ORDER "r.id"

/* The same by the last four digits of a phone, $4. */
#define FIND_TAIL                                                                   \
    "SELECT r.id FROM (SELECT id, show_id FROM reservations WHERE phone_tail = $4"  \
    " AND phone_tail <> '' LIMIT $3) r JOIN shows s ON s.id = r.show_id" FIND_ORDER \
    "r.id LIMIT $2"

/* Reservations whose phone ends in the four digits $3, at most $2 of them, with the whole of it. */
#define FIND_PHONES                                                                   \
    "SELECT r.id, r.phone_key FROM (SELECT id, show_id, phone_key FROM reservations"  \
    " WHERE phone_tail = $3 AND phone_tail <> '' LIMIT $2) r JOIN shows s ON s.id = " \
    "r.show_id" FIND_ORDER "r.id"

/* Shows whose title is in [$3, $4). */
#define FIND_TITLE                                                                     \
    "SELECT s.id FROM shows s WHERE s.title_key >= $3 AND s.title_key < $4" FIND_ORDER \
    "s.id LIMIT $2"

/* Shows that start in [$1, $2). */
#define FIND_STARTS                                                            \
    "SELECT id, starts_at FROM shows WHERE starts_at >= $1 AND starts_at < $2" \
    " ORDER BY starts_at, hall_id, id"

/* Live entries of shows that are not over at $1; none of these began before $2. */
#define FIND_ENTRIES                                                                            \
    "SELECT w.id, w.name_key, w.phone_key FROM shows s JOIN waiting_list w ON w.show_id = s.id" \
    " WHERE s.starts_at > $2 AND s.ends_at > $1 AND w.state IN ('waiting', 'offered')"          \
    " ORDER BY s.starts_at, s.id, w.seq"

/* Who has the seat with the label $4, or $5, at shows that start in [$2, $3): few, since a hall has
 * one of it. */
#define FIND_SEAT                                                                               \
    "SELECT c.reservation_id, s.starts_at, s.title_key FROM shows s JOIN seats t"               \
    " ON t.hall_id = s.hall_id AND (t.label = $4 OR t.label = $5)"                              \
    " JOIN claims c ON c.show_id = s.id AND c.seat_id = t.id"                                   \
    " WHERE s.starts_at >= $2 AND s.starts_at < $3 AND c.reservation_id IS NOT NULL" FIND_ORDER \
    "s.id, c.seat_id"

/* Sales that the drawer $5, or the terminal $5, made in [$3, $4), those nearest to $1 first. */
#define FIND_DRAWER                                                                               \
    "SELECT k.reservation_id FROM takings k JOIN till_sessions t ON t.id = k.till_id"             \
    " WHERE k.taken_at >= $3 AND k.taken_at < $4 AND k.kind = 'sale' AND t.drawer = $5"           \
    " GROUP BY k.reservation_id ORDER BY MIN(abs(k.taken_at - $1)), k.reservation_id DESC LIMIT " \
    "$2"
/* No index has the terminal: of the time at most $6 payments are looked through, the latest. */
#define FIND_TERMINAL                                                                       \
    "SELECT p.reservation_id FROM (SELECT reservation_id, paid_at, kind, terminal"          \
    " FROM payments WHERE paid_at >= $3 AND paid_at < $4 ORDER BY paid_at DESC LIMIT $6) p" \
    " WHERE p.kind = 'pay' AND lower(p.terminal) = lower($5)"                               \
    " GROUP BY p.reservation_id ORDER BY MIN(abs(p.paid_at - $1)), p.reservation_id DESC LIMIT $2"

#endif
