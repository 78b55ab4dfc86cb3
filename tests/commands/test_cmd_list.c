/* The waiting list, the designated terminal and the channel from the command line. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "tests/commands/scene.h"

static const char entry_keys[] = "id show position name party fit state code seats deadline reason";

/* Sells row A to C whole, so that the show is sold out; `code` gets the sale of row B. */
static void sell_out(const struct scene *scene, char code[static 16])
{
    json_t *sold;

    scene_want(scene, 0, "sell 1 A1 A2 A3 A4 A5 A6 A7 A8");
    scene_want(scene, 0, "sell 1 C1 C2 C3 C4 C5 C6 C7 C8");
    sold = scene_json(scene, "sell 1 B1 B2 B3 B4 B5 B6 B7 B8");
    (void)snprintf(code, 16, "%s", scene_text(sold, "code"));
    json_decref(sold);
}

static void cancel_seats(const struct scene *scene, const char *code, const char *seats)
{
    char line[128];
    json_t *left;

    (void)snprintf(line, sizeof line, "cancel %s %s", code, seats);
    left = scene_json(scene, line);
    assert_int_equal(scene_number(left, "for_the_list"), 2);
    json_decref(left);
}

static void want_first(const struct scene *scene, const char *state, const char *name)
{
    json_t *list = scene_json(scene, "waiting 1");
    const json_t *first = json_array_get(list, 0);

    scene_keys(first, entry_keys);
    assert_string_equal(scene_text(first, "state"), state);
    assert_string_equal(scene_text(first, "name"), name);
    assert_int_equal(scene_number(first, "position"), 1);
    json_decref(list);
}

static void wait__leave__print_one_entry(void **state)
{
    const struct scene *scene = *state;
    json_t *entry = scene_json(scene, "wait 1 --party 2 --name Ann --phone 555123 --fit pairs");

    scene_keys(entry, entry_keys);
    assert_int_equal(scene_number(entry, "id"), 1);
    assert_int_equal(scene_number(entry, "position"), 1);
    assert_int_equal(scene_number(entry, "party"), 2);
    assert_string_equal(scene_text(entry, "fit"), "pairs");
    assert_string_equal(scene_text(entry, "state"), "waiting");
    assert_true(json_is_null(json_object_get(entry, "code")));
    json_decref(entry);
    scene_refuses(scene, 1, "on the list", "wait 1 --party 3 --name Bob --phone 555123");
    scene_refuses(scene, 2, "together, pairs or any", "wait 1 --party 3 --name Bob --fit apart");
    scene_refuses(scene, 2, "usage", "wait 1 --party 3");
    want_first(scene, "waiting", "Ann");
    entry = scene_json(scene, "leave 1");
    assert_string_equal(scene_text(entry, "state"), "left");
    assert_true(json_is_null(json_object_get(entry, "position")));
    json_decref(entry);
    scene_want(scene, 1, "leave 1");
    scene_want(scene, 1, "leave 2");
    scene_want(scene, 1, "waiting 9");
}

static void assign_once__cancelled_seats__go_to_the_list(void **state)
{
    const struct scene *scene = *state;
    char code[16];
    json_t *taken;

    sell_out(scene, code);
    scene_want(scene, 0, "wait 1 --party 2 --name Ann");
    cancel_seats(scene, code, "B3 B4");
    scene_refuses(scene, 1, "B3", "sell 1 B3");
    scene_refuses(scene, 1, "", "sell 1 --best 2");
    scene_refuses(scene, 1, "no open offer", "accept 1");
    taken = scene_json(scene, "assign --once");
    assert_int_equal(scene_number(taken, "offered"), 1);
    json_decref(taken);
    want_first(scene, "offered", "Ann");
    taken = scene_json(scene, "accept 1 --tender card");
    scene_keys(taken, "code show state seats total currency deadline name");
    assert_string_equal(scene_text(taken, "state"), "sold");
    assert_int_equal(json_array_size(json_object_get(taken, "seats")), 2);
    json_decref(taken);
    scene_want(scene, 0, "check");
}

static void decline__gives_the_seats_on(void **state)
{
    const struct scene *scene = *state;
    char code[16];
    json_t *declined;

    sell_out(scene, code);
    scene_want(scene, 0, "wait 1 --party 2 --name Ann");
    scene_want(scene, 0, "wait 1 --party 2 --name Bob");
    cancel_seats(scene, code, "B5 B6");
    scene_want(scene, 0, "assign --once");
    declined = scene_json(scene, "decline 1");
    assert_string_equal(scene_text(declined, "state"), "cancelled");
    json_decref(declined);
    scene_want(scene, 0, "assign --once");
    want_first(scene, "offered", "Bob");
    scene_want(scene, 0, "check");
}

/* Waits until the entry has got an offer. */
static bool offered(void *context)
{
    json_t *list = scene_json(context, "waiting 1");
    bool yes = strcmp(scene_text(json_array_get(list, 0), "state"), "offered") == 0;

    json_decref(list);
    return yes;
}

