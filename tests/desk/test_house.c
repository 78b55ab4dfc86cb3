/* The programme and cancelled shows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/assign.h"
#include "core/desk/hold.h"
#include "core/desk/lease.h"
#include "core/desk/map.h"
#include "core/desk/waiting.h"
#include "tests/kit/box.h"
#include "tests/kit/race.h"

#define EVENING (BOX_NOW + 6 * WHEN_HOUR)

static struct show_add_request wish(struct box *box, hall_id hall, when_ms starts_at)
{
    struct show_add_request request = {.ask = box_ask(box),
                                       .hall = hall,
                                       .title = "Ran",
                                       .starts_at = starts_at,
                                       .minutes = 100,
                                       .sale_stop_min = 20,
                                       .n_prices = 1,
                                       .prices[0].amount = 1100};

    return request;
}

static enum rc add(struct box *box, const struct show_add_request *request, struct fault *why)
{
    struct show_reply reply;

    return verb_do(box->db, &verb_show_add, request, &reply, why);
}

static void show_add__prices__by_zone_and_type(void **state)
{
    struct box *box = *state;
    hall_id hall = box_hall(box, "@hall Two\n@zone low\nA\tooo\n@zone high\nB\tooo\n");
    struct show_add_request request = wish(box, hall, EVENING);
    struct show_reply reply;
    struct map *map = NULL;
    struct fault why;

    request.n_prices = 2;
    (void)snprintf(request.prices[1].zone, ZONE_SIZE, "high");
    request.prices[1].amount = 1305;
    assert_int_equal(verb_do(box->db, &verb_show_add, &request, &reply, &why), RC_OK);
    assert_int_equal(reply.told.hints[0].kind, HINT_PROGRAMME);
    assert_int_equal(map_read(box->db, reply.show, "", box->now, &map, &why), RC_OK);
    assert_int_equal(map->prices[0][0], 1100);
    assert_int_equal(map->prices[0][1], 700); /* 65 per cent, in steps of 50 */
    assert_int_equal(map->prices[0][2], 900);
    assert_int_equal(map->prices[1][0], 1305); /* as it was said */
    assert_int_equal(map->show.from, 1100);
    assert_int_equal(map->show.sale_stop, EVENING + 20 * WHEN_MINUTE);
    assert_int_equal(map->show.ends_at, EVENING + 100 * WHEN_MINUTE);
    assert_int_equal(map->show.rev, reply.rev);
    free(map);
}

static void show_add__overlap_in_a_hall__refused_and_named(void **state)
{
    /* starts and lengths against a show from 0 to 100 minutes */
    static const struct {
        int start, minutes;
        enum rc rc;
    } cases[] = {{0, 100, RC_REFUSED}, {99, 10, RC_REFUSED},   {-10, 11, RC_REFUSED},
                 {10, 10, RC_REFUSED}, {-10, 300, RC_REFUSED}, {100, 10, RC_OK},
                 {-10, 10, RC_OK}};
    struct box *box = *state;
    hall_id hall = box_small_hall(box);
    struct show_add_request request = wish(box, hall, EVENING);
    struct fault why;

    assert_int_equal(add(box, &request, &why), RC_OK);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        request = wish(box, hall, EVENING + cases[i].start * WHEN_MINUTE);
        request.minutes = cases[i].minutes;
        assert_int_equal(add(box, &request, &why), cases[i].rc);
        if (cases[i].rc == RC_REFUSED)
            assert_non_null(strstr(why.text, "Ran, Mon 23 Nov 19:00"));
    }
    request = wish(box, box_hall(box, "@hall Other\nA\tooo\n"), EVENING);
    assert_int_equal(add(box, &request, &why), RC_OK);
}

