#include "core/desk/staff_pin.h"

#include <stdio.h>
#include <string.h>

#include "core/base/words.h"

/* What the row says of its PIN; false: nobody who works here has that number. */
static bool read_hash(struct sql *db, int32_t number, char hash[PIN_HASH_SIZE],
                      char mark[PEPPER_MARK])
{
    struct sql_statement *row =
        sql_ask(db, "SELECT pin_hash, pepper FROM staff WHERE number = $1 AND active = 1",
                SQL_VALUES(sql_n(number)));
    bool there = sql_row(row);

    if (there) {
        (void)snprintf(hash, PIN_HASH_SIZE, "%s", sql_text(row, 0));
        (void)snprintf(mark, PEPPER_MARK, "%s", sql_text(row, 1));
    }
    sql_done(row);
    return there;
}

/* The pepper that the PIN was made with; a demo's were made without. */
static enum rc read_pepper(int32_t number, const char *file, const char *mark,
                           struct pepper *pepper, struct fault *why)
{
    enum rc rc;

    if (mark[0] == '\0')
        return RC_OK;
    rc = pepper_read(file, false, pepper, why);
    if (rc == RC_OK && strcmp(pepper->mark, mark) != 0)
        rc = fault_set(
            why, RC_ENVIRONMENT,
            _("the PIN of %d was made with another pepper than that of this machine; bring"
              " the house's file here, or set a new PIN with boxoffice staff pin"),
            (int)number);
    return rc;
}

enum rc staff_pin_try(struct sql *db, int32_t number, const char *pin, const char *pepper_file,
                      struct pin_verdict *verdict, struct fault *why)
{
    char mark[PEPPER_MARK];
    struct pepper pepper = {{0}, ""};
    enum rc rc;

    *verdict = (struct pin_verdict){0};
    if (!read_hash(db, number, verdict->hash, mark))
        return sql_failed(db) == SQL_OK ? RC_OK : verb_storage_fault(db, sql_failed(db), why);
    rc = read_pepper(number, pepper_file, mark, &pepper, why);
    if (rc == RC_OK)
        verdict->right = pin_right(number, pin, mark[0] ? &pepper : NULL, verdict->hash);
    pin_wipe(&pepper, sizeof pepper);
    return rc;
}

enum rc staff_pin_make(const char *pin, const char *pepper_file, struct staff_request *request,
                       struct fault *why)
{
    struct pepper pepper;
    enum rc rc = pin_check(pin, why);

    if (rc == RC_OK)
        rc = pepper_read(pepper_file, true, &pepper, why);
    if (rc != RC_OK)
        return rc;
    memcpy(request->pepper, pepper.mark, sizeof request->pepper);
    rc = pin_hash(request->number, pin, &pepper, request->hash, why);
    pin_wipe(&pepper, sizeof pepper);
    return rc;
}
