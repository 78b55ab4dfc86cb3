#include "db/transfer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"

enum {
    TRANSFER_BATCH = 256,    /* rows that travel together */
    TRANSFER_BYTES = 1 << 20 /* or less, when their texts are so long */
};

/* Numbers are added up in two parts, since the sum of many times is more than a number holds. */
#define TRANSFER_PART "1000000000"

struct transfer_texts {
    char *read, *insert, *clear, *tally;
    char *counter; /* NULL: no column has one */
};

struct transfer {
    const struct catalogue *catalogue;
    struct transfer_texts texts[CATALOGUE_TABLES];
};

/* Rows on their way. Texts lie in one piece of memory, which moves as it grows: until the rows are
 * sent, a value's `size` tells how long and its `number` where. */
struct transfer_batch {
    struct sql_value *values;
    char *bytes;
    size_t rows, used, room;
};

/* Text that is written piece by piece. */
struct transfer_line {
    char *text;
    size_t used, room;
    bool cut;
};

/* Puts pieces behind one another, to the NULL that ends them. The names among them are those of the
 * engine's own catalogue: nothing that a person typed comes here. */
static void transfer_pieces(struct transfer_line *line, const char *const *pieces)
{
    for (; *pieces && !line->cut; pieces++) {
        const size_t size = strlen(*pieces);

        line->cut = size >= line->room - line->used;
        if (line->cut)
            break;
        memcpy(line->text + line->used, *pieces, size + 1);
        line->used += size;
    }
}

#define transfer_put(line, ...) transfer_pieces(line, (const char *const[]){__VA_ARGS__, NULL})

/* Writes a statement into memory of its own; NULL when it could not be. */
static char *transfer_text(void (*write)(struct transfer_line *line,
                                         const struct catalogue_table *table),
                           const struct catalogue_table *table)
{
    enum { ROOM = 256 + CATALOGUE_COLUMNS * (4 * CATALOGUE_NAME + 160) };
    struct transfer_line line = {.text = malloc(ROOM), .room = ROOM};

    if (!line.text)
        return NULL;
    write(&line, table);
    if (!line.cut)
        return line.text;
    free(line.text);
    return NULL;
}

static void transfer_columns(struct transfer_line *line, const struct catalogue_table *table)
{
    for (size_t i = 0; i < table->n; i++)
        transfer_put(line, i == 0 ? "" : ", ", table->columns[i].name);
}

static void transfer_write_read(struct transfer_line *line, const struct catalogue_table *table)
{
    transfer_put(line, "SELECT ");
    transfer_columns(line, table);
    transfer_put(line, " FROM ", table->name);
}

static void transfer_write_insert(struct transfer_line *line, const struct catalogue_table *table)
{
    char parameter[24];

    transfer_put(line, "INSERT INTO ", table->name, " (");
    transfer_columns(line, table);
    transfer_put(line, ") VALUES (");
    for (size_t i = 0; i < table->n; i++) {
        (void)snprintf(parameter, sizeof parameter, "$%zu", i + 1);
        transfer_put(line, i == 0 ? "" : ", ", parameter);
    }
    transfer_put(line, ")");
}

static void transfer_write_clear(struct transfer_line *line, const struct catalogue_table *table)
{
    transfer_put(line, "DELETE FROM ", table->name);
}

static void transfer_write_tally(struct transfer_line *line, const struct catalogue_table *table)
{
    transfer_put(line, "SELECT count(*)");
    for (size_t i = 0; i < table->n; i++) {
        const char *name = table->columns[i].name;

        transfer_put(line, ", count(", name, ")");
        if (table->columns[i].kind == SQL_NUMBER)
            transfer_put(line, ", CAST(COALESCE(sum(", name, " / ", TRANSFER_PART,
                         "), 0) AS BIGINT), CAST(COALESCE(sum(", name, " % ", TRANSFER_PART,
                         "), 0) AS BIGINT)");
        else
            transfer_put(line, ", CAST(COALESCE(sum(length(", name, ")), 0) AS BIGINT), 0");
    }
    transfer_put(line, " FROM ", table->name);
}

static void transfer_write_counter(struct transfer_line *line, const struct catalogue_table *table)
{
    size_t i = 0;

    while (i < table->n && !table->columns[i].counts)
        i++;
    if (i < table->n)
        transfer_put(line, "SELECT setval(pg_get_serial_sequence('", table->name, "', '",
                     table->columns[i].name, "'), COALESCE(max(", table->columns[i].name,
                     "), 1), max(", table->columns[i].name, ") IS NOT NULL) FROM ", table->name);
}

/* One counter a table is what a server gives: of its id. */
static bool transfer_counts(const struct catalogue_table *table)
{
    for (size_t i = 0; i < table->n; i++)
        if (table->columns[i].counts)
            return true;
    return false;
}

static bool transfer_prepare(struct transfer_texts *texts, const struct catalogue_table *table)
{
    texts->read = transfer_text(transfer_write_read, table);
    texts->insert = transfer_text(transfer_write_insert, table);
    texts->clear = transfer_text(transfer_write_clear, table);
    texts->tally = transfer_text(transfer_write_tally, table);
    if (transfer_counts(table))
        texts->counter = transfer_text(transfer_write_counter, table);
    return texts->read && texts->insert && texts->clear && texts->tally &&
           (texts->counter || !transfer_counts(table));
}

void transfer_free(struct transfer **transfer)
{
    struct transfer *t = *transfer;

    for (size_t i = 0; t && i < CATALOGUE_TABLES; i++) {
        free(t->texts[i].read);
        free(t->texts[i].insert);
        free(t->texts[i].clear);
        free(t->texts[i].tally);
        free(t->texts[i].counter);
    }
    free(t);
    *transfer = NULL;
}

