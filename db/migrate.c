#include "db/migrate.h"

#include <sodium.h>
#include <string.h>

#include "core/base/words.h"
#include "db/engine.h"

enum { MIGRATE_CHECKSUM = crypto_hash_sha256_BYTES * 2 + 1 };

static const char migrate_highest[] = "SELECT COALESCE(max(number), 0) FROM schema_migrations";

static void migrate_checksum(const char *text, char checksum[MIGRATE_CHECKSUM])
{
    unsigned char hash[crypto_hash_sha256_BYTES];

    crypto_hash_sha256(hash, (const unsigned char *)text, strlen(text));
    sodium_bin2hex(checksum, MIGRATE_CHECKSUM, hash, sizeof hash);
}

/* The table is the one thing that no step can make. */
static const char *migrate_table(const struct sql *db)
{
    if (strcmp(sql_engine(db), "sqlite") == 0)
        return "CREATE TABLE IF NOT EXISTS schema_migrations ("
               "number INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, "
               "applied_at INTEGER NOT NULL) STRICT";
    /* Two makers of one table do not wait for each other there, so they wait for a lock. */
    return "SELECT pg_advisory_xact_lock(hashtext('schema_migrations'));"
           "CREATE TABLE IF NOT EXISTS schema_migrations ("
           "number BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, "
           "applied_at BIGINT NOT NULL)";
}

int migrate_version(struct sql *db)
{
    return (int)sql_one_number(db, 0, migrate_highest, NULL, 0);
}

/* Compares the steps that were applied with ours; `*version` is the last of them. */
static enum sql_rc migrate_compare(struct sql *db, const struct migration *steps, size_t n,
                                   size_t *version)
{
    struct sql_statement *s;
    const struct migration *step = NULL;
    char checksum[MIGRATE_CHECKSUM];
    enum sql_rc rc = SQL_OK;

    *version = (size_t)migrate_version(db);
    if (sql_failed(db) == SQL_MISUSE) /* no such table: nothing was applied yet */
        return SQL_OK;
    if (sql_failed(db) != SQL_OK)
        return sql_failed(db);
    s = sql_ask(db, "SELECT number, checksum FROM schema_migrations ORDER BY number", NULL, 0);
    while (rc == SQL_OK && sql_row(s)) {
        const int64_t number = sql_number(s, 0);

        if (number < 1 || (size_t)number > n) {
            sql_done(s);
            return sql_refuse(db, SQL_NEWER,
                              _("the database has step %lld, this program ends at %zu"),
                              (long long)number, n);
        }
        step = &steps[number - 1];
        migrate_checksum(step->text, checksum);
        if (strcmp(checksum, sql_text(s, 1)) != 0)
            rc = SQL_MISUSE;
    }
    sql_done(s);
    if (rc != SQL_OK)
        return sql_refuse(db, rc, _("step %d (%s) was applied with another text"), step->number,
                          step->name);
    return sql_failed(db);
}

/* Applies one step, unless another process did so since we looked. */
static bool migrate_apply(struct sql *db, void *context)
{
    const struct migration *step = context;
    char checksum[MIGRATE_CHECKSUM];

    sql_script(db, migrate_table(db));
    if (sql_one_number(db, 0, migrate_highest, NULL, 0) != step->number - 1)
        return false;
    migrate_checksum(step->text, checksum);
    sql_script(db, step->text);
    return sql_run(db,
                   "INSERT INTO schema_migrations (number, name, checksum, applied_at) "
                   "VALUES ($1, $2, $3, $4)",
                   SQL_VALUES(sql_n(step->number), sql_t(step->name), sql_t(checksum),
                              sql_n(sql_now(db)))) == 1;
}

void migrate_know(struct sql *db)
{
    size_t n = 0;

    (void)migrations_builtin(sql_engine(db), &n);
    sql_know(db, (int64_t)n);
}

enum sql_rc migrate_up(struct sql *db, const struct migration *steps, size_t n, int *applied)
{
    enum sql_rc rc = SQL_OK;
    size_t version = 0;
    int done = 0;

    for (size_t i = 0; i < n; i++)
        if (steps[i].number != (int)i + 1)
            return sql_refuse(db, SQL_MISUSE, "step %d stands in place %zu", steps[i].number,
                              i + 1);
    sql_know(db, 0);
    rc = migrate_compare(db, steps, n, &version);
    while (rc == SQL_OK && version < n) {
        struct migration step = steps[version];

        rc = sql_tx(db, migrate_apply, &step);
        if (rc == SQL_OK)
            done++;
        if (rc == SQL_OK || rc == SQL_ROLLED_BACK)
            rc = migrate_compare(db, steps, n, &version);
    }
    if (rc == SQL_OK)
        sql_know(db, (int64_t)n);
    if (applied)
        *applied = done;
    return rc;
}
