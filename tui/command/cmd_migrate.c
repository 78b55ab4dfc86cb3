#include "db/migrate.h"
#include "tui/command/cmdline.h"
#include "tui/command/commands.h"
#include "tui/command/document.h"
#include "tui/office.h"

static enum rc migrate(const struct command_context *context, struct sql **db, int *applied,
                       struct fault *why)
{
    struct sql_options options = office_options(context->settings, context->database);
    size_t n = 0;
    const struct migration *steps;
    enum sql_rc rc = sql_open(db, &options);

    if (rc == SQL_MISSING)
        return fault_set(why, RC_ENVIRONMENT,
                         "there is no box office at %s: make one with boxoffice init",
                         office_place(context->database));
    if (rc == SQL_OK) {
        steps = migrations_builtin(sql_engine(*db), &n);
        rc = migrate_up(*db, steps, n, applied);
    }
    return rc == SQL_OK ? RC_OK : verb_storage_fault(*db, rc, why);
}

static enum rc run(struct command_context *context, int argc, char **argv, struct fault *why)
{
    const struct cmdline_form form = {&cmd_migrate, NULL, 0, 0, false};
    struct cmdline line;
    struct sql *db = NULL;
    int applied = 0;
    enum rc rc = cmdline_read(&line, context, &form, argc, argv, why);

    if (rc != RC_OK || line.done)
        return rc;
    rc = migrate(context, &db, &applied, why);
    if (rc == RC_OK && context->json)
        rc = document_print(
            context, json_pack("{s:i, s:i}", "version", migrate_version(db), "applied", applied),
            why);
    else if (rc == RC_OK)
        fprintf(context->out, "schema %d, %d steps applied now\n", migrate_version(db), applied);
    sql_close(&db);
    return rc;
}

const struct command cmd_migrate = {"migrate", "",
                                    "brings the database's schema up to this program's", run};
