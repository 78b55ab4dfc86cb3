/*
 * The libraries of this process. Only db/ includes this.
 */
#ifndef BOXOFFICE_DB_LIBRARY_H
#define BOXOFFICE_DB_LIBRARY_H

#include <stddef.h>

/*
 * How many shared libraries of this process have a file name that begins with `stem`, "libsqlite3"
 * for instance. Two of SQLite know nothing of each other's locks on a file, and the first close in
 * one drops those of the other.
 */
size_t library_count(const char *stem);

#endif
