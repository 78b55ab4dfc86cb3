/* The screens with --training: they say so, print VOID, and sell nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/kit/front.h"

static struct front front;
static struct pty one;

static int setup(void **state)
{
    (void)state;
    front_init(&front);
    front.stage.training = true;
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    if (one.vterm)
        pty_fini(&one);
    front_fini(&front);
    return 0;
}

static bool has(struct pty *pty, void *context)
{
    char path[KIT_PATH], *paper = kit_read_file(kit_path(path, front.stage.dir, "paper"), NULL);
    bool found = strstr(paper, context) != NULL;

    (void)pty;
    free(paper);
    return found;
}

static void training__sale__says_training_and_prints_void(void **state)
{
    char paper[KIT_PATH], template[KIT_PATH], text[1024], serial[] = "no. 2", stamp[] = "VOID";

    (void)state;
    kit_write_file(kit_path(paper, front.stage.dir, "paper"), "", 0);
    /* A template of the house that leaves the stamp out does not let a ticket look valid. */
    kit_write_file(kit_path(template, front.stage.dir, "plain"), "{seat} no. {serial}\n", 20);
    (void)snprintf(text, sizeof text,
                   "printer = \"file:%s\"; receipts = true; ticket_template = \"%s\";", paper,
                   template);
    front_configure(&front, text);
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_wait_text(&one, "TRAINING");
    pty_type(&one, "2\r\r");
    pty_wait_text(&one, "TRAINING");
    pty_type(&one, "\r");
    pty_wait_text(&one, "VOID, training");
    pty_wait(&one, has, serial, serial);
    pty_wait(&one, has, stamp, stamp);
    char *printed = kit_read_file(paper, NULL);
    int stamps = 0;

    for (const char *at = printed; (at = strstr(at, "VOID")) != NULL; at++)
        stamps++;
    assert_in_range(stamps, 2, 3); /* two tickets, and the receipt once it is there */
    free(printed);
    assert_int_equal(stage_number(&front.stage, "SELECT count(*) FROM claims"), 0);
    assert_int_equal(stage_number(&front.stage, "SELECT last FROM ticket_serials"), 0);
}

static void training__small_screen__never_pushes_it_out(void **state)
{
    (void)state;
    front_open(&front, &one, "till-1", 12, 40, NULL);
    pty_wait_text(&one, "TRAINING");
    pty_type(&one, "\r");
    pty_wait_text(&one, "PAY");
    pty_wait_text(&one, "TRAINING");
    pty_resize(&one, 24, 80);
    pty_wait_text(&one, "Enter PAY");
    pty_wait_text(&one, "TRAINING");
}

static void training__of_a_demo__does_not_offer_to_start_for_real(void **state)
{
    struct stage stage;

    (void)state;
    stage_init(&stage);
    stage.training = true;
    stage_open(&stage, &one, "till-1", NULL, NULL);
    pty_wait_text(&one, "TRAINING");
    pty_wait_text(&one, "Ran ");
    pty_type(&one, "m");
    pty_wait_text(&one, "Leave the box office");
    assert_int_equal(pty_find(&one, "Start for real"), -1);
    pty_fini(&one);
    stage_fini(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(training__sale__says_training_and_prints_void, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(training__small_screen__never_pushes_it_out, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(training__of_a_demo__does_not_offer_to_start_for_real,
                                        setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
