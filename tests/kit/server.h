/*
 * Databases on the test's own PostgreSQL server (tests/server.sh), where one runs. What fails here
 * fails the test.
 */
#ifndef BOXOFFICE_TESTS_KIT_SERVER_H
#define BOXOFFICE_TESTS_KIT_SERVER_H

#include <stdbool.h>

#include "tests/kit/kit.h"

/* Whether there is a server; without one the tests' databases are files. */
bool server_there(void);

/* Runs one statement as the server's owner in the database of that name; true when it went well.
 * `dir` is for scratch files. */
bool server_tell(const char *dir, const char *database, const char *statement);

/* Makes a database as migrated ones are, a copy of one that the first caller makes, and writes what
 * libpq is told to reach it into `conninfo`. */
void server_database(char conninfo[static KIT_PATH], const char *dir);

/* The same, empty. */
void server_database_empty(char conninfo[static KIT_PATH], const char *dir);

/* Drops it, whoever is connected to it. */
void server_drop(const char *conninfo, const char *dir);

#endif
