#include "core/desk/move.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"
#include "core/desk/check_books.h"
#include "core/desk/heads.h"
#include "core/desk/training.h"
#include "core/desk/verb.h"
#include "db/migrate.h"
#include "db/transfer.h"

/* One move, from its beginning to its proof. */
struct move {
    struct sql *from, *to;
    struct catalogue *catalogue; /* the target's, which knows its counters */
    struct transfer *transfer;
    struct tally *tallies; /* of the source, a table */
    bool (*go_on)(void *context);
    void *context;
    struct moved *moved;
    struct fault *why;
    enum rc rc; /* of the last run of the transaction */
};

static enum rc storage(struct sql *db, struct fault *why)
{
    return verb_storage_fault(db, sql_failed(db), why);
}

/* Opens the target, new or left unfinished, and brings its schema up to the program's. */
static enum rc open_target(struct move *move, const struct sql_options *options)
{
    struct sql_options make = *options;
    size_t n = 0;
    const struct migration *steps;
    enum sql_rc rc;

    make.create = true;
    rc = sql_open(&move->to, &make);
    if (rc == SQL_EXISTS) {
        sql_close(&move->to);
        make.create = false;
        rc = sql_open(&move->to, &make);
    }
    if (rc == SQL_FOREIGN)
        return fault_set(move->why, RC_REFUSED, _("the target must be empty: %s"),
                         sql_error(move->to));
    if (rc != SQL_OK)
        return verb_storage_fault(move->to, rc, move->why);
    steps = migrations_builtin(sql_engine(move->to), &n);
    rc = migrate_up(move->to, steps, n, NULL);
    return rc == SQL_OK ? RC_OK : verb_storage_fault(move->to, rc, move->why);
}

/* What both are made of is the same; else a step of one engine differs from the other's. */
static enum rc compare_schemas(struct move *move)
{
    struct catalogue *here = NULL;
    char what[160];
    enum rc rc = RC_OK;

    if (migrate_version(move->from) != migrate_version(move->to))
        rc = fault_set(move->why, RC_STORAGE, _("the schemas are not of the same step"));
    if (rc == RC_OK && catalogue_read(move->from, &here) != SQL_OK)
        rc = storage(move->from, move->why);
    if (rc == RC_OK && catalogue_read(move->to, &move->catalogue) != SQL_OK)
        rc = storage(move->to, move->why);
    if (rc == RC_OK && !catalogue_same(here, move->catalogue, what, sizeof what))
        rc = fault_set(move->why, RC_STORAGE, _("the schemas differ: %s"), what);
    free(here);
    return rc;
}

/* Adds the source up beforehand: the server ends a transaction that keeps it waiting. */
static enum rc add_up(struct move *move)
{
    move->tallies = calloc(move->catalogue->n + 1, sizeof *move->tallies);
    if (!move->tallies || !transfer_new(&move->transfer, move->catalogue))
        return fault_set(move->why, RC_NO_MEMORY, _("out of memory"));
    for (size_t i = 0; i < move->catalogue->n; i++) {
        if (transfer_tally(move->transfer, i, move->from, &move->tallies[i]) != SQL_OK)
            return storage(move->from, move->why);
        if (move->go_on && !move->go_on(move->context))
            return fault_set(move->why, RC_INTERRUPTED, _("interrupted"));
    }
    return RC_OK;
}

/* Copies all tables; RC_OK also when the target failed, which its transaction tells. */
static enum rc copy_tables(struct move *move)
{
    transfer_clear(move->transfer, move->to); /* what the schema's steps put there by themselves */
    move->moved->rows = 0;
    for (size_t i = 0; i < move->catalogue->n; i++) {
        const int64_t rows =
            transfer_table(move->transfer, i, move->from, move->to, move->go_on, move->context);

        if (rows < 0 && sql_failed(move->to) != SQL_OK)
            return RC_OK;
        if (rows < 0 && sql_failed(move->from) != SQL_OK)
            return storage(move->from, move->why);
        if (rows < 0 && move->go_on && !move->go_on(move->context))
            return fault_set(move->why, RC_INTERRUPTED, _("interrupted"));
        if (rows < 0)
            return fault_set(move->why, RC_STORAGE, _("table %s could not be copied"),
                             move->catalogue->tables[i].name);
        move->moved->rows += rows;
    }
    return RC_OK;
}

