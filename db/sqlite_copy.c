/* Copying a whole database into one file (engine.h). */
#include "core/base/words.h"
#include "db/sqlite.h"

#include <sqlite3.h>
#include <sys/stat.h>

enum { COPY_PAGES = 512 }; /* between two questions whether to go on */

/* Copies page by page. */
static int copy_pages(struct sqlite_connection *c, sqlite3 *to, bool (*go_on)(void *context),
                      void *context)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", c->db, "main");
    int code = SQLITE_OK;

    if (!backup)
        return sqlite3_errcode(to);
    while (code == SQLITE_OK)
        code =
            go_on && !go_on(context) ? SQLITE_INTERRUPT : sqlite3_backup_step(backup, COPY_PAGES);
    if (code == SQLITE_DONE)
        return sqlite3_backup_finish(backup);
    sqlite3_backup_finish(backup);
    return code;
}

/* Keeps the first finding. */
static void copy_hear(void *context, const char *line)
{
    struct engine_error *first = context;

    if (first->text[0] == '\0')
        engine_fail(first, SQL_CORRUPT, "%s", line);
}

/* Makes the copy one file that stands alone and is durable, and reads it all. */
static enum sql_rc copy_settle(sqlite3 *to, struct engine_error *why)
{
    struct engine_error first = {""};
    int code = sqlite3_exec(to, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);

    if (code == SQLITE_OK)
        code = sqlite_findings(to, copy_hear, &first);
    if (code != SQLITE_OK)
        return sqlite_fail(to, code, why);
    if (first.text[0] != '\0')
        return engine_fail(why, SQL_CORRUPT, _("the copy is damaged: %s"), first.text);
    return SQL_OK;
}

/* Nobody may read the copy who can't read the database. */
static bool copy_mode(const struct sqlite_connection *c, const char *to)
{
    struct stat st;

    return stat(c->path, &st) == 0 && chmod(to, st.st_mode & 0777) == 0;
}

enum sql_rc sqlite_copy(void *connection, const char *to, bool (*go_on)(void *context),
                        void *context, struct engine_error *why)
{
    struct sqlite_connection *c = connection;
    enum sql_rc rc = sqlite_in_place(c, why);
    sqlite3 *db = NULL;
    int code;

    if (rc != SQL_OK)
        return rc;
    if (!copy_mode(c, to))
        return engine_fail(why, SQL_ENVIRONMENT, _("%s: its permissions can't be set"), to);
    code = sqlite3_open_v2(to, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_exec(db, "PRAGMA synchronous = FULL", NULL, NULL, NULL);
    /* One read transaction, so that all slices are of one moment and a writer starts none anew. */
    if (code == SQLITE_OK)
        code = sqlite_own(c, "BEGIN; SELECT count(*) FROM sqlite_schema");
    if (code == SQLITE_OK)
        code = copy_pages(c, db, go_on, context);
    if (code == SQLITE_INTERRUPT)
        rc = engine_fail(why, SQL_ROLLED_BACK, _("interrupted"));
    else if (code != SQLITE_OK)
        rc = engine_fail(why, sqlite_rc(code), _("the copy could not be made: %s"),
                         sqlite3_errstr(code));
    if (!sqlite3_get_autocommit(c->db))
        sqlite_own(c, "ROLLBACK");
    if (rc == SQL_OK)
        rc = copy_settle(db, why);
    sqlite3_close(db);
    return rc;
}
