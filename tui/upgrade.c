#include "tui/upgrade.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/words.h"
#include "core/desk/backup.h"
#include "core/desk/house.h"
#include "tui/mono.h"

enum { WAIT_MS = 5000, PAUSE_MS = 10, PAUSES = 40, NAMES = 9 };

/* Is there something to lose, and something to do? */
static bool is_behind(struct sql *db, const struct sql_options *options, size_t n)
{
    int version;

    if (sql_is_server(options->name)) /* its own tools back it up, and its steps wait in line */
        return false;
    version = migrate_version(db);
    return version > 0 && (size_t)version < n && house_any(db);
}

/* The backup's name; a number more when another backup has it that may not go. */
static enum rc back_up(struct sql *db, const struct sql_options *options, struct upgrade *done,
                       struct fault *why)
{
    const int version = migrate_version(db);
    struct backup backup;
    enum rc rc = RC_EXISTS;

    for (int i = 1; rc == RC_EXISTS && i <= NAMES; i++) {
        int length =
            snprintf(done->before, sizeof done->before, "%s.schema-%04d", options->name, version);

        if (i > 1 && length < (int)sizeof done->before)
            length +=
                snprintf(done->before + length, sizeof done->before - (size_t)length, "-%d", i);
        if (length >= (int)sizeof done->before)
            return fault_set(why, RC_ENVIRONMENT,
                             _("the database's path is too long for a backup"));
        rc = backup_write(db, options, done->before, NULL, NULL, &backup, why);
    }
    if (rc != RC_OK)
        done->before[0] = '\0';
    return rc;
}

static enum rc apply(struct sql *db, const struct migration *steps, size_t n, struct upgrade *done,
                     struct fault *why)
{
    const enum sql_rc rc = migrate_up(db, steps, n, &done->applied);

    return rc == SQL_OK ? RC_OK : verb_storage_fault(db, rc, why);
}

/* Alone with it: the backup, then the steps. */
static enum rc change(struct sql *db, const struct sql_options *options,
                      const struct migration *steps, size_t n, struct upgrade *done,
                      struct fault *why)
{
    enum rc rc = back_up(db, options, done, why);

    if (rc == RC_OK)
        rc = apply(db, steps, n, done, why);
    (void)sql_alone(db, false);
    return rc;
}

/* Each pauses for another time, so that those who came at once do not meet again. */
static void make_way(struct sql **db, int turn)
{
    sql_close(db);
    (void)poll(NULL, 0, PAUSE_MS + (int)((getpid() * 7 + turn * 13) % PAUSES));
}

enum rc upgrade_open(struct sql **db, const struct sql_options *options,
                     const struct migration *steps, size_t n, enum sql_rc *opened,
                     struct upgrade *done, struct fault *why)
{
    const int64_t until_ms = mono_ms() + (options->wait_ms > 0 ? options->wait_ms : WAIT_MS);

    memset(done, 0, sizeof *done);
    for (int turn = 0;; turn++) {
        *opened = sql_open(db, options);
        if (*opened == SQL_OK && !is_behind(*db, options, n))
            return apply(*db, steps, n, done, why);
        if (*opened == SQL_OK && sql_alone(*db, true) == SQL_OK)
            return change(*db, options, steps, n, done, why);
        if (*opened != SQL_OK && (*opened != SQL_BUSY || mono_ms() >= until_ms))
            return verb_storage_fault(*db, *opened, why);
        if (mono_ms() >= until_ms)
            return fault_set(
                why, RC_BUSY,
                _("the box office has an older schema and other terminals have it open: "
                  "end them first"));
        make_way(db, turn);
    }
}
