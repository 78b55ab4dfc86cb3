/* Selling from the command line: what is printed, what is refused, keys. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/commands/scene.h"

static const char booking_keys[] = "code show state seats total currency deadline name";

static void want_seats(const json_t *document, const char *first, const char *second)
{
    const json_t *seats = json_object_get(document, "seats");

    assert_int_equal(json_array_size(seats), second != NULL ? 2 : 1);
    assert_string_equal(json_string_value(json_array_get(seats, 0)), first);
    if (second != NULL)
        assert_string_equal(json_string_value(json_array_get(seats, 1)), second);
}

static void sell__seats_by_label__says_what_was_sold(void **state)
{
    json_t *sold = scene_json(*state, "sell 1 b3 B4 --tender card --name 'Ødegård, Kari'");

    scene_keys(sold, booking_keys);
    assert_string_equal(scene_text(sold, "state"), "sold");
    assert_int_equal(scene_number(sold, "show"), 1);
    assert_int_equal(scene_number(sold, "total"), 2000);
    assert_string_equal(scene_text(sold, "currency"), "EUR");
    assert_string_equal(scene_text(sold, "name"), "Ødegård, Kari");
    assert_true(json_is_null(json_object_get(sold, "deadline")));
    want_seats(sold, "B3", "B4");
    json_decref(sold);
}

static void sell__the_best_two__are_neighbours(void **state)
{
    json_t *sold = scene_json(*state, "sell 1 --best 2");

    assert_int_equal(json_array_size(json_object_get(sold, "seats")), 2);
    assert_true(json_is_null(json_object_get(sold, "name")));
    json_decref(sold);
    scene_want(*state, 0, "sell 1 --best 20");
    scene_refuses(*state, 1, "2", "sell 1 --best 3");
}

static void sell__a_taken_seat__names_the_taker(void **state)
{
    scene_want(*state, 0, "-t counter-2 sell 1 A1");
    scene_refuses(*state, 1, "A1 is sold (counter-2, ", "sell 1 A2 A1");
    scene_want(*state, 0, "sell 1 A2");
}

static void sell__bad_words__are_bad_input(void **state)
{
    const struct scene *scene = *state;

    scene_refuses(scene, 2, "no seat", "sell 1 A");
    scene_refuses(scene, 2, "no seat", "sell 1 12");
    scene_refuses(scene, 1, "no seat Z9", "sell 1 Z9");
    scene_refuses(scene, 2, "twice", "sell 1 A1 a1");
    scene_refuses(scene, 2, "at most 60",
                  "sell 1 A1 A2 A3 A4 A5 A6 A7 A8 B1 B2 B3 B4 B5 B6 B7 B8 C1 C2 C3 C4 C5 C6 C7 "
                  "C8 D1 D2 D3 D4 D5 D6 D7 D8 E1 E2 E3 E4 E5 E6 E7 E8 F1 F2 F3 F4 F5 F6 F7 F8 "
                  "G1 G2 G3 G4 G5 G6 G7 G8 H1 H2 H3 H4 H5");
    scene_refuses(scene, 2, "tender", "sell 1 A1 --tender gold");
    scene_refuses(scene, 2, "child", "sell 1 A1 --type dog");
    scene_refuses(scene, 2, "usage", "sell 1");
    scene_refuses(scene, 2, "usage", "sell 1 A1 --best 2");
    scene_refuses(scene, 2, "--frob", "sell 1 A1 --frob");
    scene_refuses(scene, 2, "argument", "sell 1 A1 --name");
    scene_refuses(scene, 1, "no show 9", "sell 9 A1");
}

static void type__by_name_or_digit__sets_the_price(void **state)
{
    json_t *named = scene_json(*state, "sell 1 A1 --type chILD");
    json_t *digit = scene_json(*state, "sell 1 A2 --type 2");

    assert_true(scene_number(named, "total") < 1000);
    assert_int_equal(scene_number(named, "total"), scene_number(digit, "total"));
    json_decref(named);
    json_decref(digit);
}

static void reserve__pay_cancel__walk_through_a_life(void **state)
{
    const struct scene *scene = *state;
    json_t *made = scene_json(scene, "reserve 1 C1 C2 --name Tom --phone '+47 55 01 12 12'");
    char line[64];
    json_t *now;

    scene_keys(made, booking_keys);
    assert_string_equal(scene_text(made, "state"), "reserved");
    assert_non_null(strchr(scene_text(made, "deadline"), 'T'));
    (void)snprintf(line, sizeof line, "pay %s --tender cash", scene_text(made, "code"));
    now = scene_json(scene, line);
    scene_keys(now, booking_keys);
    assert_string_equal(scene_text(now, "state"), "sold");
    json_decref(now);
    scene_refuses(scene, 1, "paid already", line);
    (void)snprintf(line, sizeof line, "cancel %s c2 --reason mistake", scene_text(made, "code"));
    now = scene_json(scene, line);
    scene_keys(now, booking_keys);
    assert_string_equal(scene_text(now, "state"), "sold");
    want_seats(now, "C1", NULL);
    assert_int_equal(scene_number(now, "refunded"), 1000);
    json_decref(now);
    (void)snprintf(line, sizeof line, "cancel %s", scene_text(made, "code"));
    scene_want(scene, 0, line);
    scene_refuses(scene, 1, "was cancelled", line);
    (void)snprintf(line, sizeof line, "reservation %s", scene_text(made, "code"));
    now = scene_json(scene, line);
    scene_keys(now, booking_keys);
    assert_string_equal(scene_text(now, "state"), "cancelled");
    assert_string_equal(scene_text(now, "name"), "Tom");
    json_decref(now);
    json_decref(made);
    scene_refuses(scene, 1, "", "reservation ZZZZZZ");
    scene_refuses(scene, 1, "", "pay ZZZZZZ");
    scene_want(scene, 0, "check");
}

static void block__unblock__in_json_and_with_what_hinders(void **state)
{
    const struct scene *scene = *state;
    json_t *now = scene_json(scene, "block 1 B4 B3 --reason 'the owner'");

    scene_keys(now, "show state seats reason for_the_list rev replayed");
    assert_string_equal(scene_text(now, "state"), "blocked");
    assert_string_equal(scene_text(now, "reason"), "the owner");
    want_seats(now, "B3", "B4");
    json_decref(now);
    scene_refuses(scene, 1, "B3 is blocked: the owner", "sell 1 B3");
    scene_refuses(scene, 1, "B3 is blocked: the owner", "block 1 B2 B3 --reason x");
    scene_refuses(scene, 1, "B2 is not blocked", "unblock 1 B2 B3");
    scene_refuses(scene, 1, "no seat Z1", "block 1 Z1 --reason x");
    scene_refuses(scene, 1, "no show 77", "block 77 B1 --reason x");
    scene_refuses(scene, 2, "--reason", "block 1 B1");
    scene_refuses(scene, 2, "reason", "block 1 B1 --reason ' '");
    scene_refuses(scene, 2, "SEAT", "unblock 1");
    now = scene_json(scene, "unblock 1 B3 --key u-1");
    assert_string_equal(scene_text(now, "state"), "free");
    assert_null(scene_text(now, "reason"));
    want_seats(now, "B3", NULL);
    json_decref(now);
    scene_want(scene, 0, "unblock 1 B3 --key u-1");
    scene_want(scene, 0, "sell 1 B3");
    scene_want(scene, 0, "check");
}

static bool sold_by_now(void *context)
{
    json_t *shows = scene_json(context, "shows --all");
    long long sold = scene_number(json_array_get(shows, 0), "sold");

    json_decref(shows);
    return sold == 2;
}

/* True when it was struck between its COMMIT and its first word. */
static bool killed_in_between(struct scene *scene)
{
    pid_t pid = scene_start(scene, "sell 1 --best 2 --key till-7", "lost");
    char path[KIT_PATH];
    size_t said = 0;

    assert_true(kit_wait_until(sold_by_now, scene, 5000));
    kill(pid, SIGKILL);
    (void)kit_reap(pid, 5000);
    free(kit_read_file(kit_path(path, scene->dir, "lost"), &said));
    return said == 0;
}

