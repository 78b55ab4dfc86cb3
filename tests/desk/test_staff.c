/* Staff and rights: who may what, and what an approval on the spot leaves behind. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/staff.h"
#include "tests/kit/counter.h"

static struct staff_request person(struct counter *c, int32_t by, int32_t number, const char *name,
                                   enum role role)
{
    struct staff_request request = {
        .ask = counter_ask(c, NULL, "office"), .number = number, .role = (int32_t)role};

    request.ask.operator_number = by;
    (void)snprintf(request.name, sizeof request.name, "%s", name);
    (void)snprintf(request.hash, sizeof request.hash, "hash of %d", (int)number);
    return request;
}

static enum rc add(struct counter *c, int32_t by, int32_t number, const char *name, enum role role)
{
    struct staff_request request = person(c, by, number, name, role);
    struct staff_reply reply;

    return counter_do(c, &verb_staff_add, &request, &reply);
}

/* Ada, who manages, Tom, who supervises, and Mira at the counter. */
static void hire(struct counter *c)
{
    assert_int_equal(add(c, 1, 3, "Ada", ROLE_MANAGER), RC_OK);
    assert_int_equal(add(c, 3, 2, "Tom", ROLE_SUPERVISOR), RC_OK);
    assert_int_equal(add(c, 3, 1, "Mira", ROLE_CLERK), RC_OK);
}

static struct book_request comp(struct counter *c, const char *key, const char *seat,
                                int32_t approver)
{
    struct book_request sale = counter_book(c, key, "counter-1", seat);

    sale.n_tenders = 1;
    sale.tenders[0] = (struct tender){.kind = TENDER_COMP, .amount = -1};
    sale.ask.approver = approver;
    return sale;
}

static void may__nobody_hired__everybody_may(void **state)
{
    struct counter *c = *state;
    struct book_request sale = comp(c, "comp-1", "A3", 0);
    struct booking_reply reply;

    assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_OK);
}

static void fault_108__clerk_gives_away__needs_an_approval_and_changes_nothing(void **state)
{
    struct counter *c = *state;
    struct book_request sale = comp(c, "comp-1", "A3", 0);
    struct booking_reply reply;

    hire(c);
    assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_NEEDS_APPROVAL);
    assert_string_equal(c->why.text, "giving seats away needs a supervisor: Mira is a clerk");
    assert_int_equal(rc_exit_status(RC_NEEDS_APPROVAL), 1);
    assert_string_equal(counter_state(c, "A3"), "free");
    assert_int_equal(counter_number(c, "SELECT count(*) FROM requests WHERE key = 'comp-1'"), 0);
}

static void fault_108__approved_on_the_spot__both_are_recorded(void **state)
{
    struct counter *c = *state;
    struct book_request sale;
    struct booking_reply reply;

    hire(c);
    sale = comp(c, "comp-1", "A3", 0);
    assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_NEEDS_APPROVAL);
    sale.ask.approver = 1; /* another clerk is no help */
    assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_NEEDS_APPROVAL);
    sale.ask.approver = 2; /* the same request with the same key */
    assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_OK);
    assert_string_equal(counter_state(c, "A3"), "sold");
    assert_int_equal(counter_number(c, "SELECT count(*) FROM journal WHERE what = 'sell'"
                                       " AND operator = 1 AND after LIKE '%\"approved_by\":2%'"),
                     1);
    /* Done is done: the key again gives the first result, whoever approves it then. */
    sale.ask.approver = 0;
    assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_OK);
    assert_int_equal(reply.told.replayed, 1);
}

static void may__own_role_suffices__nobody_is_asked(void **state)
{
    struct counter *c = *state;
    struct book_request sale = comp(c, "comp-1", "A3", 0);
    struct booking_reply reply;

    hire(c);
    sale.ask.operator_number = 2;
    assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_OK);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM journal WHERE what = 'sell'"
                                       " AND after LIKE '%approved_by%'"),
                     0);
}

static void may__number_of_nobody__may_nothing_that_needs_a_role(void **state)
{
    struct counter *c = *state;
    struct book_request sale = comp(c, "comp-1", "A3", 77);
    struct booking_reply reply;

    hire(c);
    sale.ask.operator_number = 99;
    assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_NEEDS_APPROVAL);
    assert_string_equal(c->why.text, "giving seats away needs a supervisor");
}

static void may__who_left__may_no_more(void **state)
{
    struct counter *c = *state;
    struct staff_request gone;
    struct staff_reply left;
    struct book_request sale = comp(c, "comp-1", "A3", 2);
    struct booking_reply reply;

    hire(c);
    gone = person(c, 3, 2, "", ROLE_CLERK);
    assert_int_equal(counter_do(c, &verb_staff_remove, &gone, &left), RC_OK);
    assert_int_equal(left.active, 0);
    assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_NEEDS_APPROVAL);
    gone.ask = counter_ask(c, NULL, "office");
    gone.ask.operator_number = 3;
    assert_int_equal(counter_do(c, &verb_staff_remove, &gone, &left), RC_WRONG_STATE);
}

