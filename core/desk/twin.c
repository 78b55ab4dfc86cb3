#include "core/desk/twin.h"

#include <stdlib.h>

#include "core/base/text.h"
#include "core/base/words.h"
#include "core/desk/person.h"

/* What somebody has of the show whose `column` is $2; $3 is now: what is overdue is nobody's. */
#define TWIN(column)                                                                    \
    "SELECT id, phone_key FROM reservations WHERE " column " = $2 AND " column " <> ''" \
    " AND show_id = $1 AND state IN ('offered', 'reserved', 'sold')"                    \
    " AND (deadline IS NULL OR state = 'sold' OR deadline > $3) ORDER BY id DESC"

/* By phone, with its country or without: those that end alike are few at one show. An extension of
 * three digits has no tail. */
static int64_t by_phone(struct sql *db, show_id show, const struct person *person, when_ms now)
{
    const bool tailed = person->phone_tail[0] != '\0';
    struct sql_statement *rows =
        sql_ask(db, tailed ? TWIN("phone_tail") : TWIN("phone_key"),
                SQL_VALUES(sql_n(show.n), sql_t(tailed ? person->phone_tail : person->phone_key),
                           sql_n(now)));
    int64_t id = 0;

    while (id == 0 && sql_row(rows))
        if (text_phone_same(sql_text(rows, 1), person->phone_key))
            id = sql_number(rows, 0);
    sql_done(rows);
    return id;
}

static int64_t by_name(struct sql *db, show_id show, const char *key, when_ms now)
{
    return sql_one_number(db, 0, TWIN("name_key") " LIMIT 1",
                          SQL_VALUES(sql_n(show.n), sql_t(key), sql_n(now)));
}

/* What was typed so far is judged field by field: half a phone hides no name. */
static reservation_id find(struct sql *db, show_id show, const char *name, const char *phone,
                           when_ms now)
{
    struct person person;
    char turned[NAME_KEY_SIZE + 2];
    int64_t id = 0;

    if (person_read(&person, "", phone, "", NULL) == RC_OK && person.phone_key[0] != '\0')
        id = by_phone(db, show, &person, now);
    if (id == 0 && person_read(&person, name, "", "", NULL) == RC_OK && person.name_key[0] != '\0')
        id = by_name(db, show, person.name_key, now);
    if (id == 0 && person_turned(person.name_key, turned, sizeof turned)[0] != '\0')
        id = by_name(db, show, turned, now);
    return (reservation_id){id};
}

enum rc twin_read(struct sql *db, show_id show, const char *name, const char *phone, when_ms now,
                  struct booking **twin, struct fault *why)
{
    reservation_id id = find(db, show, name, phone, now);

    if (id.n != 0)
        return booking_read(db, id, now, twin, why);
    if (sql_failed(db) != SQL_OK)
        return verb_storage_fault(db, sql_failed(db), why);
    *twin = calloc(1, sizeof **twin);
    return *twin != NULL ? RC_OK : fault_set(why, RC_NO_MEMORY, _("out of memory"));
}
