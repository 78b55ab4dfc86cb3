#include "core/desk/staff.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "core/base/words.h"
#include "core/desk/gather.h"

#define STAFF_COLUMNS "number, name, role, active, demo_pin, failures, locked_until"

static void fill(const struct sql_statement *rows, void *into)
{
    struct staff_row *row = into;

    *row = (struct staff_row){.number = (int32_t)sql_number(rows, 0),
                              .active = sql_number(rows, 3) == 1,
                              .tries = {(int32_t)sql_number(rows, 5), sql_number(rows, 6)}};
    (void)snprintf(row->name, sizeof row->name, "%s", sql_text(rows, 1)); /* checked at the door */
    (void)role_parse(sql_text(rows, 2), &row->role);
    (void)snprintf(row->demo_pin, sizeof row->demo_pin, "%s", sql_text(rows, 4));
}

enum rc staff_read(struct sql *db, struct staff_list **list, struct fault *why)
{
    enum rc rc;
    struct sql_statement *rows =
        sql_ask(db, "SELECT " STAFF_COLUMNS " FROM staff ORDER BY number", NULL, 0);

    *list = gather_rows(db, rows, offsetof(struct staff_list, rows), sizeof(*list)->rows[0], fill,
                        &rc, why);
    return rc;
}

/* The row of a number; false when there is none. */
static bool find(struct sql *db, int32_t number, struct staff_row *row)
{
    struct sql_statement *rows = sql_ask(
        db, "SELECT " STAFF_COLUMNS " FROM staff WHERE number = $1", SQL_VALUES(sql_n(number)));
    bool there = sql_row(rows);

    if (there)
        fill(rows, row);
    sql_done(rows);
    return there;
}

enum rc staff_one(struct sql *db, int32_t number, struct staff_row *row, struct fault *why)
{
    if (find(db, number, row))
        return RC_OK;
    if (sql_failed(db) != SQL_OK)
        return verb_storage_fault(db, sql_failed(db), why);
    return fault_set(why, RC_NOT_FOUND, _("nobody has the number %d"), (int)number);
}

bool staff_any(struct sql *db)
{
    return sql_one_number(db, 0, "SELECT number FROM staff ORDER BY number LIMIT 1", NULL, 0) != 0;
}

/* Says who is needed, and who asked in vain: the one that approved it, or the operator. */
static enum rc refuse(enum right right, const struct staff_row *who, struct fault *why)
{
    const char *needed = role_word(right_least(right));

    /* translators: what is done ("voiding a sale") and a role ("manager") */
    if (who->number == 0)
        return fault_set(why, RC_NEEDS_APPROVAL, _("%s needs a %s"), right_words(right), _(needed));
    return fault_set(why, RC_NEEDS_APPROVAL, _("%s needs a %s: %s is a %s"), right_words(right),
                     _(needed), who->name, _(role_word(who->role)));
}

struct sql_statement *staff_rights_ask(struct sql *db, const struct ask *ask)
{
    return sql_ask(db,
                   "SELECT " STAFF_COLUMNS " FROM staff WHERE number = $1 OR number = $2"
                   " OR number = (SELECT MIN(number) FROM staff)",
                   SQL_VALUES(sql_n(ask->operator_number), sql_n(ask->approver)));
}

void staff_rights_hear(struct sql_statement *rows, struct staff_known *known)
{
    enum { MOST = sizeof known->who / sizeof known->who[0] };

    *known = (struct staff_known){.any = false};
    while (known->n < MOST && sql_row(rows))
        fill(rows, &known->who[known->n++]);
    sql_done(rows);
    known->any = known->n > 0;
}

/* Who of those known has a number; NULL: nobody who still works here. */
static const struct staff_row *active(const struct staff_known *known, int32_t number)
{
    for (int i = 0; number != 0 && i < known->n; i++)
        if (known->who[i].number == number && known->who[i].active)
            return &known->who[i];
    return NULL;
}

enum rc staff_rights_allow(struct sql *db, const struct ask *ask, const struct staff_known *known,
                           enum right right, struct fault *why)
{
    const int32_t numbers[] = {ask->operator_number, ask->approver};
    struct staff_row who = {0};

    if (ask->trusted)
        return RC_OK;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        const struct staff_row *row = active(known, numbers[i]);

        if (row && right_held(row->role, right))
            return RC_OK;
        if (row)
            who = *row;
    }
    if (sql_failed(db) != SQL_OK)
        return verb_storage_fault(db, sql_failed(db), why);
    return known->any ? refuse(right, &who, why) : RC_OK;
}

enum rc staff_may(struct sql *db, const struct ask *ask, enum right right, struct fault *why)
{
    struct staff_known known;

    if (ask->trusted)
        return RC_OK;
    staff_rights_hear(staff_rights_ask(db, ask), &known);
    return staff_rights_allow(db, ask, &known, right, why);
}