static void fault_002__killed_after_commit__the_key_gives_the_first_result(void **state)
{
    struct scene *scene = *state;
    pid_t ear = scene_start(scene, "-t ear listen", "ear");
    json_t *again;
    bool struck;

    scene_start_heard(scene, "ear");
    /* A listener that stands still keeps a publisher waiting for a tenth of a second. */
    kill(ear, SIGSTOP);
    struck = killed_in_between(scene);
    again = scene_json(scene, "sell 1 --best 2 --key till-7");
    if (struck)
        assert_true(json_is_true(json_object_get(again, "replayed")));
    assert_int_equal(scene_number(again, "total"), 2000);
    assert_true(sold_by_now(scene));
    json_decref(again);
    kill(ear, SIGKILL);
    (void)kit_reap(ear, 5000);
    if (!struck)
        skip(); /* the machine was too busy to strike in time */
}

static void fault_094__the_same_key_twice__one_sale(void **state)
{
    const struct scene *scene = *state;
    json_t *first = scene_json(scene, "sell 1 A1 A2 --key k-1");
    json_t *second = scene_json(scene, "sell 1 A1 A2 --key k-1");

    assert_string_equal(scene_text(first, "code"), scene_text(second, "code"));
    assert_true(json_is_true(json_object_get(second, "replayed")));
    scene_refuses(scene, 2, "k-1", "sell 1 A3 --key k-1");
    scene_refuses(scene, 2, "k-1", "reserve 1 A3 --name A --key k-1");
    scene_refuses(scene, 2, "key", "sell 1 A3 --key ''");
    scene_refuses(scene, 2, "key", "sell 1 A3 --key 'a b'");
    scene_refuses(scene, 2, "key",
                  "sell 1 A3 --key "
                  "0123456789012345678901234567890123456789012345678901234567890123x");
    scene_want(scene, 0,
               "sell 1 A3 --key 0123456789012345678901234567890123456789012345678901234567890123");
    json_decref(first);
    json_decref(second);
}

