/* Starting for real: from what was typed in the steps of SCREEN_FOUND to a box office that can be
 * opened. */
#ifndef BOXOFFICE_TUI_FOUNDING_H
#define BOXOFFICE_TUI_FOUNDING_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/settings.h"
#include "core/desk/new_house.h"
#include "core/rules/plan_draw.h"

enum { FOUNDED_NOTICE = 300 };

/* All that was typed; flat, for the worker. */
struct read_found {
    struct new_house house;
    char hall_file[NEW_HOUSE_PATH]; /* a plan file; "": the hall is drawn */
    struct plan_drawing drawing;
    bool configured; /* a configuration was read, so that none is written */
};

/* What was made, and what its owner had better know. */
struct founded {
    char database[NEW_HOUSE_PATH];
    char notice[FOUNDED_NOTICE];
};

/* Proposes a place where nothing is: the configured one or the default, else one beside it. `out`
 * is "" when there is none, as on a server. */
void founding_place(const struct settings *settings, char *out, size_t size);

/* Is there anything at that path? */
bool founding_taken(const char *path);

/* Fills in what is not typed: settings, the terminal, and where the PINs' pepper will lie. */
enum rc founding_settle(struct read_found *found, const struct settings *settings,
                        const char *terminal, struct fault *why);

/* Reads or draws the hall. On success `*plan` is the caller's. RC_NOT_FOUND, RC_BAD_INPUT. */
enum rc founding_plan(const struct read_found *found, struct plan **plan, struct fault *why);

union read_args; /* tui/reads.h */
struct sql;
/*
 * READ_FOUND: makes it (new_house_make), with the directories above it; `*result` is a struct
 * founded, the caller's. Where neither a configuration was read nor the place is the default, a
 * configuration of the user's is written that leads there, unless there is one; the notice tells
 * how it is opened from now on. `db`, which the screens have open, is not touched.
 */
enum rc founding_read(struct sql *db, const union read_args *args, void **result,
                      struct fault *why);

#endif