static void show_add__where_a_show_was_cancelled__fits(void **state)
{
    struct box *box = *state;
    hall_id hall = box_small_hall(box);
    struct show_cancel_request cancel = {.show = box_show(box, hall, "Ran", EVENING)};
    struct show_reply reply;
    struct show_add_request request = wish(box, hall, EVENING);
    struct fault why;

    cancel.ask = box_ask(box);
    assert_int_equal(verb_do(box->db, &verb_show_cancel, &cancel, &reply, &why), RC_OK);
    assert_int_equal(add(box, &request, &why), RC_OK);
}

static void fault_090__numbers_out_of_range__refused(void **state)
{
    struct box *box = *state;
    hall_id hall = box_small_hall(box);
    struct show_add_request good = wish(box, hall, EVENING), bad;
    struct fault why;

#define REFUSES(field, value, wanted) \
    bad = good;                       \
    bad.ask = box_ask(box);           \
    bad.field = (value);              \
    assert_int_equal(add(box, &bad, &why), wanted)

    REFUSES(minutes, 0, RC_BAD_INPUT);
    REFUSES(minutes, -5, RC_BAD_INPUT);
    REFUSES(minutes, 1441, RC_BAD_INPUT);
    REFUSES(minutes, INT32_MAX, RC_BAD_INPUT);
    REFUSES(starts_at, 0, RC_BAD_INPUT);
    REFUSES(starts_at, INT64_MIN, RC_BAD_INPUT);
    REFUSES(starts_at, INT64_MAX, RC_BAD_INPUT);
    REFUSES(sale_stop_min, -1, RC_BAD_INPUT);
    REFUSES(sale_stop_min, INT64_MAX, RC_BAD_INPUT);
    REFUSES(n_prices, 0, RC_BAD_INPUT);
    REFUSES(n_prices, 9, RC_BAD_INPUT);
    REFUSES(n_prices, -1, RC_BAD_INPUT);
    REFUSES(prices[0].amount, -1, RC_BAD_INPUT);
    REFUSES(prices[0].amount, MONEY_MAX + 1, RC_BAD_INPUT);
    REFUSES(title[0], '\0', RC_BAD_INPUT);
    REFUSES(title[0], '\n', RC_BAD_INPUT);
    REFUSES(title[0], (char)0xff, RC_BAD_INPUT);
    REFUSES(hall.n, 99, RC_NOT_FOUND);
    REFUSES(hall.n, -1, RC_NOT_FOUND);
#undef REFUSES
    assert_int_equal(add(box, &good, &why), RC_OK);
}

static void show_add__zone_that_is_not_there_or_unpriced__refused(void **state)
{
    struct box *box = *state;
    hall_id hall = box_hall(box, "@hall Two\n@zone low\nA\tooo\n@zone high\nB\tooo\n");
    struct show_add_request request = wish(box, hall, EVENING);
    struct fault why;

    (void)snprintf(request.prices[0].zone, ZONE_SIZE, "low");
    assert_int_equal(add(box, &request, &why), RC_BAD_INPUT);
    assert_non_null(strstr(why.text, "high"));
    (void)snprintf(request.prices[0].zone, ZONE_SIZE, "middle");
    assert_int_equal(add(box, &request, &why), RC_NOT_FOUND);
    assert_non_null(strstr(why.text, "middle"));
}

static void show_add__same_key__same_show_again(void **state)
{
    struct box *box = *state;
    struct show_add_request request = wish(box, box_small_hall(box), EVENING);
    struct show_reply first, again;
    struct fault why;

    assert_int_equal(verb_do(box->db, &verb_show_add, &request, &first, &why), RC_OK);
    assert_int_equal(verb_do(box->db, &verb_show_add, &request, &again, &why), RC_OK);
    assert_int_equal(again.told.replayed, 1);
    assert_int_equal(again.show.n, first.show.n);
    request.minutes++;
    assert_int_equal(verb_do(box->db, &verb_show_add, &request, &again, &why), RC_KEY_REUSED);
}

/* A show with a sale by cash and card, of which a seat was refunded, an unpaid reservation, a held
 * seat and a waiting party. */
