#include "core/desk/ticket_types.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"
#include "core/desk/journal.h"
#include "core/desk/programme.h"
#include "core/desk/staff.h"

enum { KEY_ROOM = TYPE_NAME_SIZE * 4, WORD_ROOM = 160 };

static void read_all(struct sql *db, struct ticket_types *types)
{
    struct sql_statement *rows =
        sql_ask(db,
                "SELECT id, digit, percent, COALESCE(tax, -1), name, retired FROM ticket_types"
                " ORDER BY digit",
                NULL, 0);

    types->n = 0;
    while (types->n < TYPES_MAX && sql_row(rows)) {
        struct ticket_type *type = &types->rows[types->n++];

        type->id.n = sql_number(rows, 0);
        type->digit = (int32_t)sql_number(rows, 1);
        type->percent = (int32_t)sql_number(rows, 2);
        type->tax = (int32_t)sql_number(rows, 3);
        (void)snprintf(type->name, sizeof type->name, "%s", sql_text(rows, 4));
        type->retired = (int32_t)sql_number(rows, 5);
    }
    sql_done(rows);
}

enum rc ticket_types_read(struct sql *db, struct ticket_types **types, struct fault *why)
{
    struct ticket_types *list = calloc(1, sizeof *list);

    if (list == NULL)
        return fault_set(why, RC_NO_MEMORY, _("out of memory for the ticket types"));
    read_all(db, list);
    if (sql_failed(db) != SQL_OK) {
        free(list);
        return verb_storage_fault(db, sql_failed(db), why);
    }
    *types = list;
    return RC_OK;
}

static bool names(const struct ticket_type *type, const char *word)
{
    char key[WORD_ROOM], name[WORD_ROOM];

    if (word[0] == '0' + type->digit && word[1] == '\0')
        return true;
    return text_key(word, key, sizeof key) && text_key(type->name, name, sizeof name) &&
           strcmp(key, name) == 0;
}

enum rc ticket_types_find(const struct ticket_types *types, const char *word,
                          const struct ticket_type **type, struct fault *why)
{
    char known[TYPES_MAX * (TYPE_NAME_SIZE + 2)] = "";
    size_t used = 0;

    for (int i = 0; i < types->n; i++) {
        *type = &types->rows[i];
        if (names(*type, word))
            return RC_OK;
        used += (size_t)snprintf(known + used, sizeof known - used, "%s%s", i > 0 ? ", " : "",
                                 (*type)->name);
    }
    return fault_set(why, RC_NOT_FOUND, _("there is no such ticket type; there are %s"), known);
}

enum rc ticket_types_tax(const char *text, int32_t *rate, struct fault *why)
{
    money given;

    if (text[0] == '\0' || strcmp(text, "default") == 0) {
        *rate = TYPE_TAX_SETTING;
        return RC_OK;
    }
    if (money_parse(text, &given, NULL) != RC_OK || given > TYPE_TAX_MOST)
        return fault_set(why, RC_BAD_INPUT,
                         _("a tax rate is 0 to 99.99 per cent, as 7 or 5.5, or default"));
    *rate = (int32_t)given;
    return RC_OK;
}

/* --- adding and changing --------------------------------------------------------------------- */

static enum rc check(const struct ticket_type *type, struct fault *why)
{
    if (type->digit < 1 || type->digit > TYPES_MAX)
        return fault_set(why, RC_BAD_INPUT, _("the digit of a ticket type is 1 to %d"), TYPES_MAX);
    if (type->percent < 0 || type->percent > 100)
        return fault_set(why, RC_BAD_INPUT,
                         _("a ticket type costs 0 to 100 per cent of the first"));
    if (type->tax < TYPE_TAX_SETTING || type->tax > TYPE_TAX_MOST)
        return fault_set(why, RC_BAD_INPUT, _("a tax rate is 0 to 99.99 per cent"));
    return RC_OK;
}

