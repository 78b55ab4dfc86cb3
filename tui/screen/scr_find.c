/* Find: one field for all that a customer can tell; what is found comes while it is typed. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"
#include "tui/app.h"
#include "tui/widget/editor.h"
#include "tui/widget/list.h"

enum { MOST = 60, COLUMNS_ALL = 72, DAY_CELLS = 6 };

struct find {
    struct editor editor;
    struct found_list *found;   /* NULL until something was looked for */
    char looked_for[NAME_SIZE]; /* what `found` answers */
    struct list cursor;
    int list_row;
    bool open; /* Enter came before the answer: it opens what is found */
};

static const struct found_row *chosen_of(const struct find *find)
{
    return find->found && find->cursor.at < find->found->n ? &find->found->rows[find->cursor.at]
                                                           : NULL;
}

static void look(struct app *app, struct find *find)
{
    union read_args args = {.find = {.most = MOST}};

    (void)snprintf(args.find.text, sizeof args.find.text, "%.*s", NAME_SIZE - 1, find->editor.text);
    app_read(app, READ_FIND, &args, 0);
}

static void find_open(struct app *app, void *state, const struct screen_args *args)
{
    struct find *find = state;

    editor_init(&find->editor, NAME_SIZE - 1);
    if (args->text[0] && editor_set(&find->editor, args->text))
        look(app, find);
}

static void find_close(struct app *app, void *state)
{
    (void)app;
    free(((struct find *)state)->found);
}

/* --- opening what was found ------------------------------------------------------------------ */

static void open_row(struct app *app, const struct found_row *row)
{
    struct screen_args args = {
        .show = row->show, .reservation = row->reservation, .entry = row->entry};

    app_open(app,
             row->kind == FOUND_RESERVATION ? SCREEN_RESERVATION
             : row->kind == FOUND_ENTRY     ? SCREEN_WAITING
                                            : SCREEN_HALL,
             &args);
}

/* Is what was typed the code of that reservation (blanks and case aside)? */
static bool is_code(const struct found_row *row, const char *typed)
{
    const char *code = row->code;

    for (; *typed; typed++) {
        if (*typed == ' ')
            continue;
        if (toupper((unsigned char)*typed) != *code)
            return false;
        code++;
    }
    return *row->code && *code == '\0';
}

/* Enter: a code, a single hit or the one that was chosen is opened; of many one is to be chosen. */
static void enter(struct app *app, struct find *find, bool seen)
{
    const struct found_row *row = chosen_of(find);

    if (!row)
        app_say(app, TONE_WARN, _("nothing is found by %s"), find->looked_for);
    else if (seen || find->found->n == 1 || is_code(row, find->looked_for))
        open_row(app, row);
    else
        app_say(app, TONE_PLAIN, _("%zu found: choose with Up and Down, Enter opens"),
                find->found->n);
}

static bool same_row(const struct found_row *a, const struct found_row *b)
{
    return a->kind == b->kind && a->show.n == b->show.n && a->entry.n == b->entry.n &&
           a->reservation.n == b->reservation.n;
}

static void find_answer(struct app *app, void *state, struct answer *answer)
{
    struct find *find = state;

    if (answer->read != READ_FIND)
        return;
    bool latest = strcmp(answer->args->find.text, find->editor.text) == 0;
    bool open = find->open && latest;
    if (latest) {
        find->open = false;
        app_hold_keys(app, false);
    }
    if (answer->rc != RC_OK) {
        app_say_fault(app, answer->fault);
        return;
    }
    bool again = strcmp(find->looked_for, answer->args->find.text) == 0;
    const struct found_row *chosen = again ? chosen_of(find) : NULL;
    struct found_row kept = chosen ? *chosen : (struct found_row){0};

    free(find->found);
    find->found = answer->result;
    answer->result = NULL;
    (void)snprintf(find->looked_for, sizeof find->looked_for, "%s", answer->args->find.text);
    find->cursor.at = again ? find->cursor.at : 0;
    list_resize(&find->cursor, find->found->n);
    for (size_t i = 0; chosen && i < find->found->n; i++)
        if (same_row(&find->found->rows[i], &kept))
            find->cursor.at = i;
    if (open)
        enter(app, find, false);
}

