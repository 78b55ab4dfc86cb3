/*
 * How the claims of one show are seen at one time: what nobody has tidied yet reads as if somebody
 * had. Shared by the programme and the map; all inside one read transaction.
 */
#ifndef BOXOFFICE_CORE_DESK_SIGHT_H
#define BOXOFFICE_CORE_DESK_SIGHT_H

#include "core/desk/map.h"

/* What is asked, here for a test to see how it is answered. The first two read nothing but the
 * index reservations_by_show, the last one range of the claims. */
#define SIGHT_BOOKINGS                                   \
    "SELECT id, state, deadline, code FROM reservations" \
    " WHERE show_id = $1 AND state IN ('offered', 'reserved', 'sold')"
#define SIGHT_OVERDUE                                    \
    "SELECT id, state, deadline, code FROM reservations" \
    " WHERE show_id = $1 AND state IN ('offered', 'reserved') AND deadline <= $2"
#define SIGHT_CLAIMS                                                                         \
    "SELECT seat_id, state, owner, since, until, reservation_id, entry_id, type_id, amount," \
    " reason, terminal FROM claims WHERE show_id = $1 ORDER BY seat_id"

/* A reservation of the show, with what the map tells of it. */
struct sight_booking {
    reservation_id id;
    when_ms deadline; /* 0: none */
    bool offered;
    char code[CODE_SIZE];
};

struct sight {
    when_ms now, starts_at;
    bool anyone_waits;
    size_t n, room;
    struct sight_booking *bookings; /* rising by id */
};

/*
 * Gets ready to see the claims of `row` (its id, starts_at and waiting are filled) at `now`:
 * `codes` reads all its reservations, else only the overdue ones, which are few. Two ranges of one
 * covering index. False: out of memory. End with sight_fini in either case.
 */
bool sight_init(struct sight *sight, struct sql *db, const struct show_row *row, when_ms now,
                bool codes);
void sight_fini(struct sight *sight);

/* The reservation, borrowed; NULL when it was not read. */
const struct sight_booking *sight_booking(const struct sight *sight, reservation_id id);

/* How a claim stored in the words `stored` reads: `until` is of a held one, `id` of a reserved one.
 */
enum claim_state sight_state(const struct sight *sight, const char *stored, when_ms until,
                             reservation_id id);

/* Adds one seat in `state` to the row's counts; a free one is not counted, see sight_free. */
void sight_count(struct show_row *row, enum claim_state state);

/* What no count has is free. */
void sight_free(struct show_row *row);

#endif
