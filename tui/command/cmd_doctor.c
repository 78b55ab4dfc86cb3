#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"
#include "core/channel/curve.h"
#include "core/desk/health.h"
#include "core/desk/terminals.h"
#include "tui/command/cmdline.h"
#include "tui/command/commands.h"
#include "tui/command/document.h"
#include "tui/command/session.h"
#include "tui/command/surroundings.h"
#include "tui/command/table.h"

static const char *const words[] = {
    [HEALTH_OK] = N_("ok"), [HEALTH_WARN] = N_("warn"), [HEALTH_FAIL] = N_("fail")};

static enum rc print(const struct command_context *context, const struct findings *findings,
                     struct fault *why)
{
    json_t *document = context->json ? json_array() : NULL;
    char line[FINDING_TEXT * 4];

    for (int i = 0; i < findings->n; i++) {
        const struct finding *row = &findings->rows[i];

        const char *health = words[row->health], *about = _(row->about);

        text_escape(row->text, line, sizeof line);
        if (context->json && document != NULL)
            json_array_append_new(document,
                                  json_pack("{s:s, s:s, s:o}", "about", row->about, "health",
                                            health, "text", document_text(line)));
        else if (!context->json)
            fprintf(context->out, "%s%*s  %s%*s  %s\n", _(health), table_blanks(_(health), 4), "",
                    about, table_blanks(about, 10), "", line);
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

/* Who has that key admitted; "" when nobody has. */
static void admitted_as(struct sql *db, const char *public_key, char name[static TERMINAL_SIZE])
{
    struct terminal_list *list = NULL;

    name[0] = '\0';
    if (terminals_read(db, sql_now(db), &list, NULL) != RC_OK)
        return;
    for (size_t i = 0; i < list->n_admitted; i++)
        if (strcmp(list->admitted[i].public_key, public_key) == 0)
            (void)snprintf(name, TERMINAL_SIZE, "%s", list->admitted[i].name);
    free(list);
}

/* The key with which this host's terminals and those of others hear one another. */
static void look_at_key(const struct session *session, struct findings *findings)
{
    char path[PATH_MAX], name[TERMINAL_SIZE] = "";
    struct curve_keys keys;
    struct fault why;

    if (session->context->settings->channel_address[0] == '\0') /* this host alone */
        return;
    settings_key_file(session->context->settings, path, sizeof path);
    if (curve_keys_read(path, &keys, &why) != RC_OK) {
        findings_add(findings, HEALTH_FAIL, N_("key"), _("%s: boxoffice keygen makes one"),
                     why.text);
        return;
    }
    if (session->db != NULL)
        admitted_as(session->db, keys.public_key, name);
    if (name[0] != '\0')
        findings_add(findings, HEALTH_OK, N_("key"), _("%s, admitted as %s"), keys.public_key,
                     name);
    else
        findings_add(findings, HEALTH_WARN, N_("key"),
                     _("%s is not admitted: other machines are seen by timer; boxoffice terminal"
                       " admit NAME KEY"),
                     keys.public_key);
    curve_keys_forget(&keys);
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
        findings_add(&findings, HEALTH_FAIL, N_("database"), "%s", closed.text);
    if (!sql_is_server(context->database)) {
        surroundings_file(context->database, &findings);
        surroundings_foreign(context->database, &findings);
    }
    look_at_settings(context, &findings);
    if (session.context != NULL)
        look_at_key(&session, &findings);
    rc = print(context, &findings, why);
    if (rc == RC_OK && findings.failed > 0)
        rc = fault_set(why, RC_REFUSED, _("%d of %d findings fail"), findings.failed, findings.n);
    return session_end(&session, rc, why);
}

const struct command cmd_doctor = {
    "doctor", "", N_("tells how well the box office and what it stands on are"), run};