/* What was found may have been sold, collected or given back since. */
static void find_hear(struct app *app, void *state, const struct hint *hint)
{
    struct find *find = state;

    if (find->looked_for[0] && hint->kind != HINT_LEASE && hint->kind != HINT_GREETING)
        look(app, find);
}

/* --- drawing --------------------------------------------------------------------------------- */

static void cut_month(char *day)
{
    char *month = strrchr(day, ' ');

    if (month)
        *month = '\0';
}

/* "Sat 28 19:45", "TODAY  19:45". */
static void draw_start(struct app *app, const struct surface *line, int column, enum style style,
                       when_ms at)
{
    char clock[WHEN_TEXT], day[WHEN_TEXT];

    when_clock(at, clock, sizeof clock);
    if (when_day(at) == when_day(app_now(app)))
        (void)snprintf(day, sizeof day, "%s", _("TODAY"));
    else
        cut_month(when_day_name(when_day(at), day, sizeof day));
    if (when_day(at) != when_day(app_now(app)))
        style = STYLE_OTHER_DAY;
    surface_put_short(line, 0, column, DAY_CELLS, style, day);
    surface_put(line, 0, column + DAY_CELLS + 1, style, clock);
}

/* "K4M7TX  2 seats   22.00 sold". */
static void draw_what(const struct surface *line, int column, enum style style,
                      const struct found_row *row)
{
    char text[MONEY_TEXT + 48];
    unsigned n = (unsigned)row->seats;

    surface_put_short(line, 0, column, 6, style,
                      row->kind == FOUND_RESERVATION ? row->code
                      : row->kind == FOUND_ENTRY     ? _("list")
                                                     : _("show"));
    column += 7;
    if (row->kind == FOUND_SHOW) {
        surface_put(line, 0, column, style, row->hall);
        return;
    }
    (void)snprintf(text, sizeof text,
                   row->kind == FOUND_ENTRY ? ngettext("%2d person", "%2d people", n)
                                            : ngettext("%2d seat", "%2d seats", n),
                   (int)n);
    surface_put_short(line, 0, column, row->kind == FOUND_ENTRY ? 16 : 9, style, text);
    if (row->kind == FOUND_RESERVATION)
        surface_right(line, 0, column + 16, 7, style, money_format(row->total, text, sizeof text));
    if (row->state[0])
        surface_put_short(line, 0, column + 17, line->columns - column - 17, style, _(row->state));
}

struct drawing {
    struct app *app;
    const struct find *find;
};

static void draw_found(void *context, size_t item, bool chosen, const struct surface *line)
{
    const struct drawing *drawing = context;
    const struct found_row *row = &drawing->find->found->rows[item];
    enum style style = chosen ? STYLE_STRONG : STYLE_NORMAL;
    const char *name = row->kind == FOUND_SHOW ? row->title : row->name[0] ? row->name : "-";

    surface_put(line, 0, 0, STYLE_STRONG, chosen ? ">" : " ");
    if (line->columns < COLUMNS_ALL) {
        surface_put_cells(line, 0, 2, line->columns - 24, style, name);
        surface_put_short(line, 0, line->columns - 21, 7, style,
                          row->kind == FOUND_RESERVATION ? row->code : _(found_word(row->kind)));
        draw_start(drawing->app, line, line->columns - 13, style, row->starts_at);
        return;
    }
    int extra = (line->columns - 80) / 2 > 0 ? (line->columns - 80) / 2 : 0;
    surface_put_cells(line, 0, 2, 17 + extra, style, name);
    int column = 20 + extra;
    draw_start(drawing->app, line, column, style, row->starts_at);
    surface_put_cells(line, 0, column + 14, 12 + extra, style,
                      row->kind == FOUND_SHOW ? "" : row->title);
    draw_what(line, column + 27 + extra, style, row);
}

