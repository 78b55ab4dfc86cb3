#include "core/desk/house.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "core/base/digest.h"
#include "core/base/text.h"
#include "core/base/words.h"
#include "core/desk/demo.h"
#include "core/desk/gather.h"
#include "core/desk/journal.h"
#include "core/desk/staff.h"

struct opening {
    const struct ask *ask;
    const char *currency;
    bool demo;
    struct told *told;
};

static enum rc check_currency(const char *currency, struct fault *why)
{
    if (strlen(currency) == 3 && strspn(currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3)
        return RC_OK;
    return fault_set(why, RC_BAD_INPUT, _("a currency is three capital letters, as EUR"));
}

static void insert_types(struct sql *db)
{
    static const struct {
        const char *name, *key;
        int percent;
    } types[] = {{"adult", "adult", 100}, {"child", "child", 65}, {"student", "student", 80}};

    for (int i = 0; i < (int)(sizeof types / sizeof types[0]); i++)
        sql_run(db,
                "INSERT INTO ticket_types (digit, name, name_key, percent) VALUES ($1, $2, $3, $4)",
                SQL_VALUES(sql_n(i + 1), sql_t(types[i].name), sql_t(types[i].key),
                           sql_n(types[i].percent)));
}

bool house_any(struct sql *db)
{
    return sql_one_number(db, 0, "SELECT count(*) FROM venue", NULL, 0) != 0;
}

static enum rc open_house(struct sql *db, void *context, struct fault *why)
{
    const struct opening *opening = context;

    if (house_any(db))
        return fault_set(why, RC_EXISTS, _("there is a box office in it already"));
    sql_run(db, "INSERT INTO venue (id, demo, currency, created_at) VALUES (1, $1, $2, $3)",
            SQL_VALUES(sql_n(opening->demo), sql_t(opening->currency), sql_n(opening->ask->now)));
    insert_types(db);
    journal_add(db, JOURNAL_HOUSE, opening->ask, "init", NULL,
                json_pack("{s:s, s:b}", "currency", opening->currency, "demo", opening->demo));
    told_add(opening->told, HINT_PROGRAMME, (show_id){0}, 0);
    return opening->demo ? demo_fill(db, opening->ask, why) : RC_OK;
}

enum rc house_init(struct sql *db, const struct ask *ask, const char *currency, bool demo,
                   struct fault *why)
{
    struct told told = {0};
    struct opening opening = {.ask = ask, .currency = currency, .demo = demo, .told = &told};
    const struct digest_part parts[] = {{currency, strlen(currency)}, {&demo, sizeof demo}};
    char digest[DIGEST_HEX];
    enum rc rc = check_currency(currency, why);

    if (rc != RC_OK)
        return rc;
    digest_hex(parts, sizeof parts / sizeof parts[0], digest);
    return verb_do_bulk(db, ask, "init", digest, open_house, &opening, &told, why);
}

/* Who names the house, and how. */
struct naming {
    const struct ask *ask;
    const char *name;
};

static enum rc write_name(struct sql *db, void *context, struct fault *why)
{
    const struct naming *naming = context;

    (void)why;
    sql_run(db, "UPDATE venue SET name = $1", SQL_VALUES(sql_t(naming->name)));
    journal_add(db, JOURNAL_HOUSE, naming->ask, "name", NULL,
                json_pack("{s:s}", "name", naming->name));
    return RC_OK;
}

enum rc house_name(struct sql *db, const struct ask *ask, const char *name, struct fault *why)
{
    struct naming naming = {ask, name};
    const struct digest_part part = {name, strlen(name)};
    struct told told = {0};
    char digest[DIGEST_HEX];
    enum rc rc = text_check(_("name of the venue"), name, NAME_SIZE - 1, why);

    if (rc != RC_OK)
        return rc;
    digest_hex(&part, 1, digest);
    return verb_do_bulk(db, ask, "name", digest, write_name, &naming, &told, why);
}

enum rc house_venue(struct sql *db, struct venue *venue, struct fault *why)
{
    struct sql_statement *row =
        sql_ask(db, "SELECT demo, currency, training_at, name FROM venue", NULL, 0);
    bool there = sql_row(row);

    if (there) {
        venue->demo = sql_number(row, 0) == 1;
        (void)snprintf(venue->currency, sizeof venue->currency, "%s", sql_text(row, 1));
        venue->training = sql_number(row, 2) != 0;
        (void)snprintf(venue->name, sizeof venue->name, "%s", sql_text(row, 3));
    }
    sql_done(row);
    if (there)
        venue->staffed = staff_any(db);
    if (there && sql_failed(db) == SQL_OK)
        return RC_OK;
    if (sql_failed(db) != SQL_OK)
        return verb_storage_fault(db, sql_failed(db), why);
    return fault_set(why, RC_NOT_FOUND, _("there is no box office in it yet: boxoffice init"));
}

static void fill_due(const struct sql_statement *rows, void *into)
{
    struct due_row *row = into;

    row->reservation.n = sql_number(rows, 0);
    (void)snprintf(row->code, sizeof row->code, "%s", sql_text(rows, 1)); /* checked at the door */
    (void)snprintf(row->name, sizeof row->name, "%s", sql_text(rows, 2));
    (void)snprintf(row->phone, sizeof row->phone, "%s", sql_text(rows, 3));
    (void)snprintf(row->tender, sizeof row->tender, "%s", sql_text(rows, 4));
    row->amount = sql_number(rows, 5);
}

enum rc house_refunds_due(struct sql *db, show_id show, struct due_list **list, struct fault *why)
{
    enum rc rc;
    struct sql_statement *rows =
        sql_ask(db,
                "SELECT r.id, r.code, r.name, r.phone, p.tender, CAST(sum(p.amount) AS BIGINT)"
                " FROM reservations r JOIN payments p ON p.reservation_id = r.id"
                " WHERE r.show_id = $1 AND r.state = 'cancelled' AND p.due = 1"
                " GROUP BY r.id, r.code, r.name, r.phone, p.tender ORDER BY r.id, p.tender",
                SQL_VALUES(sql_n(show.n)));

    *list = gather_rows(db, rows, offsetof(struct due_list, rows), sizeof(*list)->rows[0], fill_due,
                        &rc, why);
    return rc;
}
