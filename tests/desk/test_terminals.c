/* Terminals: names that one process has at a time, and who lives where. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/desk/terminal_name.h"
#include "tests/kit/box.h"

static enum rc terminal(struct box *box, const struct verb *verb, const char *name,
                        const char *session, const char *host, struct fault *why)
{
    struct terminal_request request = {
        .ask = box_ask(box), .pid = 4711, .endpoint = "ipc:///run/x", .assigns = "standby"};
    struct terminal_reply reply;

    (void)snprintf(request.ask.terminal, sizeof request.ask.terminal, "%s", name);
    (void)snprintf(request.session, sizeof request.session, "%s", session);
    (void)snprintf(request.host, sizeof request.host, "%s", host);
    return verb_do(box->db, verb, &request, &reply, why);
}

static struct terminal_list *all(struct box *box)
{
    struct terminal_list *list = NULL;

    assert_int_equal(terminals_read(box->db, box->now, &list, NULL), RC_OK);
    return list;
}

static void join__is_listed_until_it_leaves(void **state)
{
    struct box *box = *state;
    struct fault why;
    struct terminal_list *list;

    assert_int_equal(terminal(box, &verb_terminal_join, "counter-2", "b", "host", &why), RC_OK);
    assert_int_equal(terminal(box, &verb_terminal_join, "counter-1", "a", "host", &why), RC_OK);
    list = all(box);
    assert_int_equal(list->n, 2);
    assert_string_equal(list->rows[0].name, "counter-1");
    assert_string_equal(list->rows[1].name, "counter-2");
    assert_string_equal(list->rows[0].endpoint, "ipc:///run/x");
    assert_int_equal(list->rows[0].pid, 4711);
    assert_true(list->rows[0].alive);
    free(list);
    assert_int_equal(terminal(box, &verb_terminal_leave, "counter-1", "not mine", "host", &why),
                     RC_OK);
    assert_int_equal(terminal(box, &verb_terminal_leave, "counter-2", "b", "host", &why), RC_OK);
    list = all(box);
    assert_int_equal(list->n, 1);
    assert_string_equal(list->rows[0].name, "counter-1");
    free(list);
}

static void beat__keeps_it_alive(void **state)
{
    struct box *box = *state;
    struct fault why;
    struct terminal_list *list;

    assert_int_equal(terminal(box, &verb_terminal_join, "counter-1", "a", "host", &why), RC_OK);
    box->now += 29 * WHEN_SECOND;
    assert_int_equal(terminal(box, &verb_terminal_beat, "counter-1", "a", "host", &why), RC_OK);
    box->now += 29 * WHEN_SECOND;
    list = all(box);
    assert_true(list->rows[0].alive);
    free(list);
    box->now += WHEN_SECOND;
    list = all(box);
    assert_false(list->rows[0].alive);
    free(list);
}

static void fault_012__same_name_on_another_host__is_refused_while_it_beats(void **state)
{
    struct box *box = *state;
    struct fault why = {0};

    assert_int_equal(terminal(box, &verb_terminal_join, "counter-1", "a", "north", &why), RC_OK);
    assert_int_equal(terminal(box, &verb_terminal_join, "counter-1", "b", "south", &why),
                     RC_EXISTS);
    assert_non_null(strstr(why.text, "north"));
    assert_non_null(strstr(why.text, "4711"));
    box->now += TERMINAL_DEAD;
    assert_int_equal(terminal(box, &verb_terminal_join, "counter-1", "b", "south", &why), RC_OK);
    /* Whoever was stopped for so long finds its name gone, and does not take it back. */
    assert_int_equal(terminal(box, &verb_terminal_beat, "counter-1", "a", "north", &why),
                     RC_EXISTS);
}

static void join__the_long_dead_are_forgotten(void **state)
{
    struct box *box = *state;
    struct fault why;
    struct terminal_list *list;

    assert_int_equal(terminal(box, &verb_terminal_join, "old", "a", "host", &why), RC_OK);
    box->now += 25 * WHEN_HOUR;
    assert_int_equal(terminal(box, &verb_terminal_join, "new", "b", "host", &why), RC_OK);
    list = all(box);
    assert_int_equal(list->n, 1);
    assert_string_equal(list->rows[0].name, "new");
    free(list);
    /* It lives after all: its beat brings it back. */
    assert_int_equal(terminal(box, &verb_terminal_beat, "old", "a", "host", &why), RC_OK);
    list = all(box);
    assert_int_equal(list->n, 2);
    free(list);
    assert_int_equal(terminal(box, &verb_terminal_join, "", "c", "host", &why), RC_BAD_INPUT);
}

