/* Processes that do the same at the same moment on one box office. */
#ifndef BOXOFFICE_TESTS_KIT_RACE_H
#define BOXOFFICE_TESTS_KIT_RACE_H

#include "tests/kit/box.h"

enum { RACE_MOST = 64 };

/* What each of them does, with a connection of its own: `nth` counts from 0. Returns 0 to 125. */
typedef int race_play(struct sql *db, int nth, void *context);

/*
 * Forks `n` processes (at most RACE_MOST), lets all go at once when every one has its connection,
 * waits for them and writes what each returned into `results`. The caller's connection is closed
 * meanwhile and opened again, since none may cross a fork. One that dies fails the test.
 */
void race_run(struct box *box, int n, race_play *play, void *context, int *results);

/* How many of the results are `wanted`. */
int race_count(const int *results, int n, int wanted);

#endif
