/* The door: a scanner or a typed code, and a big yes or no. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"
#include "core/desk/tickets.h"
#include "tui/app.h"
#include "tui/widget/big.h"
#include "tui/widget/editor.h"

enum { TOP = 3, CODE_MOST = 40 };

struct door {
    struct editor editor;
    bool asked, yes; /* the last one's answer is shown; it is yes */
    struct check_in_reply reply;
    char why[FAULT_TEXT];
};

static void door_open(struct app *app, void *state, const struct screen_args *args)
{
    struct door *door = state;

    (void)app;
    (void)args;
    editor_init(&door->editor, CODE_MOST);
}

static void refuse(struct door *door, const struct fault *fault)
{
    door->asked = true;
    door->yes = false;
    (void)snprintf(door->why, sizeof door->why, "%s",
                   fault->text[0] ? fault->text : rc_text(fault->rc));
}

/* Somebody shows a ticket. */
static void let_in(struct app *app, struct door *door, const char *text)
{
    struct check_in_request request = {0};
    struct fault why = {0};

    door->asked = false;
    door->reply = (struct check_in_reply){0};
    if (check_in_text(text, &request, &why) != RC_OK)
        refuse(door, &why);
    else
        app_do(app, &verb_check_in, &request, KEEP_ALL, 0);
    editor_init(&door->editor, CODE_MOST);
}

static bool door_scan(struct app *app, void *state, const char *text)
{
    let_in(app, state, text);
    return true;
}

static void door_answer(struct app *app, void *state, struct answer *answer)
{
    struct door *door = state;

    (void)app;
    if (!answer->verb)
        return;
    memcpy(&door->reply, answer->reply, sizeof door->reply);
    door->asked = true;
    door->yes = answer->rc == RC_OK;
    if (!door->yes)
        refuse(door, answer->fault);
}

static bool door_key(struct app *app, void *state, const struct key *key, enum action action)
{
    struct door *door = state;

    if (action == ACTION_BACK && door->editor.text[0]) {
        editor_init(&door->editor, CODE_MOST);
        return true;
    }
    if (action == ACTION_ENTER) {
        if (door->editor.text[0])
            let_in(app, door, door->editor.text);
        return true;
    }
    return action == ACTION_NONE && editor_key(&door->editor, key);
}

static bool door_typing(struct app *app, const void *state)
{
    (void)app;
    (void)state;
    return true;
}

static void draw_show(struct app *app, const struct door *door, const struct surface *surface,
                      int row)
{
    char when[2 * WHEN_TEXT];
    bool other = false;

    if (door->reply.show.n == 0)
        return;
    app_when(app, door->reply.starts_at, &other, when, sizeof when);
    int column = surface_put(surface, row, 2, STYLE_STRONG, door->reply.title);
    column = surface_put(surface, row, column + 2, other ? STYLE_OTHER_DAY : STYLE_STRONG, when);
    surface_put(surface, row, column + 2, STYLE_STRONG, door->reply.hall);
}

static void draw_answer(struct app *app, const struct door *door, const struct surface *surface)
{
    char word[32];
    int row = TOP + BIG_ROWS + 1, column = 2;

    /* translators: these are drawn in large letters, of which there are A to Z and digits; short */
    (void)snprintf(word, sizeof word, "%s", door->yes ? _("YES") : _("NO"));
    size_t used = strlen(word);
    if (door->yes)
        (void)snprintf(word + used, sizeof word - used, " %d", (int)door->reply.n);
    big_put(surface, TOP, 2, door->yes ? STYLE_GOOD : STYLE_WARN, word);
    draw_show(app, door, surface, row);
    row += 2;
    if (!door->yes) {
        struct surface part = surface_part(surface, row, 2, 4, surface->columns - 4);

        surface_wrap(&part, 0, STYLE_WARN, door->why);
        return;
    }
    for (int i = 0; i < door->reply.n && row + BIG_ROWS <= surface->rows - 3; i++) {
        const char *label = door->reply.labels[i];

        if (column > 2 && column + big_cells(label) > surface->columns - 1) {
            column = 2;
            row += BIG_ROWS + 1;
        }
        if (row + BIG_ROWS <= surface->rows - 3)
            column = big_put(surface, row, column, STYLE_NORMAL, label) + 4;
    }
}

static void door_draw(struct app *app, void *state, const struct surface *surface)
{
    struct door *door = state;

    app_head(app, surface, _("DOOR"));
    int column = surface_put(surface, 1, 2, STYLE_STRONG, _("Scan a ticket, or type the code: "));
    editor_draw(&door->editor, surface, 1, column, 20, true);
    if (door->asked)
        draw_answer(app, door, surface);
    surface_rule(surface, surface->rows - 2);
}

const struct screen scr_door = {
    .id = SCREEN_DOOR,
    .state_size = sizeof(struct door),
    .open = door_open,
    .draw = door_draw,
    .key = door_key,
    .typing = door_typing,
    .scan = door_scan,
    .answer = door_answer,
};
