/* The composition root: options, configuration, the registries of screens and commands. */
#include <getopt.h>
#include <limits.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "core/base/text.h"
#include "core/base/when.h"
#include "core/base/words.h"
#include "core/desk/terminal_name.h"
#include "tui/action.h"
#include "tui/command/commands.h"
#include "tui/loop.h"
#include "tui/office.h"
#include "tui/screen/registry.h"
#include "tui/trainee.h"

#ifndef VERSION
#define VERSION "0.1.0"
#endif

enum { DESCRIPTORS = 16384 };

struct options {
    const char *configuration, *database, *terminal;
    const char *training; /* "", "new"; NULL: it is for real */
};

static void usage(FILE *out)
{
    fputs(
        _("Usage: boxoffice [-c FILE] [-d DATABASE] [-t TERMINAL] [COMMAND ...]\n"
          "The box office on a terminal. Without a command: the screens.\n\n"
          "  -c, --config FILE        read this configuration alone\n"
          "  -d, --database DATABASE  the database file\n"
          "  -t, --terminal NAME      name of this terminal\n"
          "      --training[=new]     a copy to train on, whose tickets are VOID; new: made anew\n"
          "  -h, --help               this text\n"
          "      --version            version\n\nCommands:\n"),
        out);
    for (size_t i = 0; commands[i]; i++)
        fprintf(out, "  %-12s %s\n               %s\n", commands[i]->name, commands[i]->synopsis,
                _(commands[i]->help));
}

static int complain(const struct fault *why)
{
    fprintf(stderr, "boxoffice: %s\n", why->text[0] ? why->text : rc_text(why->rc));
    return rc_exit_status(why->rc);
}

/* Reads the options before the command. Returns -1 to go on, else the exit status. */
static int read_options(struct options *options, int argc, char **argv)
{
    enum { OPT_VERSION = 256, OPT_KEYS, OPT_TRAINING };
    static const struct option longs[] = {
        {"config", required_argument, NULL, 'c'},
        {"database", required_argument, NULL, 'd'},
        {"terminal", required_argument, NULL, 't'},
        {"help", no_argument, NULL, 'h'},
        {"training", optional_argument, NULL, OPT_TRAINING},
        {"version", no_argument, NULL, OPT_VERSION},
        {"print-keys", no_argument, NULL, OPT_KEYS},
        {NULL, 0, NULL, 0},
    };
    int c;

    while ((c = getopt_long(argc, argv, "+c:d:t:h", longs, NULL)) != -1) {
        switch (c) {
        case 'c':
            options->configuration = optarg;
            break;
        case 'd':
            options->database = optarg;
            break;
        case 't':
            options->terminal = optarg;
            break;
        case OPT_TRAINING:
            options->training = optarg ? optarg : "";
            break;
        case 'h':
            usage(stdout);
            return EXIT_SUCCESS;
        case OPT_VERSION:
            puts("boxoffice " VERSION);
            return EXIT_SUCCESS;
        case OPT_KEYS:
            action_print(stdout);
            return EXIT_SUCCESS;
        default:
            fputs(_("boxoffice: see boxoffice --help\n"), stderr);
            return rc_exit_status(RC_USAGE);
        }
    }
    return -1;
}

/* Strangers at the channel's port keep a descriptor for some seconds each; what the terminal needs
 * for itself must not run short meanwhile. */
static void want_descriptors(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= DESCRIPTORS)
        return;
    limit.rlim_cur = limit.rlim_max < DESCRIPTORS ? limit.rlim_max : DESCRIPTORS;
    (void)setrlimit(RLIMIT_NOFILE, &limit); /* with fewer it works as well */
}

/* Signals and limits that hold for screens and commands alike. */
static void settle(void)
{
    /* Too small for a file; and of all limits the one at which the kernel hands a core to no
     * program either (fs/coredump.c). */
    struct rlimit none = {1, 1};

    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);      /* a file at its limit is an error, not an end */
    setrlimit(RLIMIT_CORE, &none); /* a core dump holds customers' names */
    want_descriptors();
    setlocale(LC_ALL, "");
    words_open();
}

static int run_command(struct command_context *context, int argc, char **argv)
{
    const struct command *command = commands_find(argv[0]);
    struct fault why = {0};

    if (context->notice)
        fprintf(stderr, "boxoffice: %s\n", context->notice);
    if (!command) {
        commands_unknown(argv[0], &why);
        return complain(&why);
    }
    optind = 0;
    enum rc rc = command->run(context, argc, argv, &why);
    if (fflush(stdout) != 0 && rc == RC_OK)
        rc = fault_set(&why, RC_ENVIRONMENT, _("the output could not be written"));
    why.rc = rc;
    return rc == RC_OK ? EXIT_SUCCESS : complain(&why);
}

