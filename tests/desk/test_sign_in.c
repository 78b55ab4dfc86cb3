/* Signing in: tries are counted, the fifth wrong one locks, and nobody gets a sixth. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/staff_pin.h"
#include "tests/kit/box.h"
#include "tests/kit/race.h"

#define PIN "940271"

static char pepper[KIT_PATH];

static struct staff_request hired(struct box *box, int32_t number, enum role role)
{
    struct staff_request request = {
        .ask = box_ask(box), .number = number, .role = (int32_t)role, .name = "Ada"};
    struct fault why = {0};

    request.ask.trusted = true;
    kit_path(pepper, box->dir, "pepper");
    if (staff_pin_make(PIN, pepper, &request, &why) != RC_OK)
        fail_msg("%s", why.text);
    return request;
}

static void hire(struct box *box, int32_t number)
{
    struct staff_request request = hired(box, number, ROLE_MANAGER);
    struct staff_reply reply;

    assert_int_equal(verb_do(box->db, &verb_staff_add, &request, &reply, NULL), RC_OK);
}

/* As a terminal does it: the PIN is tried outside the transaction, and counted in one. */
static enum rc sign_in(struct box *box, int32_t number, const char *pin,
                       struct sign_in_reply *reply, struct fault *why)
{
    struct sign_in_request request = {.ask = box_ask(box), .number = number};
    struct pin_verdict verdict;
    enum rc rc = staff_pin_try(box->db, number, pin, pepper, &verdict, why);

    if (rc != RC_OK)
        return rc;
    request.right = verdict.right;
    memcpy(request.hash, verdict.hash, sizeof request.hash);
    return verb_do(box->db, &verb_sign_in, &request, reply, why);
}

static enum signed_outcome tried(struct box *box, const char *pin)
{
    struct sign_in_reply reply = {0};
    struct fault why = {0};

    if (sign_in(box, 3, pin, &reply, &why) != RC_OK)
        fail_msg("%s", why.text);
    return (enum signed_outcome)reply.outcome;
}

static int64_t number(struct box *box, const char *query)
{
    return sql_one_number(box->db, -1, query, NULL, 0);
}

static void sign_in__right_pin__tells_who_it_is(void **state)
{
    struct box *box = *state;
    struct sign_in_reply reply;

    hire(box, 3);
    assert_int_equal(sign_in(box, 3, PIN, &reply, NULL), RC_OK);
    assert_int_equal(reply.outcome, SIGNED_IN);
    assert_int_equal(reply.number, 3);
    assert_int_equal(reply.role, ROLE_MANAGER);
    assert_string_equal(reply.name, "Ada");
    assert_int_equal(number(box, "SELECT count(*) FROM journal WHERE book = 'house'"
                                 " AND what = 'sign_in' AND after LIKE '%\"staff\":3%'"),
                     1);
}

static void fault_097__five_wrong__lock_for_half_an_hour_and_are_journaled(void **state)
{
    struct box *box = *state;
    struct sign_in_reply reply;

    hire(box, 3);
    for (int i = 1; i <= 4; i++) {
        assert_int_equal(sign_in(box, 3, "000001", &reply, NULL), RC_OK);
        assert_int_equal(reply.outcome, SIGNED_WRONG);
        assert_int_equal(reply.left, 5 - i);
        assert_string_equal(reply.name, "");
    }
    assert_int_equal(sign_in(box, 3, "000001", &reply, NULL), RC_OK);
    assert_int_equal(reply.outcome, SIGNED_LOCKED);
    assert_int_equal(reply.locked_until, BOX_NOW + 30 * WHEN_MINUTE);
    assert_int_equal(tried(box, PIN), SIGNED_LOCKED);
    box->now += 30 * WHEN_MINUTE - 1;
    assert_int_equal(tried(box, PIN), SIGNED_LOCKED);
    box->now += 1;
    assert_int_equal(tried(box, PIN), SIGNED_IN);
    assert_int_equal(number(box, "SELECT count(*) FROM journal WHERE book = 'house'"
                                 " AND what = 'pin_wrong'"),
                     4);
    assert_int_equal(number(box, "SELECT count(*) FROM journal WHERE book = 'house'"
                                 " AND what = 'pin_locked'"
                                 " AND after LIKE '%\"locked_until\":1795440600000%'"),
                     1);
    /* Numbers only. */
    assert_int_equal(number(box, "SELECT count(*) FROM journal WHERE after LIKE '%Ada%'"
                                 " OR after LIKE '%000001%' OR after LIKE '%argon%'"),
                     0);
}

static void fault_097__right_one_between__begins_the_count_anew(void **state)
{
    struct box *box = *state;

    hire(box, 3);
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 4; i++)
            assert_int_equal(tried(box, "000001"), SIGNED_WRONG);
        assert_int_equal(tried(box, PIN), SIGNED_IN);
    }
}

static void sign_in__nobody_of_that_number__is_wrong_and_counts_nothing(void **state)
{
    struct box *box = *state;
    struct sign_in_reply reply;

    hire(box, 3);
    assert_int_equal(sign_in(box, 4, PIN, &reply, NULL), RC_OK);
    assert_int_equal(reply.outcome, SIGNED_WRONG);
    assert_int_equal(reply.left, -1);
    assert_int_equal(number(box, "SELECT sum(failures) FROM staff"), 0);
}

