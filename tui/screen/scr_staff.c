/* Staff: who works here, and in which role. Behind the last of them stands a place for a new one.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"
#include "tui/app.h"
#include "tui/widget/list.h"

enum { ROWS_ALL = 16, COLUMNS_ALL = 60, NAME_AT = 8, ROLE_CELLS = 11 };

struct staff {
    struct staff_list *list; /* NULL until it is read */
    struct list cursor;      /* over the people, and the place for a new one */
    int list_row;
    int32_t chosen; /* the number under the cursor; 0: a new one */
    int32_t asked;  /* to be let go, when the answer is y; 0: nothing is asked */
    char name[STAFF_NAME_SIZE];
};

static const struct staff_row *chosen_of(const struct staff *staff)
{
    return staff->list && staff->cursor.at < staff->list->n ? &staff->list->rows[staff->cursor.at]
                                                            : NULL;
}

static void ask_list(struct app *app)
{
    union read_args nothing = {0};

    app_read(app, READ_STAFF, &nothing, 0);
}

static void staff_open(struct app *app, void *state, const struct screen_args *args)
{
    (void)state;
    (void)args;
    app_hold_keys(app, true);
    ask_list(app);
}

static void staff_close(struct app *app, void *state)
{
    (void)app;
    free(((struct staff *)state)->list);
}

static void choose(struct staff *staff)
{
    const struct staff_row *row = chosen_of(staff);

    staff->chosen = row ? row->number : 0;
}

/* The cursor stays on its person when rows move, or on the place for a new one. */
static void list_answer(struct app *app, struct staff *staff, struct answer *answer)
{
    bool first = !staff->list;

    app_hold_keys(app, false);
    if (answer->rc != RC_OK) {
        app_say_fault(app, answer->fault);
        return;
    }
    free(staff->list);
    staff->list = answer->result;
    answer->result = NULL;
    list_resize(&staff->cursor, staff->list->n + 1);
    if (first) {
        choose(staff);
        return;
    }
    staff->cursor.at = staff->list->n;
    for (size_t i = 0; i < staff->list->n; i++)
        if (staff->list->rows[i].number == staff->chosen)
            staff->cursor.at = i;
}

static void staff_answer(struct app *app, void *state, struct answer *answer)
{
    struct staff *staff = state;

    if (!answer->verb)
        list_answer(app, staff, answer);
    else if (answer->rc != RC_OK)
        app_say_fault(app, answer->fault);
    else
        app_say(app, TONE_GOOD, _("%s has left: a new PIN takes back"), staff->name);
}

static void staff_hear(struct app *app, void *state, const struct hint *hint)
{
    (void)state;
    if (hint->kind == HINT_PROGRAMME && hint->show == 0)
        ask_list(app);
}

/* --- keys ------------------------------------------------------------------------------------ */

static void open_member(struct app *app, const struct staff *staff)
{
    const struct staff_row *row = chosen_of(staff);
    struct screen_args args = {.number = row ? row->number : 0};

    app_open(app, SCREEN_MEMBER, &args);
}

static void ask_leave(struct app *app, struct staff *staff, const struct staff_row *row)
{
    app_drop_keys(app);
    if (!row->active) {
        app_say(app, TONE_PLAIN, _("%s has left already: a new PIN takes back"), row->name);
        return;
    }
    staff->asked = row->number;
    memcpy(staff->name, row->name, sizeof staff->name);
}

/* y lets go; any other key leaves all as it is, and acts no further. */
static void answer_question(struct app *app, struct staff *staff, enum action action)
{
    struct staff_request request = {.number = staff->asked};

    staff->asked = 0;
    if (action != ACTION_YES)
        app_say(app, TONE_PLAIN, _("nothing was changed"));
    else if (!app_do(app, &verb_staff_remove, &request, KEEP_ACTING, 0))
        app_say(app, TONE_WARN, _("the box office is working, try again"));
}

