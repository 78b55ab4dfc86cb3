/* The waiting list of a show: who is called, with which words, and what came of it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"
#include "tui/screen/offer_say.h"
#include "tui/screen/wait_rows.h"

enum { REREAD = 5 }; /* seconds after which the list is read anew, whatever was heard */

static void ask_list(struct app *app, struct wait_rows *rows)
{
    union read_args args = {.show = {.show = rows->show}};

    rows->age = 0;
    app_read(app, READ_WAITING, &args, 0);
    if (rows->show.n)
        app_read(app, READ_MAP, &args, 0);
}

/* The cursor came to another party, or its offer changed: what is offered in full? */
static void choose(struct app *app, struct wait_rows *rows)
{
    const struct waiting_row *row = wait_rows_chosen(rows);
    union read_args args = {0};

    rows->chosen.n = row ? row->id.n : 0;
    if (!row || row->reservation.n == rows->read.n)
        return;
    rows->read = row->reservation;
    args.booking.id = row->reservation;
    if (row->reservation.n)
        app_read(app, READ_BOOKING, &args, 0);
}

static void waiting_open(struct app *app, void *state, const struct screen_args *args)
{
    struct wait_rows *rows = state;

    rows->show = args->show;
    rows->keys.show = args->show;
    rows->chosen = args->entry;
    app_hold_keys(app, true);
    ask_list(app, rows);
}

static void waiting_close(struct app *app, void *state)
{
    struct wait_rows *rows = state;
    void *plan = rows->plan;

    (void)app;
    read_free(READ_PLAN, &plan);
    free(rows->list);
    free(rows->map);
    free(rows->offer);
}

/* --- answers --------------------------------------------------------------------------------- */

/* The cursor stays on its party when rows move; one that is gone leaves it where it was. */
static void list_answer(struct app *app, struct wait_rows *rows, struct answer *answer)
{
    app_hold_keys(app, false);
    if (answer->rc != RC_OK) {
        app_say_fault(app, answer->fault);
        return;
    }
    free(rows->list);
    rows->list = answer->result;
    answer->result = NULL;
    list_resize(&rows->cursor, rows->list->n);
    for (size_t i = 0; i < rows->list->n; i++)
        if (rows->list->rows[i].id.n == rows->chosen.n)
            rows->cursor.at = i;
    choose(app, rows);
}

static void map_answer(struct app *app, struct wait_rows *rows, struct answer *answer)
{
    union read_args args = {0};

    free(rows->map);
    rows->map = answer->result;
    answer->result = NULL;
    args.hall.hall = rows->map->show.hall;
    if (!rows->plan)
        app_read(app, READ_PLAN, &args, 0);
}

static void waiting_answer(struct app *app, void *state, struct answer *answer)
{
    struct wait_rows *rows = state;

    if (offer_keys_answer(app, &rows->keys, answer)) {
        if (answer->verb == &verb_undo && answer->rc == RC_OK)
            rows->chosen = ((const struct entry_reply *)answer->reply)->entry;
        ask_list(app, rows);
    } else if (answer->verb) {
        app_say_fault(app, answer->fault);
    } else if (answer->read == READ_WAITING) {
        list_answer(app, rows, answer);
    } else if (answer->rc != RC_OK) {
        return; /* what it adds is told again by the next reading */
    } else if (answer->read == READ_MAP) {
        map_answer(app, rows, answer);
    } else if (answer->read == READ_PLAN && !rows->plan) {
        rows->plan = answer->result;
        answer->result = NULL;
    } else if (answer->read == READ_BOOKING) {
        free(rows->offer);
        rows->offer = answer->result;
        answer->result = NULL;
    }
}

static void waiting_hear(struct app *app, void *state, const struct hint *hint)
{
    const struct wait_rows *rows = state;

    if (hint->kind == HINT_LEASE || hint->kind == HINT_GREETING)
        return;
    if (hint->show == 0 || rows->show.n == 0 || hint->show == rows->show.n)
        ask_list(app, state);
}

/* An offer that ended is no offer: the list is read when that is, too. */
static void waiting_tick(struct app *app, void *state, when_ms now)
{
    struct wait_rows *rows = state;
    bool lapsed = false;

    for (size_t i = 0; rows->list && i < rows->list->n; i++) {
        const struct waiting_row *row = &rows->list->rows[i];
        lapsed = lapsed || (row->state == ENTRY_OFFERED && row->deadline <= now) ||
                 (row->caller[0] && row->claimed_until <= now);
    }
    if (++rows->age >= REREAD || lapsed)
        ask_list(app, rows);
}

