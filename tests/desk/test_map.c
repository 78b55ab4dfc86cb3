/* What a show's map and the programme say: states as seen now, offers, codes, counts. */
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
#include "core/rules/deadline.h"
#include "tests/kit/box.h"

#define EVENING (BOX_NOW + 6 * WHEN_HOUR)

struct scene {
    struct box box;
    hall_id hall;
    show_id show;
};

static int setup(void **state)
{
    struct scene *scene = calloc(1, sizeof *scene);

    assert_non_null(scene);
    box_init(&scene->box);
    scene->hall = box_small_hall(&scene->box);
    scene->show = box_show(&scene->box, scene->hall, "Ran", EVENING);
    *state = scene;
    return 0;
}

static int teardown(void **state)
{
    struct scene *scene = *state;

    box_fini(&scene->box);
    free(scene);
    return 0;
}

static void want(enum rc rc, const struct fault *why)
{
    if (rc != RC_OK)
        fail_msg("%s: %s", rc_name(rc), why->text);
}

static struct map *read_map(struct scene *scene, const char *basket, when_ms now)
{
    struct map *map = NULL;
    struct fault why = {0};

    want(map_read(scene->box.db, scene->show, basket, now, &map, &why), &why);
    return map;
}

static const struct map_seat *seat_of(const struct scene *scene, const struct map *map,
                                      const char *label)
{
    return &map->seats[plan_find_label(map_plan_kept(scene->box.db, scene->hall), label)];
}

static struct booking_reply book(struct scene *scene, const struct verb *verb, const char *label)
{
    struct book_request request = {.ask = box_ask(&scene->box),
                                   .show = scene->show,
                                   .n = 1,
                                   .seats = {box_seat(&scene->box, scene->hall, label)},
                                   .name = "Ward, Alice",
                                   .expected = -1,
                                   .collect_min = 30};
    struct booking_reply reply;
    struct fault why = {0};

    want(verb_do(scene->box.db, verb, &request, &reply, &why), &why);
    return reply;
}

static struct ask hold(struct scene *scene, const char *label)
{
    struct hold_request request = {.ask = box_ask(&scene->box),
                                   .show = scene->show,
                                   .n = 1,
                                   .seats = {box_seat(&scene->box, scene->hall, label)}};
    struct hold_reply reply;
    struct fault why = {0};

    want(verb_do(scene->box.db, &verb_hold, &request, &reply, &why), &why);
    return request.ask;
}

static entry_id join(struct scene *scene, int32_t party)
{
    struct wait_request request = {
        .ask = box_ask(&scene->box), .show = scene->show, .party = party, .name = "Okafor, Ngozi"};
    struct entry_reply reply;
    struct fault why = {0};

    want(verb_do(scene->box.db, &verb_wait, &request, &reply, &why), &why);
    return reply.entry;
}

static void map__nothing_claimed__all_free(void **state)
{
    struct scene *scene = *state;
    struct map *map = read_map(scene, "", BOX_NOW);

    assert_int_equal(map->n, 24);
    assert_int_equal(map->show.seats, 24);
    assert_int_equal(map->show.free, 24);
    assert_int_equal(map->show.together, 4);
    assert_string_equal(map->show.title, "Ran");
    assert_string_equal(map->show.hall_name, "Small");
    assert_int_equal(map->n_types, 3);
    assert_string_equal(map->types[0].name, "adult");
    assert_int_equal(map->types[2].digit, 3);
    for (size_t i = 0; i < map->n; i++)
        assert_int_equal(map->seats[i].state, CLAIM_FREE);
    free(map);
}

static void map__sold_and_reserved__with_code_and_deadline(void **state)
{
    struct scene *scene = *state;
    struct booking_reply sold = book(scene, &verb_sell, "B3");
    struct booking_reply kept = book(scene, &verb_reserve, "C8");
    struct map *map = read_map(scene, "", BOX_NOW);
    const struct map_seat *seat = seat_of(scene, map, "B3");

    assert_int_equal(seat->state, CLAIM_SOLD);
    assert_string_equal(seat->code, sold.code);
    assert_int_equal(seat->reservation.n, sold.reservation.n);
    assert_int_equal(seat->amount, 1000);
    assert_int_equal(seat->until, 0);
    assert_string_equal(seat->terminal, "counter-1");
    seat = seat_of(scene, map, "C8");
    assert_int_equal(seat->state, CLAIM_RESERVED);
    assert_string_equal(seat->code, kept.code);
    assert_int_equal(seat->until, kept.deadline);
    assert_int_equal(seat->offered, 0);
    assert_int_equal(map->show.sold, 1);
    assert_int_equal(map->show.reserved, 1);
    assert_int_equal(map->show.free, 22);
    free(map);
}

