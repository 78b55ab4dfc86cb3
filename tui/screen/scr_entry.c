/* One waiting party in full: all that is known of it, whether it stands here, leaving the list. */
#include <stdio.h>
#include <stdlib.h>

#include "core/base/text.h"
#include "core/base/words.h"
#include "tui/screen/offer_keys.h"
#include "tui/screen/offer_say.h"
#include "tui/screen/showing.h"

enum { ROWS_ALL = 18 };

struct entry {
    entry_id id;
    struct waiting_list *list; /* of one; NULL until it is read */
    struct offer_keys keys;
};

static const struct waiting_row *row_of(const struct entry *entry)
{
    return entry->list && entry->list->n ? entry->list->rows : NULL;
}

static void ask_entry(struct app *app, const struct entry *entry)
{
    union read_args args = {0};

    args.entry.entry = entry->id;
    app_read(app, READ_ENTRY, &args, 0);
}

static void entry_open(struct app *app, void *state, const struct screen_args *args)
{
    struct entry *entry = state;

    entry->id = args->entry;
    entry->keys.served = args->entry; /* what u here is about */
    entry->keys.show = args->show;
    app_hold_keys(app, true);
    ask_entry(app, entry);
}

static void entry_close(struct app *app, void *state)
{
    (void)app;
    free(((struct entry *)state)->list);
}

static void entry_answer(struct app *app, void *state, struct answer *answer)
{
    struct entry *entry = state;

    if (!answer->verb)
        app_hold_keys(app, false);
    if (answer->verb) {
        if (!offer_keys_answer(app, &entry->keys, answer) && answer->rc != RC_OK)
            app_say_fault(app, answer->fault);
        entry->keys.served = entry->id;
        ask_entry(app, entry);
    } else if (answer->rc != RC_OK) {
        app_say_fault(app, answer->fault);
    } else {
        free(entry->list);
        entry->list = answer->result;
        answer->result = NULL;
    }
}

static void entry_hear(struct app *app, void *state, const struct hint *hint)
{
    const struct waiting_row *row = row_of(state);

    if (hint->show == 0 || !row || hint->show == row->show.n)
        ask_entry(app, state);
}

/* --- keys ------------------------------------------------------------------------------------ */

/* Stands at the counter, or has gone: who is here comes first under half an hour. */
static void toggle_here(struct app *app, const struct waiting_row *row)
{
    struct entry_request request = {.entry = row->id, .present = !row->present};

    app_do(app, &verb_present, &request, KEEP_ACTING, 0);
}

static bool entry_key(struct app *app, void *state, const struct key *key, enum action action)
{
    struct entry *entry = state;
    const struct waiting_row *row = row_of(entry);
    struct screen_args args = {0};

    (void)key;
    if (offer_keys_press(app, &entry->keys, row, action))
        return true;
    if (row && action == ACTION_TAKE) {
        toggle_here(app, row);
        return true;
    }
    if (row && action == ACTION_ENTER) {
        args.entry = entry->id;
        args.show = row->show;
        if (row->position > 0)
            app_open(app, SCREEN_CHANGE, &args);
        else
            app_say(app, TONE_PLAIN, _("it is not on the list: %s"), _(entry_word(row->state)));
        return true;
    }
    if (action == ACTION_OPEN) {
        args.reservation = row ? row->reservation : (reservation_id){0};
        if (args.reservation.n)
            app_open(app, SCREEN_RESERVATION, &args);
        else
            app_say(app, TONE_PLAIN, _("no reservation yet: no seats are offered to this party"));
        return true;
    }
    return false;
}

/* --- drawing --------------------------------------------------------------------------------- */

enum {
    FACT_NAME,
    FACT_PHONE,
    FACT_SAY,
    FACT_WANTS,
    FACT_NOW,
    FACT_HERE,
    FACT_WHY,
    FACT_KEPT,
    FACT_PASSED,
    FACT_CALLED,
    FACT_NOTE,
    FACTS
};

/* What the facts are called; the widest one makes the column. */
static const char *const facts[FACTS] = {
    [FACT_NAME] = N_("Name"),       [FACT_PHONE] = N_("Phone"), [FACT_SAY] = N_("SAY"),
    [FACT_WANTS] = N_("Wants"),     [FACT_NOW] = N_("Now"),     [FACT_HERE] = N_("Here"),
    [FACT_WHY] = N_("Why not yet"), [FACT_KEPT] = N_("Kept"),   [FACT_PASSED] = N_("Passed"),
    [FACT_CALLED] = N_("Called"),   [FACT_NOTE] = N_("Note")};

