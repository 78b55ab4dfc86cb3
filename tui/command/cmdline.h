/* Arguments of a command: its options and what is common to all of them, read strictly. */
#ifndef BOXOFFICE_TUI_COMMAND_CMDLINE_H
#define BOXOFFICE_TUI_COMMAND_CMDLINE_H

#include <limits.h>

#include "tui/command/command.h"

/* An option of a command's own: a text or a flag. The last one of a list has no name. */
struct cmdline_option {
    const char *name;
    const char **text; /* gets the argument; NULL: it takes none */
    bool *flag;        /* set to true */
};

/* What a command takes. */
struct cmdline_form {
    const struct command *command;
    const struct cmdline_option *options; /* NULL: none */
    int least, most;                      /* arguments that are no options */
    bool keyed;                           /* takes --key: it writes */
};

/* What it was given. */
struct cmdline {
    bool done;       /* --help was answered: there is nothing more to do */
    const char *key; /* of --key, or NULL */
    int n;
    char **args; /* borrowed */
    /* behind -c, -d and -t that stand behind the command's name */
    struct settings settings;
    char database[PATH_MAX];
};

enum { CMDLINE_ANY = 1000 };

/*
 * Reads argv by the form, in any order. --json is noted in the context; -c, -d and -t replace what
 * the context says, so the cmdline must live as long as that. RC_USAGE, and what reading a
 * configuration may give.
 */
enum rc cmdline_read(struct cmdline *line, struct command_context *context,
                     const struct cmdline_form *form, int argc, char **argv, struct fault *why);

/* RC_USAGE with the command's synopsis. */
enum rc cmdline_usage(const struct command *command, struct fault *why);

/*
 * Reads a whole number of plain digits from `least` (not negative) to `most`; RC_BAD_INPUT says so,
 * naming `what`, for anything else: a sign, a blank, an exponent, too large a number.
 */
enum rc cmdline_number(const char *what, const char *text, int64_t least, int64_t most, int64_t *n,
                       struct fault *why);

/* Checks a text by text_check and copies it into `out` of `size` bytes; NULL is "". */
enum rc cmdline_text(const char *what, const char *text, char *out, size_t size, struct fault *why);

/* The id of a show or an entry as an argument. */
enum rc cmdline_show(const char *text, show_id *show, struct fault *why);
enum rc cmdline_entry(const char *text, entry_id *entry, struct fault *why);

#endif
