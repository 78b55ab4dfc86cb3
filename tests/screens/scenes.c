#include "tests/screens/scenes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/demo_staff.h"
#include "core/desk/till.h"

enum { ROUNDS_MOST = 8 };

static const char *where; /* the scene that is played, for what fails */

#define HOLD(n)   n "\r", " TOTAL "
#define AS_LETTER "? help"
#define AS_TWIN   "F1 help" /* where letters are text */

const struct scene scenes[SCREEN_COUNT] = {
    [SCREEN_TODAY] =
        {"TODAY ", {{"12", "12_"}}, {"12_  Enter holds", "C4-5"}, "12_", AS_LETTER, NULL},
    [SCREEN_HELP] = {"HELP ", {{"?", "HELP "}}, {"Enter"}, "Up ", NULL, NULL},
    [SCREEN_MENU] =
        {"MENU", {{"m", "MENU"}, {"j", "> Last"}}, {"Calls"}, "> Last", AS_LETTER, NULL},
    [SCREEN_HALL] = {"TODAY ", {{HOLD("2")}}, {"TOTAL", "1 adult", "PAY 2"}, "* ", AS_LETTER, "0"},
    [SCREEN_PAY] = {"PAY ",
                    {{HOLD("2")}, {"\r", "CASH"}, {"50", "given 50"}},
                    {"given 50", "CHANGE "},
                    "given 50",
                    AS_LETTER,
                    "\033"},
    [SCREEN_FIND] =
        {"FIND", {{"/", "FIND"}, {"okaf", "1 found"}}, {"okaf", "1 found"}, "okaf", AS_TWIN, NULL},
    [SCREEN_RESERVE] = {"RESERVE ",
                        {{HOLD("2")}, {"r", "RESERVE"}, {"Kim\t+372 51", "+372 51"}},
                        {"Kim", "+372 51"},
                        "+372 51",
                        AS_TWIN,
                        NULL},
    [SCREEN_RESERVED] = {"RESERVED",
                         {{HOLD("2")}, {"r", "RESERVE"}, {"Kim\r", "RESERVED"}},
                         {"Reserved for Kim", "CODE"},
                         NULL,
                         AS_LETTER,
                         NULL},
    [SCREEN_RESERVATION] = {"RESERVATION",
                            {{"/okaf", "1 found"}, {"\r", "RESERVATION"}, {"j ", ">x A10"}},
                            {"Total", "A10"},
                            "A10",
                            AS_LETTER,
                            NULL},
    [SCREEN_WAITING] = {"WAITING",
                        {{"w", "at most 6"}, {"", "Seats that"}},
                        {"SAY", "C4"},
                        "> 1",
                        AS_LETTER,
                        NULL},
    [SCREEN_PARTY] = {"ONTO THE LIST",
                      {{"2w", "It would be number"}, {"Kim\t+372 51", "+372 51"}},
                      {"Kim", "+372 51", "stalls, back"},
                      "+372 51",
                      AS_TWIN,
                      NULL},
    [SCREEN_CHANGE] = {"CHANGE A PARTY",
                       {{"w", "SAY"}, {"\r", "Here  "}, {"\r", "CHANGE"}, {"\tX", "KariX"}},
                       {"KariX", "stalls, back"},
                       "KariX",
                       AS_TWIN,
                       NULL},
    [SCREEN_ENTRY] =
        {"PARTY ", {{"w", "SAY"}, {"\r", "Here  "}}, {"Kari", "SAY"}, NULL, AS_LETTER, NULL},
    [SCREEN_CALLS] = {"CALLS", {{"c", "Seats that"}}, {"SAY", "C4-5"}, "> ", AS_LETTER, NULL},
    [SCREEN_SALES] = {"LAST SALES", {{"s", "paid cash"}}, {"10.00"}, "> ", AS_LETTER, NULL},
    [SCREEN_PARKED] =
        {"PARKED",
         {{HOLD("1")}, {"n", "PARKED 1"}, {HOLD("1")}, {"n", "PARKED 2"}, {"g", "Left"}},
         {"1 x "},
         "> ",
         AS_LETTER,
         NULL},
    [SCREEN_TICKET] = {"TICKETS", {{"i", "TICKETS"}}, {"Row C"}, "> ", AS_LETTER, NULL},
    [SCREEN_DOOR] = {"DOOR", {{NULL, "The door"}, {"AB", "AB"}}, {"AB"}, "AB", AS_TWIN, NULL},
    [SCREEN_TILL] =
        {"TILL", {{NULL, "Till"}, {"j", "> Cash out"}}, {"Float"}, "> Cash out", AS_LETTER, NULL},
    [SCREEN_COUNTING] = {"COUNT",
                         {{NULL, "Till"}, {"jj\r", "COUNT"}, {"j12", "2400.00"}},
                         {"12", "COUNTED 2400.00"},
                         "200.00",
                         AS_LETTER,
                         NULL},
    [SCREEN_PAPER] = {"TILL REPORT",
                      {{NULL, "Till"}, {"jjj\r", "TILL REPORT"}},
                      {"BY TYPE"},
                      "> ",
                      AS_LETTER,
                      NULL},
    [SCREEN_PRICES] = {"PRICES ",
                       {{NULL, "Prices"}, {"j1234", "1234"}},
                       {"1234", "13.00"},
                       "back",
                       AS_LETTER,
                       "\033"},
    [SCREEN_TYPES] = {"TICKET TYPES",
                      {{NULL, "Ticket types"}, {"j", ">     2"}},
                      {"child", "as set"},
                      ">     2",
                      AS_LETTER,
                      NULL},
    [SCREEN_TYPE] =
        {"NEW TICKET TYPE",
         {{NULL, "Ticket types"}, {"\033[F", "> "}, {"\r", "Per cent  100"}, {"Senior", "Senior"}},
         {"Senior", "Digit "},
         "Senior",
         AS_TWIN,
         "\033"},
    [SCREEN_STAFF] =
        {"STAFF", {{NULL, "Staff"}, {"j", ">    2"}}, {"Tom"}, ">    2", AS_LETTER, NULL},
    [SCREEN_MEMBER] = {"NEW STAFF",
                       {{NULL, "Staff"}, {"\033[F\r", "NEW STAFF"}, {"Kim", "Kim"}},
                       {"Kim", "Role"},
                       "Kim",
                       AS_TWIN,
                       "\033"},
    [SCREEN_FOUND] =
        {"FOR REAL 2/4",
         {{NULL, "Start for real"}, {"Odeon", "Odeon"}, {"\r", "2/4"}, {"\t\tX", "A-HX"}},
         {"A-HX"},
         "A-HX",
         AS_TWIN,
         "\033"},
    [SCREEN_SIGN_IN] =
        {"LOCKED", {{"q", "LOCKED"}, {"12", "**"}}, {"**", "manager"}, "**", NULL, "\025111111\r"},
    [SCREEN_APPROVE] = {"APPROVAL",
                        {{NULL, "Staff"}, {"jx", "y yes"}, {"y", "APPROVAL"}, {"3", "Number  3"}},
                        {"Who approves it?", "Ada     333333"},
                        "Number  3",
                        NULL,
                        NULL},
};

