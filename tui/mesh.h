/* Where the channel's sockets lie, and what screens and commands share of telling one another. */
#ifndef BOXOFFICE_TUI_MESH_H
#define BOXOFFICE_TUI_MESH_H

#include <stddef.h>

#include "core/base/settings.h"
#include "core/channel/channel.h"
#include "core/desk/verb.h"

/*
 * The directory of the channel's sockets: the setting, or one beside the database, as an absolute
 * path. "" when that does not fit; channel_new then falls back to a short one. Returns buffer.
 */
char *mesh_directory(const struct settings *settings, const char *database, char *buffer,
                     size_t size);

/* Tells the channel which terminals live, as the database knows them. A failed read changes
 * nothing: the next beat asks again. Returns how many others live. */
size_t mesh_meet(struct channel *channel, struct sql *db);

/*
 * Publishes the hints of a verb from a process that lives but a moment: connects, waits at most
 * 100 ms for the listeners, says, leaves. Nobody listens or nothing to say: costs no more than a
 * read. Hints may be lost, so nothing is reported.
 */
void mesh_say(const struct settings *settings, struct sql *db, const struct told *told);

#endif