static void may__command__is_trusted(void **state)
{
    struct counter *c = *state;
    struct book_request sale = comp(c, "comp-1", "A3", 0);
    struct booking_reply reply;

    hire(c);
    sale.ask.trusted = true;
    assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_OK);
}

static void add__first__has_to_be_a_manager(void **state)
{
    struct counter *c = *state;

    assert_int_equal(add(c, 1, 1, "Mira", ROLE_CLERK), RC_REFUSED);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM staff"), 0);
    assert_int_equal(add(c, 1, 3, "Ada", ROLE_MANAGER), RC_OK);
    assert_int_equal(add(c, 1, 1, "Mira", ROLE_CLERK), RC_NEEDS_APPROVAL); /* asked by nobody */
    assert_int_equal(add(c, 3, 1, "Mira", ROLE_CLERK), RC_OK);
    assert_int_equal(add(c, 1, 4, "Max", ROLE_CLERK), RC_NEEDS_APPROVAL); /* asked by Mira */
    assert_int_equal(add(c, 3, 1, "Max", ROLE_CLERK), RC_EXISTS);
}

static void add__bad_input__is_refused(void **state)
{
    struct counter *c = *state;
    char name[STAFF_NAME_SIZE];

    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    assert_int_equal(add(c, 1, 0, "Ada", ROLE_MANAGER), RC_BAD_INPUT);
    assert_int_equal(add(c, 1, 10000, "Ada", ROLE_MANAGER), RC_BAD_INPUT);
    assert_int_equal(add(c, 1, -1, "Ada", ROLE_MANAGER), RC_BAD_INPUT);
    assert_int_equal(add(c, 1, 3, "", ROLE_MANAGER), RC_BAD_INPUT);
    assert_int_equal(add(c, 1, 3, "  ", ROLE_MANAGER), RC_BAD_INPUT);
    assert_int_equal(add(c, 1, 3, "Ada\033[2J", ROLE_MANAGER), RC_BAD_INPUT);
    assert_int_equal(add(c, 1, 3, "Ada", (enum role)3), RC_BAD_INPUT);
    assert_int_equal(add(c, 1, 9999, name, ROLE_MANAGER), RC_OK);
}

static void remove__last_manager__stays(void **state)
{
    struct counter *c = *state;
    struct staff_request request;
    struct staff_reply reply;

    hire(c);
    request = person(c, 3, 3, "Ada", ROLE_CLERK);
    assert_int_equal(counter_do(c, &verb_staff_remove, &request, &reply), RC_REFUSED);
    assert_int_equal(counter_do(c, &verb_staff_change, &request, &reply), RC_REFUSED);
    assert_string_equal(c->why.text, "Ada is the last manager: make another one first");
    request = person(c, 3, 2, "Tom", ROLE_MANAGER);
    assert_int_equal(counter_do(c, &verb_staff_change, &request, &reply), RC_OK);
    request = person(c, 3, 3, "Ada", ROLE_CLERK);
    assert_int_equal(counter_do(c, &verb_staff_remove, &request, &reply), RC_OK);
}

static void change__name_and_role__are_journaled_without_the_name(void **state)
{
    struct counter *c = *state;
    struct staff_request request;
    struct staff_reply reply;
    struct staff_row row;

    hire(c);
    request = person(c, 3, 1, "Mira Ødegård", ROLE_SUPERVISOR);
    assert_int_equal(counter_do(c, &verb_staff_change, &request, &reply), RC_OK);
    assert_int_equal(staff_one(c->box.db, 1, &row, NULL), RC_OK);
    assert_string_equal(row.name, "Mira Ødegård");
    assert_int_equal(row.role, ROLE_SUPERVISOR);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM journal WHERE book = 'house'"
                                       " AND what = 'staff_change' AND operator = 3"
                                       " AND after LIKE '%\"staff\":1}'"
                                       " AND before LIKE '%clerk%' AND after LIKE '%supervisor%'"),
                     1);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM journal WHERE after LIKE '%Mira%'"
                                       " OR before LIKE '%Mira%'"),
                     0);
    request.number = 44;
    request.ask = counter_ask(c, NULL, "office");
    request.ask.operator_number = 3;
    assert_int_equal(counter_do(c, &verb_staff_change, &request, &reply), RC_NOT_FOUND);
}