static void sell__answer_cannot_be_written__says_that_it_is_done(void **state)
{
    const struct scene *scene = *state;
    const char *argv[] = {"sh",
                          "-c",
                          "\"$1\" -d \"$2\" sell 1 A1 --key full >/dev/full",
                          "sh",
                          TOP_BUILDDIR "/boxoffice",
                          scene->database,
                          NULL};
    struct kit_run run = kit_run(scene->dir, argv, 10000);

    assert_int_equal(run.status, 3);
    assert_non_null(strstr(run.err, "it is done"));
    assert_non_null(strstr(run.err, "--key full"));
    kit_run_fini(&run);
    scene_refuses(scene, 1, "A1 is sold", "sell 1 A1");
    scene_want(scene, 0, "sell 1 A1 --key full");
}

static void exchange__seats_then_the_best__prints_the_reservation(void **state)
{
    const struct scene *scene = *state;
    json_t *sold = scene_json(scene, "sell 1 A1 A2"), *now;
    char line[64];

    (void)snprintf(line, sizeof line, "exchange %s a2 --to C1 --key x-1", scene_text(sold, "code"));
    now = scene_json(scene, line);
    assert_string_equal(scene_text(now, "code"), scene_text(sold, "code"));
    assert_string_equal(scene_text(now, "state"), "sold");
    want_seats(now, "A1", "C1");
    json_decref(now);
    (void)snprintf(line, sizeof line, "exchange %s --tender card", scene_text(sold, "code"));
    now = scene_json(scene, line);
    assert_int_equal(json_array_size(json_object_get(now, "seats")), 2);
    json_decref(now);
    (void)snprintf(line, sizeof line, "exchange %s A9 --to C2", scene_text(sold, "code"));
    scene_want(scene, 1, line);
    (void)snprintf(line, sizeof line, "exchange %s --to C2", scene_text(sold, "code"));
    scene_refuses(scene, 2, "as many are taken", line);
    (void)snprintf(line, sizeof line, "exchange %s --to", scene_text(sold, "code"));
    scene_want(scene, 2, line);
    (void)snprintf(line, sizeof line, "exchange %s --tender shells", scene_text(sold, "code"));
    scene_want(scene, 2, line);
    scene_refuses(scene, 1, "no reservation", "exchange NOSUCH A1 --to C2");
    json_decref(sold);
}

