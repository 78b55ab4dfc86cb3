/* Opening a copy to train on in the place of the box office (boxoffice --training). */
#ifndef BOXOFFICE_TUI_TRAINEE_H
#define BOXOFFICE_TUI_TRAINEE_H

#include <stddef.h>

#include "core/base/rc.h"
#include "core/base/settings.h"

/*
 * Has `database` (of `size` bytes), the path of a box office, lead to a copy of it that is of this
 * business day, with `how` "new" made at this moment; "" else, all other words are RC_USAGE. The
 * copy lies beside it, DATABASE-training. One on a server is not copied: a fresh demo, kept where
 * this host remembers servers, takes its place. The settings are changed so that no other terminal
 * is told or heard and the PINs are those of the box office. `*notice` is what the user had better
 * know; NULL: nothing.
 */
enum rc trainee_begin(struct settings *settings, const char *how, const char *terminal,
                      char *database, size_t size, const char **notice, struct fault *why);

#endif
