/*
 * usage: bench [GROUP...]
 *
 * Prints figures, one a line: NAME VALUE UNIT [RATIO of WHAT]. Each ratio is to a floor measured in
 * the same run, in turns with what it is the floor of, since a machine is never quiet for long.
 */
#include "tests/bench/bench.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const struct group {
    const char *name;
    void (*run)(void);
} groups[] = {
    {"sell", bench_sell},   {"crowd", bench_crowd}, {"reads", bench_reads},
    {"chain", bench_chain}, {"glass", bench_glass},
};

enum { GROUPS = sizeof groups / sizeof *groups };

static const struct group *find(const char *name)
{
    for (int i = 0; i < GROUPS; i++)
        if (strcmp(groups[i].name, name) == 0)
            return &groups[i];
    return NULL;
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (find(argv[i]) == NULL) {
            fprintf(stderr, "bench: no group %s\n", argv[i]);
            return 2;
        }
    }
    for (int i = 0; i < GROUPS; i++) {
        bool wanted = argc == 1;

        for (int k = 1; k < argc; k++)
            wanted |= find(argv[k]) == &groups[i];
        if (wanted)
            groups[i].run();
    }
    return 0;
}