static bool add_people(struct sql *db, void *context)
{
    struct fault why = {0};

    return demo_staff_add(db, context, &why) == RC_OK;
}

void scene_house(struct front *front)
{
    struct till_open_request till = {.drawer = 1, .opening = 15000};
    struct till_reply reply;
    struct ask ask;

    front_init(front);
    verb_ask(&ask, front->stage.db, NULL, "far-till", 7);
    front_reserve(front, "A9 A10");
    front_script(front, "UPDATE reservations SET name = 'Okafor', name_key = 'okafor'");
    front_give_back(front);
    front_do(front, &verb_till_open, &till, &reply);
    front_script(front, "UPDATE venue SET demo = 1");
    assert_int_equal(sql_tx(front->stage.db, add_people, &ask), SQL_OK);
    front_configure(front, "calm = true;\n"); /* so that minutes alone change anything */
}

void scene_sell(struct pty *pty)
{
    pty_wait_text(pty, "CALL ");
    pty_type(pty, "1\r");
    pty_wait_text(pty, "Enter PAY");
    pty_type(pty, "\r");
    pty_wait_text(pty, "CASH");
    pty_type(pty, "\r");
    pty_wait_text(pty, "SOLD ");
}

void scene_want(struct pty *pty, bool holds, const char *what)
{
    if (holds)
        return;
    pty->longer = false; /* all of it is of interest now */
    (void)fprintf(stderr, "%s at %d x %d: %s\n%s", where, pty->rows, pty->columns, what,
                  pty_text(pty));
    fail_msg("%s: %s", where, what);
}