static void assign__runs__serves_the_list_and_ends_cleanly(void **state)
{
    struct scene *scene = *state;
    char code[16];
    pid_t ear, boss;
    time_t began;

    sell_out(scene, code);
    scene_want(scene, 0, "wait 1 --party 2 --name Ann");
    ear = scene_start(scene, "-t ear listen", "ear");
    scene_start_heard(scene, "ear");
    boss = scene_start(scene, "-t boss assign", "boss");
    assert_true(scene_says(scene, "ear", "lease"));
    cancel_seats(scene, code, "B1 B2");
    assert_true(kit_wait_until(offered, scene, 10000));
    assert_true(scene_says(scene, "ear", "returned 1 "));
    assert_true(scene_says(scene, "ear", "list 1 "));
    scene_refuses(scene, 1, "boss", "assign --once");
    kill(boss, SIGTERM);
    assert_int_equal(kit_reap(boss, 5000), 0);
    /* It gave its lease up: nobody has to wait for it to be taken for dead. */
    began = time(NULL);
    scene_want(scene, 0, "assign --once");
    assert_true(time(NULL) - began < 7);
    kill(ear, SIGINT);
    assert_int_equal(kit_reap(ear, 5000), 0);
    scene_want(scene, 0, "check");
}

/* What a service has logged: the file has all that it wrote. */
static void names_nobody(const struct scene *scene, const char *out, const char *const *secrets)
{
    char path[KIT_PATH];
    size_t size;
    char *log = kit_read_file(kit_path(path, scene->dir, out), &size);

    for (; *secrets; secrets++)
        if (memmem(log, size, *secrets, strlen(*secrets)))
            fail_msg("%s has %s in it:\n%s", out, *secrets, log);
    free(log);
}

static void fault_110__services__log_no_customer_and_no_code(void **state)
{
    struct scene *scene = *state;
    char code[16], offer[16];
    pid_t ear, boss;
    json_t *taken;

    sell_out(scene, code);
    scene_want(scene, 0, "wait 1 --party 2 --name 'Geheim, Zoe' --phone '+47 555 01 99'");
    ear = scene_start(scene, "-t ear listen", "ear");
    scene_start_heard(scene, "ear");
    boss = scene_start(scene, "-t boss assign", "boss");
    assert_true(scene_says(scene, "ear", "lease"));
    cancel_seats(scene, code, "B1 B2");
    assert_true(kit_wait_until(offered, scene, 10000));
    taken = scene_json(scene, "accept 1 --tender card");
    (void)snprintf(offer, sizeof offer, "%s", scene_text(taken, "code"));
    json_decref(taken);
    assert_true(scene_says(scene, "ear", "list 1 "));
    kill(boss, SIGTERM);
    assert_int_equal(kit_reap(boss, 5000), 0);
    kill(ear, SIGINT);
    assert_int_equal(kit_reap(ear, 5000), 0);
    const char *const secrets[] = {"Geheim",  "geheim", "Zoe", "555 01 99",
                                   "5550199", code,     offer, NULL};
    names_nobody(scene, "ear", secrets);
    names_nobody(scene, "boss", secrets);
}

static void listen__as_json__is_a_document_a_line(void **state)
{
    struct scene *scene = *state;
    pid_t ear = scene_start(scene, "-t ear listen --json", "ear");
    char path[KIT_PATH];
    char *said;
    json_t *heard;

    scene_start_heard(scene, "ear");
    kill(ear, SIGTERM);
    assert_int_equal(kit_reap(ear, 5000), 0);
    said = kit_read_file(kit_path(path, scene->dir, "ear"), NULL);
    heard = json_loads(said, JSON_DISABLE_EOF_CHECK, NULL);
    assert_non_null(heard);
    scene_keys(heard, "kind show rev publisher counter");
    json_decref(heard);
    free(said);
}

static void fault_012__a_terminals_name_twice__the_second_refuses(void **state)
{
    struct scene *scene = *state;
    pid_t first = scene_start(scene, "-t one listen", "first");
    pid_t next;

    scene_start_heard(scene, "first");
    scene_refuses(scene, 1, "one is in use", "-t one listen");
    scene_refuses(scene, 1, "one is in use", "-t one assign");
    kill(first, SIGKILL);
    (void)kit_reap(first, 5000);
    next = scene_start(scene, "-t one listen", "next");
    scene_start_heard(scene, "next");
    kill(next, SIGTERM);
    assert_int_equal(kit_reap(next, 5000), 0);
}

static void listen__without_a_channel__says_so(void **state)
{
    const struct scene *scene = *state;
    char line[KIT_PATH + 64], path[KIT_PATH];

    kit_write_file(kit_path(path, scene->dir, "mute.conf"), "channel = false;\n", 17);
    (void)snprintf(line, sizeof line, "listen -c %s", path);
    scene_refuses(scene, 3, "channel", line);
}

int main(void)
{
#define SCENE(test) cmocka_unit_test_setup_teardown(test, scene_setup, scene_teardown)
    const struct CMUnitTest tests[] = {
        SCENE(wait__leave__print_one_entry),
        SCENE(assign_once__cancelled_seats__go_to_the_list),
        SCENE(decline__gives_the_seats_on),
        SCENE(assign__runs__serves_the_list_and_ends_cleanly),
        SCENE(fault_110__services__log_no_customer_and_no_code),
        SCENE(listen__as_json__is_a_document_a_line),
        SCENE(fault_012__a_terminals_name_twice__the_second_refuses),
        SCENE(listen__without_a_channel__says_so),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
