/*
 * usage: bench [GROUP...]
 *
 * Prints figures, one a line: NAME VALUE UNIT [RATIO of WHAT]. Each ratio is to a floor measured in
 * the same run, in turns with what it is the floor of, since a machine is never quiet for long.
 */
#include "tests/bench/bench.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct group {
    const char *name;
    void (*run)(void);
} groups[] = {
    {"sell", bench_sell},   {"crowd", bench_crowd}, {"reads", bench_reads},
    {"chain", bench_chain}, {"glass", bench_glass}, {"trips", bench_trips},
};

enum { GROUPS = sizeof groups / sizeof *groups };

bool bench_on_server(bool wanted)
{
    static const char variable[] = "BOXOFFICE_TEST_SERVER";
    static char server[256]; /* written once */

    if (server[0] == '\0' && getenv(variable) != NULL)
        (void)snprintf(server, sizeof server, "%s", getenv(variable));
    if (!wanted || server[0] == '\0')
        return (void)unsetenv(variable), false;
    return setenv(variable, server, 1) == 0;
}

static const struct group *find(const char *name)
{
    for (int i = 0; i < GROUPS; i++)
        if (strcmp(groups[i].name, name) == 0)
            return &groups[i];
    return NULL;
}

int main(int argc, char **argv)
{
    bench_on_server(false);
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
