/* Tickets by command: printed, printed anew, seen before; and the door. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/rules/scan.h"
#include "tests/commands/scene.h"

/* Adds settings to the scene's own. */
__attribute__((format(printf, 2, 3))) static void configure(const struct scene *scene,
                                                            const char *format, ...)
{
    char *was = kit_read_file(scene->config, NULL);
    char whole[4096];
    va_list list;
    int n = snprintf(whole, sizeof whole, "%s\n", was);

    va_start(list, format);
    n += vsnprintf(whole + n, sizeof whole - (size_t)n, format, list);
    va_end(list);
    kit_write_file(scene->config, whole, (size_t)n);
    free(was);
}

/* What the printer has been given, the caller's; "" before it was given anything. */
static char *paper(const struct scene *scene)
{
    char path[KIT_PATH];

    return kit_read_file(kit_path(path, scene->dir, "paper"), NULL);
}

static void with_printer(const struct scene *scene)
{
    char path[KIT_PATH];

    kit_write_file(kit_path(path, scene->dir, "paper"), "", 0);
    configure(scene, "printer = \"file:%s\"; printer_columns = 32; venue = \"Odeon\"; tax = 700;",
              path);
}

/* Sells seats; returns the code, in a static buffer. */
static const char *sell(const struct scene *scene, const char *words)
{
    static char code[16];
    json_t *sold = scene_json(scene, words);

    (void)snprintf(code, sizeof code, "%s", scene_text(sold, "code"));
    json_decref(sold);
    return code;
}

/* The words of a command, in a static buffer. */
__attribute__((format(printf, 1, 2))) static const char *words(const char *format, ...)
{
    static char line[256];
    va_list list;

    va_start(list, format);
    (void)vsnprintf(line, sizeof line, format, list);
    va_end(list);
    return line;
}

static void print__sale__gives_its_tickets_to_the_printer(void **state)
{
    const char *code;
    char *text, scan[SCAN_SIZE], line[64];

    with_printer(*state);
    code = sell(*state, "sell 1 B3 B4");
    scene_want(*state, 0, words("print %s", code));
    text = paper(*state);
    assert_non_null(strstr(text, "             Odeon\n"));
    assert_non_null(strstr(text, "Row B, seat 3 "));
    assert_non_null(strstr(text, "Row B, seat 4 "));
    assert_non_null(strstr(text, "incl. 7 % tax               0.65\n"));
    assert_true(scan_make(2, code, scan));
    assert_non_null(strstr(text, scan));
    (void)snprintf(line, sizeof line, "%s   no. 2\n", code);
    assert_non_null(strstr(text, line));
    assert_null(strstr(text, "DUPLICATE"));
    assert_null(strstr(text, "NOT VALID"));
    free(text);
    scene_refuses(*state, 1, "--reprint --reason R prints new ones", words("print %s", code));
}

static void print__anew__says_duplicate_and_needs_a_reason(void **state)
{
    char code[16], *text;
    json_t *anew;

    with_printer(*state);
    (void)snprintf(code, sizeof code, "%s", sell(*state, "sell 1 B3 B4"));
    scene_want(*state, 0, words("print %s", code));
    scene_refuses(*state, 1, "say which", words("print %s --reprint", code));
    scene_refuses(*state, 2, "--reason goes with", words("print %s --reason lost", code));
    scene_refuses(*state, 1, "no ticket for B5", words("print %s B5 --reprint --reason x", code));
    anew = scene_json(*state, words("print %s b4 --reprint --reason 'left on the tram'", code));
    assert_int_equal(json_array_size(json_object_get(anew, "serials")), 1);
    assert_int_equal(json_integer_value(json_array_get(json_object_get(anew, "serials"), 0)), 3);
    json_decref(anew);
    text = paper(*state);
    assert_non_null(strstr(text, "DUPLICATE 1\n"));
    assert_non_null(strstr(text, "no. 3\n"));
    free(text);
}

static void print__receipt__has_tenders_change_and_tax(void **state)
{
    const char *code;
    char *text;

    with_printer(*state);
    code = sell(*state, "sell 1 B3 B4 --tender card");
    scene_want(*state, 0, words("print %s --receipt", code));
    text = paper(*state);
    assert_non_null(strstr(text, "B3, B4 adult               20.00\n"));
    assert_non_null(strstr(text, "TOTAL EUR                  20.00\n"));
    assert_non_null(strstr(text, "card                       20.00\n"));
    assert_non_null(strstr(text, "incl. 7 % tax of 18.70      1.30\n"));
    free(text);
}

static void print__receipt_of_an_exchange__tells_what_was_paid_before(void **state)
{
    const char *code;
    char *text;
    json_t *now;

    with_printer(*state);
    scene_want(
        *state, 0,
        "show add --hall Small --title Ran --start 2099-01-01T19:45 --minutes 100 --price 12");
    code = sell(*state, "sell 1 B3 --tender card");
    now = scene_json(*state, words("exchange %s --show 2 --to C1", code));
    scene_want(*state, 0, words("print %s --receipt", scene_text(now, "code")));
    text = paper(*state);
    assert_non_null(strstr(text, "card, paid before          10.00\n"));
    assert_non_null(strstr(text, "cash                        2.00\n"));
    free(text);
    json_decref(now);
}

