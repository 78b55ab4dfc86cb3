#include "core/desk/backup.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/words.h"
#include "core/desk/check_books.h"
#include "core/desk/heads.h"
#include "core/desk/training.h"
#include "core/desk/verb.h"
#include "db/copy.h"
#include "db/migrate.h"

static const char server_backup[] =
    N_("a box office on a server is copied by the server's own tools, which see all of it at one "
       "moment: pg_dump, or pg_basebackup with its log");
static const char server_restore[] = N_(
    "a box office on a server is put back by the server's own tools: pg_restore, or the server's "
    "recovery from pg_basebackup");

/* What is told of a database afterwards. */
static void describe(struct sql *db, struct backup *backup)
{
    heads_house(db, backup->head, sizeof backup->head);
    backup->books = sql_one_number(db, 0, "SELECT count(*) FROM books", NULL, 0);
    backup->rows = sql_one_number(db, 0, "SELECT count(*) FROM journal", NULL, 0);
}

/* Opens a copy to read it. A failure says which file. */
static enum rc open_copy(struct sql **db, const struct sql_options *like, const char *path,
                         struct fault *why)
{
    struct sql_options options = {
        .name = path, .read_only = true, .application = like->application};
    enum sql_rc rc;

    *db = NULL;
    if (sql_is_server(path))
        return fault_set(why, RC_BAD_INPUT, _("a backup is a file"));
    rc = sql_open(db, &options);
    if (rc == SQL_OK)
        return RC_OK;
    if (rc == SQL_MISSING)
        fault_set(why, RC_NOT_FOUND, _("there is no file %s"), path);
    else
        fault_set(why, RC_REFUSED, _("%s is no backup that can be read: %s"), path, sql_error(*db));
    sql_close(db);
    return why->rc;
}

/* A file that is there may go only when it is an older state of this box office, and no one's. */
static enum rc check_older(struct sql *db, const struct sql_options *options, const char *path,
                           struct fault *why)
{
    struct sql *old = NULL;
    char what[160];
    bool older;

    if (copy_is_live(path))
        return fault_set(why, RC_EXISTS, _("%s is a box office that terminals open, not a backup"),
                         path);
    if (open_copy(&old, options, path, why) != RC_OK)
        return fault_set(why, RC_EXISTS, _("%s is there and is no backup of this box office"),
                         path);
    older = heads_go_on(old, db, what, sizeof what);
    sql_close(&old);
    return older ? RC_OK
                 : fault_set(why, RC_EXISTS, _("%s is a backup of another box office, or newer"),
                             path);
}

/* The copy is a later state of nothing but this box office, and its books end in their heads. */
static enum rc verify(struct sql *db, const struct sql_options *options, const char *made,
                      struct backup *backup, struct fault *why)
{
    struct sql *copy = NULL;
    char what[160];
    enum rc rc = open_copy(&copy, options, made, why);

    if (rc == RC_OK &&
        (!heads_go_on(copy, db, what, sizeof what) || !heads_same(copy, copy, what, sizeof what)))
        rc = fault_set(why, RC_STORAGE, _("the backup does not agree with the journal: %s"), what);
    if (rc == RC_OK)
        describe(copy, backup);
    sql_close(&copy);
    return rc;
}

static enum rc failed(struct sql *db, enum sql_rc rc, struct fault *why)
{
    if (rc == SQL_ROLLED_BACK)
        return fault_set(why, RC_INTERRUPTED, _("interrupted: nothing was changed"));
    return verb_storage_fault(db, rc, why);
}

enum rc backup_write(struct sql *db, const struct sql_options *options, const char *path,
                     bool (*go_on)(void *context), void *context, struct backup *backup,
                     struct fault *why)
{
    char made[PATH_MAX];
    const bool over = access(path, F_OK) == 0;
    enum sql_rc copied;
    enum rc rc = RC_OK;

