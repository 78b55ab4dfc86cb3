/* Where the channel is opened, and what screens and commands share of telling one another. */
#ifndef BOXOFFICE_TUI_MESH_H
#define BOXOFFICE_TUI_MESH_H

#include <limits.h>
#include <stddef.h>

#include "core/base/settings.h"
#include "core/channel/channel.h"
#include "core/desk/terminals.h"

/* What a process needs to open the channel with; its options borrow from it. */
struct mesh_place {
    char directory[PATH_MAX], key_file[PATH_MAX];
    struct channel_options options;
};

/*
 * Fills in where the channel is opened by the settings: over ipc in the directory of the setting or
 * in one beside the database, or over tcp. `context` and `terminal` are borrowed, as in
 * channel_options; with `terminal` NULL it only publishes. Returns the options.
 */
const struct channel_options *mesh_options(struct mesh_place *place,
                                           const struct settings *settings, const char *database,
                                           const char *terminal, void *context);

/* Tells the channel which terminals live and who is admitted, as `list` knows it. Returns how many
 * are to be told; those over ipc on other hosts and those not admitted are not. */
size_t mesh_know(struct channel *channel, const struct terminal_list *list);

/* The same as the database knows it now. A failed read changes nothing: the next beat asks again.
 */
size_t mesh_meet(struct channel *channel, struct sql *db);

/* Puts into a terminal's request where the channel listens and whom it turned away; `channel` may
 * be NULL. */
void mesh_describe(const struct channel *channel, struct terminal_request *self);

/*
 * Publishes the hints of a verb from a process that lives but a moment: connects, waits at most
 * 100 ms for the listeners, says, leaves. Nobody listens or nothing to say: costs no more than a
 * read. Hints may be lost, so nothing is reported.
 */
void mesh_say(const struct settings *settings, struct sql *db, const struct told *told);

#endif
