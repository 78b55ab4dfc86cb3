#include <inttypes.h>

#include "core/base/words.h"
#include "core/desk/backup.h"
#include "tui/command/cmdline.h"
#include "tui/command/commands.h"
#include "tui/command/document.h"
#include "tui/command/session.h"
#include "tui/office.h"

static bool go_on(void *context)
{
    (void)context;
    return !session_interrupted();
}

static enum rc tell(const struct command_context *context, const struct backup *backup,
                    struct fault *why)
{
    if (context->json)
        return document_print(context,
                              json_pack("{s:s, s:I, s:I, s:s, s:o}", "database", context->database,
                                        "books", (json_int_t)backup->books, "rows",
                                        (json_int_t)backup->rows, "head", backup->head, "replaced",
                                        document_text(backup->aside)),
                              why);
    fprintf(context->out,
            _("%s: restored, %" PRId64 " books of the journal with %" PRId64 " rows\n"
              "head of the house's book: %s\n"),
            context->database, backup->books, backup->rows, backup->head);
    if (backup->aside[0] != '\0')
        fprintf(context->out, _("what was there is %s\n"), backup->aside);
    return RC_OK;
}

static enum rc run(struct command_context *context, int argc, char **argv, struct fault *why)
{
    const struct cmdline_form form = {&cmd_restore, NULL, 1, 1, false};
    struct sql_options options;
    struct cmdline line;
    struct backup backup;
    enum rc rc = cmdline_read(&line, context, &form, argc, argv, why);

    if (rc != RC_OK || line.done)
        return rc;
    if (context->database[0] == '\0')
        return fault_set(why, RC_ENVIRONMENT,
                         _("no place for the database is known: name one with -d"));
    session_hold_signals();
    options = office_options(context->settings, context->database);
    rc = backup_restore(&options, line.args[0], go_on, NULL, &backup, why);
    return rc == RC_OK ? tell(context, &backup, why) : rc;
}

const struct command cmd_restore = {
    "restore", "FILE", N_("puts a backup in the place of the box office, once it is verified"),
    run};