static void map__held__mine_only_for_my_basket(void **state)
{
    struct scene *scene = *state;
    struct ask basket = hold(scene, "B1");
    struct map *mine = read_map(scene, basket.key, BOX_NOW);
    struct map *other = read_map(scene, "somebody-else", BOX_NOW);
    struct map *nobody = read_map(scene, "", BOX_NOW);

    assert_int_equal(seat_of(scene, mine, "B1")->state, CLAIM_HELD);
    assert_int_equal(seat_of(scene, mine, "B1")->mine, 1);
    assert_int_equal(seat_of(scene, mine, "B1")->until, BOX_NOW + HOLD_IDLE);
    assert_int_equal(seat_of(scene, mine, "B1")->type.n, mine->types[0].id.n);
    assert_int_equal(seat_of(scene, other, "B1")->mine, 0);
    assert_int_equal(seat_of(scene, nobody, "B1")->mine, 0);
    assert_int_equal(nobody->show.held, 1);
    free(mine);
    free(other);
    free(nobody);
}

static void map__hold_that_ended_untidied__reads_free(void **state)
{
    struct scene *scene = *state;
    struct map *map = NULL;

    hold(scene, "B1");
    map = read_map(scene, "", BOX_NOW + HOLD_IDLE);
    assert_int_equal(seat_of(scene, map, "B1")->state, CLAIM_FREE);
    assert_int_equal(seat_of(scene, map, "B1")->until, 0);
    assert_int_equal(seat_of(scene, map, "B1")->since, 0);
    assert_int_equal(map->show.free, 24);
    free(map);
    map = read_map(scene, "", BOX_NOW + HOLD_IDLE - 1);
    assert_int_equal(seat_of(scene, map, "B1")->state, CLAIM_HELD);
    free(map);
}

static void map__hold_that_ended_while_people_wait__reads_returned(void **state)
{
    struct scene *scene = *state;
    struct map *map = NULL;

    hold(scene, "B1");
    join(scene, 2);
    map = read_map(scene, "", BOX_NOW + HOLD_IDLE);
    assert_int_equal(seat_of(scene, map, "B1")->state, CLAIM_RETURNED);
    assert_int_equal(map->show.returned, 1);
    assert_int_equal(map->show.waiting, 1);
    free(map);
}

static void map__reservation_past_its_deadline__reads_free(void **state)
{
    struct scene *scene = *state;
    struct booking_reply kept = book(scene, &verb_reserve, "C8");
    struct map *map = read_map(scene, "", kept.deadline);
    struct show_list *list = NULL;
    struct fault why;

    assert_int_equal(seat_of(scene, map, "C8")->state, CLAIM_FREE);
    assert_int_equal(seat_of(scene, map, "C8")->reservation.n, 0);
    free(map);
    assert_int_equal(
        shows_read(scene->box.db, BOX_NOW, EVENING + 1, kept.deadline, false, &list, &why), RC_OK);
    assert_int_equal(list->rows[0].free, 24);
    assert_int_equal(list->rows[0].reserved, 0);
    free(list);
    map = read_map(scene, "", kept.deadline - 1);
    assert_int_equal(map->show.reserved, 1);
    free(map);
}

static void map__returned__free_ten_minutes_before_the_start(void **state)
{
    struct scene *scene = *state;
    struct booking_reply sold = book(scene, &verb_sell, "B3");
    struct cancel_request cancel = {.reservation = sold.reservation};
    struct booking_reply reply;
    struct map *map = NULL;
    struct fault why = {0};

    join(scene, 1);
    cancel.ask = box_ask(&scene->box);
    want(verb_do(scene->box.db, &verb_cancel, &cancel, &reply, &why), &why);
    map = read_map(scene, "", EVENING - RETURNED_ENDS - 1);
    assert_int_equal(seat_of(scene, map, "B3")->state, CLAIM_RETURNED);
    assert_int_equal(seat_of(scene, map, "B3")->kept, 0);
    assert_string_equal(seat_of(scene, map, "B3")->code, "");
    free(map);
    map = read_map(scene, "", EVENING - RETURNED_ENDS);
    assert_int_equal(seat_of(scene, map, "B3")->state, CLAIM_FREE);
    free(map);
}

