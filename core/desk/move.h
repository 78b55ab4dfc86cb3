/*
 * Moving a box office up: all of it from a file into a database on a server, while nobody has it
 * open, and proved the same before anybody can open it there.
 */
#ifndef BOXOFFICE_CORE_DESK_MOVE_H
#define BOXOFFICE_CORE_DESK_MOVE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/digest.h"
#include "core/base/rc.h"
#include "db/sql.h"

/* What was moved. */
struct moved {
    int64_t tables, rows, books;
    char head[DIGEST_HEX]; /* of the house's book */
};

/*
 * Copies the box office that `from` leads to, a file with this program's schema, into the database
 * that `to` names, which must be empty or what an earlier move left unfinished: RC_EXISTS,
 * RC_REFUSED for another program's. RC_REFUSED while anybody has `from` open; nobody can open it
 * before this is done. The rows of every table
 * that the engine knows go over in one transaction, in which their counts, sums and lengths, the
 * heads of all books and their chains are proved the same before it is committed. Until then the
 * target has no venue and every terminal refuses it. RC_INTERRUPTED when `go_on` (may be NULL) said
 * no. RC_UNKNOWN when COMMIT's answer was lost: the target is then whole or empty. `from` is read
 * and never changed.
 */
enum rc move_up(const struct sql_options *from, const struct sql_options *to,
                bool (*go_on)(void *context), void *context, struct moved *moved,
                struct fault *why);

#endif
