/* Figures: a monotonic clock, series of times with their percentiles, and the lines printed. */
#ifndef BOXOFFICE_TESTS_BENCH_FIGURE_H
#define BOXOFFICE_TESTS_BENCH_FIGURE_H

#include <stddef.h>
#include <stdint.h>

/* CLOCK_MONOTONIC in nanoseconds. */
int64_t figure_now(void);

/* Times in nanoseconds; zeroed it is empty. End it with series_fini. */
struct series {
    size_t n, room;
    int64_t *ns;
};

/* Adds one time; ends the program when there is no memory. */
void series_add(struct series *series, int64_t ns);
void series_fini(struct series *series);

/* The time that `share` (0 to 1) of all do not exceed, in nanoseconds; 0 of none. Sorts. */
double series_at(struct series *series, double share);

/* Prints "NAME VALUE UNIT", and "RATIO of WHAT" behind it. */
void figure_say(const char *name, double value, const char *unit);
void figure_of(const char *name, double value, const char *unit, double ratio, const char *what);

/* Ends the program with a line when a scene cannot be set. */
void figure_need(int holds, const char *what);

#endif
