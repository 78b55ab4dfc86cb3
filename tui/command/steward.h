/*
 * The designated terminal without a screen: holds the lease and gives freed seats to the waiting
 * list, one verb after the other on one connection.
 */
#ifndef BOXOFFICE_TUI_COMMAND_STEWARD_H
#define BOXOFFICE_TUI_COMMAND_STEWARD_H

#include "core/desk/lease.h"
#include "tui/command/presence.h"

struct steward {
    struct session *session;   /* borrowed */
    struct presence *presence; /* borrowed; NULL: hints go out as those of other commands */
    struct lease_watch watch;
    bool holds;
    bool due, soon;                /* look for work at once, or when it was a while ago */
    bool lease_due;                /* the lease changed hands: look at it at once */
    int64_t look_ms, lease_ms;     /* monotonic, of the last look for work, at the lease */
    int32_t offered, freed, shows; /* so far */
};

/* Gets ready; nothing is done yet. */
void steward_init(struct steward *steward, struct session *session, struct presence *presence,
                  enum lease_wish wish);

/*
 * One round: looks at the lease, takes or beats it, assigns when that is due. What passes (busy,
 * a lease lost, for who stays a server that is away) is no failure. RC_STORAGE and the like end it.
 */
enum rc steward_round(struct steward *steward, struct fault *why);

/* A hint came: seats that came back to a show are given out at once. */
enum rc steward_hear(struct steward *steward, const struct hint *hint, struct fault *why);

/* When the next round is due, monotonic. */
int64_t steward_next(const struct steward *steward);

/* Assigns and tidies wherever there is something to do. */
enum rc steward_sweep(struct steward *steward, struct fault *why);

/* Gives the lease up, so that another takes it at once. */
void steward_yield(struct steward *steward);

#endif