static void fault_012__same_name_twice_on_one_host__is_refused(void **state)
{
    struct box *box = *state;
    struct fault why = {0};
    char process[32];
    int first = -1, second = -1, other = -1;

    assert_int_equal(terminal_name_claim(box->path, "Kasse 1/ä", &first, &why), RC_OK);
    assert_int_equal(terminal_name_claim(box->path, "Kasse 1/ä", &second, &why), RC_EXISTS);
    (void)snprintf(process, sizeof process, "process %ld)", (long)getpid());
    assert_non_null(strstr(why.text, process));
    assert_int_equal(second, -1);
    assert_int_equal(terminal_name_claim(box->path, "Kasse 1/b", &other, &why), RC_OK);
    close(first);
    assert_int_equal(terminal_name_claim(box->path, "Kasse 1/ä", &second, &why), RC_OK);
    terminal_name_release(box->path, "Kasse 1/ä", &second);
    assert_int_equal(second, -1);
    terminal_name_release(box->path, "Kasse 1/ä", &second); /* twice is nothing */
    terminal_name_release(box->path, "Kasse 1/b", &other);
    assert_int_equal(terminal_name_claim(box->path, "", &other, &why), RC_BAD_INPUT);
    assert_int_equal(terminal_name_claim("/nowhere/at/all.db", "a", &other, &why), RC_ENVIRONMENT);
}

#define KEY_ONE "Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID"
#define KEY_TWO "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7"

static enum rc admit(struct box *box, const struct verb *verb, const char *name, const char *key,
                     struct fault *why)
{
    struct admit_request request = {.ask = box_ask(box)};
    struct admit_reply reply;

    (void)snprintf(request.name, sizeof request.name, "%s", name);
    (void)snprintf(request.public_key, sizeof request.public_key, "%s", key);
    return verb_do(box->db, verb, &request, &reply, why);
}

static int64_t journaled(struct box *box, const char *what)
{
    return sql_one_number(box->db, -1,
                          "SELECT count(*) FROM journal WHERE book = 'house' AND what = $1",
                          SQL_VALUES(sql_t(what)));
}

static void admit__outlives_the_terminal_and_is_joined_by_its_key(void **state)
{
    struct box *box = *state;
    struct fault why;
    struct terminal_request request = {.ask = box_ask(box),
                                       .pid = 1,
                                       .host = "north",
                                       .endpoint = "tcp://10.0.0.1:5555",
                                       .public_key = KEY_ONE,
                                       .assigns = "never",
                                       .session = "a",
                                       .turned_away = 7};
    struct terminal_reply reply;
    struct terminal_list *list;

    assert_int_equal(admit(box, &verb_admit, "zoo", KEY_TWO, &why), RC_OK);
    assert_int_equal(admit(box, &verb_admit, "door", KEY_ONE, &why), RC_OK);
    assert_int_equal(verb_do(box->db, &verb_terminal_join, &request, &reply, &why), RC_OK);
    assert_int_equal(terminal(box, &verb_terminal_join, "near", "b", "host", &why), RC_OK);
    list = all(box);
    assert_int_equal(list->n, 2);
    assert_string_equal(list->rows[0].name, "counter-1");
    assert_string_equal(list->rows[0].public_key, KEY_ONE);
    assert_string_equal(list->rows[0].admitted_as, "door");
    assert_int_equal(list->rows[0].turned_away, 7);
    assert_string_equal(list->rows[1].admitted_as, ""); /* over ipc: it has no key */
    assert_int_equal(list->n_admitted, 2);
    assert_string_equal(list->admitted[0].name, "door");
    assert_string_equal(list->admitted[1].public_key, KEY_TWO);
    free(list);
    assert_int_equal(verb_do(box->db, &verb_terminal_leave, &request, &reply, &why), RC_OK);
    assert_int_equal(admit(box, &verb_expel, "zoo", "", &why), RC_OK);
    list = all(box);
    assert_int_equal(list->n, 1);
    assert_int_equal(list->n_admitted, 1);
    assert_string_equal(list->admitted[0].name, "door");
    free(list);
    assert_int_equal(journaled(box, "terminal_admit"), 2);
    assert_int_equal(journaled(box, "terminal_remove"), 1);
}

static void admit__twice_or_no_key__changes_nothing(void **state)
{
    struct box *box = *state;
    struct fault why = {0};

    assert_int_equal(admit(box, &verb_admit, "door", KEY_ONE, &why), RC_OK);
    assert_int_equal(admit(box, &verb_admit, "window", KEY_ONE, &why), RC_EXISTS);
    assert_non_null(strstr(why.text, "door"));
    assert_int_equal(admit(box, &verb_admit, "door", KEY_TWO, &why), RC_EXISTS);
    assert_int_equal(admit(box, &verb_admit, "window", "no key", &why), RC_BAD_INPUT);
    assert_int_equal(admit(box, &verb_admit, "", KEY_TWO, &why), RC_BAD_INPUT);
    assert_int_equal(admit(box, &verb_expel, "window", "", &why), RC_NOT_FOUND);
    assert_int_equal(journaled(box, "terminal_admit"), 1);
    assert_int_equal(journaled(box, "terminal_remove"), 0);
}

