/*
 * A connection as sql.c and sql_tx.c share it. No other file includes this.
 */
#ifndef BOXOFFICE_DB_SQL_TX_H
#define BOXOFFICE_DB_SQL_TX_H

#include <sys/types.h>

#include "db/cache.h"
#include "db/engine.h"

struct sql_statement {
    char *text; /* a copy: proves that the caller's text is a literal */
    void *handle;
    size_t parameters;
    struct sql *db;
    bool open;
    bool ahead; /* its first row was read already (sql_ask_now) */
    bool ran;   /* to its end (sql_send) */
    int64_t changed;
};

struct sql {
    const struct engine *engine;
    void *connection; /* NULL when opening failed */
    pid_t owner;
    bool in_tx;
    bool rehearses;      /* the open transaction is a rehearsal */
    enum sql_rc spoiled; /* of the open transaction */
    enum sql_rc failed;
    struct engine_error why;
    int64_t known;      /* the last step of the schema that the program knows; 0: not told */
    int wait_ms;        /* no rerun begins later than this */
    struct cache cache; /* statements by the address of their text */
    size_t open_statements;
    struct cache rehearsed; /* by what is rehearsed */
    void *kept;             /* sql_keep */
    void (*release)(void *thing);
};

/* Ends the process when the connection has crossed a fork: it would share locks and file offsets
 * with its parent, which is damage. */
void sql_assert_owner(const struct sql *db);

/* Notes a failure, and returns it; the first one inside a transaction spoils it. */
enum sql_rc sql_note(struct sql *db, enum sql_rc rc);

/* Every call begins here: false when it must do nothing. */
bool sql_enter(struct sql *db);

/* Finishes all statements of the connection. */
void sql_forget_all(struct sql *db);

#endif
