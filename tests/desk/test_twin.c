/* The same customer twice at one show is found by phone and by name, however they are written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/twin.h"
#include "tests/kit/counter.h"

static struct booking_reply reserve(struct counter *c, const char *seat, const char *name,
                                    const char *phone)
{
    struct book_request request = counter_book(c, NULL, "counter-1", seat);
    struct booking_reply reply;

    (void)snprintf(request.name, sizeof request.name, "%s", name);
    (void)snprintf(request.phone, sizeof request.phone, "%s", phone);
    assert_int_equal(counter_do(c, &verb_reserve, &request, &reply), RC_OK);
    return reply;
}

/* The id of the twin, 0: none. */
static int64_t twin(struct counter *c, const char *name, const char *phone)
{
    struct booking *found = NULL;
    int64_t id;

    assert_int_equal(twin_read(c->box.db, c->show, name, phone, c->box.now, &found, &c->why),
                     RC_OK);
    id = found->id.n;
    free(found);
    return id;
}

static void twin__same_phone_or_name__is_found_however_written(void **state)
{
    struct counter *c = *state;
    int64_t kari = reserve(c, "B3", "Ødegård, Kari", "+47 55 01 12 12").reservation.n;

    assert_int_equal(twin(c, " ødegård,  KARI", ""), kari);
    assert_int_equal(twin(c, "Somebody", "+47-5501 1212"), kari);
    assert_int_equal(twin(c, "Ødegård, Kari", "55"), kari); /* half a phone hides no name */
    assert_int_equal(twin(c, "Kari Ødegård", ""), kari);    /* the other way round */
    assert_int_equal(twin(c, "Ødegård", ""), 0);
    assert_int_equal(twin(c, "", ""), 0);
    assert_int_equal(twin(c, "Somebody", "+47 55 01 12 13"), 0);
    assert_int_equal(twin(c, "Somebody", "55 01 12 12"), kari); /* as they ring from the town */
    assert_int_equal(twin(c, "Somebody", "055 01 12 12"), kari);
    assert_int_equal(twin(c, "Somebody", "0047 55 01 12 12"), kari);
    assert_int_equal(twin(c, "Somebody", "+49 55 01 12 12"), 0);
    assert_int_equal(twin(c, "Somebody", "45 01 12 12"), 0);
    assert_int_equal(twin(c, "Somebody", "1 12 12"), 0); /* too few digits to tell */
    int64_t house = reserve(c, "B4", "Stage door", "112").reservation.n; /* an extension */
    assert_int_equal(twin(c, "Somebody", "112"), house);
    assert_int_equal(twin(c, "Somebody", "212"), 0);
}

static void twin__several__the_phone_counts_more_then_the_newest(void **state)
{
    struct counter *c = *state;
    int64_t phone = reserve(c, "B3", "Mensah", "+47 55 01 12 12").reservation.n;
    int64_t name = reserve(c, "B4", "Okafor", "").reservation.n;
    int64_t newer = reserve(c, "B5", "Okafor", "").reservation.n;

    assert_int_equal(twin(c, "Okafor", "+47 55 01 12 12"), phone);
    assert_int_not_equal(twin(c, "Okafor", ""), name);
    assert_int_equal(twin(c, "Okafor", ""), newer);
}

static void twin__another_show_cancelled_or_overdue__is_none(void **state)
{
    struct counter *c = *state;
    struct booking_reply made = reserve(c, "B3", "Mensah", "");
    struct cancel_request cancel = {.ask = counter_ask(c, NULL, "counter-1"),
                                    .reservation = made.reservation};
    show_id here = c->show;

    c->show = box_show(&c->box, c->hall, "Ran", COUNTER_STARTS + 24 * WHEN_HOUR);
    assert_int_equal(twin(c, "Mensah", ""), 0);
    c->show = here;
    assert_int_equal(twin(c, "Mensah", ""), made.reservation.n);
    c->box.now = made.deadline; /* nobody has tidied yet */
    assert_int_equal(twin(c, "Mensah", ""), 0);
    c->box.now = BOX_NOW;
    assert_int_equal(counter_do(c, &verb_cancel, &cancel, &made), RC_OK);
    assert_int_equal(twin(c, "Mensah", ""), 0);
}

static void twin__sold__counts_as_well(void **state)
{
    struct counter *c = *state;
    struct booking_reply made = reserve(c, "B3", "Mensah", "");
    struct pay_request pay = {.ask = counter_ask(c, NULL, "counter-1"),
                              .reservation = made.reservation,
                              .expected = -1,
                              .n_tenders = 1,
                              .tenders = {{.kind = TENDER_CASH, .amount = -1}}};

    assert_int_equal(counter_do(c, &verb_pay, &pay, &made), RC_OK);
    assert_int_equal(twin(c, "Mensah", ""), made.reservation.n);
}

#define COUNTER(test) cmocka_unit_test_setup_teardown(test, counter_setup, counter_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        COUNTER(twin__same_phone_or_name__is_found_however_written),
        COUNTER(twin__several__the_phone_counts_more_then_the_newest),
        COUNTER(twin__another_show_cancelled_or_overdue__is_none),
        COUNTER(twin__sold__counts_as_well),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
