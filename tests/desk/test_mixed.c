/* Terminals of two versions: one has brought the schema up while the other had it open. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db/migrate.h"
#include "tests/kit/counter.h"

static bool run_text(struct sql *db, void *context)
{
    return sql_script(db, context) == SQL_OK;
}

/* Does what a later version's step would, on a connection of its own. */
static void bring_up(struct counter *c, const char *change)
{
    char text[400];
    struct sql *db = box_connect(&c->box);

    (void)snprintf(text, sizeof text,
                   "%s; INSERT INTO schema_migrations (number, name, checksum, applied_at)"
                   " VALUES (99, 'later', 'x', 1)",
                   change);
    assert_int_equal(sql_tx(db, run_text, text), SQL_OK);
    sql_close(&db);
    c->box.unchecked = true; /* this program may no longer read it */
}

/* A sale by the terminal that was open before is refused, and nothing is done. */
static void want_refused(struct counter *c)
{
    struct book_request sale = counter_book(c, NULL, "counter-1", "B3");
    struct booking_reply reply;

    assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_ENVIRONMENT);
    assert_non_null(strstr(c->why.text, "newer"));
    assert_string_equal(counter_state(c, "B3"), "free");
}

static void fault_115__schema_brought_up_meanwhile__old_terminal_is_refused(void **state)
{
    struct counter *c = *state;

    migrate_know(c->box.db);
    counter_sell(c, "B4");
    bring_up(c, "ALTER TABLE halls ADD COLUMN floor TEXT");
    want_refused(c);
}

static void fault_115__statement_that_is_none_any_more__is_told_as_newer(void **state)
{
    struct counter *c = *state;

    migrate_know(c->box.db);
    bring_up(c, "ALTER TABLE payments RENAME COLUMN given TO handed");
    want_refused(c);
}

int main(void)
{
#define MIXED_TEST(name) cmocka_unit_test_setup_teardown(name, counter_setup, counter_teardown)
    const struct CMUnitTest tests[] = {
        MIXED_TEST(fault_115__schema_brought_up_meanwhile__old_terminal_is_refused),
        MIXED_TEST(fault_115__statement_that_is_none_any_more__is_told_as_newer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
