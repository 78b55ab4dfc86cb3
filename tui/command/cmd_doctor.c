#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/desk/health.h"
#include "tui/command/cmdline.h"
#include "tui/command/commands.h"
#include "tui/command/document.h"
#include "tui/command/session.h"
#include "tui/command/surroundings.h"

static const char *const words[] = {
    [HEALTH_OK] = "ok", [HEALTH_WARN] = "warn", [HEALTH_FAIL] = "fail"};

static enum rc print(const struct command_context *context, const struct findings *findings,
                     struct fault *why)
{
    json_t *document = context->json ? json_array() : NULL;
    char line[FINDING_TEXT * 4];

    for (int i = 0; i < findings->n; i++) {
        const struct finding *row = &findings->rows[i];

        text_escape(row->text, line, sizeof line);
        if (context->json && document != NULL)
            json_array_append_new(document,
                                  json_pack("{s:s, s:s, s:o}", "about", row->about, "health",
                                            words[row->health], "text", document_text(line)));
        else if (!context->json)
            fprintf(context->out, "%-4s  %-10s  %s\n", words[row->health], row->about, line);
    }
    return context->json ? document_print(context, document, why) : RC_OK;
}

static void look_at_settings(const struct command_context *context, struct findings *findings)
{
    const char *database = context->settings->database;
    const bool secret = strstr(database, "password=") != NULL ||
                        (strstr(database, "://") != NULL && strchr(database, '@') != NULL);
    const char *home = getenv("HOME"), *base = getenv("XDG_CONFIG_HOME");
    char own[PATH_MAX];

    surroundings_configuration("/etc/boxoffice.conf", secret, findings);
    if (base && base[0] == '/')
        (void)snprintf(own, sizeof own, "%s/boxoffice/boxoffice.conf", base);
    else
        (void)snprintf(own, sizeof own, "%s/.config/boxoffice/boxoffice.conf", home ? home : "");
    surroundings_configuration(own, secret, findings);
}

static enum rc run(struct command_context *context, int argc, char **argv, struct fault *why)
{
    const struct cmdline_form form = {&cmd_doctor, NULL, 0, 0, false};
    struct findings findings = {0};
    struct cmdline line;
    struct session session = {0};
    struct fault closed;
    enum rc rc = cmdline_read(&line, context, &form, argc, argv, why);

    if (rc != RC_OK || line.done)
        return rc;
    /* What keeps it from being opened is the first thing to know, and not the last. */
    if (session_open(&session, context, false, &closed) == RC_OK)
        health_look(session.db, &findings);
    else
        findings_add(&findings, HEALTH_FAIL, "database", "%s", closed.text);
    if (!sql_is_server(context->database)) {
        surroundings_file(context->database, &findings);
        surroundings_foreign(context->database, &findings);
    }
    look_at_settings(context, &findings);
    rc = print(context, &findings, why);
    if (rc == RC_OK && findings.failed > 0)
        rc = fault_set(why, RC_REFUSED, "%d of %d findings fail", findings.failed, findings.n);
    return session_end(&session, rc, why);
}

const struct command cmd_doctor = {"doctor", "",
                                   "tells how well the box office and what it stands on are", run};