static void exchange__for_another_show__prints_the_reservation_there(void **state)
{
    const struct scene *scene = *state;
    json_t *sold, *now, *was;
    char line[96];

    scene_want(
        scene, 0,
        "show add --hall Small --title Ran --start 2099-01-01T19:45 --minutes 100 --price 12");
    sold = scene_json(scene, "sell 1 A1 A2");
    (void)snprintf(line, sizeof line, "exchange %s A2 --show 2 --to C1 --key x-2",
                   scene_text(sold, "code"));
    now = scene_json(scene, line);
    assert_string_not_equal(scene_text(now, "code"), scene_text(sold, "code"));
    assert_int_equal(scene_number(now, "show"), 2);
    want_seats(now, "C1", NULL);
    assert_int_equal(scene_number(now, "total"), 1200);
    (void)snprintf(line, sizeof line, "reservation %s", scene_text(sold, "code"));
    was = scene_json(scene, line);
    assert_string_equal(scene_text(was, "exchanged_for"), scene_text(now, "code"));
    assert_int_equal(scene_number(was, "total"), 1000);
    (void)snprintf(line, sizeof line, "exchange %s --show 3", scene_text(sold, "code"));
    scene_refuses(scene, 1, "no show 3", line);
    (void)snprintf(line, sizeof line, "exchange %s --show x", scene_text(sold, "code"));
    scene_want(scene, 2, line);
    scene_want(scene, 0, "check");
    json_decref(sold);
    json_decref(now);
    json_decref(was);
}

static void find__seat_or_terminal__tells_who_sits_there_and_what_it_sold(void **state)
{
    const struct scene *scene = *state;
    json_t *sold = scene_json(scene, "-t counter-7 sell 1 B3 B4"), *found;

    scene_want(scene, 0, "-t counter-8 sell 1 B5");
    found = scene_json(scene, "find b4");
    assert_int_equal(json_array_size(found), 1);
    assert_string_equal(scene_text(json_array_get(found, 0), "code"), scene_text(sold, "code"));
    assert_string_equal(scene_text(json_array_get(found, 0), "terminal"), "counter-7");
    json_decref(found);
    found = scene_json(scene, "find counter-7");
    assert_int_equal(json_array_size(found), 1);
    assert_string_equal(scene_text(json_array_get(found, 0), "code"), scene_text(sold, "code"));
    json_decref(found);
    json_decref(sold);
}

static void cancel__a_seat_twice_or_another_ones__is_refused(void **state)
{
    const struct scene *scene = *state;
    json_t *sold = scene_json(scene, "sell 1 A1 A2");
    char line[64];

    (void)snprintf(line, sizeof line, "cancel %s A1 a1", scene_text(sold, "code"));
    scene_refuses(scene, 2, "A1 is named twice", line);
    (void)snprintf(line, sizeof line, "cancel %s A1 A3", scene_text(sold, "code"));
    scene_refuses(scene, 1, "A3", line);
    json_decref(sold);
}

static void key__of_a_refused_request__may_be_tried_again(void **state)
{
    scene_want(*state, 0, "sell 1 A1");
    scene_want(*state, 1, "sell 1 A1 --key k-2");
    scene_want(*state, 0, "sell 1 A2 --key k-2");
}

static void fault_088__sql_metacharacters__are_text(void **state)
{
    const char name[] = "Robert\"); DROP TABLE claims;-- $1 ?";
    char line[128];
    json_t *sold;

    (void)snprintf(line, sizeof line, "sell 1 A1 --name '%s'", name);
    sold = scene_json(*state, line);
    assert_string_equal(scene_text(sold, "name"), name);
    json_decref(sold);
    scene_want(*state, 0, "find 'Robert\"); DROP'");
    scene_want(*state, 0, "check");
}

static void fault_089__bad_utf8__is_refused(void **state)
{
    scene_refuses(*state, 2, "name", "sell 1 A1 --name 'J\xF8rgen'");
    scene_refuses(*state, 2, "name", "sell 1 A1 --name 'a\xC0\x80z'");
    scene_refuses(*state, 2, "name", "sell 1 A1 --name 'a\nb'");
    scene_refuses(*state, 2, "", "find '\xFF'");
    scene_refuses(*state, 2, "no seat", "sell 1 'A\xFF\x31'");
}

