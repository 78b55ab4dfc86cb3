#include "core/desk/health.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"
#include "core/desk/assign.h"
#include "core/desk/health_server.h"
#include "core/desk/lease.h"
#include "core/desk/terminals.h"
#include "db/migrate.h"

enum { DUE_MOST = 64, MIB_FAIL = 16, MIB_WARN = 256 };

void findings_add(struct findings *findings, enum health health, const char *about,
                  const char *format, ...)
{
    struct finding *row = &findings->rows[findings->n];
    va_list arguments;

    findings->failed += health == HEALTH_FAIL;
    if (findings->n == FINDINGS_MAX)
        return;
    row->health = health;
    row->about = about;
    va_start(arguments, format);
    (void)vsnprintf(row->text, sizeof row->text, format, arguments);
    va_end(arguments);
    findings->n++;
}

bool health_sqlite_old(const char *version)
{
    long parts[3] = {0};
    char *at = NULL;

    for (int i = 0; i < 3; i++, version = at + (*at == '.'))
        parts[i] = strtol(version, &at, 10);
    const long minor = parts[1], patch = parts[2];

    if (parts[0] != 3)
        return false;
    if (minor == 44)
        return patch < 6;
    if (minor == 50)
        return patch < 7;
    return minor >= 7 && (minor < 51 || (minor == 51 && patch < 3));
}

enum health health_of_space(uint64_t mib)
{
    return mib < MIB_FAIL ? HEALTH_FAIL : mib < MIB_WARN ? HEALTH_WARN : HEALTH_OK;
}

static void look_at_sqlite(struct sql *db, struct findings *findings)
{
    struct sql_statement *row = sql_ask(db, "SELECT sqlite_version()", NULL, 0);
    char version[24] = "";

    if (sql_row(row))
        (void)snprintf(version, sizeof version, "%s", sql_text(row, 0));
    sql_done(row);
    if (version[0] == '\0')
        findings_add(findings, HEALTH_FAIL, N_("engine"), _("SQLite does not answer: %s"),
                     sql_error(db));
    else if (health_sqlite_old(version))
        findings_add(
            findings, HEALTH_OK, N_("engine"),
            _("SQLite %s, which can damage a file when a checkpoint meets a write (fixed in"
              " 3.51.3); every write and checkpoint of boxoffice takes the turn, so that"
              " they never meet"),
            version);
    else
        findings_add(findings, HEALTH_OK, N_("engine"), "SQLite %s", version);
}

static void look_at_schema(struct sql *db, struct findings *findings)
{
    size_t known = 0;
    const int version = migrate_version(db);

    (void)migrations_builtin(sql_engine(db), &known);
    if (version == (int)known)
        findings_add(findings, HEALTH_OK, N_("schema"), _("step %d, this program's"), version);
    else
        findings_add(findings, HEALTH_FAIL, N_("schema"), _("step %d, this program ends at %zu"),
                     version, known);
}

/* Does the holder of the lease live? */
static bool lives(const struct terminal_list *list, const char *name)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->rows[i].alive && strcmp(list->rows[i].name, name) == 0)
            return true;
    return false;
}

static void look_at_lease(struct sql *db, const struct terminal_list *list,
                          struct findings *findings)
{
    show_id shows[DUE_MOST];
    struct lease_row lease;
    struct fault why;
    const size_t due = assign_list(db, sql_now(db), shows, DUE_MOST);

    if (lease_read(db, &lease, &why) != RC_OK)
        findings_add(findings, HEALTH_FAIL, N_("assigner"), "%s", why.text);
    else if (lease.holder[0] == '\0')
        findings_add(findings, due > 0 ? HEALTH_WARN : HEALTH_OK, N_("assigner"),
                     _("nobody is designated; %zu shows wait to be assigned"), due);
    else if (lives(list, lease.holder))
        findings_add(findings, HEALTH_OK, N_("assigner"),
                     _("%s (term %" PRId64 "); %zu shows wait to be assigned"), lease.holder,
                     lease.term, due);
    else
        findings_add(findings, HEALTH_WARN, N_("assigner"),
                     _("%s (term %" PRId64 "), which does not live; %zu shows wait to be assigned"),
                     lease.holder, lease.term, due);
}

static void look_at_terminals(const struct terminal_list *list, struct findings *findings)
{
    char names[FINDING_TEXT] = ""; /* each behind a blank */
    size_t alive = 0, used = 0;

    for (size_t i = 0; i < list->n; i++) {
        if (!list->rows[i].alive)
            continue;
        alive++;
        if (used + strlen(list->rows[i].name) + 4 < sizeof names)
            used += (size_t)snprintf(names + used, sizeof names - used, "%s %s",
                                     used == 0 ? "" : ",", list->rows[i].name);
    }
    if (alive == 0)
        findings_add(findings, HEALTH_OK, N_("terminals"), _("0 alive, %zu gone without a word"),
                     list->n);
    else
        findings_add(findings, HEALTH_OK, N_("terminals"),
                     _("%zu alive, %zu gone without a word:%s"), alive, list->n - alive, names);
}

void health_look(struct sql *db, struct findings *findings)
{
    struct terminal_list *list = NULL;
    struct fault why;

    if (strcmp(sql_engine(db), "sqlite") == 0)
        look_at_sqlite(db, findings);
    else
        health_look_at_server(db, findings);
    look_at_schema(db, findings);
    if (terminals_read(db, sql_now(db), &list, &why) != RC_OK) {
        findings_add(findings, HEALTH_FAIL, N_("terminals"), "%s", why.text);
        return;
    }
    look_at_terminals(list, findings);
    look_at_lease(db, list, findings);
    free(list);
}