bool transfer_new(struct transfer **transfer, const struct catalogue *catalogue)
{
    struct transfer *t = calloc(1, sizeof *t);

    *transfer = t;
    if (!t)
        return false;
    t->catalogue = catalogue;
    for (size_t i = 0; i < catalogue->n; i++) {
        if (!transfer_prepare(&t->texts[i], &catalogue->tables[i])) {
            transfer_free(transfer);
            return false;
        }
    }
    return true;
}

void transfer_clear(struct transfer *transfer, struct sql *db)
{
    for (size_t i = transfer->catalogue->n; i > 0; i--)
        (void)sql_run0(db, transfer->texts[i - 1].clear);
}

/* Keeps bytes with the batch; false without memory. */
static bool transfer_keep(struct transfer_batch *batch, struct sql_value *value, const void *bytes,
                          size_t size)
{
    if (batch->used + size + 1 > batch->room) {
        const size_t room = 2 * (batch->used + size + 1);
        char *grown = realloc(batch->bytes, room);

        if (!grown)
            return false;
        batch->bytes = grown;
        batch->room = room;
    }
    value->number = (int64_t)batch->used;
    value->size = size;
    if (size > 0)
        memcpy(batch->bytes + batch->used, bytes, size);
    batch->bytes[batch->used + size] = '\0';
    batch->used += size + 1;
    return true;
}

/* Takes the present row into the batch; false without memory. */
static bool transfer_take(struct transfer_batch *batch, const struct catalogue_table *table,
                          const struct sql_statement *row)
{
    struct sql_value *value = batch->values + batch->rows * table->n;

    for (size_t i = 0; i < table->n; i++, value++) {
        const void *bytes;
        size_t size = 0;

        *value = sql_null();
        if (sql_is_null(row, (int)i))
            continue;
        if (table->columns[i].kind == SQL_NUMBER) {
            *value = sql_n(sql_number(row, (int)i));
            continue;
        }
        value->kind = table->columns[i].kind == SQL_TEXT ? SQL_TEXT : SQL_BYTES;
        bytes = value->kind == SQL_TEXT ? sql_text(row, (int)i) : sql_bytes(row, (int)i, &size);
        if (value->kind == SQL_TEXT)
            size = strlen(bytes);
        if (!transfer_keep(batch, value, bytes, size))
            return false;
    }
    batch->rows++;
    return true;
}

/* Sends the batch's rows and empties it. */
static bool transfer_send(struct transfer_batch *batch, struct sql *to, const char *insert,
                          size_t columns)
{
    const size_t rows = batch->rows;

    for (size_t i = 0; i < rows * columns; i++)
        if (batch->values[i].kind == SQL_TEXT || batch->values[i].kind == SQL_BYTES)
            batch->values[i].bytes = batch->bytes + batch->values[i].number;
    batch->rows = batch->used = 0;
    return rows == 0 || sql_each(to, insert, batch->values, columns, rows) == (int64_t)rows;
}

int64_t transfer_table(struct transfer *transfer, size_t n, struct sql *from, struct sql *to,
                       bool (*go_on)(void *context), void *context)
{
    const struct catalogue_table *table = &transfer->catalogue->tables[n];
    const struct transfer_texts *texts = &transfer->texts[n];
    struct transfer_batch batch = {.values =
                                       calloc(TRANSFER_BATCH * table->n, sizeof *batch.values)};
    struct sql_statement *row = sql_ask(from, texts->read, NULL, 0);
    bool good = batch.values != NULL && row != NULL;
    int64_t rows = 0;

    while (good && sql_row(row)) {
        good = transfer_take(&batch, table, row);
        rows++;
        if (good && (batch.rows == TRANSFER_BATCH || batch.used >= TRANSFER_BYTES))
            good = (!go_on || go_on(context)) && transfer_send(&batch, to, texts->insert, table->n);
    }
    sql_done(row);
    good = good && sql_failed(from) == SQL_OK && (!go_on || go_on(context)) &&
           transfer_send(&batch, to, texts->insert, table->n);
    if (good && texts->counter)
        good = sql_one_number(to, -1, texts->counter, NULL, 0) > 0;
    free(batch.values);
    free(batch.bytes);
    return good ? rows : -1;
}

enum sql_rc transfer_tally(struct transfer *transfer, size_t n, struct sql *db, struct tally *tally)
{
    struct sql_statement *row = sql_ask(db, transfer->texts[n].tally, NULL, 0);

    *tally = (struct tally){.n = 1 + 3 * transfer->catalogue->tables[n].n};
    if (sql_row(row))
        for (size_t i = 0; i < tally->n; i++)
            tally->figures[i] = sql_number(row, (int)i);
    sql_done(row);
    return sql_failed(db);
}

bool transfer_same(const struct transfer *transfer, size_t n, const struct tally *a,
                   const struct tally *b, char *what, size_t size)
{
    const struct catalogue_table *table = &transfer->catalogue->tables[n];

    what[0] = '\0';
    for (size_t i = 0; i < a->n; i++) {
        if (a->n == b->n && a->figures[i] == b->figures[i])
            continue;
        (void)snprintf(what, size, _("%s of table %s: %lld and %lld"),
                       i == 0 ? _("rows") : table->columns[(i - 1) / 3].name, table->name,
                       (long long)a->figures[i], (long long)b->figures[i]);
        return false;
    }
    return true;
}
