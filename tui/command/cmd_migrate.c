#include <inttypes.h>

#include "core/base/words.h"
#include "core/desk/move.h"
#include "db/migrate.h"
#include "tui/command/cmdline.h"
#include "tui/command/commands.h"
#include "tui/command/document.h"
#include "tui/command/session.h"
#include "tui/office.h"

/* A table of millions is added up while the server is waited for. */
enum { MOVE_WAIT_MS = 60000 };

static bool go_on(void *context)
{
    (void)context;
    return !session_interrupted();
}

static enum rc tell_moved(const struct command_context *context, const struct moved *moved,
                          struct fault *why)
{
    if (context->json)
        return document_print(context,
                              json_pack("{s:I, s:I, s:I, s:s}", "tables", (json_int_t)moved->tables,
                                        "rows", (json_int_t)moved->rows, "books",
                                        (json_int_t)moved->books, "head", moved->head),
                              why);
    fprintf(
        context->out,
        _("moved %" PRId64 " rows of %" PRId64 " tables; counts, sums and the heads of %" PRId64
          " books are equal\n"
          "head of the house's book: %s\n"
          "next: put the server's name into each terminal's configuration as its database, and\n"
          "put %s away: it is as it was, and sells if it is opened\n"),
        moved->rows, moved->tables, moved->books, moved->head, context->database);
    return RC_OK;
}

/* What came of a move that did not end well, and what to do. */
static enum rc tell_unmoved(const struct command_context *context, enum rc rc, struct fault *why)
{
    char said[FAULT_TEXT];

    if (rc_exit_status(rc) != 3)
        return rc;
    (void)snprintf(said, sizeof said, "%s", why->text);
    if (rc == RC_UNKNOWN)
        return fault_set(why, rc,
                         _("%.160s; all of it was moved or nothing: see with boxoffice -d TARGET "
                           "check before anybody sells"),
                         said);
    return fault_set(
        why, rc,
        _("%.160s; nothing was moved and no terminal opens the target: run this again; "
          "%.80s is as it was"),
        said, context->database);
}

static enum rc move(struct command_context *context, const char *target, struct fault *why)
{
    struct sql_options from = office_options(context->settings, context->database),
                       to = office_options(context->settings, target);
    struct sql *db = NULL;
    struct moved moved;
    enum rc rc;

    if (!sql_is_server(target))
        return fault_set(
            why, RC_BAD_INPUT,
            _("--to wants a PostgreSQL server: postgresql://... or host=... dbname=..."));
    if (sql_is_server(context->database))
        return fault_set(why, RC_REFUSED,
                         _("the box office is on a server: its own tools move it from there"));
    session_hold_signals();
    rc = office_open(&db, context->settings, context->database, NULL, why);
    sql_close(&db);
    if (rc != RC_OK)
        return rc;
    to.wait_ms = MOVE_WAIT_MS;
    rc = move_up(&from, &to, go_on, NULL, &moved, why);
    return rc == RC_OK ? tell_moved(context, &moved, why) : tell_unmoved(context, rc, why);
}

static enum rc tell_brought_up(const struct command_context *context, struct sql *db,
                               const struct upgrade *done, struct fault *why)
{
    if (context->json)
        return document_print(context,
                              json_pack("{s:i, s:i, s:o}", "version", migrate_version(db),
                                        "applied", done->applied, "before",
                                        document_text(done->before)),
                              why);
    fprintf(context->out,
            ngettext("schema %d, %d step applied now\n", "schema %d, %d steps applied now\n",
                     (unsigned long)done->applied),
            migrate_version(db), done->applied);
    if (done->before[0] != '\0')
        fprintf(context->out, _("as it was: %s\n"), done->before);
    return RC_OK;
}

static enum rc bring_up(struct command_context *context, struct fault *why)
{
    struct sql_options options = office_options(context->settings, context->database);
    struct upgrade done;
    struct sql *db = NULL;
    enum rc rc = office_bring_up(&db, &options, &done, why);

    if (rc == RC_OK)
        rc = tell_brought_up(context, db, &done, why);
    sql_close(&db);
    return rc;
}

static enum rc run(struct command_context *context, int argc, char **argv, struct fault *why)
{
    const char *target = NULL;
    const struct cmdline_option options[] = {{"to", &target, NULL}, {NULL, NULL, NULL}};
    const struct cmdline_form form = {&cmd_migrate, options, 0, 0, false};
    struct cmdline line;
    enum rc rc = cmdline_read(&line, context, &form, argc, argv, why);

    if (rc != RC_OK || line.done)
        return rc;
    if (context->database[0] == '\0')
        return fault_set(why, RC_ENVIRONMENT,
                         _("no place for the database is known: name one with -d"));
    return target != NULL ? move(context, target, why) : bring_up(context, why);
}

const struct command cmd_migrate = {
    "migrate", "[--to CONNINFO]",
    N_("brings the database's schema up to this program's, or moves a file to a PostgreSQL server"),
    run};
