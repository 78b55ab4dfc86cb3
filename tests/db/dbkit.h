/*
 * What the tests of db/ share: a database of its own for each test, and other processes that hold
 * the turn or write.
 */
#ifndef BOXOFFICE_TESTS_DB_DBKIT_H
#define BOXOFFICE_TESTS_DB_DBKIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "db/sql.h"
#include "tests/kit/kit.h"

enum { DBKIT_APPLICATION = 0x0b0c0ff1 };

struct dbkit {
    char dir[KIT_PATH];
    char path[KIT_PATH];
    struct sql_options options; /* to open the database that stands */
    struct sql *db;
};

/* A group's fixtures: a new directory with an open database that has the table
 * t(id INTEGER PRIMARY KEY, text TEXT UNIQUE) in it; and its end. */
int dbkit_setup(void **state);
int dbkit_teardown(void **state);

/* The same with an empty directory and nothing open. */
int dbkit_setup_bare(void **state);

/* Opens one more connection; fails the test when that fails. */
struct sql *dbkit_connect(const struct dbkit *kit);

/* A transaction's work: inserts one row without text. */
bool dbkit_insert(struct sql *db, void *context);

/* How many rows the table has; -1 when that can't be told. */
int64_t dbkit_rows(struct sql *db);

/* A child process that opens its own connection. */
struct dbkit_child {
    pid_t pid;
    int told; /* what it writes can be read here */
};

/* Runs `play` in a child with a connection of its own and `tell` to write to; the child ends with
 * the status that `play` returns. */
struct dbkit_child dbkit_fork(const struct dbkit *kit, int (*play)(struct sql *db, int tell));

/* Waits until the child tells a byte; false when it ended without one. */
bool dbkit_hear(const struct dbkit_child *child);

/* Kills or waits for the child; what kit_reap says. */
int dbkit_kill(struct dbkit_child *child);
int dbkit_wait(struct dbkit_child *child);

/* A play: takes the turn, tells, and keeps it for ever. */
int dbkit_hold_turn(struct sql *db, int tell);

#endif
