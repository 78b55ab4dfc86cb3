/* Where a box office lies on this host, for `boxoffice doctor`: files, their disk, who has them. */
#ifndef BOXOFFICE_TUI_COMMAND_SURROUNDINGS_H
#define BOXOFFICE_TUI_COMMAND_SURROUNDINGS_H

#include "core/desk/health.h"

/* The disk and the permissions of the database's file. */
void surroundings_file(const char *path, struct findings *findings);

/* Other programs that have the file open; nothing is opened to find out. */
void surroundings_foreign(const char *path, struct findings *findings);

/* Who may read and write a file of the configuration; one that is not there is no finding.
 * `secret`: it names a password. */
void surroundings_configuration(const char *path, bool secret, struct findings *findings);

#endif