/* Takes a name over, tidied, with its key. */
static enum rc take_name(const char *given, struct ticket_type *type, char *key, size_t size,
                         struct fault *why)
{
    enum rc rc = text_check(_("name"), given, TYPE_NAME_SIZE - 1, why);

    if (rc != RC_OK)
        return rc;
    if (!text_tidy(given, type->name, sizeof type->name) || type->name[0] == '\0' ||
        !text_key(type->name, key, size))
        return fault_set(why, RC_BAD_INPUT, _("a ticket type needs a name"));
    return RC_OK;
}

/* Would the first of them be sold no more? */
static enum rc first_sold(const struct ticket_types *all, const struct ticket_type *type,
                          struct fault *why)
{
    const struct ticket_type *first = type;

    for (int i = 0; i < all->n; i++)
        if (all->rows[i].id.n != type->id.n && all->rows[i].digit < first->digit)
            first = &all->rows[i];
    if (first->retired)
        return fault_set(why, RC_REFUSED,
                         _("the first ticket type stays: prices of the others are told by it"));
    return RC_OK;
}

/* Is the digit or the name that of another one? */
static enum rc single(const struct ticket_types *all, const struct ticket_type *type,
                      struct fault *why)
{
    for (int i = 0; i < all->n; i++) {
        const struct ticket_type *other = &all->rows[i];

        if (other->id.n == type->id.n)
            continue;
        if (other->digit == type->digit)
            return fault_set(why, RC_EXISTS, _("the digit %d is that of %s"), (int)type->digit,
                             other->name);
        if (names(other, type->name))
            return fault_set(why, RC_EXISTS, _("there is a ticket type %s already"), other->name);
    }
    return RC_OK;
}

static json_t *facts(const struct ticket_type *type)
{
    return json_pack("{s:s, s:i, s:i, s:o, s:b}", "name", type->name, "digit", (int)type->digit,
                     "percent", (int)type->percent, "tax",
                     type->tax < 0 ? json_null() : json_integer(type->tax), "sold", !type->retired);
}

/* One change of ticket types at a time: the house's book is the queue for that. */
static void stand_in_line(struct sql *db)
{
    sql_run(db, "UPDATE books SET length = length WHERE name = '" JOURNAL_HOUSE "'", NULL, 0);
}

static struct sql_value tax_value(int32_t tax)
{
    return tax < 0 ? sql_null() : sql_n(tax);
}

/* Prices of a new type at the shows still to come, as if it had been there when they were added:
 * price_of_percent, done where the prices are. Returns at how many shows. */
static int32_t price_it(struct sql *db, const struct ticket_types *all,
                        const struct ticket_type *type, when_ms now)
{
    const money unit = 100 * PROGRAMME_STEP;

    if (all->n == 0)
        return 0;
    sql_run(
        db,
        "INSERT INTO prices (show_id, zone, type_id, amount) SELECT p.show_id, p.zone, $2,"
        " CASE WHEN $3 = 100 THEN p.amount ELSE (p.amount * $3 + $4) / $5 * $6 END"
        " FROM prices p JOIN shows s ON s.id = p.show_id WHERE p.type_id = $1 AND s.ends_at > $7",
        SQL_VALUES(sql_n(all->rows[0].id.n), sql_n(type->id.n), sql_n(type->percent),
                   sql_n(unit / 2), sql_n(unit), sql_n(PROGRAMME_STEP), sql_n(now)));
    return (int32_t)sql_run(db,
                            "UPDATE shows SET rev = rev + 1 WHERE ends_at > $2 AND id IN"
                            " (SELECT show_id FROM prices WHERE type_id = $1)",
                            SQL_VALUES(sql_n(type->id.n), sql_n(now)));
}