static show_id busy_show(struct box *box, hall_id hall, reservation_id *sold)
{
    show_id show = box_show(box, hall, "Ran", EVENING);
    struct book_request book = {
        .ask = box_ask(box),
        .show = show,
        .n = 3,
        .seats = {box_seat(box, hall, "B1"), box_seat(box, hall, "B2"), box_seat(box, hall, "B3")},
        .name = "Ødegård, Kari",
        .phone = "+47 55 01 12 12",
        .expected = -1,
        .n_tenders = 2,
        .tenders = {{.kind = TENDER_CASH, .amount = 1500, .given = 1500},
                    {.kind = TENDER_CARD, .amount = 1500}}};
    struct cancel_request cancel = {.n = 1, .seats = {box_seat(box, hall, "B3")}};
    struct hold_request hold = {
        .ask = box_ask(box), .show = show, .n = 1, .seats = {box_seat(box, hall, "A5")}};
    struct hold_reply held;
    struct booking_reply booked;
    struct wait_request wait = {
        .ask = box_ask(box), .show = show, .party = 2, .name = "Okafor, Ngozi"};
    struct entry_reply entry;
    struct fault why = {0};

    if (verb_do(box->db, &verb_sell, &book, &booked, &why) != RC_OK)
        fail_msg("%s", why.text);
    *sold = cancel.reservation = booked.reservation;
    cancel.ask = box_ask(box);
    if (verb_do(box->db, &verb_cancel, &cancel, &booked, &why) != RC_OK)
        fail_msg("%s", why.text);
    if (verb_do(box->db, &verb_hold, &hold, &held, &why) != RC_OK)
        fail_msg("%s", why.text);
    book = (struct book_request){.ask = box_ask(box),
                                 .show = show,
                                 .n = 1,
                                 .seats = {box_seat(box, hall, "C3")},
                                 .name = "Mensah",
                                 .expected = -1,
                                 .collect_min = 30};
    if (verb_do(box->db, &verb_reserve, &book, &booked, &why) != RC_OK)
        fail_msg("%s", why.text);
    if (verb_do(box->db, &verb_wait, &wait, &entry, &why) != RC_OK)
        fail_msg("%s", why.text);
    return show;
}

static void fault_096__show_cancelled__frees_closes_and_owes(void **state)
{
    struct box *box = *state;
    hall_id hall = box_small_hall(box);
    reservation_id sold;
    struct show_cancel_request request = {.show = busy_show(box, hall, &sold)};
    struct show_reply reply;
    struct due_list *due = NULL;
    struct booking *booking = NULL;
    struct map *map = NULL;
    struct fault why;

    request.ask = box_ask(box);
    assert_int_equal(verb_do(box->db, &verb_show_cancel, &request, &reply, &why), RC_OK);
    assert_int_equal(reply.reservations, 2);
    assert_int_equal(reply.entries, 1);
    assert_int_equal(reply.refunds_due, 2000);
    assert_int_equal(reply.told.n, 3);

    assert_int_equal(house_refunds_due(box->db, request.show, &due, &why), RC_OK);
    assert_int_equal(due->n, 2);
    assert_string_equal(due->rows[0].tender, "card");
    assert_int_equal(due->rows[0].amount, 1500);
    assert_string_equal(due->rows[1].tender, "cash");
    assert_int_equal(due->rows[1].amount, 500);
    assert_string_equal(due->rows[0].name, "Ødegård, Kari");
    free(due);

    assert_int_equal(booking_read(box->db, sold, box->now, &booking, &why), RC_OK);
    assert_int_equal(booking->state, BOOKING_CANCELLED);
    assert_string_equal(booking->seats_were, "B3 B1 B2");
    assert_int_equal(booking->total, 0);
    free(booking);

    assert_int_equal(map_read(box->db, request.show, "", box->now, &map, &why), RC_OK);
    assert_true(map->show.cancelled);
    assert_int_equal(map->show.free, 24);
    assert_int_equal(map->show.waiting, 0);
    assert_int_equal(map->show.rev, reply.rev);
    free(map);
}

