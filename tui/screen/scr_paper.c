/* A till's report on the screen: X, what is in it now, or a Z as it was when the till was closed;
 * and on paper, as often as is wanted, the same. */
#include <stdlib.h>

#include "core/base/words.h"
#include "core/desk/report_paper.h"
#include "tui/app.h"
#include "tui/widget/list.h"

enum { TOP = 2, CELLS = 62 };

struct paper {
    till_id till; /* id 0: the drawer's last Z is looked for */
    struct report *report;
    struct layout_lines lines; /* as they are printed */
    struct list list;
    bool none; /* there is no Z yet */
};

static void ask_report(struct app *app, const struct paper *paper)
{
    union read_args args = {.report = {.till = paper->till}};

    app_read(app, READ_REPORT, &args, 0);
}

/* The Z before that of `till`; id 0: the last one. */
static void ask_before(struct app *app, till_id till)
{
    union read_args args = {
        .till = {.drawer = (int32_t)app->settings->drawer, .before = till, .closed = true}};

    app_read(app, READ_TILL, &args, 0);
}

static void paper_open(struct app *app, void *state, const struct screen_args *args)
{
    struct paper *paper = state;

    paper->till = args->till;
    if (paper->till.n != 0)
        ask_report(app, paper);
    else
        ask_before(app, paper->till);
}

static void paper_close(struct app *app, void *state)
{
    struct paper *paper = state;

    (void)app;
    free(paper->report);
    layout_fini(&paper->lines);
}

static void take_report(struct app *app, struct paper *paper, struct answer *answer)
{
    free(paper->report);
    layout_fini(&paper->lines);
    paper->report = answer->result;
    answer->result = NULL;
    paper->lines = (struct layout_lines){.plain = true};
    if (!report_paper(paper->report, app->settings->venue, CELLS, &paper->lines))
        app_say(app, TONE_WARN, _("no memory for the report"));
    paper->list.at = paper->list.top = 0;
    list_resize(&paper->list, paper->lines.n);
}

static void paper_answer(struct app *app, void *state, struct answer *answer)
{
    struct paper *paper = state;
    const struct till *till = answer->result;

    if (answer->rc != RC_OK) {
        app_say_fault(app, answer->fault);
    } else if (answer->read == READ_REPORT) {
        take_report(app, paper, answer);
    } else if (till->id.n != 0) {
        paper->till = till->id;
        ask_report(app, paper);
    } else if (paper->report) {
        app_say(app, TONE_PLAIN, _("there is none before it"));
    } else {
        paper->none = true;
    }
}

static bool paper_key(struct app *app, void *state, const struct key *key, enum action action)
{
    struct paper *paper = state;

    (void)key;
    if (action == ACTION_TICKET) {
        if (paper->report && app_print_report(app, paper->report))
            app_say(app, TONE_PLAIN, _("printing"));
        return true;
    }
    if (action == ACTION_LEFT) {
        ask_before(app, paper->till);
        return true;
    }
    return action != ACTION_NONE && action_row(action)->moves &&
           list_press(&paper->list, action_row(action)->press);
}

static void draw_line(void *context, size_t item, bool chosen, const struct surface *line)
{
    const struct layout_line *text = &((const struct paper *)context)->lines.lines[item];

    surface_put(line, 0, 0, STYLE_STRONG, chosen ? ">" : " ");
    surface_put(line, 0, 2, text->bold ? STYLE_STRONG : STYLE_NORMAL, text->text);
}

static void paper_draw(struct app *app, void *state, const struct surface *surface)
{
    struct paper *paper = state;

    app_head(app, surface, _("TILL REPORT"));
    if (paper->none)
        surface_put(surface, TOP, 2, STYLE_NORMAL,
                    _("No till of this drawer has been closed yet."));
    list_draw(&paper->list, surface, TOP, surface->rows - TOP - 2, draw_line, paper);
    surface_rule(surface, surface->rows - 2);
}

const struct screen scr_paper = {
    .id = SCREEN_PAPER,
    .state_size = sizeof(struct paper),
    .open = paper_open,
    .close = paper_close,
    .draw = paper_draw,
    .key = paper_key,
    .answer = paper_answer,
};
