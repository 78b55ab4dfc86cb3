/* What every screen has in common on the glass: head line, key bar, message line, "enlarge". */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"
#include "tui/framework.h"
#include "tui/keybar.h"
#include "tui/mono.h"
#include "tui/surface.h"
#include "tui/worker.h"

enum { ROWS_LEAST = 12, CALLS_LEAST = 18, CALLS_ON_LIST = 20, COLUMNS_LEAST = 40, PIECE = 80 };

void app_say(struct app *app, enum tone tone, const char *format, ...)
{
    struct framework *fw = app->framework;
    va_list list;

    va_start(list, format);
    (void)vsnprintf(fw->message, sizeof fw->message, format, list);
    va_end(list);
    fw->tone = tone;
    fw->redraw = true;
}

void app_say_fault(struct app *app, const struct fault *fault)
{
    if (fault->rc == RC_AWAY && app->framework->reading)
        return; /* said as long as it lasts (away.c), and not anew by each read that fails */
    app_say(app, TONE_WARN, "%s", fault->text[0] ? fault->text : rc_text(fault->rc));
}

/* Right end of the head line: pieces as they stand, each with the order in which it finds room. */
struct piece {
    char text[PIECE];
    int order;
    enum style style;
    bool fits;
};
enum { PIECES = 7 };

/* What every screen says where nothing is sold for real. */
static const char *untrue(const struct app *app)
{
    if (app->training)
        return _("TRAINING");
    return app->demo ? _("DEMO") : "";
}

/* Has the screen lines of its own for the calls to make? */
static bool tells_calls(const struct app *app, enum screen_id screen)
{
    return screen == SCREEN_CALLS || (screen == SCREEN_TODAY && app->rows >= CALLS_LEAST) ||
           (screen == SCREEN_WAITING && app->rows >= CALLS_ON_LIST);
}

static void pieces_of(const struct app *app, enum screen_id screen,
                      struct piece pieces[static PIECES])
{
    const bool today = screen == SCREEN_TODAY;
    char clock[WHEN_TEXT];

    memset(pieces, 0, PIECES * sizeof *pieces);
    for (int i = 0; i < PIECES; i++)
        pieces[i].style = STYLE_HEAD;
    /* Where nothing can be read, nobody knows either who assigns. */
    if (!*fresh_say(app, screen, pieces[0].text, PIECE) && app->unprinted.n > 0)
        snprintf(pieces[0].text, PIECE, _("NOT PRINTED %s"), app->unprinted.sales[0].code);
    else if (!*pieces[0].text)
        snprintf(pieces[0].text, PIECE, "%s",
                 *app->trouble || !app->framework->deaf ? app->trouble : _("no channel"));
    pieces[0].style = STYLE_WARN;
    snprintf(pieces[1].text, PIECE, "%s", untrue(app));
    pieces[1].style = STYLE_WARN;
    if (!tells_calls(app, screen) && app->calls && app->calls->n > 0)
        snprintf(pieces[2].text, PIECE, _("CALLS %zu"), app->calls->n);
    pieces[2].style = STYLE_CALL;
    if (!today)
        snprintf(pieces[3].text, PIECE, "%s", when_clock(app_now(app), clock, sizeof clock));
    snprintf(pieces[4].text, PIECE, "%s", app->terminal);
    if (app->person.number != 0)
        snprintf(pieces[5].text, PIECE, "%s", app->person.name);
    else if (!app->staffed)
        snprintf(pieces[5].text, PIECE,
                 /* translators: the number of an operator without a name */ _("op %d"),
                 (int)app->operator_number);
    if (app->till.id.n != 0)
        snprintf(pieces[6].text, PIECE,
                 app->till.state == TILL_COUNTED ? _("drawer %d counted") : _("drawer %d"),
                 (int)app->till.drawer);
    static const int order[PIECES] = {1, 0, 2, 3, 5, 4, 6}; /* rather who it is than where */
    for (int i = 0; i < PIECES; i++)
        pieces[i].order = order[i];
}

/* Chooses what fits in `room` cells, the most important first; returns the cells taken. */
static int fit_pieces(struct piece pieces[static PIECES], int room)
{
    int taken = 0;

    for (int order = 0; order < PIECES; order++)
        for (int i = 0; i < PIECES; i++) {
            int cells = text_cells(pieces[i].text);
            if (pieces[i].order != order || cells == 0 || taken + cells + 2 > room)
                continue;
            pieces[i].fits = true;
            taken += cells + 2;
        }
    return taken;
}

void app_head(struct app *app, const struct surface *surface, const char *left)
{
    struct piece pieces[PIECES];
    const struct frame *frame = framework_frame(app, app->framework->owner);
    int kept = *untrue(app) ? text_cells(untrue(app)) + 2 : 0; /* which is never pushed out */
    int end = surface_put_cells(surface, 0, 1, surface->columns - 1 - kept, STYLE_HEAD, left);

    pieces_of(app, frame ? frame->screen->id : SCREEN_COUNT, pieces);
    int column = surface->columns - 1 - fit_pieces(pieces, surface->columns - end);
    for (int i = 0; i < PIECES; i++)
        if (pieces[i].fits)
            column = surface_put(surface, 0, column + 2, pieces[i].style, pieces[i].text);
}

