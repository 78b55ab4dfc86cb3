/*
 * The pepper: a secret of the house in a file outside the database, without which no PIN can be
 * tried against its hash. Every machine of a house has the same file.
 */
#ifndef BOXOFFICE_CORE_BASE_PEPPER_H
#define BOXOFFICE_CORE_BASE_PEPPER_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/rc.h"

enum { PEPPER_BYTES = 32, PEPPER_MARK = 16 + 1 };

struct pepper {
    uint8_t bytes[PEPPER_BYTES];
    char mark[PEPPER_MARK]; /* tells one pepper from another, and nothing about it */
};

/*
 * Reads the file at `path`; with `make` one that is not there is made (0600), whoever else makes it
 * at the same moment. RC_ENVIRONMENT: it is missing, cannot be read, others may read or write it,
 * or it holds no pepper.
 */
enum rc pepper_read(const char *path, bool make, struct pepper *pepper, struct fault *why);

#endif
