/*
 * Rows of every table from one database into another, of whatever engines, and tallies by which
 * both can be told to hold the same.
 */
#ifndef BOXOFFICE_DB_TRANSFER_H
#define BOXOFFICE_DB_TRANSFER_H

#include "db/catalogue.h"

/* The statements of one table. They are made for it and kept by the connections that ran them, so a
 * transfer must outlive those. */
struct transfer;

/* Makes the statements for the tables of a catalogue, which is borrowed for as long. On success
 * `*transfer` is the caller's; false without memory. */
bool transfer_new(struct transfer **transfer, const struct catalogue *catalogue);

/* Ends it and clears `*transfer`, behind the connections; NULL inside is allowed. */
void transfer_free(struct transfer **transfer);

/* Inside sql_tx: deletes all rows of all tables, those that refer to others first. */
void transfer_clear(struct transfer *transfer, struct sql *db);

/*
 * Inside sql_tx of `to`: copies all rows of the catalogue's nth table and sets the counters behind
 * its last numbers. Asks `go_on` (NULL: always) now and then. Returns the number of rows, -1 when
 * one of the connections failed or go_on said no.
 */
int64_t transfer_table(struct transfer *transfer, size_t n, struct sql *from, struct sql *to,
                       bool (*go_on)(void *context), void *context);

enum { TRANSFER_FIGURES = 1 + 3 * CATALOGUE_COLUMNS };

/* What the rows of a table add up to: how many there are; of each column how many are not NULL,
 * and the sum of its numbers or of its texts' lengths. */
struct tally {
    size_t n;
    int64_t figures[TRANSFER_FIGURES];
};

/* Adds up the nth table. SQL_OK or what failed. */
enum sql_rc transfer_tally(struct transfer *transfer, size_t n, struct sql *db,
                           struct tally *tally);

/* Are two tallies of the nth table the same? The first column that differs is written into `what`.
 */
bool transfer_same(const struct transfer *transfer, size_t n, const struct tally *a,
                   const struct tally *b, char *what, size_t size);

#endif
