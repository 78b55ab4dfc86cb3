#include "core/desk/health_server.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/base/words.h"

enum { CLOCK_OFF_MS = 2000, SETTING = 128 };

/* A setting of the server, "" when it is not told. */
static void setting(struct sql *db, const char *name, char value[static SETTING])
{
    struct sql_statement *row =
        sql_ask(db, "SELECT current_setting(CAST($1 AS TEXT), true)", SQL_VALUES(sql_t(name)));

    value[0] = '\0';
    if (sql_row(row))
        (void)snprintf(value, SETTING, "%s", sql_text(row, 0));
    sql_done(row);
}

static void look_at_disk(struct sql *db, struct findings *findings)
{
    char version[SETTING], fsync_set[SETTING], commit[SETTING];

    setting(db, "server_version", version);
    setting(db, "fsync", fsync_set);
    setting(db, "synchronous_commit", commit);
    findings_add(findings, version[0] != '\0' ? HEALTH_OK : HEALTH_FAIL, N_("engine"),
                 "PostgreSQL %s", version[0] != '\0' ? version : sql_error(db));
    if (strcmp(fsync_set, "off") == 0)
        findings_add(findings, HEALTH_FAIL, N_("durability"),
                     _("fsync is off: a server that breaks loses sales"));
    else if (strcmp(commit, "off") == 0)
        findings_add(findings, HEALTH_FAIL, N_("durability"),
                     _("synchronous_commit is off: a server that breaks loses sales"));
}

/* The standbys as the server sees them; a role without rights is told that they are, no more. */
struct standbys {
    int64_t all, seen, streaming, synchronous;
    char names[SETTING];
};

static void read_standbys(struct sql *db, struct standbys *standbys)
{
    struct sql_statement *rows =
        sql_ask(db,
                "SELECT application_name, state, sync_state FROM pg_stat_replication"
                " ORDER BY application_name",
                NULL, 0);

    *standbys = (struct standbys){0};
    while (sql_row(rows)) {
        const bool streaming = strcmp(sql_text(rows, 1), "streaming") == 0;
        const char *sync = sql_text(rows, 2);
        const size_t used = strlen(standbys->names);

        standbys->all++;
        standbys->seen += !sql_is_null(rows, 1);
        standbys->streaming += streaming;
        standbys->synchronous +=
            streaming && (strcmp(sync, "sync") == 0 || strcmp(sync, "quorum") == 0);
        (void)snprintf(standbys->names + used, sizeof standbys->names - used, "%s%s",
                       used > 0 ? ", " : "", sql_text(rows, 0));
    }
    sql_done(rows);
}

static void look_at_standbys(struct sql *db, struct findings *findings)
{
    struct standbys found;
    char wanted[SETTING], commit[SETTING];

    setting(db, "synchronous_standby_names", wanted);
    setting(db, "synchronous_commit", commit);
    read_standbys(db, &found);
    if (found.all > found.seen)
        findings_add(findings, HEALTH_WARN, N_("standby"),
                     _("%" PRId64 " connected; whether one streams and is synchronous this role may"
                       " not see: GRANT pg_monitor to it"),
                     found.all);
    else if (found.synchronous > 0 && strcmp(commit, "local") != 0 && strcmp(commit, "off") != 0)
        findings_add(findings, HEALTH_OK, N_("standby"), _("streaming and synchronous: %s"),
                     found.names);
    else if (wanted[0] != '\0' && found.synchronous == 0)
        findings_add(findings, HEALTH_FAIL, N_("standby"),
                     _("synchronous_standby_names is %s and none is streaming: sales wait for it"),
                     wanted);
    else if (found.streaming > 0)
        findings_add(findings, HEALTH_WARN, N_("standby"),
                     _("%s streams but is not synchronous: the last sales may be lost with the"
                       " server"),
                     found.names);
    else
        findings_add(findings, HEALTH_WARN, N_("standby"),
                     _("none: all since the last backup is lost with the server"));
}

static void look_at_timeline(struct sql *db, struct findings *findings)
{
    struct sql_statement *row =
        sql_ask(db,
                "SELECT substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8), system_identifier"
                " FROM pg_control_system()",
                NULL, 0);
    char hex[16] = "";
    int64_t server = 0;

    if (sql_row(row)) {
        (void)snprintf(hex, sizeof hex, "%s", sql_text(row, 0));
        server = sql_number(row, 1);
    }
    sql_done(row);
    if (hex[0] != '\0')
        findings_add(findings, HEALTH_OK, N_("timeline"), _("%s of server %" PRId64),
                     hex + strspn(hex, "0"), server);
    else
        findings_add(
            findings, HEALTH_WARN, N_("timeline"),
            _("not told: a server that was replaced and comes back is not known for it (%s)"),
            sql_error(db));
}

static void look_at_clock(struct sql *db, struct findings *findings)
{
    const int64_t ahead = sql_now(db) - when_host_now();
    const int64_t off = ahead < 0 ? -ahead : ahead;

    findings_add(
        findings, off > CLOCK_OFF_MS ? HEALTH_WARN : HEALTH_OK, N_("clock"),
        ahead < 0 ? _("the server's is %" PRId64 " ms behind this host's; the server's counts")
                  : _("the server's is %" PRId64 " ms ahead of this host's; the server's counts"),
        off);
}

void health_look_at_server(struct sql *db, struct findings *findings)
{
    look_at_disk(db, findings);
    look_at_standbys(db, findings);
    look_at_timeline(db, findings);
    look_at_clock(db, findings);
}