static int draw_fact(const struct surface *surface, int row, int fact, const char *is)
{
    int column = 2 + surface_widest(facts, FACTS);
    struct surface text =
        surface_part(surface, row, column, surface->rows - row, surface->columns - column - 1);

    if (!*is || row >= surface->rows)
        return row;
    surface_put(surface, row, 1, STYLE_FAINT, _(facts[fact]));
    return row + surface_wrap(&text, 0, STYLE_NORMAL, is);
}

/* "waits, number 2 since Sat 28 Nov 11:02", or how it ended. */
static void state_text(struct app *app, const struct waiting_row *row, char *buffer, size_t size)
{
    char clock[WHEN_TEXT], day[WHEN_TEXT], now[256];
    int n = snprintf(buffer, size, "%s", _(entry_word(row->state)));

    if (row->position > 0)
        n = snprintf(buffer, size, _("number %d: %s"), row->position,
                     offer_say_now(app, row, now, sizeof now));
    if (n > 0 && (size_t)n < size)
        (void)snprintf(buffer + n, size - (size_t)n, _("; joined %s %s"),
                       when_day_name(when_day(row->joined_at), day, sizeof day),
                       when_clock(row->joined_at, clock, sizeof clock));
}

static int draw_history(const struct surface *surface, int row, const struct waiting_row *entry)
{
    char text[128] = "";

    if (entry->kept > 0) {
        (void)snprintf(
            text, sizeof text,
            ngettext("%d seat is kept for it", "%d seats are kept for it", (unsigned)entry->kept),
            entry->kept);
        row = draw_fact(surface, row, FACT_KEPT, text);
    }
    if (entry->passes > 0) {
        (void)snprintf(text, sizeof text,
                       ngettext("%d time a later party was seated before it",
                                "%d times a later party was seated before it",
                                (unsigned)entry->passes),
                       entry->passes);
        row = draw_fact(surface, row, FACT_PASSED, text);
    }
    if (entry->tried > 0) {
        (void)snprintf(text, sizeof text,
                       ngettext("%d time without an answer", "%d times without an answer",
                                (unsigned)entry->tried),
                       entry->tried);
        row = draw_fact(surface, row, FACT_CALLED, text);
    }
    return row;
}

/* Draws the facts; where there is little room what is to be said comes before most of them. */
static void draw_facts(struct app *app, const struct waiting_row *entry,
                       const struct surface *surface, int row, bool all)
{
    char text[384], words[OFFER_SAY_TEXT] = "";

    if (entry->position > 0)
        offer_say_words(app, entry, words, sizeof words);
    row = draw_fact(surface, row, FACT_NAME, entry->name);
    row = draw_fact(surface, row, FACT_PHONE, entry->phone);
    if (!all)
        row = draw_fact(surface, row, FACT_SAY, words);
    offer_say_whole_wish(entry, text, sizeof text);
    row = draw_fact(surface, row, FACT_WANTS, text);
    state_text(app, entry, text, sizeof text);
    row = draw_fact(surface, row, FACT_NOW, text);
    row = draw_fact(surface, row, FACT_HERE,
                    entry->present ? _("stands at the counter") : _("not at the counter"));
    row = draw_fact(surface, row, FACT_WHY, entry->reason);
    row = draw_history(surface, row, entry);
    row = draw_fact(surface, row, FACT_NOTE, entry->note);
    if (all)
        draw_fact(surface, row + 1, FACT_SAY, words);
}

static void entry_draw(struct app *app, void *state, const struct surface *surface)
{
    struct entry *entry = state;
    const struct waiting_row *found = row_of(entry);
    struct showing showing = {0};
    bool all = surface->rows >= ROWS_ALL;
    int line = surface->rows - 3, end = all ? line - 1 : line;

    if (found)
        showing = (struct showing){found->title, found->hall, found->starts_at};
    showing_head(app, surface, _("PARTY"), &showing);
    if (all) {
        surface_rule(surface, 1);
        surface_rule(surface, end);
    }
    if (found) {
        struct surface body = surface_part(surface, 0, 0, end, surface->columns);
        draw_facts(app, found, &body, all ? 3 : 1, all);
    }
    offer_keys_question(&entry->keys, surface, line);
}

const struct screen scr_entry = {
    .id = SCREEN_ENTRY,
    .state_size = sizeof(struct entry),
    .open = entry_open,
    .close = entry_close,
    .draw = entry_draw,
    .key = entry_key,
    .hear = entry_hear,
    .answer = entry_answer,
};
