/*
 * What the storms share: their size, a box office that the test itself can look into, and crowds of
 * the program that all stand at the writers' turn before the first of them gets it.
 */
#ifndef BOXOFFICE_TESTS_STORM_STORMKIT_H
#define BOXOFFICE_TESTS_STORM_STORMKIT_H

#include "db/sql.h"
#include "tests/commands/scene.h"

enum { STORM_MOST = 64, STORM_LIMIT_MS = 60000 };

/* `full` with STORM=full in the environment, else `quick`. */
int storm_size(int quick, int full);

/* CLOCK_MONOTONIC in milliseconds. */
int64_t storm_ms(void);

/* A connection of the test's own, to be closed with sql_close. */
struct sql *storm_open(const struct scene *scene);

/* One number of the scene's database, through a connection of its own; -1: none. */
int64_t storm_number(const struct scene *scene, const char *query);

/* Adds the hall Big of `rows` rows (at most 26) with `seats` seats each and a show in it, in two
 * hours. Returns the show's number. */
int storm_show(const struct scene *scene, int rows, int seats);

/* Starts `boxoffice -c CONFIG -d DATABASE words...` with its output into the file `out` of the
 * scene's directory; words are parted by blanks. The caller reaps it. */
pid_t storm_start(const struct scene *scene, const char *words, const char *out);

/* A command of a crowd: its words, filled by the caller, and what became of it. */
struct storm_one {
    char words[256];
    pid_t pid;
    int status;
    char *said; /* stdout and stderr; freed by storm_crowd_fini */
};

/* Starts them all while the test holds the writers' turn, lets go, and waits for them. */
void storm_crowd(const struct scene *scene, struct storm_one *ones, int n);
void storm_crowd_fini(struct storm_one *ones, int n);

/* The value of "code" in what a command said with --json, into `code`; fails when there is none. */
void storm_code(const char *said, char code[static 16]);

/* Fails unless `boxoffice check` finds nothing. */
void storm_check(const struct scene *scene);

#endif