static enum rc add_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct type_request *wish = request;
    struct type_reply *told = reply;
    struct ticket_types all;
    struct ticket_type type = {.digit = wish->digit, .percent = wish->percent, .tax = wish->tax};
    char key[KEY_ROOM];
    json_t *after;
    enum rc rc = check(&type, why);

    if (rc == RC_OK)
        rc = take_name(wish->name, &type, key, sizeof key, why);
    if (rc != RC_OK)
        return rc;
    stand_in_line(db);
    rc = staff_may(db, &wish->ask, RIGHT_MANAGE, why);
    read_all(db, &all);
    if (rc == RC_OK)
        rc = single(&all, &type, why);
    if (rc != RC_OK)
        return rc;
    type.id.n = sql_one_number(db, 0,
                               "INSERT INTO ticket_types (digit, name, name_key, percent, tax)"
                               " VALUES ($1, $2, $3, $4, $5) RETURNING id",
                               SQL_VALUES(sql_n(type.digit), sql_t(type.name), sql_t(key),
                                          sql_n(type.percent), tax_value(type.tax)));
    told->type = type;
    told->shows = price_it(db, &all, &type, wish->ask.now);
    after = facts(&type);
    json_object_set_new(after, "shows", json_integer(told->shows));
    journal_add(db, JOURNAL_HOUSE, &wish->ask, "type_add", NULL, after);
    told_add(&told->told, HINT_PROGRAMME, (show_id){0}, 0); /* every map has it now */
    return RC_OK;
}

/* What the type is after the change: what was not asked for stays. */
static enum rc changed(const struct ticket_types *all, const struct type_request *wish,
                       struct ticket_type *was, struct ticket_type *type, char *key, size_t size,
                       struct fault *why)
{
    enum rc rc;

    was->id.n = 0;
    for (int i = 0; i < all->n; i++)
        if (all->rows[i].digit == wish->of)
            *was = all->rows[i];
    if (was->id.n == 0)
        return fault_set(why, RC_NOT_FOUND, _("no ticket type has the digit %d"), (int)wish->of);
    *type = *was;
    if (wish->digit != TYPE_KEPT)
        type->digit = wish->digit;
    if (wish->percent != TYPE_KEPT)
        type->percent = wish->percent;
    if (wish->tax != TYPE_KEPT)
        type->tax = wish->tax;
    if (wish->retired != TYPE_KEPT)
        type->retired = wish->retired != 0;
    rc = check(type, why);
    if (rc == RC_OK)
        rc = first_sold(all, type, why);
    if (rc == RC_OK)
        rc = take_name(wish->name[0] != '\0' ? wish->name : was->name, type, key, size, why);
    return rc == RC_OK ? single(all, type, why) : rc;
}

static enum rc change_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct type_request *wish = request;
    struct type_reply *told = reply;
    struct ticket_types all;
    struct ticket_type was, type;
    char key[KEY_ROOM];
    enum rc rc;

    stand_in_line(db);
    rc = staff_may(db, &wish->ask, RIGHT_MANAGE, why);
    read_all(db, &all);
    if (rc == RC_OK)
        rc = changed(&all, wish, &was, &type, key, sizeof key, why);
    if (rc != RC_OK)
        return rc;
    sql_run(db,
            "UPDATE ticket_types SET digit = $2, name = $3, name_key = $4, percent = $5, tax = $6,"
            " retired = $7 WHERE id = $1",
            SQL_VALUES(sql_n(type.id.n), sql_n(type.digit), sql_t(type.name), sql_t(key),
                       sql_n(type.percent), tax_value(type.tax), sql_n(type.retired)));
    journal_add(db, JOURNAL_HOUSE, &wish->ask, "type_change", facts(&was), facts(&type));
    told->type = type;
    told_add(&told->told, HINT_PROGRAMME, (show_id){0}, 0);
    return RC_OK;
}

const struct verb verb_type_add = {.name = "type_add",
                                   .request_size = sizeof(struct type_request),
                                   .reply_size = sizeof(struct type_reply),
                                   .keyed = true,
                                   .run = add_run};
const struct verb verb_type_change = {.name = "type_change",
                                      .request_size = sizeof(struct type_request),
                                      .reply_size = sizeof(struct type_reply),
                                      .keyed = true,
                                      .run = change_run};