static void waiting_shown(struct app *app, const void *state, struct read_revs *revs)
{
    const struct wait_rows *rows = state;

    (void)app;
    if (!rows->map || revs->n >= REVS_MAX)
        return;
    revs->shows[revs->n] = rows->show;
    revs->revs[revs->n++] = rows->map->show.rev;
}

/* --- keys ------------------------------------------------------------------------------------ */

static void add_party(struct app *app, const struct wait_rows *rows)
{
    const struct waiting_row *row = wait_rows_chosen(rows);
    struct screen_args args = {.show = rows->show};

    if (!args.show.n && row)
        args.show = row->show;
    if (args.show.n)
        app_open(app, SCREEN_PARTY, &args);
    else
        app_say(app, TONE_PLAIN, _("for which show? choose it on today, w there"));
}

static void open_party(struct app *app, const struct wait_rows *rows)
{
    const struct waiting_row *row = wait_rows_chosen(rows);
    struct screen_args args = {0};

    if (!row)
        return;
    args.entry = row->id;
    args.show = row->show;
    app_open(app, SCREEN_ENTRY, &args);
}

static bool move_to(struct app *app, struct wait_rows *rows, size_t at)
{
    rows->cursor.at = at;
    choose(app, rows);
    return true;
}

/* While a name or phone is typed the cursor goes to the first that it fits. */
static bool finding_key(struct app *app, struct wait_rows *rows, const struct key *key,
                        enum action action)
{
    struct screen_args args = {0};

    if (action == ACTION_BACK) {
        rows->finding = false;
        return true;
    }
    if (action == ACTION_ENTER) {
        rows->finding = false;
        if (!rows->find.text[0] || wait_rows_find(rows, rows->find.text) != SIZE_MAX)
            return true;
        (void)snprintf(args.text, sizeof args.text, "%.*s", NAME_SIZE - 1, rows->find.text);
        app_open(app, SCREEN_FIND, &args);
        return true;
    }
    if (!editor_key(&rows->find, key))
        return false;
    size_t at = wait_rows_find(rows, rows->find.text);
    if (rows->find.told[0])
        app_say(app, TONE_WARN, "%s", rows->find.told);
    return at == SIZE_MAX || move_to(app, rows, at);
}

static void begin_finding(struct wait_rows *rows)
{
    rows->finding = true;
    editor_init(&rows->find, NAME_SIZE - 1);
}

static bool waiting_key(struct app *app, void *state, const struct key *key, enum action action)
{
    struct wait_rows *rows = state;
    size_t hit;

    if (rows->finding)
        return finding_key(app, rows, key, action);
    if (offer_keys_press(app, &rows->keys, wait_rows_chosen(rows), action))
        return true;
    switch (action) {
    case ACTION_LIST:
        add_party(app, rows);
        return true;
    case ACTION_OPEN:
    case ACTION_ENTER:
        open_party(app, rows);
        return true;
    case ACTION_FIND:
        begin_finding(rows);
        return true;
    default:
        break;
    }
    hit = key->press == PRESS_CLICK ? list_hit(&rows->cursor, key->row, rows->list_row) : SIZE_MAX;
    if (hit != SIZE_MAX)
        return move_to(app, rows, hit);
    if (action == ACTION_NONE || !action_row(action)->moves ||
        !list_press(&rows->cursor, action_row(action)->press))
        return false;
    choose(app, rows);
    return true;
}

static bool waiting_typing(struct app *app, const void *state)
{
    (void)app;
    return ((const struct wait_rows *)state)->finding;
}

static void waiting_draw(struct app *app, void *state, const struct surface *surface)
{
    wait_rows_draw(app, state, surface);
}

const struct screen scr_waiting = {
    .id = SCREEN_WAITING,
    .state_size = sizeof(struct wait_rows),
    .open = waiting_open,
    .close = waiting_close,
    .draw = waiting_draw,
    .key = waiting_key,
    .typing = waiting_typing,
    .hear = waiting_hear,
    .answer = waiting_answer,
    .tick = waiting_tick,
    .shown = waiting_shown,
};
