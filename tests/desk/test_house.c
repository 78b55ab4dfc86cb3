/* Halls, the programme and cancelled shows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/map.h"
#include "core/desk/waiting.h"
#include "tests/kit/box.h"

#define EVENING (BOX_NOW + 6 * WHEN_HOUR)

static struct plan *parse(const char *text)
{
    struct plan *plan = NULL;
    struct fault why;

    if (plan_parse(text, strlen(text), &plan, NULL, NULL, &why) != RC_OK)
        fail_msg("%s", why.text);
    return plan;
}

static void hall_add__stores_seats__rising_in_row_and_seat_order(void **state)
{
    struct box *box = *state;
    hall_id hall = box_small_hall(box);
    const struct plan *kept = map_plan_kept(box->db, hall);
    struct plan *drawn = parse("@hall Small\n@zone stalls\nA\twcoo_oooo\nB\toooo_oooo\n"
                               "C\toooo_oooo\n");

    assert_int_equal(kept->n, drawn->n);
    for (size_t i = 0; i < kept->n; i++) {
        assert_string_equal(kept->seats[i].label, drawn->seats[i].label);
        assert_int_equal(kept->seats[i].kind, drawn->seats[i].kind);
        assert_int_equal(kept->seats[i].run, drawn->seats[i].run);
        if (i > 0)
            assert_true(kept->seats[i].id.n > kept->seats[i - 1].id.n);
    }
    plan_free(&drawn);
}

static void hall_add__same_name_in_other_case__exists(void **state)
{
    struct box *box = *state;
    struct plan *plan = parse("@hall SMALL\nA\tooo\n");
    struct ask ask = box_ask(box);
    struct told told;
    struct fault why;
    hall_id hall;

    box_small_hall(box);
    assert_int_equal(hall_add(box->db, &ask, plan, &hall, &told, &why), RC_EXISTS);
    assert_non_null(strstr(why.text, "SMALL"));
    assert_int_equal(told.n, 0);
    plan_free(&plan);
}

static void hall_add__same_key__first_hall_again(void **state)
{
    struct box *box = *state;
    struct plan *plan = parse("@hall Attic\nA\tooo\n");
    struct plan *other = parse("@hall Attic\nA\toooo\n");
    struct ask ask = box_ask(box);
    struct told told;
    struct fault why;
    hall_id hall, again;

    assert_int_equal(hall_add(box->db, &ask, plan, &hall, &told, &why), RC_OK);
    assert_int_equal(told.hints[0].kind, HINT_PROGRAMME);
    assert_int_equal(hall_add(box->db, &ask, plan, &again, &told, &why), RC_OK);
    assert_int_equal(told.replayed, 1);
    assert_int_equal(again.n, hall.n);
    assert_int_equal(hall_add(box->db, &ask, other, &again, &told, &why), RC_KEY_REUSED);
    plan_free(&plan);
    plan_free(&other);
}

static void hall_add__without_name__bad_input(void **state)
{
    struct box *box = *state;
    struct plan *plan = parse("A\tooo\n");
    struct ask ask = box_ask(box);
    struct told told;
    struct fault why;
    hall_id hall;

    assert_int_equal(hall_add(box->db, &ask, plan, &hall, &told, &why), RC_BAD_INPUT);
    plan_free(&plan);
}

static void hall_find__by_name_or_id__finds(void **state)
{
    struct box *box = *state;
    hall_id hall = box_small_hall(box), found;
    struct fault why;
    char id[32];

    assert_int_equal(hall_find(box->db, " sMALL ", &found, &why), RC_OK);
    assert_int_equal(found.n, hall.n);
    (void)snprintf(id, sizeof id, "%lld", (long long)hall.n);
    assert_int_equal(hall_find(box->db, id, &found, &why), RC_OK);
    assert_int_equal(found.n, hall.n);
}

static void hall_find__what_is_not_there__not_found(void **state)
{
    static const char *const names[] = {
        "", "Big", "99", "-1", "1e3", "99999999999999999999", "a'; DROP TABLE halls; --"};
    struct box *box = *state;
    hall_id found;
    struct fault why;

    box_small_hall(box);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        assert_int_equal(hall_find(box->db, names[i], &found, &why), RC_NOT_FOUND);
}

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

/* A show with a sale by card and cash, an unpaid reservation, a held seat and a waiting party. */
static show_id busy_show(struct box *box, hall_id hall, reservation_id *sold)
{
    show_id show = box_show(box, hall, "Ran", EVENING);
    struct book_request book = {.ask = box_ask(box),
                                .show = show,
                                .n = 2,
                                .seats = {box_seat(box, hall, "B1"), box_seat(box, hall, "B2")},
                                .name = "Ødegård, Kari",
                                .phone = "+47 55 01 12 12",
                                .expected = -1,
                                .n_tenders = 2,
                                .tenders = {{TENDER_CASH, 500, 500}, {TENDER_CARD, 1500, 0}}};
    struct booking_reply booked;
    struct wait_request wait = {
        .ask = box_ask(box), .show = show, .party = 2, .name = "Okafor, Ngozi"};
    struct entry_reply entry;
    struct fault why = {0};

    if (verb_do(box->db, &verb_sell, &book, &booked, &why) != RC_OK)
        fail_msg("%s", why.text);
    *sold = booked.reservation;
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
    assert_string_equal(booking->seats_were, "B1 B2");
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

static void show_cancel__unknown_show__not_found(void **state)
{
    struct box *box = *state;
    struct show_cancel_request request = {.ask = box_ask(box), .show = {99}};
    struct show_reply reply;
    struct fault why;

    assert_int_equal(verb_do(box->db, &verb_show_cancel, &request, &reply, &why), RC_NOT_FOUND);
}

static void halls_read__counts_what_is_to_come(void **state)
{
    struct box *box = *state;
    hall_id hall = box_small_hall(box);
    struct hall_list *list = NULL;
    struct fault why;

    box_show(box, hall, "Ran", EVENING);
    box_show(box, hall, "Ponyo", BOX_NOW - 3 * WHEN_HOUR);
    assert_int_equal(halls_read(box->db, box->now, &list, &why), RC_OK);
    assert_int_equal(list->n, 1);
    assert_string_equal(list->rows[0].name, "Small");
    assert_int_equal(list->rows[0].seats, 24);
    assert_int_equal(list->rows[0].wheelchairs, 1);
    assert_int_equal(list->rows[0].zones, 1);
    assert_int_equal(list->rows[0].shows, 1);
    free(list);
}

static void house_venue__nobody_said_init__not_found(void **state)
{
    struct box box;
    struct venue venue;
    struct fault why;
    struct ask ask;

    (void)state;
    box_init_bare(&box);
    ask = box_ask(&box);
    assert_int_equal(house_venue(box.db, &venue, &why), RC_NOT_FOUND);
    assert_int_equal(house_init(box.db, &ask, "eur", false, &why), RC_BAD_INPUT);
    assert_int_equal(house_init(box.db, &ask, "EURO", false, &why), RC_BAD_INPUT);
    assert_int_equal(house_init(box.db, &ask, "EUR", false, &why), RC_OK);
    assert_int_equal(house_venue(box.db, &venue, &why), RC_OK);
    assert_false(venue.demo);
    box_fini(&box);
}

#define IN_A_BOX(test) cmocka_unit_test_setup_teardown(test, box_setup, box_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_BOX(hall_add__stores_seats__rising_in_row_and_seat_order),
        IN_A_BOX(hall_add__same_name_in_other_case__exists),
        IN_A_BOX(hall_add__same_key__first_hall_again),
        IN_A_BOX(hall_add__without_name__bad_input),
        IN_A_BOX(hall_find__by_name_or_id__finds),
        IN_A_BOX(hall_find__what_is_not_there__not_found),
        IN_A_BOX(show_add__prices__by_zone_and_type),
        IN_A_BOX(show_add__overlap_in_a_hall__refused_and_named),
        IN_A_BOX(show_add__where_a_show_was_cancelled__fits),
        IN_A_BOX(fault_090__numbers_out_of_range__refused),
        IN_A_BOX(show_add__zone_that_is_not_there_or_unpriced__refused),
        IN_A_BOX(show_add__same_key__same_show_again),
        IN_A_BOX(fault_096__show_cancelled__frees_closes_and_owes),
        IN_A_BOX(fault_096__show_cancelled__sells_no_more),
        IN_A_BOX(show_cancel__same_key__first_result_again),
        IN_A_BOX(show_cancel__unknown_show__not_found),
        IN_A_BOX(halls_read__counts_what_is_to_come),
        cmocka_unit_test(house_venue__nobody_said_init__not_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
