#include "core/desk/demo_staff.h"

#include "core/desk/journal.h"
#include "core/desk/staff.h"

static const struct {
    const char *name, *key, *pin;
    enum role role;
} people[] = {
    {"Mira", "mira", "111111", ROLE_CLERK},
    {"Tom", "tom", "222222", ROLE_SUPERVISOR},
    {"Ada", "ada", "333333", ROLE_MANAGER},
};

/*
 * The one place where PINs are hashed inside a transaction: these stand on the screen, so neither a
 * pepper nor slow hashes would protect anything, and the demo is made within a start.
 */
enum rc demo_staff_add(struct sql *db, const struct ask *ask, struct fault *why)
{
    enum rc rc = RC_OK;

    for (int32_t i = 0; i < (int32_t)(sizeof people / sizeof people[0]) && rc == RC_OK; i++) {
        const char *role = role_word(people[i].role);
        char hash[PIN_HASH_SIZE];

        rc = pin_hash(i + 1, people[i].pin, NULL, hash, why);
        if (rc != RC_OK)
            break;
        sql_run(db,
                "INSERT INTO staff (number, name, name_key, role, pin_hash, demo_pin, created_at,"
                " changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $7)",
                SQL_VALUES(sql_n(i + 1), sql_t(people[i].name), sql_t(people[i].key), sql_t(role),
                           sql_t(hash), sql_t(people[i].pin), sql_n(ask->now)));
        journal_add(db, JOURNAL_HOUSE, ask, "staff_add", NULL,
                    json_pack("{s:i, s:s}", "staff", (int)i + 1, "role", role));
    }
    return rc;
}