/* Rows that no verb has made. */
static bool fill_admitted(struct sql *db, void *context)
{
    char name[TERMINAL_SIZE];

    (void)context;
    for (int i = 0; i < ADMITTED_MAX; i++) {
        (void)snprintf(name, sizeof name, "till-%d", i);
        sql_run(db,
                "INSERT INTO admitted (name, public_key, admitted_at, operator_number)"
                " VALUES ($1, $1, 0, 1)",
                SQL_VALUES(sql_t(name)));
    }
    return true;
}

static bool add_clerk(struct sql *db, void *context)
{
    (void)context;
    sql_run(db,
            "INSERT INTO staff (number, name, name_key, role, pin_hash, created_at, changed_at)"
            " VALUES (1, 'Tom', 'tom', 'clerk', 'x', 0, 0)",
            NULL, 0);
    return true;
}

static void admit__full__is_refused(void **state)
{
    struct box *box = *state;
    struct fault why = {0};

    assert_int_equal(sql_tx(box->db, fill_admitted, NULL), SQL_OK);
    assert_int_equal(admit(box, &verb_admit, "door", KEY_ONE, &why), RC_REFUSED);
    assert_int_equal(admit(box, &verb_expel, "till-0", "", &why), RC_OK);
    assert_int_equal(admit(box, &verb_admit, "door", KEY_ONE, &why), RC_OK);
}

static void admit__by_a_clerk__needs_a_manager(void **state)
{
    struct box *box = *state;
    struct fault why = {0};

    assert_int_equal(admit(box, &verb_admit, "door", KEY_ONE, &why), RC_OK);
    assert_int_equal(sql_tx(box->db, add_clerk, NULL), SQL_OK);
    assert_int_equal(admit(box, &verb_admit, "window", KEY_TWO, &why), RC_NEEDS_APPROVAL);
    assert_int_equal(admit(box, &verb_expel, "door", "", &why), RC_NEEDS_APPROVAL);
    assert_int_equal(journaled(box, "terminal_remove"), 0);
}

/* Claims the name in a child and tells through the pipe that it has it. */
static pid_t claim_in_child(struct box *box, const char *name, int told[2])
{
    pid_t pid = fork();
    struct fault why;
    int fd;

    assert_true(pid >= 0);
    if (pid > 0)
        return pid;
    if (terminal_name_claim(box->path, name, &fd, &why) != RC_OK || write(told[1], "x", 1) != 1)
        _exit(1);
    (void)alarm(20); /* should the test have failed, it ends all the same */
    for (;;)
        (void)pause();
}

static void fault_012__a_crashed_ones_name__is_free_at_once(void **state)
{
    struct box *box = *state;
    struct fault why;
    int told[2];
    char byte;
    int fd = -1;
    pid_t child;

    assert_int_equal(pipe(told), 0);
    child = claim_in_child(box, "counter-1", told);
    assert_int_equal(read(told[0], &byte, 1), 1);
    assert_int_equal(terminal_name_claim(box->path, "counter-1", &fd, &why), RC_EXISTS);
    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(kit_reap(child, 5000), 128 + SIGKILL);
    assert_int_equal(terminal_name_claim(box->path, "counter-1", &fd, &why), RC_OK);
    terminal_name_release(box->path, "counter-1", &fd);
    close(told[0]);
    close(told[1]);
}

static void default_name__fits_and_tells_processes_apart(void **state)
{
    char name[TERMINAL_SIZE];
    char process[24];

    (void)state;
    terminal_default_name(name, sizeof name);
    (void)snprintf(process, sizeof process, "-%ld", (long)getpid());
    assert_non_null(strstr(name, process));
    assert_true(strlen(name) > strlen(process));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, box_setup, box_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(join__is_listed_until_it_leaves),
        TEST(beat__keeps_it_alive),
        TEST(fault_012__same_name_on_another_host__is_refused_while_it_beats),
        TEST(join__the_long_dead_are_forgotten),
        TEST(admit__outlives_the_terminal_and_is_joined_by_its_key),
        TEST(admit__twice_or_no_key__changes_nothing),
        TEST(admit__full__is_refused),
        TEST(admit__by_a_clerk__needs_a_manager),
        TEST(fault_012__same_name_twice_on_one_host__is_refused),
        TEST(fault_012__a_crashed_ones_name__is_free_at_once),
        cmocka_unit_test(default_name__fits_and_tells_processes_apart),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
