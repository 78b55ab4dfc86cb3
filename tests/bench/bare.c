#include "tests/bench/bare.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "tests/bench/figure.h"

/* About the bytes of each row that a sale inserts: requests, reservations, claims, payments,
 * journal, takings; and of those that it updates. */
static const int bytes_of[BARE_TABLES] = {140, 65, 25, 20, 215, 25, 80};
enum { UPDATED = 6 };

/* Indexes that a sale's row goes into besides its table: reservations by code and by show, claims
 * by reservation, payments by time, takings by time and by show. */
static const int indexes_of[BARE_TABLES] = {0, 2, 1, 1, 0, 2, 0};

static void run(struct bare *bare, const char *text)
{
    if (sqlite3_exec(bare->db, text, NULL, NULL, NULL) != SQLITE_OK)
        figure_need(0, sqlite3_errmsg(bare->db));
}

static sqlite3_stmt *prepare(struct bare *bare, const char *text)
{
    sqlite3_stmt *stmt = NULL;

    if (sqlite3_prepare_v2(bare->db, text, -1, &stmt, NULL) != SQLITE_OK)
        figure_need(0, sqlite3_errmsg(bare->db));
    return stmt;
}

/* A table's number is no value: it can't be bound. */
static void make_table(struct bare *bare, int table, bool indexed)
{
    char text[128];

    (void)snprintf(
        text, sizeof text,
        "CREATE TABLE t%d (id INTEGER PRIMARY KEY, a INTEGER, b INTEGER, bytes TEXT) STRICT",
        table);
    run(bare, text);
    for (int i = 0; indexed && i < indexes_of[table]; i++) {
        (void)snprintf(text, sizeof text, "CREATE INDEX t%d_%d ON t%d (a, b)", table, i, table);
        run(bare, text);
    }
    (void)snprintf(text, sizeof text, "INSERT INTO t%d VALUES (?1, ?2, ?3, ?4)", table);
    bare->insert[table] = prepare(bare, text);
    (void)snprintf(text, sizeof text, "UPDATE t%d SET bytes = 'changed' WHERE id = ?1", table);
    bare->update[table] = prepare(bare, text);
}

void bare_init(struct bare *bare, const char *path, bool indexed)
{
    memset(bare, 0, sizeof *bare);
    figure_need(sqlite3_open(path, &bare->db) == SQLITE_OK, "the bare file does not open");
    run(bare, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
              "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;"
              "PRAGMA cache_size = -8000; PRAGMA trusted_schema = OFF;");
    for (int i = 0; i < BARE_TABLES; i++)
        make_table(bare, i, indexed);
    bare->begin = prepare(bare, "BEGIN IMMEDIATE");
    bare->commit = prepare(bare, "COMMIT");
    bare_commit(bare); /* the row that updates go to */
    bare->last = 1;
}

void bare_fini(struct bare *bare)
{
    for (int i = 0; i < BARE_TABLES; i++) {
        sqlite3_finalize(bare->insert[i]);
        sqlite3_finalize(bare->update[i]);
    }
    sqlite3_finalize(bare->begin);
    sqlite3_finalize(bare->commit);
    sqlite3_close(bare->db);
}

static void step(struct bare *bare, sqlite3_stmt *stmt)
{
    if (sqlite3_step(stmt) != SQLITE_DONE)
        figure_need(0, sqlite3_errmsg(bare->db));
    sqlite3_reset(stmt);
}

static void insert(struct bare *bare, int table)
{
    static const char bytes[1024]; /* zeros would do as well as any text */
    sqlite3_stmt *stmt = bare->insert[table];

    sqlite3_bind_int64(stmt, 1, ++bare->last);
    sqlite3_bind_int64(stmt, 2, 1795438800000);
    sqlite3_bind_int64(stmt, 3, bare->last);
    sqlite3_bind_text(stmt, 4, bytes, bytes_of[table], SQLITE_STATIC);
    step(bare, stmt);
}

static void update(struct bare *bare, int table, int64_t id)
{
    sqlite3_bind_int64(bare->update[table], 1, id);
    step(bare, bare->update[table]);
}

void bare_commit(struct bare *bare)
{
    step(bare, bare->begin);
    insert(bare, UPDATED);
    step(bare, bare->commit);
}

void bare_sale(struct bare *bare)
{
    step(bare, bare->begin);
    update(bare, UPDATED, 1);
    insert(bare, 1);
    insert(bare, 2);
    insert(bare, 2);
    insert(bare, 3);
    insert(bare, 5);
    insert(bare, 4);
    update(bare, UPDATED, 1);
    insert(bare, 0);
    step(bare, bare->commit);
}
