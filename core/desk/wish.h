/* What a party on the waiting list may wish for, as joining and changing an entry judge it. */
#ifndef BOXOFFICE_CORE_DESK_WISH_H
#define BOXOFFICE_CORE_DESK_WISH_H

#include "core/desk/tidy.h"
#include "core/desk/waiting.h"

/* Party, fit, wheelchairs and present of the request: RC_BAD_INPUT says what is out of range. */
enum rc wish_check(const struct wait_request *ask, struct fault *why);

/* Can anyone still wait for the show at `now`? RC_WRONG_STATE: it is cancelled; RC_TOO_LATE says
 * when it stopped selling. */
enum rc wish_in_time(const struct show_lock *lock, when_ms now, struct fault *why);

/* Does the hall of the locked show have the zone ("": any)? RC_NOT_FOUND names it. */
enum rc wish_zone(struct sql *db, const struct show_lock *lock, const char *zone,
                  struct fault *why);

/* One live entry a phone and show, with its country or without: whoever rings gets one person,
 * once. RC_EXISTS names the entry that has it, which is neither `except` nor a phone that is "". */
enum rc wish_single(struct sql *db, const struct show_lock *lock, const char *phone_key,
                    entry_id except, struct fault *why);

#endif
