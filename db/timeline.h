/*
 * The highest timeline that terminals of this host have seen of a server: a number in a small file,
 * one a server. A server that was promoted has a higher one than the server whose place it took, so
 * that an old one that comes back is known by its lower. Only db/ includes this.
 */
#ifndef BOXOFFICE_DB_TIMELINE_H
#define BOXOFFICE_DB_TIMELINE_H

#include <limits.h>
#include <stdint.h>

/* Writes the path of the file for the server of that identifier into `path` and returns it. "" when
 * `dir` is NULL or the path does not fit. */
char *timeline_path(char path[static PATH_MAX], const char *dir, const char *server);

/*
 * Notes that `timeline` was seen, durably, and returns the highest that the file holds then or held
 * before. Makes the directory. Where nothing can be written or read it returns `timeline`.
 */
int64_t timeline_seen(const char *path, int64_t timeline);

#endif
