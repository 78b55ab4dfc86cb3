/*
 * The PostgreSQL engine's own: a connection and what its files share. postgres.c transacts,
 * postgres_link.c connects, postgres_hosts.c finds a
 * server to connect to, postgres_pipe.c sends and waits, postgres_row.c runs statements. No
 * other file includes this or libpq-fe.h.
 *
 * Everything goes through libpq's pipeline: what is sent is owed an answer, in order, and one wait
 * fetches all answers that are owed by then. A wait is a round trip, and every wait has an end.
 */
#ifndef BOXOFFICE_DB_POSTGRES_H
#define BOXOFFICE_DB_POSTGRES_H

#include <stdbool.h>
#include <stdint.h>

#include "db/engine.h"

struct pg_conn;
struct pg_result;
struct postgres_row;

enum {
    POSTGRES_READ_MS = 60000, /* the longest wait for a read's answer, unless told */
    POSTGRES_MORE_MS = 1000   /* how much longer than a lock a write's answer is waited for */
};

/* What an answer is owed to. */
enum postgres_kind {
    POSTGRES_WORD,    /* the engine's own statement */
    POSTGRES_PREPARE, /* a statement's text */
    POSTGRES_RUN,     /* a statement's run; without a statement nobody reads its rows */
    POSTGRES_TALLY,   /* one of many runs whose counts are added up */
    POSTGRES_SYNC,    /* the end of what one wait fetches */
};

struct postgres_due {
    enum postgres_kind kind;
    struct postgres_row *row; /* borrowed; NULL when nobody waits for it any more */
};

struct postgres_connection {
    struct pg_conn *link; /* NULL while there is none: made anew by the next transaction */
    char *conninfo;
    char *memory;     /* the directory where the highest timeline is kept, NULL: nowhere */
    int64_t timeline; /* the highest that this connection has seen */
    int wait_ms, read_ms;
    int32_t application;
    bool read_only;
    bool in_tx, writes; /* a transaction is open; a writing one */
    bool committing;    /* COMMIT is on its way: a warning means that its outcome is not known */
    bool warned;
    uint64_t generation; /* of the link; prepared statements die with theirs */
    unsigned serial;     /* names prepared statements */
    struct postgres_due *due;
    size_t first_due, n_due, room; /* due[first_due] to due[n_due - 1] are owed */
    bool unsynced, unwaited; /* sent and not yet closed by a sync; synced and not waited for */
    enum sql_rc failed;      /* of the open transaction, or of the wait */
    struct engine_error why;
    struct pg_result *answer; /* of the last word */
    int64_t round_trips;
    int64_t ahead_ms,
        measured_at; /* the server's clock against CLOCK_BOOTTIME, and when measured */
};

/* A statement. */
struct postgres_row {
    struct postgres_connection *connection;
    char *text;
    uint64_t generation; /* of the link that knows it; 0: none */
    unsigned serial;
    bool owed; /* its answer has not come */
    enum sql_rc failed;
    struct engine_error why;
    struct pg_result *result;
    int at; /* the present row; -1 before the first */
    int64_t tally;
    bool tally_ended; /* a run changed nothing: later ones do not count */
    void *bytes;      /* decoded columns of the present row, a list */
    size_t n;
    unsigned types[]; /* declared types; 0 until a value has shown it */
};

/* Milliseconds that never jump, suspended time included. */
int64_t postgres_pipe_clock(void);

/* What a SQLSTATE means to callers. */
enum sql_rc postgres_pipe_rc(const struct postgres_connection *c, const char *state);

/* Sends a statement of the engine's own with `n` values as text. SQL_AWAY when the link is lost. */
enum sql_rc postgres_pipe_word(struct postgres_connection *c, const char *text, int n,
                               const char *const *values, struct engine_error *why);

/* Notes that an answer is owed for what libpq was just given; false: no memory or, with `sent`
 * false, libpq did not take it. The link is dropped then. */
bool postgres_pipe_owe(struct postgres_connection *c, int sent, enum postgres_kind kind,
                       struct postgres_row *row);

/* Closes what was sent, so that it stands alone. */
void postgres_pipe_sync(struct postgres_connection *c);

/*
 * Sends what waits to be sent and takes answers, until that of `row` is there (NULL: all), at most
 * `limit_ms`. The failures of statements are theirs (row->failed) and, inside a transaction,
 * c->failed; returns c->failed of this wait.
 */
enum sql_rc postgres_pipe_wait(struct postgres_connection *c, const struct postgres_row *row,
                               int limit_ms);

/* Runs statements parted by semicolons, outside the pipeline; what fails is in c->failed. */
enum sql_rc postgres_pipe_script(struct postgres_connection *c, const char *text, int limit_ms);

/* How many rows a statement changed; rows that it gave are not changed. */
int64_t postgres_pipe_changed(const struct pg_result *result);

/* Nobody waits for this statement's runs any more; `gone`: nor for what prepares it. */
void postgres_pipe_orphan(struct postgres_connection *c, const struct postgres_row *row, bool gone);

/* Closes the socket without a word; whoever waits for an answer is told `text`. */
void postgres_pipe_drop(struct postgres_connection *c, const char *text);

/*
 * Tries the hosts of the connection's name, one a moment after another, until `take` says SQL_OK of
 * a link; what it is given is its own. At most the connection's patience; SQL_AWAY, with what is
 * wrong with each host.
 */
typedef enum sql_rc postgres_take(struct postgres_connection *c, struct pg_conn *link,
                                  struct engine_error *why);
enum sql_rc postgres_hosts_find(struct postgres_connection *c, postgres_take *take,
                                struct engine_error *why);

/* The engine's open and close (engine.h). */
enum sql_rc postgres_link_open(void **connection, const struct sql_options *options,
                               struct engine_error *why);
void postgres_link_close(void *connection);

/* Makes the link anew when it was lost. Not inside a transaction. */
enum sql_rc postgres_link_ready(struct postgres_connection *c, struct engine_error *why);

/* Measures the server's clock again when that is due and nothing is under way. */
void postgres_link_measure(struct postgres_connection *c);

/* The engine's statements (engine.h). */
enum sql_rc postgres_row_prepare(void *connection, const char *text, void **statement,
                                 size_t *parameters, struct engine_error *why);
void postgres_row_finish(void *statement);
enum sql_rc postgres_row_bind(void *statement, const struct sql_value *values, bool lent,
                              struct engine_error *why);
enum sql_rc postgres_row_step(void *statement, bool *row, int64_t *changed,
                              struct engine_error *why);
void postgres_row_post(void *statement);
enum sql_rc postgres_row_each(void *statement, const struct sql_value *values, size_t rows,
                              int64_t *changed, struct engine_error *why);
void postgres_row_reset(void *statement);
struct sql_value postgres_row_column(void *statement, int column, int kind);

#endif