static bool staff_key(struct app *app, void *state, const struct key *key, enum action action)
{
    struct staff *staff = state;
    const struct staff_row *row = chosen_of(staff);

    if (staff->asked != 0) {
        answer_question(app, staff, action);
        return true;
    }
    if (action == ACTION_ENTER && staff->list) {
        open_member(app, staff);
        return true;
    }
    if (action == ACTION_DROP) {
        if (row)
            ask_leave(app, staff, row);
        return true;
    }
    size_t hit =
        key->press == PRESS_CLICK ? list_hit(&staff->cursor, key->row, staff->list_row) : SIZE_MAX;
    if (hit != SIZE_MAX)
        staff->cursor.at = hit;
    else if (action == ACTION_NONE || !action_row(action)->moves ||
             !list_press(&staff->cursor, action_row(action)->press))
        return false;
    choose(staff);
    return true;
}

/* --- drawing --------------------------------------------------------------------------------- */

struct drawing {
    struct app *app;
    const struct staff *staff;
    int role, state; /* where these columns begin */
    bool wide;
};

static void draw_person(void *context, size_t item, bool chosen, const struct surface *line)
{
    const struct drawing *drawing = context;
    const struct staff_list *list = drawing->staff->list;
    enum style style = chosen ? STYLE_STRONG : STYLE_NORMAL;
    char clock[WHEN_TEXT];

    surface_put(line, 0, 0, STYLE_STRONG, chosen ? ">" : " ");
    if (item >= list->n) {
        surface_put(line, 0, NAME_AT, style, _("somebody new"));
        return;
    }
    const struct staff_row *row = &list->rows[item];
    surface_printf(line, 0, 2, style, "%4d", (int)row->number);
    surface_put_cells(line, 0, NAME_AT, drawing->role - 1 - NAME_AT, style, row->name);
    surface_put_short(line, 0, drawing->role, ROLE_CELLS, style, _(role_word(row->role)));
    if (!row->active) /* translators: works here no more */
        surface_put(line, 0, drawing->state, STYLE_FAINT, _("left"));
    else if (row->tries.locked_until > app_now(drawing->app))
        surface_printf(line, 0, drawing->state, STYLE_WARN,
                       drawing->wide ? _("locked until %s") : _("locked%.0s"),
                       when_clock(row->tries.locked_until, clock, sizeof clock));
}

/* What it means that these are here, in a line. */
static void draw_facts(const struct staff_list *list, const struct surface *surface, int row)
{
    int active = 0;

    for (size_t i = 0; i < list->n; i++)
        active += list->rows[i].active;
    if (list->n == 0)
        surface_put(surface, row, 1, STYLE_NORMAL,
                    _("Nobody signs in here. Begin with a manager: then everybody does."));
    else
        surface_printf(surface, row, 1, STYLE_NORMAL, _("%d sign in, %d left."), active,
                       (int)list->n - active);
}

static void draw_question(const struct staff *staff, const struct surface *surface, int row)
{
    if (staff->asked != 0)
        surface_printf(surface, row, 1, STYLE_WARN, _("%.24s signs in no more?  y yes"),
                       staff->name);
}

static void staff_draw(struct app *app, void *state, const struct surface *surface)
{
    struct staff *staff = state;
    bool wide = surface->columns >= COLUMNS_ALL, all = surface->rows >= ROWS_ALL;
    struct drawing drawing = {.app = app, .staff = staff, .wide = wide};
    int row = 1;

    drawing.state = surface->columns - (wide ? 20 : 7);
    drawing.role = drawing.state - 1 - ROLE_CELLS;
    app_head(app, surface, _("STAFF"));
    if (all && staff->list)
        draw_facts(staff->list, surface, row);
    row += all;
    /* translators: the heading of a column of numbers */
    surface_right(surface, row, 6, 4, STYLE_FAINT, _("No"));
    surface_put_short(surface, row, NAME_AT, drawing.role - 1 - NAME_AT, STYLE_FAINT, _("Name"));
    surface_put_short(surface, row++, drawing.role, ROLE_CELLS, STYLE_FAINT, _("Role"));
    if (all)
        surface_rule(surface, row++);
    staff->list_row = row;
    if (staff->list)
        list_draw(&staff->cursor, surface, row, surface->rows - 3 - row, draw_person, &drawing);
    draw_question(staff, surface, surface->rows - 3);
    surface_rule(surface, surface->rows - 2);
}

const struct screen scr_staff = {
    .id = SCREEN_STAFF,
    .state_size = sizeof(struct staff),
    .open = staff_open,
    .close = staff_close,
    .draw = staff_draw,
    .key = staff_key,
    .hear = staff_hear,
    .answer = staff_answer,
};