static void change__nothing_said_of_name_or_role__keeps_them(void **state)
{
    struct counter *c = *state;
    struct staff_request request;
    struct staff_reply reply;
    struct staff_row row;

    hire(c);
    request = person(c, 3, 2, "", ROLE_MANAGER);
    request.hash[0] = '\0';
    assert_int_equal(counter_do(c, &verb_staff_change, &request, &reply), RC_OK);
    assert_int_equal(staff_one(c->box.db, 2, &row, NULL), RC_OK);
    assert_string_equal(row.name, "Tom");
    assert_int_equal(row.role, ROLE_MANAGER);
    request = person(c, 3, 2, "Thomas", ROLE_CLERK);
    request.role = ROLE_KEPT;
    request.hash[0] = '\0';
    assert_int_equal(counter_do(c, &verb_staff_change, &request, &reply), RC_OK);
    assert_int_equal(staff_one(c->box.db, 2, &row, NULL), RC_OK);
    assert_string_equal(row.name, "Thomas");
    assert_int_equal(row.role, ROLE_MANAGER);
    assert_int_equal(reply.role, ROLE_MANAGER);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM staff WHERE pin_hash = 'hash of 2'"),
                     1);
}

static void change__with_a_pin__does_both_or_neither(void **state)
{
    struct counter *c = *state;
    struct staff_request request;
    struct staff_reply reply;
    struct staff_row row;

    hire(c);
    counter_script(c, "UPDATE staff SET active = 0 WHERE number = 1");
    request = person(c, 3, 1, "Mia", ROLE_SUPERVISOR);
    (void)snprintf(request.hash, sizeof request.hash, "another");
    assert_int_equal(counter_do(c, &verb_staff_change, &request, &reply), RC_OK);
    assert_int_equal(reply.active, 1);
    assert_int_equal(staff_one(c->box.db, 1, &row, NULL), RC_OK);
    assert_string_equal(row.name, "Mia");
    assert_true(row.active);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM staff WHERE pin_hash = 'another'"), 1);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM journal WHERE book = 'house'"
                                       " AND what IN ('staff_change', 'staff_pin')"
                                       " AND after LIKE '%\"staff\":1}'"),
                     2);
    request = person(c, 3, 3, "Ada", ROLE_CLERK); /* the last manager */
    (void)snprintf(request.hash, sizeof request.hash, "mine");
    assert_int_equal(counter_do(c, &verb_staff_change, &request, &reply), RC_REFUSED);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM staff WHERE pin_hash = 'mine'"), 0);
}

static void pin__new_one__lifts_a_lock_and_takes_back_who_left(void **state)
{
    struct counter *c = *state;
    struct staff_request request;
    struct staff_reply reply;
    struct staff_row row;

    hire(c);
    counter_script(c, "UPDATE staff SET active = 0, failures = 5, locked_until = 1795438900000,"
                      " demo_pin = '111111' WHERE number = 1");
    request = person(c, 3, 1, "", ROLE_CLERK);
    (void)snprintf(request.hash, sizeof request.hash, "another");
    assert_int_equal(counter_do(c, &verb_staff_pin, &request, &reply), RC_OK);
    assert_int_equal(staff_one(c->box.db, 1, &row, NULL), RC_OK);
    assert_true(row.active);
    assert_int_equal(row.tries.failures, 0);
    assert_int_equal(row.tries.locked_until, 0);
    assert_string_equal(row.demo_pin, ""); /* which is shown no longer */
    assert_int_equal(counter_number(c, "SELECT count(*) FROM staff WHERE pin_hash = 'another'"), 1);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM journal WHERE after LIKE '%another%'"),
                     0);
}

static void read__all__stand_by_number(void **state)
{
    struct counter *c = *state;
    struct staff_list *list = NULL;

    assert_false(staff_any(c->box.db));
    hire(c);
    assert_true(staff_any(c->box.db));
    assert_int_equal(staff_read(c->box.db, &list, NULL), RC_OK);
    assert_int_equal(list->n, 3);
    assert_string_equal(list->rows[0].name, "Mira");
    assert_string_equal(list->rows[2].name, "Ada");
    free(list);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, counter_setup, counter_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(may__nobody_hired__everybody_may),
        TEST(fault_108__clerk_gives_away__needs_an_approval_and_changes_nothing),
        TEST(fault_108__approved_on_the_spot__both_are_recorded),
        TEST(may__own_role_suffices__nobody_is_asked),
        TEST(may__number_of_nobody__may_nothing_that_needs_a_role),
        TEST(may__who_left__may_no_more),
        TEST(may__command__is_trusted),
        TEST(add__first__has_to_be_a_manager),
        TEST(add__bad_input__is_refused),
        TEST(remove__last_manager__stays),
        TEST(change__name_and_role__are_journaled_without_the_name),
        TEST(change__nothing_said_of_name_or_role__keeps_them),
        TEST(change__with_a_pin__does_both_or_neither),
        TEST(pin__new_one__lifts_a_lock_and_takes_back_who_left),
        TEST(read__all__stand_by_number),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
