/* The slow part of PINs: done before a verb, outside every transaction, in the worker. */
#ifndef BOXOFFICE_CORE_DESK_STAFF_PIN_H
#define BOXOFFICE_CORE_DESK_STAFF_PIN_H

#include "core/desk/staff.h"

/* What a PIN came to; in a struct sign_in_request these are `right` and `hash`. */
struct pin_verdict {
    bool right;
    char hash[PIN_HASH_SIZE]; /* that it was tried against; "": nobody who works here has that
                                 number */
};

/*
 * Tries a PIN against the person's hash. `pepper_file` is read for it. Nothing is counted:
 * verb_sign_in does that. RC_ENVIRONMENT: the pepper cannot be read, or is not the one that the PIN
 * was made with: then nobody's fault is counted either.
 */
enum rc staff_pin_try(struct sql *db, int32_t number, const char *pin, const char *pepper_file,
                      struct pin_verdict *verdict, struct fault *why);

/* Checks a new PIN and hashes it into a request; the pepper is made on first need.
 * RC_BAD_INPUT, RC_ENVIRONMENT, RC_NO_MEMORY. */
enum rc staff_pin_make(const char *pin, const char *pepper_file, struct staff_request *request,
                       struct fault *why);

#endif