/* What the designated terminal does once. */
static void assign(struct scene *scene)
{
    struct lease_request take = {.ask = box_ask(&scene->box), .session = "one"};
    struct lease_reply lease;
    struct assign_request request = {.show = scene->show};
    struct assign_reply reply;
    struct fault why = {0};

    want(verb_do(scene->box.db, &verb_lease_take, &take, &lease, &why), &why);
    request.ask = box_ask(&scene->box);
    request.term = lease.row.term;
    want(verb_do(scene->box.db, &verb_assign, &request, &reply, &why), &why);
    assert_int_equal(reply.offered, 1);
}

static void map__offered_to_the_list__says_so_until_it_lapses(void **state)
{
    struct scene *scene = *state;
    struct map *map = NULL;
    int offered = 0;

    join(scene, 2);
    assign(scene);
    map = read_map(scene, "", BOX_NOW);
    assert_int_equal(map->show.reserved, 2);
    for (size_t i = 0; i < map->n; i++) {
        offered += map->seats[i].offered;
        assert_int_equal(map->seats[i].offered, map->seats[i].state == CLAIM_RESERVED);
        if (map->seats[i].offered)
            assert_int_equal(map->seats[i].until, deadline_offer(BOX_NOW, EVENING));
    }
    assert_int_equal(offered, 2);
    free(map);
    map = read_map(scene, "", deadline_offer(BOX_NOW, EVENING));
    assert_int_equal(map->show.reserved, 0);
    assert_int_equal(map->show.returned, 2); /* the party waits again */
    free(map);
}

static void map__unknown_show__not_found(void **state)
{
    struct scene *scene = *state;
    struct map *map = NULL;
    struct fault why;

    assert_int_equal(map_read(scene->box.db, (show_id){99}, "", BOX_NOW, &map, &why), RC_NOT_FOUND);
    assert_null(map);
    assert_non_null(strstr(why.text, "99"));
    assert_int_equal(map_rev(scene->box.db, (show_id){99}), 0);
}

static void map_rev__each_change__goes_up(void **state)
{
    struct scene *scene = *state;
    int64_t before = map_rev(scene->box.db, scene->show);
    struct booking_reply sold = book(scene, &verb_sell, "B3");

    assert_true(before > 0);
    assert_int_equal(map_rev(scene->box.db, scene->show), sold.rev);
    assert_true(sold.rev > before);
}

static void assert_same_row(const struct show_row *a, const struct show_row *b)
{
    assert_int_equal(a->id.n, b->id.n);
    assert_string_equal(a->title, b->title);
    assert_int_equal(a->seats, b->seats);
    assert_int_equal(a->free, b->free);
    assert_int_equal(a->held, b->held);
    assert_int_equal(a->reserved, b->reserved);
    assert_int_equal(a->sold, b->sold);
    assert_int_equal(a->returned, b->returned);
    assert_int_equal(a->together, b->together);
    assert_int_equal(a->rev, b->rev);
}

/* The programme counts as the map does, whatever has been claimed. */
static void shows__counts__agree_with_the_map(void **state)
{
    struct scene *scene = *state;
    struct show_list *list = NULL;
    struct map *map = NULL;
    struct fault why;

    /* No four are together but behind the hold. */
    book(scene, &verb_sell, "B2");
    book(scene, &verb_sell, "B6");
    book(scene, &verb_sell, "C2");
    book(scene, &verb_reserve, "C6");
    hold(scene, "A6");
    for (when_ms now = BOX_NOW; now < EVENING + WHEN_HOUR; now += 7 * WHEN_MINUTE) {
        map = read_map(scene, "", now);
        assert_int_equal(shows_read(scene->box.db, BOX_NOW, EVENING + 1, now, false, &list, &why),
                         RC_OK);
        assert_int_equal(list->n, 1);
        assert_same_row(&list->rows[0], &map->show);
        free(list);
        free(map);
    }
}

