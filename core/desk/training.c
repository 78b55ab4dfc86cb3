#include "core/desk/training.h"

#include <stdio.h>
#include <unistd.h>

#include "core/base/digest.h"
#include "core/base/words.h"
#include "core/desk/journal.h"
#include "core/desk/verb.h"
#include "db/copy.h"
#include "db/migrate.h"

enum { STEP = 7 }; /* of the schema, the first that knows the mark */

/* When a copy was made; 0: it is none. */
static when_ms made_at(struct sql *db)
{
    if (migrate_version(db) < STEP)
        return 0;
    return sql_one_number(db, 0, "SELECT training_at FROM venue", NULL, 0);
}

bool training_is(struct sql *db)
{
    return made_at(db) != 0;
}

enum rc training_refuse(struct sql *db, const char *name, struct fault *why)
{
    if (!training_is(db))
        return RC_OK;
    return fault_set(why, RC_REFUSED, _("%s is a copy to train on, and no box office"), name);
}

static int last_step(const struct sql *db)
{
    size_t n = 0;

    (void)migrations_builtin(sql_engine(db), &n);
    return (int)n;
}

/* --- what is there ---------------------------------------------------------------------------- */

enum there { THERE_NOT, THERE_OLD, THERE_TODAY };

/* Looks at what lies in the copy's place. Anything but a copy stays as it is. */
static enum rc look(const char *path, int32_t application, enum there *there, struct fault *why)
{
    const struct sql_options options = {
        .name = path, .read_only = true, .application = application};
    struct sql *db = NULL;
    const enum sql_rc opened = sql_open(&db, &options);
    enum rc rc = RC_OK;

    *there = THERE_NOT;
    if (opened == SQL_OK) {
        const when_ms at = made_at(db);

        *there = migrate_version(db) == last_step(db) && when_day(at) == when_day(sql_now(db))
                     ? THERE_TODAY
                     : THERE_OLD;
        if (at == 0)
            rc = fault_set(
                why, RC_REFUSED,
                _("%s is in the place of the copy to train on, and is none: move it away"), path);
    } else if (opened != SQL_MISSING) {
        rc = verb_storage_fault(db, opened, why);
    }
    sql_close(&db);
    return rc;
}

enum rc training_today(const char *path, int32_t application, bool *today, struct fault *why)
{
    enum there there;
    const enum rc rc = look(path, application, &there, why);

    *today = there == THERE_TODAY;
    return rc;
}

/* --- making one ------------------------------------------------------------------------------- */

/* Whose terminals these are nobody here may know, or the copy would tell them what it does; and the
 * paper that they owe comes from them, not from here. */
static enum rc write_mark(struct sql *db, void *context, struct fault *why)
{
    const struct ask *ask = context;

    if (sql_run(db, "UPDATE venue SET training_at = $1", SQL_VALUES(sql_n(ask->now))) != 1 &&
        sql_failed(db) == SQL_OK)
        return fault_set(why, RC_ENVIRONMENT,
                         _("there is no box office in it yet: boxoffice init"));
    sql_run0(db, "DELETE FROM terminals");
    sql_run0(db, "UPDATE reservations SET paper = '' WHERE paper <> ''");
    journal_add(db, JOURNAL_HOUSE, ask, "training", NULL, NULL);
    return RC_OK;
}

static void drop_beside(const char *made, const char *part)
{
    char name[PATH_MAX];

    if (snprintf(name, sizeof name, "%s%s", made, part) < (int)sizeof name)
        (void)unlink(name);
}

/* Marks a copy that has no name yet. With a journal that is emptied at each commit it is one file
 * afterwards; what its connection had beside it goes. */
static enum rc mark(const struct training_wish *wish, const char *made, struct fault *why)
{
    const struct sql_options options = {
        .name = made, .journal = "truncate", .application = wish->from->application};
    struct told told = {0};
    struct sql *db = NULL;
    struct ask ask;
    enum sql_rc opened = sql_open(&db, &options);
    enum rc rc;

    if (opened == SQL_OK) {
        char digest[DIGEST_HEX];

        verb_ask(&ask, db, NULL, wish->terminal, wish->operator_number);
        digest_hex(NULL, 0, digest);
        rc = verb_do_bulk(db, &ask, "training", digest, write_mark, &ask, &told, why);
    } else {
        rc = verb_storage_fault(db, opened, why);
    }
    sql_close(&db);
    drop_beside(made, "-turn");
    if (rc == RC_OK)
        drop_beside(made, "-journal"); /* empty */
    return rc;
}

/* Puts it into its place; the one of before is thrown away. */
static enum rc put(struct sql *db, const struct training_wish *wish, const char *made,
                   struct fault *why)
{
    char aside[PATH_MAX];
    const enum sql_rc rc = copy_put(db, made, wish->path, aside);

    if (aside[0] != '\0')
        copy_drop(aside);
    if (rc == SQL_BUSY)
        return fault_set(why, RC_BUSY, _("somebody trains on %s: it can't be made anew"),
                         wish->path);
    return rc == SQL_OK ? RC_OK : verb_storage_fault(db, rc, why);
}

static enum rc make(struct sql *db, const struct training_wish *wish, struct fault *why)
{
    char made[PATH_MAX];
    enum rc rc = training_refuse(db, wish->from->name, why);
    enum sql_rc copied;

    if (rc != RC_OK)
        return rc;
    if (migrate_version(db) != last_step(db))
        return fault_set(
            why, RC_REFUSED,
            _("%s has another schema than this program: open it once without --training"),
            wish->from->name);
    copied = copy_make(db, wish->path, made, NULL, NULL);
    if (copied != SQL_OK)
        return verb_storage_fault(db, copied, why);
    rc = mark(wish, made, why);
    if (rc == RC_OK)
        rc = put(db, wish, made, why);
    if (rc != RC_OK)
        copy_drop(made);
    return rc;
}

enum rc training_copy(const struct training_wish *wish, bool *made, struct fault *why)
{
    struct sql *db = NULL;
    enum sql_rc opened;
    enum there there;
    enum rc rc = look(wish->path, wish->from->application, &there, why);

    if (made)
        *made = false;
    if (rc != RC_OK || (there == THERE_TODAY && !wish->anew))
        return rc;
    opened = sql_open(&db, wish->from);
    if (opened == SQL_MISSING)
        rc = fault_set(why, RC_ENVIRONMENT,
                       _("there is no box office at %s: make one with boxoffice init"),
                       wish->from->name);
    else
        rc = opened == SQL_OK ? make(db, wish, why) : verb_storage_fault(db, opened, why);
    sql_close(&db);
    if (rc == RC_BUSY && !wish->anew &&
        look(wish->path, wish->from->application, &there, NULL) == RC_OK && there != THERE_NOT)
        return RC_OK; /* somebody trains on it, perhaps into the new day */
    if (made)
        *made = rc == RC_OK;
    return rc;
}
