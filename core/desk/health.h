/*
 * How well a box office is, for `boxoffice doctor`: findings, a line each, and those that the
 * database itself tells. Nothing is changed.
 */
#ifndef BOXOFFICE_CORE_DESK_HEALTH_H
#define BOXOFFICE_CORE_DESK_HEALTH_H

#include "core/desk/verb.h"

/* fail: sales may be lost, or nothing can be sold. warn: somebody should look at it. */
enum health { HEALTH_OK, HEALTH_WARN, HEALTH_FAIL };

enum { FINDINGS_MAX = 32, FINDING_TEXT = 320 };

struct finding {
    enum health health;
    const char *about; /* a word; static */
    char text[FINDING_TEXT];
};
struct findings {
    int n, failed;
    struct finding rows[FINDINGS_MAX];
};

/* Adds one; what is too long is cut, one too many is left out but counted when it fails. */
void findings_add(struct findings *findings, enum health health, const char *about,
                  const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Looks at the engine, the schema, the lease, the terminals and, on a server, its standby, timeline
 * and clock. What can't be read is a finding as well. */
void health_look(struct sql *db, struct findings *findings);

/* Is a version of SQLite ("3.40.1") one in which a checkpoint that meets a write can damage a WAL
 * database? */
bool health_sqlite_old(const char *version);

/* How well a disk with so much free space is: below 256 MiB somebody should look, below 16 sales
 * will be refused soon. */
enum health health_of_space(uint64_t mib);

#endif