static void shows__started_but_selling__stay_after_the_day_has_turned(void **state)
{
    struct scene *scene = *state;
    when_ms turn = EVENING + 10 * WHEN_MINUTE; /* the start lies before it */
    struct show_list *list = NULL;
    struct fault why;

    assert_int_equal(shows_read(scene->box.db, turn, turn + WHEN_HOUR, turn, false, &list, &why),
                     RC_OK);
    assert_int_equal(list->n, 1);
    free(list);
    assert_int_equal(shows_read(scene->box.db, turn, turn + WHEN_HOUR, EVENING + 20 * WHEN_MINUTE,
                                false, &list, &why),
                     RC_OK);
    assert_int_equal(list->n, 0);
    free(list);
    /* A day to come does not begin with what sells today. */
    assert_int_equal(shows_read(scene->box.db, turn, turn + WHEN_HOUR, BOX_NOW, false, &list, &why),
                     RC_OK);
    assert_int_equal(list->n, 0);
    free(list);
}

static void shows__cancelled__only_when_asked_for(void **state)
{
    struct scene *scene = *state;
    struct show_cancel_request request = {.ask = box_ask(&scene->box), .show = scene->show};
    struct show_reply reply;
    struct show_list *list = NULL;
    struct fault why = {0};

    want(verb_do(scene->box.db, &verb_show_cancel, &request, &reply, &why), &why);
    assert_int_equal(shows_read(scene->box.db, BOX_NOW, EVENING + 1, BOX_NOW, false, &list, &why),
                     RC_OK);
    assert_int_equal(list->n, 0);
    free(list);
    assert_int_equal(shows_read(scene->box.db, BOX_NOW, EVENING + 1, BOX_NOW, true, &list, &why),
                     RC_OK);
    assert_int_equal(list->n, 1);
    assert_true(list->rows[0].cancelled);
    free(list);
}

static void shows__more_than_a_slice__in_order(void **state)
{
    struct scene *scene = *state;
    struct show_list *list = NULL;
    struct fault why;

    for (int i = 1; i < 70; i++)
        box_show(&scene->box, scene->hall, "Ran", EVENING + i * 3 * WHEN_HOUR);
    assert_int_equal(shows_read(scene->box.db, 0, INT64_MAX, BOX_NOW, false, &list, &why), RC_OK);
    assert_int_equal(list->n, 70);
    for (size_t i = 1; i < list->n; i++)
        assert_true(list->rows[i].starts_at > list->rows[i - 1].starts_at);
    free(list);
    assert_int_equal(shows_same_title(scene->box.db, scene->show, BOX_NOW, 5, &list, &why), RC_OK);
    assert_int_equal(list->n, 5);
    assert_int_equal(list->rows[0].starts_at, EVENING + 3 * WHEN_HOUR);
    free(list);
    assert_int_equal(shows_next_start(scene->box.db, EVENING), EVENING + 3 * WHEN_HOUR);
    assert_int_equal(shows_next_start(scene->box.db, EVENING + 999 * WHEN_HOUR), 0);
}

#define IN_A_SCENE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_SCENE(map__nothing_claimed__all_free),
        IN_A_SCENE(map__sold_and_reserved__with_code_and_deadline),
        IN_A_SCENE(map__held__mine_only_for_my_basket),
        IN_A_SCENE(map__hold_that_ended_untidied__reads_free),
        IN_A_SCENE(map__hold_that_ended_while_people_wait__reads_returned),
        IN_A_SCENE(map__reservation_past_its_deadline__reads_free),
        IN_A_SCENE(map__returned__free_ten_minutes_before_the_start),
        IN_A_SCENE(map__offered_to_the_list__says_so_until_it_lapses),
        IN_A_SCENE(map__unknown_show__not_found),
        IN_A_SCENE(map_rev__each_change__goes_up),
        IN_A_SCENE(shows__counts__agree_with_the_map),
        IN_A_SCENE(shows__started_but_selling__stay_after_the_day_has_turned),
        IN_A_SCENE(shows__cancelled__only_when_asked_for),
        IN_A_SCENE(shows__more_than_a_slice__in_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