/* Counts, sums and lengths of all tables, the heads of all books, and every chain. */
static enum rc prove(struct move *move)
{
    struct tally tally;
    char what[256];

    for (size_t i = 0; i < move->catalogue->n; i++) {
        if (transfer_tally(move->transfer, i, move->to, &tally) != SQL_OK)
            return RC_OK; /* its transaction tells */
        if (!transfer_same(move->transfer, i, &move->tallies[i], &tally, what, sizeof what))
            return fault_set(move->why, RC_STORAGE, _("the copy differs in %s"), what);
    }
    if (!heads_same(move->from, move->to, what, sizeof what) && sql_failed(move->to) == SQL_OK)
        return fault_set(move->why, RC_STORAGE, _("the copy's journal differs: %s"), what);
    if (!check_books_chains(move->to, what, sizeof what) && sql_failed(move->to) == SQL_OK)
        return fault_set(move->why, RC_STORAGE, _("the copy's journal does not verify: %s"), what);
    return RC_OK;
}

static bool work(struct sql *to, void *context)
{
    struct move *move = context;

    if (sql_one_number(to, 0, "SELECT count(*) FROM venue", NULL, 0) != 0) {
        move->rc =
            fault_set(move->why, RC_EXISTS, _("there is a box office in the target already"));
        return false;
    }
    move->rc = copy_tables(move);
    if (move->rc == RC_OK)
        move->rc = prove(move);
    return move->rc == RC_OK;
}

/* The one transaction. */
static enum rc carry_over(struct move *move)
{
    enum sql_rc rc = sql_tx(move->to, work, move);

    if (rc == SQL_OK)
        return RC_OK;
    if (rc == SQL_ROLLED_BACK)
        return move->rc;
    return verb_storage_fault(move->to, rc, move->why);
}

static void describe(struct move *move)
{
    move->moved->tables = (int64_t)move->catalogue->n;
    move->moved->books = sql_one_number(move->from, 0, "SELECT count(*) FROM books", NULL, 0);
    heads_house(move->from, move->moved->head, sizeof move->moved->head);
}

/* Opens the source and shuts everybody else out of it. */
static enum rc open_source(struct move *move, const struct sql_options *options)
{
    enum sql_rc rc = sql_open(&move->from, options);

    if (rc == SQL_OK)
        rc = sql_alone(move->from, true);
    else if (rc != SQL_BUSY)
        return verb_storage_fault(move->from, rc, move->why);
    if (rc == SQL_OK && training_is(move->from))
        return training_refuse(move->from, options->name, move->why);
    if (rc == SQL_BUSY)
        return fault_set(
            move->why, RC_REFUSED,
            _("the box office is open at another terminal or command: end them first"));
    return rc == SQL_OK ? RC_OK : verb_storage_fault(move->from, rc, move->why);
}

enum rc move_up(const struct sql_options *from, const struct sql_options *to,
                bool (*go_on)(void *context), void *context, struct moved *moved, struct fault *why)
{
    struct move move = {.go_on = go_on, .context = context, .moved = moved, .why = why};
    enum rc rc;

    memset(moved, 0, sizeof *moved);
    rc = open_source(&move, from);
    if (rc == RC_OK)
        rc = open_target(&move, to);
    if (rc == RC_OK)
        rc = compare_schemas(&move);
    if (rc == RC_OK)
        rc = add_up(&move);
    if (rc == RC_OK)
        rc = carry_over(&move);
    if (rc == RC_OK)
        describe(&move);
    sql_close(&move.to); /* before the statements that both have run */
    sql_close(&move.from);
    transfer_free(&move.transfer);
    free(move.tallies);
    free(move.catalogue);
    return rc;
}