static void print__preview__gives_no_serial(void **state)
{
    const char *code = sell(*state, "sell 1 B3");
    struct kit_run run = scene_run(*state, words("print %s --preview", code));

    assert_int_equal(run.status, 0);
    assert_non_null(strstr(run.out, "Row B, seat 3"));
    assert_non_null(strstr(run.out, "no. -"));
    kit_run_fini(&run);
    scene_refuses(*state, 1, "no printer is set", words("print %s", code));
    run = scene_run(*state, "print --template ticket");
    assert_int_equal(run.status, 0);
    assert_non_null(strstr(run.out, ".qr\n"));
    kit_run_fini(&run);
    scene_refuses(*state, 2, "ticket or receipt", "print --template bill");
    scene_refuses(*state, 2, "usage", "print");
}

static void fault_087__printer_fails__comes_again_unmarked_under_its_serial(void **state)
{
    const struct scene *scene = *state;
    char code[16], *text, *was = kit_read_file(scene->config, NULL);

    (void)snprintf(code, sizeof code, "%s", sell(scene, "sell 1 B3"));
    configure(scene, "printer = \"command:echo out of paper >&2; false\";");
    scene_refuses(scene, 3, "out of paper", words("print %s", code));
    kit_write_file(scene->config, was, strlen(was));
    configure(scene, "printer = \"command:sleep 60\"; printer_limit_s = 1;");
    scene_refuses(scene, 3, "did not take it within 1 s", words("print %s", code));
    kit_write_file(scene->config, was, strlen(was));
    with_printer(scene);
    scene_want(scene, 0, words("print %s", code));
    text = paper(scene);
    assert_non_null(strstr(text, "no. 1\n"));
    assert_null(strstr(text, "DUPLICATE"));
    free(text);
    free(was);
}

static void template__wrong__is_refused_with_file_and_line(void **state)
{
    const struct scene *scene = *state;
    const char *code = sell(scene, "sell 1 B3");
    char path[KIT_PATH], part[KIT_PATH + 64];

    kit_path(path, scene->dir, "my.ticket");
    kit_write_file(path, "{title}\n.blink\n", 15);
    configure(scene, "ticket_template = \"%s\";", path);
    (void)snprintf(part, sizeof part, "%s:2: not understood: blink", path);
    scene_refuses(scene, 2, part, words("print %s --preview", code));
    kit_write_file(path, "only {title}\n", 13);
    scene_want(scene, 0, words("print %s --preview", code));
}

static void printer__wrong_setting__is_refused(void **state)
{
    const char *code = sell(*state, "sell 1 B3");

    configure(*state, "printer = \"%s\";", "lp0:");
    scene_refuses(*state, 2, "setting printer", words("print %s", code));
}

static void checkin__ticket__lets_in_once(void **state)
{
    const struct scene *scene = *state;
    char code[16], scan[SCAN_SIZE];
    json_t *door;

    with_printer(scene);
    (void)snprintf(code, sizeof code, "%s", sell(scene, "sell 1 B3 B4 B5"));
    scene_want(scene, 0, words("print %s", code));
    assert_true(scan_make(2, code, scan));
    door = scene_json(scene, words("-t door-1 checkin %s", scan));
    assert_string_equal(json_string_value(json_array_get(json_object_get(door, "seats"), 0)), "B4");
    json_decref(door);
    scene_refuses(scene, 1, "ticket 2, B4, was used already", words("checkin %s", scan));
    scene_refuses(scene, 1, "door-1", words("checkin %s", scan));
    scene_want(scene, 0, words("cancel %s B5", code));
    assert_true(scan_make(3, code, scan));
    scene_refuses(scene, 1, "its seat was given back", words("checkin %s", scan));
    scene_want(scene, 0, words("checkin %s", code));
    scene_refuses(scene, 1, "was used already", words("checkin %s", code));
    scan[4] = scan[4] == '9' ? '8' : '9';
    scene_refuses(scene, 2, "no ticket and no code", words("checkin %s", scan));
    scene_refuses(scene, 1, "no ticket of the code", "checkin NOCODE");
}

#define SCENE_TEST(test) cmocka_unit_test_setup_teardown(test, scene_setup, scene_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCENE_TEST(print__sale__gives_its_tickets_to_the_printer),
        SCENE_TEST(print__anew__says_duplicate_and_needs_a_reason),
        SCENE_TEST(print__receipt__has_tenders_change_and_tax),
        SCENE_TEST(print__receipt_of_an_exchange__tells_what_was_paid_before),
        SCENE_TEST(print__preview__gives_no_serial),
        SCENE_TEST(fault_087__printer_fails__comes_again_unmarked_under_its_serial),
        SCENE_TEST(template__wrong__is_refused_with_file_and_line),
        SCENE_TEST(printer__wrong_setting__is_refused),
        SCENE_TEST(checkin__ticket__lets_in_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
