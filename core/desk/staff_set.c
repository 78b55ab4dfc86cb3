/* Changing staff (staff.h): who is there, in which role, with which PIN. */
#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"
#include "core/desk/journal.h"
#include "core/desk/staff.h"

/* One change at work. */
struct setting {
    const struct staff_request *request;
    char name[STAFF_NAME_SIZE], key[STAFF_NAME_SIZE * 2];
    struct staff_row row; /* as it was */
};

static enum rc check_number(const struct staff_request *request, struct fault *why)
{
    if (request->number >= 1 && request->number <= STAFF_NUMBER_MOST)
        return RC_OK;
    return fault_set(why, RC_BAD_INPUT, _("a staff number is 1 to %d"), STAFF_NUMBER_MOST);
}

static enum rc take_name(struct setting *s, const char *name, struct fault *why)
{
    enum rc rc = text_check(_("name"), name, STAFF_NAME_SIZE - 1, why);

    if (rc != RC_OK)
        return rc;
    if (!text_tidy(name, s->name, sizeof s->name) || !text_key(s->name, s->key, sizeof s->key))
        return fault_set(why, RC_BAD_INPUT, _("the name is too long: at most %d bytes"),
                         STAFF_NAME_SIZE - 1);
    if (s->name[0] == '\0')
        return fault_set(why, RC_BAD_INPUT, _("a name is wanted"));
    return RC_OK;
}

static enum rc check_role(int32_t role, struct fault *why)
{
    if ((unsigned)role < ROLE_COUNT)
        return RC_OK;
    return fault_set(why, RC_BAD_INPUT, _("a role is clerk, supervisor or manager"));
}

/*
 * Changes of staff stand in one line: the house's book is locked first, since whether a manager is
 * left is a question about all rows.
 */
static void stand_in_line(struct sql *db)
{
    sql_run(db, "UPDATE books SET length = length WHERE name = '" JOURNAL_HOUSE "'", NULL, 0);
}

static bool manager_left(struct sql *db, int32_t without)
{
    return sql_one_number(db, 0,
                          "SELECT count(*) FROM staff WHERE role = 'manager' AND active = 1"
                          " AND number <> $1",
                          SQL_VALUES(sql_n(without))) != 0;
}

static enum rc keep_a_manager(struct sql *db, const struct setting *s, struct fault *why)
{
    if (s->row.role != ROLE_MANAGER || !s->row.active || manager_left(db, s->row.number))
        return RC_OK;
    return fault_set(why, RC_REFUSED, _("%s is the last manager: make another one first"),
                     s->row.name);
}

static json_t *facts(const struct staff_request *request, const char *role)
{
    return json_pack("{s:i, s:s}", "staff", (int)request->number, "role", role);
}

static enum rc end(struct setting *s, bool active, enum role role, void *reply)
{
    struct staff_reply *answer = reply;

    answer->number = s->request->number;
    answer->role = (int32_t)role;
    answer->active = active;
    told_add(&answer->told, HINT_PROGRAMME, (show_id){0}, 0); /* everything may be stale */
    return RC_OK;
}

static enum rc add_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    struct setting s = {.request = request};
    const struct staff_request *ask = request;
    enum rc rc = check_number(ask, why);

    if (rc == RC_OK)
        rc = take_name(&s, ask->name, why);
    if (rc == RC_OK)
        rc = check_role(ask->role, why);
    if (rc != RC_OK)
        return rc;
    stand_in_line(db);
    rc = staff_may(db, &ask->ask, RIGHT_STAFF, why);
    if (rc != RC_OK)
        return rc;
    if (ask->role != ROLE_MANAGER && !manager_left(db, 0))
        return fault_set(why, RC_REFUSED,
                         _("the first has to be a manager, who can add the others"));
    if (sql_run(db,
                "INSERT INTO staff (number, name, name_key, role, pin_hash, pepper, created_at,"
                " changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $7)"
                " ON CONFLICT (number) DO NOTHING",
                SQL_VALUES(sql_n(ask->number), sql_t(s.name), sql_t(s.key),
                           sql_t(role_word((enum role)ask->role)), sql_t(ask->hash),
                           sql_t(ask->pepper), sql_n(ask->ask.now))) != 1)
        return fault_set(why, RC_EXISTS, _("the number %d is taken"), (int)ask->number);
    journal_add(db, JOURNAL_HOUSE, &ask->ask, "staff_add", NULL,
                facts(ask, role_word((enum role)ask->role)));
    return end(&s, true, (enum role)ask->role, reply);
}