static void draw_count(const struct find *find, const struct surface *surface, int row)
{
    if (!find->found || !find->looked_for[0])
        surface_put(
            surface, row, 1, STYLE_FAINT,
            _("A code, name, phone, title, start 19:45, seat F12, sales of drawer 1 14:30."));
    else if (find->found->n == 0)
        surface_printf(surface, row, 1, STYLE_NORMAL, _("Nothing is found by %s."),
                       find->looked_for);
    else
        surface_printf(surface, row, 1, STYLE_FAINT,
                       find->found->more ? _("%zu found, and more: type on") : _("%zu found"),
                       find->found->n);
}

/* "14:31 counter-1" of a sale: what tells those without a name apart. */
static void draw_chosen(const struct find *find, const struct surface *surface, int row)
{
    const struct found_row *chosen = chosen_of(find);
    char clock[WHEN_TEXT] = "";

    if (!chosen)
        return;
    if (chosen->kind == FOUND_RESERVATION)
        when_clock(chosen->changed_at, clock, sizeof clock);
    surface_printf(surface, row, 1, STYLE_NORMAL, "%s%s%s%s%s%s%s  %s  %s", clock,
                   clock[0] ? " " : "", chosen->terminal, clock[0] ? "  " : "", chosen->name,
                   chosen->phone[0] ? "  " : "", chosen->phone, chosen->title, chosen->hall);
}

static void find_draw(struct app *app, void *state, const struct surface *surface)
{
    struct find *find = state;
    struct drawing drawing = {app, find};
    int row = surface->rows >= 18 ? 5 : 3;

    app_head(app, surface, _("FIND"));
    int column = 1 + surface_put(surface, 1, 1, STYLE_HEAD, _("Find:"));
    draw_count(find, surface, 2);
    if (row == 5)
        surface_rule(surface, 4);
    find->list_row = row;
    if (find->found)
        list_draw(&find->cursor, surface, row, surface->rows - 3 - row, draw_found, &drawing);
    draw_chosen(find, surface, surface->rows - 3);
    surface_rule(surface, surface->rows - 2);
    editor_draw(&find->editor, surface, 1, column, surface->columns - column - 1, true);
}

/* --- keys ------------------------------------------------------------------------------------ */

static bool find_typing(struct app *app, const void *state)
{
    (void)app;
    (void)state;
    return true;
}

static void press_enter(struct app *app, struct find *find)
{
    if (!find->editor.text[0])
        return;
    if (strcmp(find->editor.text, find->looked_for) == 0 && find->found) {
        enter(app, find, true);
        return;
    }
    /* A scanner is quicker than the answer: what is typed next is for what it opens. */
    find->open = true;
    app_hold_keys(app, true);
    look(app, find);
}

static bool find_key(struct app *app, void *state, const struct key *key, enum action action)
{
    struct find *find = state;
    char before[EDITOR_MAX];
    size_t hit;

    if (action == ACTION_ENTER) {
        press_enter(app, find);
        return true;
    }
    if (key->press == PRESS_UP || key->press == PRESS_DOWN || key->press == PRESS_PAGE_UP ||
        key->press == PRESS_PAGE_DOWN || key->press == PRESS_WHEEL_UP ||
        key->press == PRESS_WHEEL_DOWN)
        return list_press(&find->cursor, key->press);
    hit = key->press == PRESS_CLICK ? list_hit(&find->cursor, key->row, find->list_row) : SIZE_MAX;
    if (hit != SIZE_MAX) {
        find->cursor.at = hit;
        return true;
    }
    (void)snprintf(before, sizeof before, "%s", find->editor.text);
    if (!editor_key(&find->editor, key))
        return false;
    if (find->editor.told[0])
        app_say(app, TONE_WARN, "%s", find->editor.told);
    if (strcmp(before, find->editor.text) != 0)
        look(app, find);
    return true;
}

const struct screen scr_find = {
    .id = SCREEN_FIND,
    .state_size = sizeof(struct find),
    .open = find_open,
    .close = find_close,
    .draw = find_draw,
    .key = find_key,
    .typing = find_typing,
    .hear = find_hear,
    .answer = find_answer,
};
