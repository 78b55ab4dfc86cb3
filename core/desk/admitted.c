/* Admitting machines to the channel, and taking that back. */
#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"
#include "core/desk/journal.h"
#include "core/desk/staff.h"
#include "core/desk/terminals.h"

static enum rc check_request(const struct admit_request *ask, struct fault *why)
{
    enum rc rc = text_check(_("name"), ask->name, sizeof ask->name - 1, why);

    if (rc == RC_OK && ask->name[0] == '\0')
        rc = fault_set(why, RC_BAD_INPUT, _("who is admitted needs a name"));
    if (rc == RC_OK && !curve_key_valid(ask->public_key))
        rc =
            fault_set(why, RC_BAD_INPUT,
                      _("this is no public key: it has 40 characters, as boxoffice keygen prints"));
    return rc;
}

/* Refuses a name or a key that is admitted already, and one too many. */
static enum rc check_free(struct sql *db, const struct admit_request *ask, struct fault *why)
{
    struct sql_statement *rows = sql_ask(
        db,
        "SELECT name, public_key FROM admitted WHERE name = $1 OR public_key = $2 ORDER BY name",
        SQL_VALUES(sql_t(ask->name), sql_t(ask->public_key)));
    enum rc rc = RC_OK;

    if (sql_row(rows)) {
        bool same = strcmp(sql_text(rows, 1), ask->public_key) == 0;

        rc = fault_set(why, RC_EXISTS,
                       same ? _("the key is admitted already, as %s")
                            : _("%s is admitted already, with another key"),
                       sql_text(rows, 0));
        sql_done(rows);
        return rc;
    }
    sql_done(rows);
    if (sql_one_number(db, 0, "SELECT count(*) FROM admitted", NULL, 0) >= ADMITTED_MAX)
        rc = fault_set(why, RC_REFUSED, _("no more than %d are admitted"), (int)ADMITTED_MAX);
    return rc;
}

static json_t *row_json(const char *name, const char *key)
{
    return json_pack("{s:s, s:s}", "name", name, "public_key", key);
}

static enum rc admit_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct admit_request *ask = request;
    struct admit_reply *answer = reply;
    enum rc rc = check_request(ask, why);

    if (rc == RC_OK)
        rc = staff_may(db, &ask->ask, RIGHT_ADMIT, why);
    if (rc == RC_OK)
        rc = check_free(db, ask, why);
    if (rc != RC_OK)
        return rc;
    sql_run(db,
            "INSERT INTO admitted (name, public_key, admitted_at, operator_number)"
            " VALUES ($1, $2, $3, $4)",
            SQL_VALUES(sql_t(ask->name), sql_t(ask->public_key), sql_n(ask->ask.now),
                       sql_n(ask->ask.operator_number)));
    journal_add(db, JOURNAL_HOUSE, &ask->ask, "terminal_admit", NULL,
                row_json(ask->name, ask->public_key));
    answer->admitted_at = ask->ask.now;
    (void)snprintf(answer->public_key, sizeof answer->public_key, "%s", ask->public_key);
    /* Whoever hears it reads anew who is admitted. */
    told_add(&answer->told, HINT_GREETING, (show_id){0}, 0);
    return RC_OK;
}

static enum rc remove_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct admit_request *ask = request;
    struct admit_reply *answer = reply;
    struct sql_statement *rows;
    enum rc rc = staff_may(db, &ask->ask, RIGHT_ADMIT, why);
    bool there;

    if (rc != RC_OK)
        return rc;
    rows = sql_ask(db, "DELETE FROM admitted WHERE name = $1 RETURNING public_key, admitted_at",
                   SQL_VALUES(sql_t(ask->name)));
    there = sql_row(rows);
    if (there) {
        (void)snprintf(answer->public_key, sizeof answer->public_key, "%s", sql_text(rows, 0));
        answer->admitted_at = sql_number(rows, 1);
    }
    sql_done(rows);
    if (!there)
        return fault_set(why, RC_NOT_FOUND, _("nothing is admitted by that name"));
    journal_add(db, JOURNAL_HOUSE, &ask->ask, "terminal_remove",
                row_json(ask->name, answer->public_key), NULL);
    told_add(&answer->told, HINT_GREETING, (show_id){0}, 0);
    return RC_OK;
}

#define ADMIT_VERB(word, body)                                                \
    {                                                                         \
        .name = word, .request_size = sizeof(struct admit_request),           \
        .reply_size = sizeof(struct admit_reply), .keyed = true, .run = body, \
    }

const struct verb verb_admit = ADMIT_VERB("admit", admit_run);
const struct verb verb_expel = ADMIT_VERB("expel", remove_run);