static void draw_bar(const struct surface *surface, enum screen_id id)
{
    int lines = action_lines(id);

    for (int line = 0; line < lines; line++)
        keybar_line(surface, surface->rows - lines + line, id, line, NULL, 0);
}

/* What is said now: the message, or that a verb works and how many keys wait. */
static const char *said(const struct app *app, char *buffer, size_t size, enum style *style)
{
    static const enum style styles[] = {
        [TONE_PLAIN] = STYLE_STRONG, [TONE_GOOD] = STYLE_GOOD, [TONE_WARN] = STYLE_WARN};

    const struct framework *fw = app->framework;
    const struct frame *top = &fw->stack[fw->depth - 1];
    const char *message = framework_locked(app) ? "" : fw->message; /* it may be of a sale */
    const char *at_work = NULL;
    int64_t now = mono_ms();

    if (fw->verb_at_work && now - fw->verb_ms >= WORKING_MS)
        at_work = fw->worker && worker_asking(fw->worker)
                      ? _("server away: whether it was done is asked until that is known")
                      : _("working");
    else if (top->holds_keys && fw->n_kept > 0 && now - top->held_ms >= WORKING_MS)
        at_work = _("reading");
    if (at_work) {
        *style = STYLE_WARN;
        if (fw->n_kept > 0)
            snprintf(buffer, size,
                     /* translators: what is done, and that keys typed meanwhile are kept for it */
                     ngettext("%s, %d key kept", "%s, %d keys kept", (unsigned)fw->n_kept), at_work,
                     fw->n_kept);
        else
            snprintf(buffer, size, "%s", at_work);
        return buffer;
    }
    *style = styles[fw->tone];
    if (message[0] || fw->away_ms == 0)
        return message;
    *style = STYLE_WARN;
    return away_say(app, buffer, size);
}

static void draw_message(const struct app *app, const struct surface *surface)
{
    char buffer[MESSAGE_SIZE];
    enum style style;
    const char *text = said(app, buffer, sizeof buffer, &style);
    int row = surface->rows - 3;

    if (!*text)
        return;
    /* What is too long for a line takes the one above as well: its end may say who has the seat. */
    int rows = text_cells(text) > surface->columns - 2 ? 2 : 1;
    for (int i = 0; i < rows; i++)
        surface_fill(surface, row - i, 0, surface->columns, STYLE_NORMAL, " ");
    struct surface part = surface_part(surface, row - rows + 1, 1, rows, surface->columns - 2);
    surface_wrap(&part, 0, style, text);
}

static void draw_small(const struct surface *surface)
{
    surface_put(surface, 0, 0, STYLE_STRONG, _("enlarge"));
    surface_put(surface, 1, 0, STYLE_NORMAL, _("to 40x12"));
}

void framework_draw(struct app *app, struct canvas *canvas)
{
    struct framework *fw = app->framework;
    struct surface all = surface_all(canvas);
    int first = fw->depth - 1;

    canvas_clear(canvas);
    if (canvas->rows < ROWS_LEAST || canvas->columns < COLUMNS_LEAST) {
        draw_small(&all);
        return;
    }
    while (first > 0 && fw->stack[first].screen->dialog)
        first--;
    for (int i = first; i < fw->depth; i++) {
        struct frame *frame = &fw->stack[i];
        fw->owner = frame->serial;
        canvas->cursor = false;
        if (action_lines(frame->screen->id) > 0)
            draw_bar(&all, frame->screen->id);
        frame->screen->draw(app, frame->state, &all);
    }
    fw->owner = 0;
    draw_message(app, &all);
    canvas_settle(canvas);
}

char *app_left(const struct app *app, when_ms until, char *buffer, size_t size)
{
    when_ms left = until - app_now(app);

    if (left < 0)
        left = 0;
    if (app->settings->calm)
        snprintf(buffer, size, _("%d min"), (int)((left + WHEN_MINUTE - 1) / WHEN_MINUTE));
    else
        snprintf(buffer, size, "%d:%02d", (int)(left / WHEN_MINUTE),
                 (int)(left % WHEN_MINUTE / WHEN_SECOND));
    return buffer;
}

char *app_when(const struct app *app, when_ms at, bool *other_day, char *buffer, size_t size)
{
    char clock[WHEN_TEXT], day[WHEN_TEXT];
    bool other = when_day(at) != when_day(app_now(app));

    when_clock(at, clock, sizeof clock);
    snprintf(buffer, size, "%s %s",
             other ? when_day_name(when_day(at), day, sizeof day) : _("TODAY"), clock);
    if (other_day)
        *other_day = other;
    return buffer;
}
