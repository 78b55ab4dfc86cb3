/* Names of terminals on one host: each in use is a locked file beside the database. The claim
 * itself is in terminals.h. */
#ifndef BOXOFFICE_CORE_DESK_TERMINAL_NAME_H
#define BOXOFFICE_CORE_DESK_TERMINAL_NAME_H

#include "core/desk/terminals.h"

/*
 * Gives a claimed name up and removes its file, so that nothing is left lying beside the database.
 * `*fd` becomes -1; -1 in it is allowed. Closing `*fd` frees the name as well, but leaves the file.
 */
void terminal_name_release(const char *database, const char *name, int *fd);

#endif
