#include "tui/command/cmdline.h"

#include <getopt.h>
#include <inttypes.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/when.h"
#include "core/base/words.h"

enum { OPTIONS_MAX = 24, OPT_JSON = 256, OPT_KEY, OPT_OWN };

enum rc cmdline_usage(const struct command *command, struct fault *why)
{
    if (command->synopsis[0] == '\0')
        return fault_set(why, RC_USAGE, _("usage: boxoffice %s"), command->name);
    return fault_set(why, RC_USAGE, _("usage: boxoffice %s %s"), command->name, command->synopsis);
}

static void help(const struct command_context *context, const struct cmdline_form *form)
{
    const struct command *command = form->command;

    static const char *const common[] = {
        N_("      --json               one JSON document on standard output"),
        N_("  -c, --config FILE        read this configuration alone"),
        N_("  -d, --database DATABASE  the database file"),
        N_("  -t, --terminal NAME      name of this terminal"),
        N_("  -h, --help               this text"),
    };

    fprintf(context->out,
            command->synopsis[0] != '\0' ? _("Usage: boxoffice %s %s\n")
                                         : _("Usage: boxoffice %s%s\n"),
            command->name, command->synopsis);
    fprintf(context->out, "%s\n\n", _(command->help));
    if (form->keyed)
        fprintf(context->out, "%s\n",
                _("      --key K              run again with the same key, it gives the first "
                  "result"));
    for (size_t i = 0; i < sizeof common / sizeof common[0]; i++)
        fprintf(context->out, "%s\n", _(common[i]));
}

/* Fills getopt's table: the common options, then the command's own. */
static void fill_longs(const struct cmdline_form *form, struct option longs[static OPTIONS_MAX])
{
    static const struct option common[] = {{"config", required_argument, NULL, 'c'},
                                           {"database", required_argument, NULL, 'd'},
                                           {"terminal", required_argument, NULL, 't'},
                                           {"help", no_argument, NULL, 'h'},
                                           {"json", no_argument, NULL, OPT_JSON}};
    int n = sizeof common / sizeof common[0];

    memcpy(longs, common, sizeof common);
    if (form->keyed)
        longs[n++] = (struct option){"key", required_argument, NULL, OPT_KEY};
    for (int i = 0; form->options != NULL && form->options[i].name != NULL && n < OPTIONS_MAX - 1;
         i++)
        longs[n++] = (struct option){
            form->options[i].name, form->options[i].text != NULL ? required_argument : no_argument,
            NULL, OPT_OWN + i};
    longs[n] = (struct option){NULL, 0, NULL, 0};
}

/* What stood behind the command's name in place of main's options. */
struct late {
    const char *configuration, *database, *terminal;
};

/* Works the context out anew for options that came late. */
static enum rc recompose(struct cmdline *line, struct command_context *context,
                         const struct late *late, struct fault *why)
{
    enum rc rc = RC_OK;

    if (context->settings->training && (late->configuration != NULL || late->database != NULL))
        return fault_set(why, RC_USAGE, _("with --training, -c and -d stand before the command"));
    if (late->configuration != NULL) {
        settings_init(&line->settings);
        rc = settings_load(&line->settings, late->configuration, why);
        if (rc == RC_OK)
            rc = when_zone_set(line->settings.zone, why);
        if (rc == RC_OK && !context->json)
            words_choose(line->settings.language);
        if (rc != RC_OK)
            return rc;
        context->settings = &line->settings;
    }
    if (late->database != NULL ||
        (late->configuration != NULL && context->given.database == NULL)) {
        context->named = settings_database(context->settings, late->database, line->database,
                                           sizeof line->database);
        context->database = line->database;
    }
    const char *name = late->terminal;
    if (name == NULL && late->configuration != NULL && context->given.terminal == NULL &&
        context->settings->terminal[0] != '\0')
        name = context->settings->terminal;
    if (name == NULL)
        return RC_OK;
    context->terminal_named = true;
    if (name[0] == '\0')
        return fault_set(why, RC_BAD_INPUT, _("a terminal's name must not be empty"));
    return cmdline_text(_("terminal"), name, context->terminal, sizeof context->terminal, why);
}