/* Opens the box office for the screens; a demo is made only when nobody named a database. */
static enum rc open_office(const struct command_context *context, struct venue *venue,
                           struct fault *why)
{
    struct sql *db = NULL;
    bool unasked = !context->named && !context->settings->from_file && !context->settings->training;

    if (unasked && access(context->database, F_OK) != 0) {
        enum rc rc =
            office_make(context->settings, context->database, true, context->terminal, why);
        if (rc != RC_OK && rc != RC_EXISTS)
            return rc;
    }
    enum rc rc = office_open(&db, context->settings, context->database, venue, why);
    sql_close(&db);
    return rc;
}

static int run_on(const struct command_context *context, struct founded *next)
{
    struct sql_options database = office_options(context->settings, context->database);
    struct loop_options options = {.settings = context->settings,
                                   .database = &database,
                                   .terminal = context->terminal,
                                   .notice = context->notice,
                                   .next = next,
                                   .screens = registry_screens};
    struct venue venue = {0};
    struct fault why = {0};
    char pepper[PATH_MAX];
    int name = -1;

    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
        fault_set(&why, RC_USAGE,
                  _("the screens need a terminal; commands do not: see boxoffice --help"));
        return complain(&why);
    }
    enum rc rc = RC_OK;
    /* A server may be away: a terminal at a counter opens all the same, says so and keeps trying.
     */
    options.unasked = sql_is_server(context->database);
    if (!options.unasked)
        rc = open_office(context, &venue, &why);
    if (rc == RC_OK)
        rc = office_pepper(context->settings, context->database, pepper, sizeof pepper, &why);
    if (rc == RC_OK)
        rc = terminal_name_claim(context->database, context->terminal, &name, &why);
    if (rc == RC_OK) {
        options.demo = venue.demo;
        options.training = venue.training;
        options.staffed = options.unasked || venue.staffed;
        options.pepper_file = pepper;
        memcpy(options.currency, options.unasked ? context->settings->currency : venue.currency,
               sizeof options.currency);
        rc = loop_run(&options, &why);
    }
    terminal_name_release(context->database, context->terminal, &name);
    why.rc = rc;
    return rc == RC_OK ? EXIT_SUCCESS : complain(&why);
}

/* The screens, and again on the box office that was made on them. */
static int run_screens(const struct command_context *context)
{
    struct command_context here = *context;
    struct founded at, next;
    int status;

    do {
        next = (struct founded){.database = ""};
        status = run_on(&here, &next);
        at = next;
        here.database = at.database;
        here.notice = at.notice;
        here.named = true;
    } while (status == EXIT_SUCCESS && next.database[0] != '\0');
    return status;
}

/* Works out the database and the terminal's name. */
static enum rc compose(struct command_context *context, struct settings *settings,
                       const struct options *options, char *database, size_t size,
                       struct fault *why)
{
    const char *name = options->terminal ? options->terminal : settings->terminal;

    context->settings = settings;
    context->named = settings_database(settings, options->database, database, size);
    context->database = database;
    context->terminal_named = name[0] != '\0';
    context->given.database = options->database;
    context->given.terminal = options->terminal;
    context->out = stdout;
    if (!context->terminal_named)
        terminal_default_name(context->terminal, sizeof context->terminal);
    else if (snprintf(context->terminal, sizeof context->terminal, "%s", name) >=
             (int)sizeof context->terminal)
        return fault_set(why, RC_BAD_INPUT, _("the terminal's name is too long: at most %d bytes"),
                         TERMINAL_SIZE - 1);
    return text_check(_("terminal"), context->terminal, TERMINAL_SIZE - 1, why);
}

int main(int argc, char **argv)
{
    struct settings settings;
    struct command_context context = {0};
    struct options options = {0};
    struct fault why = {0};
    char database[PATH_MAX];

    settle();
    int status = read_options(&options, argc, argv);
    if (status >= 0)
        return status;
    settings_init(&settings);
    if (settings_load(&settings, options.configuration, &why) != RC_OK)
        return complain(&why);
    words_choose(settings.language);
    if (when_zone_set(settings.zone, &why) != RC_OK ||
        compose(&context, &settings, &options, database, sizeof database, &why) != RC_OK)
        return complain(&why);
    if (options.training && trainee_begin(&settings, options.training, context.terminal, database,
                                          sizeof database, &context.notice, &why) != RC_OK)
        return complain(&why);
    if (optind < argc)
        return run_command(&context, argc - optind, argv + optind);
    loop_block_signals();
    return run_screens(&context);
}