bool scene_row_has(struct pty *pty, int row, const char *text)
{
    return strstr(pty_row(pty, row), text) != NULL;
}

void scene_want_frame(struct pty *pty, const struct screen *screen, const struct scene *scene)
{
    int bar = pty->rows - action_lines(screen->id);

    if (screen->dialog)
        scene_want(pty, pty_find(pty, scene->title) > 0, "no title in the frame");
    else
        scene_want(pty, scene_row_has(pty, 0, scene->title), "no title in the head line");
    scene_want(pty, scene_row_has(pty, 0, "DEMO"), "nothing says that it is a demo");
    if (scene->help)
        scene_want(pty, scene_row_has(pty, pty->rows - 1, scene->help), "no help in the key bar");
    for (int row = bar; row < pty->rows; row++)
        scene_want(pty, pty_row(pty, row)[0] != '\0', "an empty row of the key bar");
    scene_want(pty,
               scene_row_has(pty, bar - 1, "──") || scene_row_has(pty, bar - 1, "--") ||
                   scene_row_has(pty, bar - 2, "──") || scene_row_has(pty, bar - 2, "--") ||
                   scene_row_has(pty, bar - 3, "──") || scene_row_has(pty, bar - 3, "--"),
               "no rule above the key bar");
}

void scene_play(struct pty *pty, enum screen_id id)
{
    const struct scene *scene = &scenes[id];

    where = action_screen_name(id);
    if (!scene->title)
        fail_msg("the screen \"%s\" has no scene", where);
    for (int i = 0; i < STEPS && scene->steps[i].shows; i++) {
        const struct step *step = &scene->steps[i];

        if (step->keys) {
            pty_type(pty, step->keys);
            pty_wait_text(pty, step->shows);
        } else {
            stage_choose(pty, step->shows);
            pty_wait_gone(pty, "MENU");
        }
    }
    for (int i = 0; i < SHOWN && scene->shown[i]; i++)
        pty_wait_text(pty, scene->shown[i]);
}

static bool on_today(struct pty *pty, void *context)
{
    (void)context;
    return strncmp(pty_row(pty, 0), " TODAY ", 7) == 0 && pty_find(pty, "MENU") < 0;
}

static bool answered(struct pty *pty, void *context)
{
    (void)context;
    return pty->bytes > 0;
}

void scene_leave(struct pty *pty, const struct scene *scene)
{
    if (scene->leave)
        pty_type(pty, scene->leave);
    for (int i = 0; i < ROUNDS_MOST && !on_today(pty, NULL); i++) {
        pty->bytes = 0;
        pty_type(pty, "\033");
        pty_wait(pty, answered, NULL, "an answer to Esc");
    }
    pty_wait(pty, on_today, NULL, "today");
    pty->bytes = 0;
    pty_type(pty, "\033u");
    pty_wait_text(pty, "BASKET empty");
}