/* Takes one option; false when it is none. */
static bool take(int c, struct cmdline *line, struct command_context *context,
                 const struct cmdline_form *form, struct late *late)
{
    if (c == 'c')
        late->configuration = optarg;
    else if (c == 'd')
        late->database = optarg;
    else if (c == 't')
        late->terminal = optarg;
    else if (c == 'h')
        line->done = true;
    else if (c == OPT_JSON)
        context->json = true;
    else if (c == OPT_KEY)
        line->key = optarg;
    else if (c >= OPT_OWN && form->options[c - OPT_OWN].text != NULL)
        *form->options[c - OPT_OWN].text = optarg;
    else if (c >= OPT_OWN)
        *form->options[c - OPT_OWN].flag = true;
    else
        return false;
    return true;
}

static enum rc refuse_option(int c, const char *word, const struct command *command,
                             struct fault *why)
{
    char shown[64];

    text_escape(word, shown, sizeof shown);
    if (c == ':')
        return fault_set(why, RC_USAGE, _("%s: %s wants an argument: see boxoffice %s --help"),
                         command->name, shown, command->name);
    return fault_set(why, RC_USAGE, _("%s: there is no option %s: see boxoffice %s --help"),
                     command->name, shown, command->name);
}

enum rc cmdline_read(struct cmdline *line, struct command_context *context,
                     const struct cmdline_form *form, int argc, char **argv, struct fault *why)
{
    struct option longs[OPTIONS_MAX];
    struct late late = {0};
    int c;

    memset(line, 0, sizeof *line);
    fill_longs(form, longs);
    optind = 0;
    opterr = 0;
    while ((c = getopt_long(argc, argv, ":c:d:t:h", longs, NULL)) != -1)
        if (!take(c, line, context, form, &late))
            return refuse_option(c, argv[optind - 1], form->command, why);
    if (context->json)
        words_choose("en"); /* a program reads what is said */
    if (line->done) {
        help(context, form);
        return RC_OK;
    }
    line->n = argc - optind;
    line->args = argv + optind;
    if (line->n < form->least || line->n > form->most)
        return cmdline_usage(form->command, why);
    return recompose(line, context, &late, why);
}

enum rc cmdline_number(const char *what, const char *text, int64_t least, int64_t most, int64_t *n,
                       struct fault *why)
{
    int64_t value = 0;
    const char *digit = text;

    while (*digit >= '0' && *digit <= '9' && value <= (INT64_MAX - 9) / 10)
        value = value * 10 + (*digit++ - '0');
    if (digit == text || *digit != '\0' || value < least || value > most) {
        if (most == INT64_MAX)
            return fault_set(why, RC_BAD_INPUT,
                             _("%s is a whole number from %" PRId64 ", in digits"), what, least);
        return fault_set(why, RC_BAD_INPUT,
                         _("%s is a whole number from %" PRId64 " to %" PRId64 ", in digits"), what,
                         least, most);
    }
    *n = value;
    return RC_OK;
}

enum rc cmdline_text(const char *what, const char *text, char *out, size_t size, struct fault *why)
{
    const char *given = text != NULL ? text : "";
    enum rc rc = text_check(what, given, size - 1, why);

    if (rc == RC_OK)
        memcpy(out, given, strlen(given) + 1);
    return rc;
}

enum rc cmdline_show(const char *text, show_id *show, struct fault *why)
{
    return cmdline_number("SHOW", text, 1, INT64_MAX, &show->n, why);
}

enum rc cmdline_entry(const char *text, entry_id *entry, struct fault *why)
{
    return cmdline_number("ENTRY", text, 1, INT64_MAX, &entry->n, why);
}
