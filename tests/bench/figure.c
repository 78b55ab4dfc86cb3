#include "tests/bench/figure.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int64_t figure_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

void figure_need(int holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "bench: %s\n", what);
    exit(1);
}

void series_add(struct series *series, int64_t ns)
{
    if (series->n == series->room) {
        series->room = series->room ? series->room * 2 : 1024;
        series->ns = realloc(series->ns, series->room * sizeof *series->ns);
        figure_need(series->ns != NULL, "out of memory");
    }
    series->ns[series->n++] = ns;
}

void series_fini(struct series *series)
{
    free(series->ns);
    *series = (struct series){0};
}

static int by_time(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

double series_at(struct series *series, double share)
{
    if (series->n == 0)
        return 0;
    qsort(series->ns, series->n, sizeof *series->ns, by_time);
    size_t i = (size_t)(share * (double)series->n);

    return (double)series->ns[i < series->n ? i : series->n - 1];
}

void figure_say(const char *name, double value, const char *unit)
{
    printf("%s %.6g %s\n", name, value, unit);
    fflush(stdout);
}

void figure_of(const char *name, double value, const char *unit, double ratio, const char *what)
{
    printf("%s %.6g %s %.3g of %s\n", name, value, unit, ratio, what);
    fflush(stdout);
}
