/*
 * Staff: who works here, in which role, and what that allows. A box office without staff has no
 * sign-in, and everybody may do everything there.
 */
#ifndef BOXOFFICE_CORE_DESK_STAFF_H
#define BOXOFFICE_CORE_DESK_STAFF_H

#include "core/base/pin.h"
#include "core/desk/verb.h"
#include "core/rules/rights.h"
#include "core/rules/tries.h"

enum { STAFF_NUMBER_MOST = 9999 };

struct staff_row {
    int32_t number; /* 0: nobody */
    enum role role;
    bool active; /* may sign in; who left is not */
    char name[STAFF_NAME_SIZE];
    char demo_pin[PIN_SIZE]; /* of a demo's people as long as it is unchanged; "" */
    struct tries tries;
};
struct staff_list {
    size_t n;
    struct staff_row rows[];
};

/* Everybody, also who left, by number. Heap, free(). */
enum rc staff_read(struct sql *db, struct staff_list **list, struct fault *why);

/* One person, also one who left. RC_NOT_FOUND. */
enum rc staff_one(struct sql *db, int32_t number, struct staff_row *row, struct fault *why);

/* Is there any staff, so that people sign in? The caller sees to sql_failed. */
bool staff_any(struct sql *db);

/*
 * May it be done by who asks? Yes when there is no staff, when the ask is trusted, when the
 * operator's role suffices, or the role of who approved it (ask->approver). To be called inside the
 * verb's transaction. RC_NEEDS_APPROVAL says who is needed; nothing was changed then, and the same
 * request with the same key may come again with an approver.
 */
enum rc staff_may(struct sql *db, const struct ask *ask, enum right right, struct fault *why);

/* Its parts, so that the question travels with others: who asks, and who approved it. */
struct staff_known {
    bool any; /* there is staff */
    int n;
    struct staff_row who[3];
};
struct sql_statement *staff_rights_ask(struct sql *db, const struct ask *ask);
void staff_rights_hear(struct sql_statement *rows, struct staff_known *known);
enum rc staff_rights_allow(struct sql *db, const struct ask *ask, const struct staff_known *known,
                           enum right right, struct fault *why);

/* --- changing staff --------------------------------------------------------------------------- */

enum { ROLE_KEPT = -1 }; /* of a change: as it is */
struct staff_request {
    struct ask ask;
    int32_t number;             /* 1 to 9999 */
    int32_t role;               /* add, change: enum role, or ROLE_KEPT */
    char name[STAFF_NAME_SIZE]; /* add, change; "": as it is */
    char hash[PIN_HASH_SIZE];   /* add, pin, change if a new one: of staff_pin_make (staff_pin.h) */
    char pepper[PEPPER_MARK];   /* ... the mark of the pepper it was made with */
};
struct staff_reply {
    struct told told;
    int32_t number, role, active;
};

/*
 * All need RIGHT_STAFF. add: RC_EXISTS when the number is taken, also by who left; RC_REFUSED when
 * the first of all is no manager. change: name and role, and a new PIN as well when there is a
 * hash. pin: a new PIN, which lifts a lock and takes back who left. remove: may no longer sign in.
 * RC_NOT_FOUND; RC_REFUSED when no manager would be left.
 */
extern const struct verb verb_staff_add, verb_staff_change, verb_staff_pin, verb_staff_remove;

/* --- signing in ------------------------------------------------------------------------------- */

/* What came of a try: X(name) CHANGED: the PIN was changed meanwhile, nothing was counted. */
#define SIGNED(X) X(IN) X(WRONG) X(LOCKED) X(CHANGED)
enum signed_outcome {
#define SIGNED_ENUM(name) SIGNED_##name,
    SIGNED(SIGNED_ENUM)
#undef SIGNED_ENUM
};

struct sign_in_request {
    struct ask ask;
    int32_t number;
    int32_t right;            /* 1: the PIN was right by staff_pin_try (staff_pin.h) */
    int32_t approves;         /* 1: to approve what another does, who stays signed in */
    char hash[PIN_HASH_SIZE]; /* that it was tried against; "": there is no such person */
};
struct sign_in_reply {
    struct told told;
    int32_t outcome; /* enum signed_outcome */
    int32_t number, role;
    int32_t left;         /* wrong PINs until the lock; -1: nobody has that number */
    when_ms locked_until; /* of SIGNED_LOCKED */
    char name[STAFF_NAME_SIZE];
};

/*
 * Counts a try and journals it in the house's book, by numbers alone: RC_OK with the outcome in the
 * reply, since also a wrong PIN changes something. The fifth wrong one in a row locks the person
 * for half an hour, during which none is looked at.
 */
extern const struct verb verb_sign_in;

#endif