/* What change, pin and remove begin with: the right, and the person as it is. */
static enum rc begin(struct sql *db, struct setting *s, struct fault *why)
{
    enum rc rc = check_number(s->request, why);

    if (rc != RC_OK)
        return rc;
    stand_in_line(db);
    rc = staff_may(db, &s->request->ask, RIGHT_STAFF, why);
    return rc == RC_OK ? staff_one(db, s->request->number, &s->row, why) : rc;
}

/* A new PIN lifts a lock and takes back who left. */
static void set_pin(struct sql *db, const struct setting *s, enum role role)
{
    const struct staff_request *ask = s->request;

    sql_run(
        db,
        "UPDATE staff SET pin_hash = $2, pepper = $3, demo_pin = '', active = 1, failures = 0,"
        " locked_until = 0, changed_at = $4 WHERE number = $1",
        SQL_VALUES(sql_n(ask->number), sql_t(ask->hash), sql_t(ask->pepper), sql_n(ask->ask.now)));
    journal_add(db, JOURNAL_HOUSE, &ask->ask, "staff_pin",
                json_pack("{s:b}", "active", s->row.active), facts(ask, role_word(role)));
}

static void set_name_and_role(struct sql *db, const struct setting *s, enum role role)
{
    const struct staff_request *ask = s->request;
    json_t *after = facts(ask, role_word(role));

    sql_run(db,
            "UPDATE staff SET name = $2, name_key = $3, role = $4, changed_at = $5"
            " WHERE number = $1",
            SQL_VALUES(sql_n(ask->number), sql_t(s->name), sql_t(s->key), sql_t(role_word(role)),
                       sql_n(ask->ask.now)));
    if (after && strcmp(s->name, s->row.name) != 0)
        json_object_set_new(after, "name", json_true()); /* that it did, not which */
    journal_add(db, JOURNAL_HOUSE, &ask->ask, "staff_change", facts(ask, role_word(s->row.role)),
                after);
}

static enum rc change_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    struct setting s = {.request = request};
    const struct staff_request *ask = request;
    enum rc rc = ask->role == ROLE_KEPT ? RC_OK : check_role(ask->role, why);

    if (rc == RC_OK)
        rc = begin(db, &s, why);
    if (rc == RC_OK)
        rc = take_name(&s, ask->name[0] ? ask->name : s.row.name, why);
    enum role role = ask->role == ROLE_KEPT ? s.row.role : (enum role)ask->role;
    if (rc == RC_OK && role != ROLE_MANAGER)
        rc = keep_a_manager(db, &s, why);
    if (rc != RC_OK)
        return rc;
    if (role != s.row.role || strcmp(s.name, s.row.name) != 0)
        set_name_and_role(db, &s, role);
    if (ask->hash[0])
        set_pin(db, &s, role);
    return end(&s, s.row.active || ask->hash[0], role, reply);
}

static enum rc pin_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    struct setting s = {.request = request};
    enum rc rc = begin(db, &s, why);

    if (rc != RC_OK)
        return rc;
    set_pin(db, &s, s.row.role);
    return end(&s, true, s.row.role, reply);
}

static enum rc remove_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    struct setting s = {.request = request};
    const struct staff_request *ask = request;
    enum rc rc = begin(db, &s, why);

    if (rc == RC_OK && !s.row.active)
        rc = fault_set(why, RC_WRONG_STATE, _("%s has left already"), s.row.name);
    if (rc == RC_OK)
        rc = keep_a_manager(db, &s, why);
    if (rc != RC_OK)
        return rc;
    sql_run(db, "UPDATE staff SET active = 0, changed_at = $2 WHERE number = $1",
            SQL_VALUES(sql_n(ask->number), sql_n(ask->ask.now)));
    journal_add(db, JOURNAL_HOUSE, &ask->ask, "staff_remove", NULL,
                facts(ask, role_word(s.row.role)));
    return end(&s, false, s.row.role, reply);
}

#define STAFF_VERB(word, body)                                                \
    {                                                                         \
        .name = word, .request_size = sizeof(struct staff_request),           \
        .reply_size = sizeof(struct staff_reply), .keyed = true, .run = body, \
    }

const struct verb verb_staff_add = STAFF_VERB("staff_add", add_run);
const struct verb verb_staff_change = STAFF_VERB("staff_change", change_run);
const struct verb verb_staff_pin = STAFF_VERB("staff_pin", pin_run);
const struct verb verb_staff_remove = STAFF_VERB("staff_remove", remove_run);
