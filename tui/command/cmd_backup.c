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

static enum rc tell(const struct session *session, const char *file, const struct backup *backup,
                    struct fault *why)
{
    if (session->context->json)
        return document_print(session->context,
                              json_pack("{s:s, s:I, s:I, s:s}", "file", file, "books",
                                        (json_int_t)backup->books, "rows", (json_int_t)backup->rows,
                                        "head", backup->head),
                              why);
    fprintf(session->context->out,
            _("%s: verified, %" PRId64 " books of the journal with %" PRId64 " rows\n"
              "head of the house's book: %s\n"),
            file, backup->books, backup->rows, backup->head);
    return RC_OK;
}

static enum rc run(struct command_context *context, int argc, char **argv, struct fault *why)
{
    const struct cmdline_form form = {&cmd_backup, NULL, 1, 1, false};
    struct cmdline line;
    struct session session = {0};
    struct backup backup;
    enum rc rc = cmdline_read(&line, context, &form, argc, argv, why);

    if (rc != RC_OK || line.done)
        return rc;
    rc = session_open(&session, context, true, why);
    if (rc == RC_OK) {
        const struct sql_options options = office_options(context->settings, context->database);

        rc = backup_write(session.db, &options, line.args[0], go_on, NULL, &backup, why);
    }
    if (rc == RC_OK)
        rc = tell(&session, line.args[0], &backup, why);
    return session_end(&session, rc, why);
}

const struct command cmd_backup = {
    "backup", "FILE", N_("copies the box office into a file while it sells, and verifies the copy"),
    run};