    memset(backup, 0, sizeof *backup);
    if (sql_is_server(options->name))
        return fault_set(why, RC_REFUSED, "%s", _(server_backup));
    if (copy_is_own(options, path))
        return fault_set(why, RC_EXISTS, _("%s is the box office itself"), path);
    rc = training_refuse(db, options->name, why);
    if (rc == RC_OK && over)
        rc = check_older(db, options, path, why);
    if (rc != RC_OK)
        return rc;
    copied = copy_make(db, path, made, go_on, context);
    if (copied != SQL_OK)
        return failed(db, copied, why);
    rc = verify(db, options, made, backup, why);
    if (rc != RC_OK) {
        copy_drop(made);
        return rc;
    }
    copied = copy_publish(db, made, path, over);
    return copied == SQL_OK ? RC_OK : failed(db, copied, why);
}

/* What the file may be that a backup replaces: nothing, this program's, or damaged. */
static enum rc check_place(const struct sql_options *options, struct fault *why)
{
    struct sql_options look = *options;
    struct sql *db = NULL;
    enum sql_rc rc;

    look.read_only = true;
    rc = sql_open(&db, &look);
    if (rc == SQL_FOREIGN || rc == SQL_NETWORK_FILE || rc == SQL_ENVIRONMENT)
        fault_set(why, RC_REFUSED, "%s", sql_error(db));
    else
        rc =
            rc == SQL_OK && training_refuse(db, options->name, why) != RC_OK ? SQL_FOREIGN : SQL_OK;
    sql_close(&db);
    return rc == SQL_OK ? RC_OK : why->rc;
}

/* Keeps the engine's first complaint. */
static void hear_complaint(void *context, const char *line)
{
    char *first = context;

    if (first[0] == '\0')
        (void)snprintf(first, FAULT_TEXT / 2, "%s", line);
}

/* Is all of it sound, and may this program open it? */
static enum rc check_source(struct sql *source, const char *path, struct fault *why)
{
    char what[FAULT_TEXT / 2] = "";
    size_t n = 0;

    (void)migrations_builtin(sql_engine(source), &n);
    if (sql_integrity(source, hear_complaint, what) != SQL_OK)
        return fault_set(why, RC_REFUSED, _("%s can't be read: %s"), path, sql_error(source));
    if (what[0] != '\0')
        return fault_set(why, RC_REFUSED, _("%s is damaged: %s"), path, what);
    if (migrate_version(source) > (int)n)
        return fault_set(why, RC_REFUSED, _("%s was made by a newer program"), path);
    if (training_refuse(source, path, why) != RC_OK)
        return why->rc;
    if (!heads_same(source, source, what, sizeof what) ||
        !check_books_chains(source, what, sizeof what))
        return fault_set(why, RC_REFUSED, _("the journal of %s does not verify: %s"), path, what);
    return RC_OK;
}

/* Puts it there. What can go wrong leaves the place as it was, or says where things are. */
static enum rc put(struct sql *source, const struct sql_options *options,
                   bool (*go_on)(void *context), void *context, struct backup *backup,
                   struct fault *why)
{
    char made[PATH_MAX];
    enum sql_rc rc = copy_make(source, options->name, made, go_on, context);

    if (rc == SQL_OK)
        rc = copy_put(source, made, options->name, backup->aside);
    if (rc == SQL_OK)
        return RC_OK;
    if (backup->aside[0] != '\0')
        return fault_set(why, RC_STORAGE, _("%s; what was there is %s: restore again"),
                         sql_error(source), backup->aside);
    if (rc == SQL_BUSY)
        return fault_set(
            why, RC_REFUSED,
            _("the box office is open at another terminal or command: end them first"));
    return failed(source, rc, why);
}

enum rc backup_restore(const struct sql_options *options, const char *path,
                       bool (*go_on)(void *context), void *context, struct backup *backup,
                       struct fault *why)
{
    struct sql *source = NULL;
    enum rc rc;

    memset(backup, 0, sizeof *backup);
    if (sql_is_server(options->name))
        return fault_set(why, RC_REFUSED, "%s", _(server_restore));
    if (copy_is_own(options, path))
        return fault_set(why, RC_BAD_INPUT, _("%s is the box office itself"), path);
    rc = open_copy(&source, options, path, why);
    if (rc == RC_OK)
        rc = check_place(options, why);
    if (rc == RC_OK)
        rc = check_source(source, path, why);
    if (rc == RC_OK) {
        describe(source, backup);
        rc = put(source, options, go_on, context, backup, why);
    }
    sql_close(&source);
    return rc;
}
