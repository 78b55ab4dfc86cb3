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

/* The same by the last four digits of a phone, $4. */
#define FIND_TAIL                                                                   \
    "SELECT r.id FROM (SELECT id, show_id FROM reservations WHERE phone_tail = $4"  \
    " AND phone_tail <> '' LIMIT $3) r JOIN shows s ON s.id = r.show_id" FIND_ORDER \
    "r.id LIMIT $2"

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

#endif
