/* Halls and programme: what a manager sets up (bulk verbs with borrowed arrays). */
#ifndef BOXOFFICE_CORE_DESK_HOUSE_H
#define BOXOFFICE_CORE_DESK_HOUSE_H

#include "core/desk/verb.h"
#include "core/rules/plan.h"

struct schedule_row; /* core/rules/schedule.h */

/* Stores a hall from its plan. RC_EXISTS when a hall has that name. */
enum rc hall_add(struct sql *db, const struct ask *ask, const struct plan *plan, hall_id *hall,
                 struct told *told, struct fault *why);

struct hall_row {
    hall_id id;
    char name[NAME_SIZE];
    int32_t seats, wheelchairs, zones, shows; /* shows: still to come */
};
struct hall_list {
    size_t n;
    struct hall_row rows[];
};

/* Reads all halls in the order of their ids; `*list` is a heap snapshot, free(). */
enum rc halls_read(struct sql *db, when_ms now, struct hall_list **list, struct fault *why);
/* A hall by its name (case folded) or its id in digits. RC_NOT_FOUND. */
enum rc hall_find(struct sql *db, const char *name, hall_id *hall, struct fault *why);

struct zone_amount {
    char zone[ZONE_SIZE]; /* "": every zone not named */
    money amount;
};
struct show_add_request {
    struct ask ask;
    hall_id hall;
    char title[TITLE_SIZE];
    when_ms starts_at;
    int32_t minutes;
    int64_t sale_stop_min;
    int32_t n_prices;
    struct zone_amount prices[8]; /* of the first type; other types by their percent */
};
struct show_reply {
    struct told told;
    show_id show;
    int64_t rev;
    int32_t reservations, entries; /* of show_cancel: cancelled, closed */
    money refunds_due;
};
struct show_cancel_request {
    struct ask ask;
    show_id show;
};
/* show_add: RC_REFUSED names the overlapping show. show_cancel: its reservations are cancelled, its
 * list closed, refunds noted as due; RC_WRONG_STATE when it is cancelled already. */
extern const struct verb verb_show_add, verb_show_cancel;

/* Refunds that a cancelled show owes. Heap, free(). */
struct due_row {
    reservation_id reservation;
    char code[CODE_SIZE], name[NAME_SIZE], phone[PHONE_SIZE], tender[16];
    money amount;
};
struct due_list {
    size_t n;
    struct due_row rows[];
};
enum rc house_refunds_due(struct sql *db, show_id show, struct due_list **list, struct fault *why);

/*
 * Stores a schedule: all rows or none. Every problem (unknown hall, overlap with a stored show)
 * goes to `problem` with its line; RC_REFUSED has the first. `dry_run` stores nothing.
 */
enum rc house_schedule(struct sql *db, const struct ask *ask, const struct schedule_row *rows,
                       size_t n, int64_t sale_stop_min, bool dry_run,
                       void (*problem)(void *context, int line, const char *what), void *context,
                       struct told *told, struct fault *why);

/*
 * Makes a fresh box office in an open, migrated database: the venue's row and three ticket types;
 * with `demo` three halls, a week of programme around `ask->now`, sales, and a sold-out show with a
 * waiting list. RC_EXISTS when there is one already.
 */
enum rc house_init(struct sql *db, const struct ask *ask, const char *currency, bool demo,
                   struct fault *why);

/* Gives the house its name, which stands on tickets where the setting `venue` is empty.
 * RC_BAD_INPUT for what text_check refuses. */
enum rc house_name(struct sql *db, const struct ask *ask, const char *name, struct fault *why);

/* Has it been initialised? Whatever its schema; the caller sees to sql_failed. */
bool house_any(struct sql *db);

/* Is it a demo, a copy to train on, do people sign in? Its currency and name. RC_NOT_FOUND: not
 * initialised. */
struct venue {
    bool demo, training, staffed;
    char currency[4];
    char name[NAME_SIZE]; /* "": it has none */
};
enum rc house_venue(struct sql *db, struct venue *venue, struct fault *why);

#endif