static void fault_090__overflow_negative_zero__are_refused(void **state)
{
    const char *const lines[] = {
        "sell 0 A1",
        "sell -- -1 A1",
        "sell 9223372036854775808 A1",
        "sell 1 --best 0",
        "sell 1 --best=-1",
        "sell 1 --best 61",
        "sell 1 --best 4294967297",
        "seats 99999999999999999999",
        "leave 0",
        "wait 1 --party 0 --name A",
        "wait 1 --party 18446744073709551617 --name A",
        "show add --hall Small --title T --start 2030-01-01T12:00 --price -1",
        "show add --hall Small --title T --start 2030-01-01T12:00 --price 99999999999999999999",
        "show add --hall Small --title T --start 2030-01-01T12:00 --minutes 0"};

    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        scene_want(*state, 2, lines[i]);
}

static void fault_091__numbers_are_read_strictly(void **state)
{
    const char *const lines[] = {"sell 1e3 A1",
                                 "sell ' 1' A1",
                                 "sell +1 A1",
                                 "sell 0x1 A1",
                                 "sell 1 --best 1e1",
                                 "sell 1 --best ' 2'",
                                 "sell 1 --best +2",
                                 "sell 1 --best ''",
                                 "sell '1 ' A1",
                                 "show add --hall Small --title T --start 2030-01-01T12:00"
                                 " --price 1.234,50",
                                 "show add --hall Small --title T --start 2030-01-01T12:00"
                                 " --price 1e3"};

    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        scene_want(*state, 2, lines[i]);
    scene_want(*state, 0, "show add --hall Small --title T --start 2030-01-01T12:00 --price 1,50");
}

static void fault_093__a_card_number__is_refused_and_not_repeated(void **state)
{
    static const char *const lines[] = {"sell 1 A1 --name '4111 1111 1111 1111'",
                                        "sell 1 A1 --phone 4111111111111111",
                                        "wait 1 --party 2 --name 'Bob 4111-1111-1111-1111'",
                                        "find 4111111111111111", "sell 1 4111111111111111"};

    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct kit_run run = scene_run(*state, lines[i]);

        assert_int_equal(run.status, 2);
        assert_null(strstr(run.err, "1111"));
        kit_run_fini(&run);
    }
}

static void fault_096__a_show_past_its_stop_or_cancelled__is_refused(void **state)
{
    const struct scene *scene = *state;

    scene_want(scene, 0, "show add --hall Small --title Old --start 2020-01-01T12:00 --price 5");
    scene_want(scene, 1, "sell 2 A1");
    scene_want(scene, 1, "reserve 2 A1 --name A");
    scene_want(scene, 1, "wait 2 --party 2 --name A");
    scene_want(scene, 0, "show cancel 1");
    scene_refuses(scene, 1, "cancelled", "sell 1 A1");
    scene_refuses(scene, 1, "cancelled", "show cancel 1");
}

int main(void)
{
#define SCENE(test) cmocka_unit_test_setup_teardown(test, scene_setup, scene_teardown)
    const struct CMUnitTest tests[] = {
        SCENE(sell__seats_by_label__says_what_was_sold),
        SCENE(sell__the_best_two__are_neighbours),
        SCENE(sell__a_taken_seat__names_the_taker),
        SCENE(sell__bad_words__are_bad_input),
        SCENE(type__by_name_or_digit__sets_the_price),
        SCENE(reserve__pay_cancel__walk_through_a_life),
        SCENE(fault_002__killed_after_commit__the_key_gives_the_first_result),
        SCENE(fault_094__the_same_key_twice__one_sale),
        SCENE(sell__answer_cannot_be_written__says_that_it_is_done),
        SCENE(block__unblock__in_json_and_with_what_hinders),
        SCENE(exchange__for_another_show__prints_the_reservation_there),
        SCENE(find__seat_or_terminal__tells_who_sits_there_and_what_it_sold),
        SCENE(exchange__seats_then_the_best__prints_the_reservation),
        SCENE(cancel__a_seat_twice_or_another_ones__is_refused),
        SCENE(key__of_a_refused_request__may_be_tried_again),
        SCENE(fault_088__sql_metacharacters__are_text),
        SCENE(fault_089__bad_utf8__is_refused),
        SCENE(fault_090__overflow_negative_zero__are_refused),
        SCENE(fault_091__numbers_are_read_strictly),
        SCENE(fault_093__a_card_number__is_refused_and_not_repeated),
        SCENE(fault_096__a_show_past_its_stop_or_cancelled__is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
