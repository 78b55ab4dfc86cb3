/*
 * Every screen of the registry on the glass: at 80x24 and 132x43, with colours and without, in
 * UTF-8 and in ASCII, and through other sizes and back. A screen that has no scene here fails.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/demo_staff.h"
#include "core/desk/till.h"
#include "tests/kit/front.h"
#include "tests/kit/shot.h"
#include "tests/screens/scenes.h"
#include "tui/screen/registry.h"

enum { TRIES = 4, ROUNDS_MOST = 8 };

static struct front front;
static struct pty one;
static struct shot before, between;
static const char *where; /* the scene that is played, for what fails */

/* --- the house ------------------------------------------------------------------------------- */

static bool add_people(struct sql *db, void *context)
{
    struct fault why = {0};

    return demo_staff_add(db, context, &why) == RC_OK;
}

/* A demo with people, an open till, a reservation, and an offer to a party. */
static int setup(void **state)
{
    struct till_open_request till = {.drawer = 1, .opening = 15000};
    struct till_reply reply;
    struct ask ask;

    (void)state;
    front_init(&front);
    verb_ask(&ask, front.stage.db, NULL, "far-till", 7);
    front_reserve(&front, "A9 A10");
    front_script(&front, "UPDATE reservations SET name = 'Okafor', name_key = 'okafor'");
    front_give_back(&front);
    front_do(&front, &verb_till_open, &till, &reply);
    front_script(&front, "UPDATE venue SET demo = 1");
    assert_int_equal(sql_tx(front.stage.db, add_people, &ask), SQL_OK);
    front_configure(&front, "calm = true;\n"); /* so that minutes alone change anything */
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

/* --- what holds on any glass ----------------------------------------------------------------- */

static void complain(const char *what)
{
    (void)fprintf(stderr, "%s at %d x %d: %s\n%s", where, one.rows, one.columns, what,
                  pty_text(&one));
    fail_msg("%s: %s", where, what);
}

static void want(bool holds, const char *what)
{
    if (!holds)
        complain(what);
}

static bool row_has(int row, const char *text)
{
    return strstr(pty_row(&one, row), text) != NULL;
}

/* Head line, key bar, and the rule above it, unless a dialog lies over that. */
static void want_frame(const struct screen *screen, const struct scene *scene)
{
    int bar = one.rows - action_lines(screen->id);

    if (screen->dialog)
        want(pty_find(&one, scene->title) > 0, "no title in the frame");
    else
        want(row_has(0, scene->title), "no title in the head line");
    want(row_has(0, "DEMO"), "nothing says that it is a demo");
    if (scene->help)
        want(row_has(one.rows - 1, scene->help), "no help in the key bar");
    for (int row = bar; row < one.rows; row++)
        want(pty_row(&one, row)[0] != '\0', "an empty row of the key bar");
    want(row_has(bar - 1, "──") || row_has(bar - 1, "--") || row_has(bar - 2, "──") ||
             row_has(bar - 2, "--") || row_has(bar - 3, "──") || row_has(bar - 3, "--"),
         "no rule above the key bar");
}

static void want_glass(const struct screen *screen, const struct scene *scene, bool colours,
                       bool ascii)
{
    const char *cut = shot_cut(&one);

    want_frame(screen, scene);
    if (cut)
        complain(cut);
    for (int i = 0; i < SHOWN && scene->shown[i]; i++)
        want(pty_find(&one, scene->shown[i]) >= 0, scene->shown[i]);
    want(shot_coloured(&one) == colours, colours ? "no colour" : "a colour");
    want(shot_all_ascii(&one) || !ascii, "a glyph that is no ASCII");
    want(one.cursor == (scene->focus != NULL), "the cursor is shown, or is not");
    if (scene->focus)
        want(row_has(pty_cursor(&one).row, scene->focus), "the cursor is not on the focus");
}

/* --- scenes ---------------------------------------------------------------------------------- */

static bool drawn_anew(struct pty *pty, void *context)
{
    const struct scene *scene = context;

    return pty->bytes > 0 && pty_find(pty, scene->title) >= 0 &&
           (!scene->help || row_has(pty->rows - 1, scene->help));
}

static void resize(const struct scene *scene, int rows, int columns)
{
    one.bytes = 0;
    pty_resize(&one, rows, columns);
    pty_wait(&one, drawn_anew, (void *)scene, "the screen in its new size");
}

/* The shot again, as soon as all of it has been drawn. */
static bool as_before(struct pty *pty, void *context)
{
    int row = 0;

    (void)pty;
    return shot_compare(context, &one, &row) != SHOT_OTHER;
}

static enum shot_change back_to(const struct scene *scene, const struct shot *shot)
{
    int row = 0;

    resize(scene, shot->rows, shot->columns);
    pty_wait(&one, as_before, (void *)shot, "the glass as it was before");
    return shot_compare(shot, &one, &row);
}

/* Through other sizes and back: all is as it was. When a minute has passed meanwhile, once more. */
static void want_shapes(const struct screen *screen, const struct scene *scene, bool colours,
                        bool ascii)
{
    for (int i = 0; i < TRIES; i++) {
        enum shot_change changes[2];

        want_glass(screen, scene, colours, ascii);
        shot_take(&before, &one);
        resize(scene, 43, 132);
        want_glass(screen, scene, colours, ascii);
        shot_take(&between, &one);
        resize(scene, 30, 100);
        changes[0] = back_to(scene, &between);
        changes[1] = back_to(scene, &before);
        if (changes[0] == SHOT_SAME && changes[1] == SHOT_SAME)
            return;
    }
    complain("digits are lost by another size");
}

/* Help comes wherever the key bar says so, by its twin also where letters are text, and leads back.
 */
static void want_help(const struct scene *scene)
{
    if (!scene->help)
        return;
    pty_type(&one, "\033OP"); /* F1 */
    pty_wait_text(&one, "HELP  keys");
    pty_type(&one, "\033");
    pty_wait(&one, as_before, &before, "the screen behind the help");
}

static void play(const struct scene *scene)
{
    for (int i = 0; i < STEPS && scene->steps[i].shows; i++) {
        const struct step *step = &scene->steps[i];

        if (step->keys) {
            pty_type(&one, step->keys);
            pty_wait_text(&one, step->shows);
        } else {
            stage_choose(&one, step->shows);
            pty_wait_gone(&one, "MENU");
        }
    }
    for (int i = 0; i < SHOWN && scene->shown[i]; i++)
        pty_wait_text(&one, scene->shown[i]);
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

static void leave(const struct scene *scene)
{
    if (scene->leave)
        pty_type(&one, scene->leave);
    for (int i = 0; i < ROUNDS_MOST && !on_today(&one, NULL); i++) {
        one.bytes = 0;
        pty_type(&one, "\033");
        pty_wait(&one, answered, NULL, "an answer to Esc");
    }
    pty_wait(&one, on_today, NULL, "today");
    one.bytes = 0;
    pty_type(&one, "\033u");
    pty_wait_text(&one, "BASKET empty");
}

/* Walks all screens in one program; `env` makes its glass. (libvterm writes the last of repeated
 * characters, as xterm may be told to, into the next row: in ASCII rules are such.) */
static void walk(const char *const *env, bool colours, bool ascii)
{

    const struct pty_options options = {.term = ascii ? "screen-256color" : NULL};

    stage_open(&front.stage, &one, "till-1", &options, env);
    pty_wait_text(&one, "CALL ");
    pty_type(&one, "1\r");
    pty_wait_text(&one, "Enter PAY");
    pty_type(&one, "\r");
    pty_wait_text(&one, "CASH");
    pty_type(&one, "\r");
    pty_wait_text(&one, "SOLD ");
    for (int i = 0; registry_screens[i]; i++) {
        const struct screen *screen = registry_screens[i];
        const struct scene *scene = &scenes[screen->id];

        where = action_screen_name(screen->id);
        if (!scene->title)
            fail_msg("the screen \"%s\" has no scene", where);
        play(scene);
        want_shapes(screen, scene, colours, ascii);
        want_help(scene);
        leave(scene);
    }
}

static void shapes__colours__every_screen(void **state)
{
    (void)state;
    walk(NULL, true, false);
}

static void shapes__no_color__every_screen(void **state)
{
    static const char *const env[] = {"NO_COLOR=1", NULL};

    (void)state;
    walk(env, false, false);
}

static void shapes__ascii__every_screen(void **state)
{
    static const char *const env[] = {"LC_ALL=C", NULL};

    (void)state;
    walk(env, true, true);
}

static void shapes__ascii_no_color__every_screen(void **state)
{
    static const char *const env[] = {"LC_ALL=C", "NO_COLOR=1", NULL};

    (void)state;
    walk(env, false, true);
}

#define SHAPES(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHAPES(shapes__colours__every_screen),
        SHAPES(shapes__no_color__every_screen),
        SHAPES(shapes__ascii__every_screen),
        SHAPES(shapes__ascii_no_color__every_screen),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