static void fault_096__show_cancelled__sells_no_more(void **state)
{
    struct box *box = *state;
    hall_id hall = box_small_hall(box);
    reservation_id sold;
    struct show_cancel_request request = {.show = busy_show(box, hall, &sold)};
    struct show_reply reply;
    struct book_request book = {.show = request.show, .best = 1, .expected = -1};
    struct booking_reply booked;
    struct fault why;

    request.ask = box_ask(box);
    assert_int_equal(verb_do(box->db, &verb_show_cancel, &request, &reply, &why), RC_OK);
    book.ask = box_ask(box);
    assert_int_equal(verb_do(box->db, &verb_sell, &book, &booked, &why), RC_WRONG_STATE);
    request.ask = box_ask(box);
    assert_int_equal(verb_do(box->db, &verb_show_cancel, &request, &reply, &why), RC_WRONG_STATE);
    assert_non_null(strstr(why.text, "Ran, Mon 23 Nov 19:00"));
}

static void show_cancel__same_key__first_result_again(void **state)
{
    struct box *box = *state;
    hall_id hall = box_small_hall(box);
    reservation_id sold;
    struct show_cancel_request request = {.show = busy_show(box, hall, &sold)};
    struct show_reply first, again;
    struct fault why;

    request.ask = box_ask(box);
    assert_int_equal(verb_do(box->db, &verb_show_cancel, &request, &first, &why), RC_OK);
    assert_int_equal(verb_do(box->db, &verb_show_cancel, &request, &again, &why), RC_OK);
    assert_int_equal(again.told.replayed, 1);
    assert_int_equal(again.refunds_due, first.refunds_due);
}

static void show_cancel__open_offer__closed_with_its_call(void **state)
{
    struct box *box = *state;
    show_id show = box_show(box, box_small_hall(box), "Ran", EVENING);
    struct wait_request wait = {
        .ask = box_ask(box), .show = show, .party = 2, .name = "Okafor, Ngozi"};
    struct entry_reply entry;
    struct lease_request take = {.ask = box_ask(box), .session = "one"};
    struct lease_reply lease;
    struct assign_request assign = {.ask = box_ask(box), .show = show};
    struct assign_reply assigned;
    struct show_cancel_request cancel = {.ask = box_ask(box), .show = show};
    struct show_reply reply;
    struct waiting_list *list = NULL;
    struct fault why;

    assert_int_equal(verb_do(box->db, &verb_wait, &wait, &entry, &why), RC_OK);
    assert_int_equal(verb_do(box->db, &verb_lease_take, &take, &lease, &why), RC_OK);
    assign.term = lease.row.term;
    assert_int_equal(verb_do(box->db, &verb_assign, &assign, &assigned, &why), RC_OK);
    assert_int_equal(assigned.offered, 1);
    assert_int_equal(verb_do(box->db, &verb_show_cancel, &cancel, &reply, &why), RC_OK);
    assert_int_equal(reply.entries, 1);
    assert_int_equal(waiting_calls(box->db, box->now, &list, &why), RC_OK);
    assert_int_equal(list->n, 0);
    free(list);
    assert_int_equal(waiting_entry(box->db, entry.entry, box->now, &list, &why), RC_OK);
    assert_int_equal(list->rows[0].state, ENTRY_CLOSED);
    free(list);
}

static void show_cancel__unknown_show__not_found(void **state)
{
    struct box *box = *state;
    struct show_cancel_request request = {.ask = box_ask(box), .show = {99}};
    struct show_reply reply;
    struct fault why;

    assert_int_equal(verb_do(box->db, &verb_show_cancel, &request, &reply, &why), RC_NOT_FOUND);
}

/* What the racers are told: each makes its own ask, as another terminal would. */
struct race {
    hall_id hall;
    show_id show;
};

