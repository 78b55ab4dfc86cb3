#include "core/base/words.h"
#include "tui/command/cmdline.h"
#include "tui/command/commands.h"
#include "tui/command/parties.h"

/* The texts of the options, as given; NULL: not given. */
struct texts {
    const char *party, *name, *phone, *fit, *zone;
};

static enum rc read_fit(const char *text, int32_t *fit, struct fault *why)
{
    enum fit wanted = FIT_TOGETHER;

    if (text != NULL && !fit_parse(text, &wanted))
        return fault_set(why, RC_BAD_INPUT, _("--fit is together, pairs or any"));
    *fit = (int32_t)wanted;
    return RC_OK;
}

static enum rc read_request(const struct texts *texts, const struct cmdline *line,
                            struct wait_request *request, struct fault *why)
{
    int64_t party = 0;
    enum rc rc = cmdline_show(line->args[0], &request->show, why);

    if (rc == RC_OK)
        rc = cmdline_number("--party", texts->party, 1, PARTY_MAX, &party, why);
    if (rc == RC_OK)
        rc = read_fit(texts->fit, &request->fit, why);
    if (rc == RC_OK)
        rc = cmdline_text(_("name"), texts->name, request->name, sizeof request->name, why);
    if (rc == RC_OK)
        rc = cmdline_text(_("phone"), texts->phone, request->phone, sizeof request->phone, why);
    if (rc == RC_OK)
        rc = cmdline_text(_("zone"), texts->zone, request->zone, sizeof request->zone, why);
    request->party = (int32_t)party;
    return rc;
}

static enum rc run(struct command_context *context, int argc, char **argv, struct fault *why)
{
    struct texts texts = {0};
    const struct cmdline_option options[] = {
        {"party", &texts.party, NULL}, {"name", &texts.name, NULL}, {"phone", &texts.phone, NULL},
        {"fit", &texts.fit, NULL},     {"zone", &texts.zone, NULL}, {NULL, NULL, NULL}};
    const struct cmdline_form form = {&cmd_wait, options, 1, 1, true};
    struct cmdline line;
    struct session session = {0};
    struct wait_request request = {0};
    struct entry_reply reply;
    enum rc rc = cmdline_read(&line, context, &form, argc, argv, why);

    if (rc != RC_OK || line.done)
        return rc;
    if (texts.party == NULL || texts.name == NULL)
        return cmdline_usage(&cmd_wait, why);
    rc = read_request(&texts, &line, &request, why);
    if (rc == RC_OK)
        rc = session_open(&session, context, true, why);
    if (rc == RC_OK)
        rc = session_do(&session, line.key, &verb_wait, &request, &reply, why);
    if (rc == RC_OK)
        rc = parties_print_one(&session, &reply, why);
    return session_end(&session, rc, why);
}

const struct command cmd_wait = {
    "wait", "SHOW --party N --name T [--phone T] [--fit together|pairs|any] [--zone T] [--key K]",
    N_("puts a party on a show's waiting list"), run};
