/* Whether this user may work with a database's files, looked at before they are opened. */
#ifndef BOXOFFICE_TUI_PREMISES_H
#define BOXOFFICE_TUI_PREMISES_H

#include "core/base/rc.h"

/*
 * Looks at the file of an existing database and at those beside it. RC_ENVIRONMENT names the one
 * that everybody may write, or that belongs to another user and is shut to this one, or the
 * directory in which this user can make none of those that are missing. A server's database, and
 * one that is not there, pass.
 */
enum rc premises_look(const char *database, struct fault *why);

/* May this user make files in the directory of `path`? RC_ENVIRONMENT names the directory. */
enum rc premises_writable(const char *path, struct fault *why);

#endif