static struct ask racer(int nth)
{
    struct ask ask = {.now = BOX_NOW, .operator_number = nth + 1};

    (void)snprintf(ask.key, sizeof ask.key, "racer-%d", nth);
    (void)snprintf(ask.terminal, sizeof ask.terminal, "counter-%d", nth + 2);
    ask.random[0] = (uint8_t)nth;
    return ask;
}

static int add_overlapping(struct sql *db, int nth, void *context)
{
    const struct race *race = context;
    struct show_add_request request = {.ask = racer(nth),
                                       .hall = race->hall,
                                       .title = "Ran",
                                       .starts_at = EVENING + nth * WHEN_MINUTE,
                                       .minutes = 100,
                                       .n_prices = 1};
    struct show_reply reply;
    struct fault why;

    return (int)verb_do(db, &verb_show_add, &request, &reply, &why);
}

static void show_add__eight_at_once_in_one_hall__one_is_added(void **state)
{
    struct box *box = *state;
    struct race race = {.hall = box_small_hall(box)};
    int results[8];

    race_run(box, 8, add_overlapping, &race, results);
    assert_int_equal(race_count(results, 8, RC_OK), 1);
    assert_int_equal(race_count(results, 8, RC_REFUSED), 7);
}

/* The first racer cancels the show that the others sell. */
static int cancel_or_sell(struct sql *db, int nth, void *context)
{
    const struct race *race = context;
    struct show_cancel_request cancel = {.ask = racer(nth), .show = race->show};
    struct book_request book = {.ask = racer(nth), .show = race->show, .best = 1, .expected = -1};
    struct show_reply cancelled;
    struct booking_reply booked;
    struct fault why;

    if (nth == 0)
        return (int)verb_do(db, &verb_show_cancel, &cancel, &cancelled, &why);
    return (int)verb_do(db, &verb_sell, &book, &booked, &why);
}

static void fault_096__sold_while_it_is_cancelled__refunded_or_refused(void **state)
{
    struct box *box = *state;
    hall_id hall = box_small_hall(box);
    struct race race = {.show = box_show(box, hall, "Ran", EVENING)};
    int results[12];
    struct due_list *due = NULL;
    struct fault why;
    int sold;

    race_run(box, 12, cancel_or_sell, &race, results);
    assert_int_equal(results[0], RC_OK);
    sold = race_count(results, 12, RC_OK) - 1;
    assert_int_equal(race_count(results, 12, RC_WRONG_STATE), 11 - sold);
    assert_int_equal(house_refunds_due(box->db, race.show, &due, &why), RC_OK);
    assert_int_equal(due->n, sold);
    free(due);
    assert_int_equal(sql_one_number(box->db, -1, "SELECT count(*) FROM claims", NULL, 0), 0);
}

#define IN_A_BOX(test) cmocka_unit_test_setup_teardown(test, box_setup, box_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_BOX(show_add__prices__by_zone_and_type),
        IN_A_BOX(show_add__overlap_in_a_hall__refused_and_named),
        IN_A_BOX(show_add__where_a_show_was_cancelled__fits),
        IN_A_BOX(fault_090__numbers_out_of_range__refused),
        IN_A_BOX(show_add__zone_that_is_not_there_or_unpriced__refused),
        IN_A_BOX(show_add__same_key__same_show_again),
        IN_A_BOX(fault_096__show_cancelled__frees_closes_and_owes),
        IN_A_BOX(fault_096__show_cancelled__sells_no_more),
        IN_A_BOX(show_cancel__same_key__first_result_again),
        IN_A_BOX(show_cancel__open_offer__closed_with_its_call),
        IN_A_BOX(show_cancel__unknown_show__not_found),
        IN_A_BOX(show_add__eight_at_once_in_one_hall__one_is_added),
        IN_A_BOX(fault_096__sold_while_it_is_cancelled__refunded_or_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