static void sign_in__who_left__is_nobody(void **state)
{
    struct box *box = *state;
    struct staff_request gone = {.ask = box_ask(box), .number = 5};
    struct staff_reply left;
    struct sign_in_reply reply;

    gone.ask.trusted = true;
    hire(box, 3);
    hire(box, 5);
    assert_int_equal(verb_do(box->db, &verb_staff_remove, &gone, &left, NULL), RC_OK);
    assert_int_equal(sign_in(box, 5, PIN, &reply, NULL), RC_OK);
    assert_int_equal(reply.outcome, SIGNED_WRONG);
}

static void sign_in__pin_changed_since_it_was_tried__fails(void **state)
{
    struct box *box = *state;
    struct sign_in_request request = {.ask = box_ask(box), .number = 3, .right = 1};
    struct pin_verdict verdict;
    struct staff_request changed;
    struct staff_reply reply;
    struct sign_in_reply answer;

    hire(box, 3);
    assert_int_equal(staff_pin_try(box->db, 3, PIN, pepper, &verdict, NULL), RC_OK);
    assert_true(verdict.right);
    changed = hired(box, 3, ROLE_MANAGER);
    assert_int_equal(verb_do(box->db, &verb_staff_pin, &changed, &reply, NULL), RC_OK);
    memcpy(request.hash, verdict.hash, sizeof request.hash);
    assert_int_equal(verb_do(box->db, &verb_sign_in, &request, &answer, NULL), RC_OK);
    assert_int_equal(answer.outcome, SIGNED_CHANGED);
    assert_int_equal(number(box, "SELECT failures FROM staff"), 0);
}

static void sign_in__another_pepper__is_told_and_nobodys_fault(void **state)
{
    struct box *box = *state;
    struct sign_in_reply reply;
    struct fault why = {0};

    hire(box, 3);
    kit_path(pepper, box->dir, "pepper-of-another-machine");
    assert_int_equal(sign_in(box, 3, PIN, &reply, &why), RC_ENVIRONMENT); /* missing */
    struct pepper other;
    assert_int_equal(pepper_read(pepper, true, &other, NULL), RC_OK);
    assert_int_equal(sign_in(box, 3, PIN, &reply, &why), RC_ENVIRONMENT);
    assert_non_null(strstr(why.text, "another pepper"));
    assert_int_equal(number(box, "SELECT failures FROM staff"), 0);
}

/* Each guesses six times as fast as it can; the last guess of each is the right one. */
static int guess(struct sql *db, int nth, void *context)
{
    const struct pin_verdict *verdict = context;
    int in = 0;

    for (int i = 0; i < 6; i++) {
        struct sign_in_request request = {.number = 3, .right = i == 5};
        struct sign_in_reply reply;

        request.ask = (struct ask){.now = BOX_NOW, .operator_number = 1};
        (void)snprintf(request.ask.key, sizeof request.ask.key, "guess-%d-%d", nth, i);
        memcpy(request.hash, verdict->hash, sizeof request.hash);
        if (verb_do(db, &verb_sign_in, &request, &reply, NULL) != RC_OK)
            return 100;
        in += reply.outcome == SIGNED_IN;
    }
    return in;
}

static void fault_097__two_terminals_guess_at_once__five_and_no_more(void **state)
{
    struct box *box = *state;
    struct pin_verdict verdict;
    int results[2];

    hire(box, 3);
    assert_int_equal(staff_pin_try(box->db, 3, PIN, pepper, &verdict, NULL), RC_OK);
    race_run(box, 2, guess, &verdict, results);
    assert_int_equal(race_count(results, 2, 0), 2);
    assert_int_equal(number(box, "SELECT failures FROM staff"), 5);
    assert_int_equal(number(box, "SELECT count(*) FROM journal WHERE what = 'pin_wrong'"), 4);
    assert_int_equal(number(box, "SELECT count(*) FROM journal WHERE what = 'pin_locked'"), 1);
}

static void demo__three_people__sign_in_with_the_pins_shown(void **state)
{
    struct box *box = *state;
    struct staff_list *list = NULL;
    struct sign_in_reply reply;
    struct ask ask = box_ask(box);

    assert_int_equal(house_init(box->db, &ask, "EUR", true, NULL), RC_OK);
    (void)snprintf(pepper, sizeof pepper, "/nonexistent"); /* a demo has none */
    assert_int_equal(staff_read(box->db, &list, NULL), RC_OK);
    assert_int_equal(list->n, 3);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(list->rows[i].role, i);
        assert_int_equal(sign_in(box, i + 1, list->rows[i].demo_pin, &reply, NULL), RC_OK);
        assert_int_equal(reply.outcome, SIGNED_IN);
    }
    free(list);
}

static int bare_setup(void **state)
{
    struct box *box = calloc(1, sizeof *box);

    assert_non_null(box);
    box_init_bare(box);
    *state = box;
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, box_setup, box_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(sign_in__right_pin__tells_who_it_is),
        TEST(fault_097__five_wrong__lock_for_half_an_hour_and_are_journaled),
        TEST(fault_097__right_one_between__begins_the_count_anew),
        TEST(sign_in__nobody_of_that_number__is_wrong_and_counts_nothing),
        TEST(sign_in__who_left__is_nobody),
        TEST(sign_in__pin_changed_since_it_was_tried__fails),
        TEST(sign_in__another_pepper__is_told_and_nobodys_fault),
        TEST(fault_097__two_terminals_guess_at_once__five_and_no_more),
        cmocka_unit_test_setup_teardown(demo__three_people__sign_in_with_the_pins_shown, bare_setup,
                                        box_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
