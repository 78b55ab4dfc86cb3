/*
 * What assigning sees of one show, and what it decides from it: nothing here writes. Read inside an
 * open transaction; a decision stands as long as the show's rev does.
 */
#ifndef BOXOFFICE_CORE_DESK_OUTLOOK_H
#define BOXOFFICE_CORE_DESK_OUTLOOK_H

#include "core/desk/map.h"
#include "core/rules/match.h"

/* What is to become of a seat. */
enum outlook_fate {
    OUTLOOK_STAYS,
    OUTLOOK_FREED,   /* returned, but nobody fits */
    OUTLOOK_OFFERED, /* to the entry in `whose` */
    OUTLOOK_KEPT,    /* returned, for the entry in `whose` alone */
};

struct outlook_seat {
    bool returned;     /* as stored; else, when open, free */
    entry_id kept_for; /* as stored, of returned; id 0: the whole list */
    uint8_t fate;      /* enum outlook_fate */
    uint32_t whose;    /* index of the entry */
};

/* What is stored of an entry and not matched. */
struct outlook_entry {
    char reason[MATCH_REASON];
};

struct outlook {
    show_id show;
    hall_id hall;
    int64_t rev;
    when_ms starts_at, sale_stop;
    bool on;                      /* not cancelled */
    when_ms deadline;             /* of an offer made now; 0: none may be made any more */
    const struct plan *plan;      /* borrowed from the connection */
    type_id type;                 /* the first ticket type, which offers are priced by */
    money prices[PLAN_ZONES_MAX]; /* by the plan's zone; -1: none, such seats are not offered */
    size_t n;                     /* waiting entries, in their order */
    struct match_entry *entries;
    struct outlook_entry *stored;
    struct match_result *results; /* NULL when nothing was matched */
    uint8_t *open;                /* as match_queue takes it */
    struct outlook_seat *seats;   /* by the plan's seats */
    bool close;                   /* past its sale stop: who still waits is turned away */
    bool any;                     /* is there anything to do? */
};

/*
 * Reads the show and decides. `strict` as in assign.h. RC_NOT_FOUND, RC_NO_MEMORY; failed reads
 * spoil the transaction (sql.h). End with outlook_fini in every case.
 */
enum rc outlook_init(struct outlook *outlook, struct sql *db, show_id show, when_ms now,
                     bool strict, struct fault *why);
void outlook_fini(struct outlook *outlook);

#endif
