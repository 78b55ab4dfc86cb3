/*
 * Commands: what scripts and staff run without the screens. One file a command, one table entry.
 * Commands have no worker: they call the same verbs straight.
 */
#ifndef BOXOFFICE_TUI_COMMAND_COMMAND_H
#define BOXOFFICE_TUI_COMMAND_COMMAND_H

#include <stdbool.h>
#include <stdio.h>

#include "core/base/ids.h"
#include "core/base/rc.h"
#include "core/base/settings.h"

/* What main.c worked out before the command; borrowed during the run. */
struct command_context {
    const struct settings *settings;
    const char *database;         /* path of the database */
    bool named;                   /* -d or a configuration named it: never made unasked */
    char terminal[TERMINAL_SIZE]; /* of -t, the setting, or HOST-PID */
    bool terminal_named;          /* by -t or the setting */
    struct {
        const char *database, *terminal; /* what -d and -t said before the command, or NULL */
    } given;
    const char *notice; /* said before anything else; NULL: nothing */
    bool json;          /* --json stood among the arguments; commands may set it */
    FILE *out;          /* what is asked for; errors go into the fault */
};

struct command {
    const char *name;     /* one word */
    const char *synopsis; /* "SHOW (SEAT... | --best N) --name T", without the name */
    const char *help;     /* one line */
    /*
     * Runs it; argv[0] is its name, and the arguments are its own to parse (getopt_long with optind
     * reset). Anything but RC_OK fills `why`, which main prints as one line on stderr and turns
     * into the exit status.
     */
    enum rc (*run)(struct command_context *context, int argc, char **argv, struct fault *why);
};

/* Every command, ended by NULL, in the order in which --help lists them (commands.c). */
extern const struct command *const commands[];

#endif
