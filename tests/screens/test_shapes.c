/*
 * Every screen of the registry on the glass: at 80x24 and 132x43, with colours and without, in
 * UTF-8 and in ASCII, and through other sizes and back. A screen that has no scene here fails.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/kit/shot.h"
#include "tests/screens/scenes.h"
#include "tui/screen/registry.h"

enum { TRIES = 4 };

static struct front front;
static struct pty one;
static struct shot before, between;

static int setup(void **state)
{
    (void)state;
    scene_house(&front);
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

static void want_glass(const struct screen *screen, const struct scene *scene, bool colours,
                       bool ascii)
{
    const char *cut = shot_cut(&one);

    scene_want_frame(&one, screen, scene);
    scene_want(&one, cut == NULL, cut);
    for (int i = 0; i < SHOWN && scene->shown[i]; i++)
        scene_want(&one, pty_find(&one, scene->shown[i]) >= 0, scene->shown[i]);
    scene_want(&one, shot_coloured(&one) == colours, colours ? "no colour" : "a colour");
    scene_want(&one, shot_all_ascii(&one) || !ascii, "a glyph that is no ASCII");
    scene_want(&one, one.cursor == (scene->focus != NULL), "the cursor is shown, or is not");
    if (scene->focus)
        scene_want(&one, scene_row_has(&one, pty_cursor(&one).row, scene->focus),
                   "the cursor is not on the focus");
}

/* --- scenes ---------------------------------------------------------------------------------- */

static bool drawn_anew(struct pty *pty, void *context)
{
    const struct scene *scene = context;

    return pty->bytes > 0 && pty_find(pty, scene->title) >= 0 &&
           (!scene->help || scene_row_has(pty, pty->rows - 1, scene->help));
}

static void resize(const struct scene *scene, int rows, int columns)
{
    one.bytes = 0;
    pty_resize(&one, rows, columns);
    pty_wait(&one, drawn_anew, (void *)scene, "the screen in its new size");
}

static char differs[PTY_LINE + 64]; /* what is waited for, and where it is not so yet */

/* The shot again, as soon as all of it has been drawn. */
static bool as_before(struct pty *pty, void *context)
{
    int row = 0;

    if (shot_compare(context, pty, &row) != SHOT_OTHER)
        return true;
    (void)snprintf(differs, sizeof differs, "the glass as it was before, in row %d: %s", row,
                   shot_row(context, row));
    return false;
}

static enum shot_change back_to(const struct scene *scene, const struct shot *shot)
{
    int row = 0;

    resize(scene, shot->rows, shot->columns);
    pty_wait(&one, as_before, (void *)shot, differs);
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
    scene_want(&one, false, "digits are lost by another size");
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
    pty_wait(&one, as_before, &before, differs);
}

/* Walks all screens in one program; `env` makes its glass. (libvterm writes the last of repeated
 * characters, as xterm may be told to, into the next row: in ASCII rules are such.) */
static void walk(const char *const *env, bool colours, bool ascii)
{

    const struct pty_options options = {.term = ascii ? "screen-256color" : NULL};

    stage_open(&front.stage, &one, "till-1", &options, env);
    scene_sell(&one);
    for (int i = 0; registry_screens[i]; i++) {
        const struct screen *screen = registry_screens[i];
        const struct scene *scene = &scenes[screen->id];

        scene_play(&one, screen->id);
        want_shapes(screen, scene, colours, ascii);
        want_help(scene);
        scene_leave(&one, scene);
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
