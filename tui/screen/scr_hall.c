/* The hall: seats of one show, and the basket beside them. What it looks like is in hall_view.c,
 * what its keys ask of the desk in hall_pick.c. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"
#include "core/desk/block.h"
#include "tui/screen/hall.h"
#include "tui/screen/hall_block.h"
#include "tui/screen/hall_map.h"
#include "tui/screen/hall_pick.h"
#include "tui/screen/hall_read.h"
#include "tui/screen/hall_runs.h"
#include "tui/screen/hall_view.h"

enum { WANTED_MOST = 99 };

static void hall_open(struct app *app, void *state, const struct screen_args *args)
{
    struct hall *hall = state;

    hall->show = args->show;
    app_at_show(app, hall->show);
    hall->apart = args->apart;
    hall->wanted = 0;
    hall->rank = args->number > 0 && args->apart.n == 0 ? 0 : -1;
    editor_init(&hall->editor, NAME_SIZE - 1);
    editor_init(&hall->reason, BLOCK_REASON_SIZE - 1);
    app_hold_keys(app, true);
    hall_read_map(app, hall);
    if (args->hall.n != 0)
        hall_read_plan(app, args->hall);
}

static void hall_close(struct app *app, void *state)
{
    struct hall *hall = state;

    (void)app;
    hall_map_fini(hall);
    plan_free(&hall->plan);
    free(hall->map);
    free(hall->list);
    free(hall->booking);
}

static void hall_answer(struct app *app, void *state, struct answer *answer)
{
    struct hall *hall = state;

    if (!answer->verb) {
        hall_read_answer(app, hall, answer);
        return;
    }
    if (!hall_block_answer(app, hall, answer))
        hall_pick_answer(app, hall, answer);
    hall_read_map(app, hall);
}

static void hall_hear(struct app *app, void *state, const struct hint *hint)
{
    struct hall *hall = state;

    if (hint->kind == HINT_PROGRAMME || hint->show == hall->show.n)
        hall_read_map(app, hall);
}

/* A hold that ended frees seats although nobody changes the show. */
static void hall_tick(struct app *app, void *state, when_ms now)
{
    struct hall *hall = state;
    bool ended = !hall->map; /* or it could not be read */

    for (size_t i = 0; hall->map && i < hall->map->n && !ended; i++)
        ended = hall->map->seats[i].until > 0 && hall->map->seats[i].until <= now;
    if (ended)
        hall_read_map(app, hall);
}

static void hall_shown(struct app *app, const void *state, struct read_revs *revs)
{
    const struct hall *hall = state;

    (void)app;
    if (!hall->map || revs->n >= REVS_MAX)
        return;
    revs->shows[revs->n] = hall->show;
    revs->revs[revs->n++] = hall->map->show.rev;
}

/* --- keys ------------------------------------------------------------------------------------ */

static void digit(struct app *app, struct hall *hall, int value)
{
    int wanted = hall->wanted * 10 + value;

    if (hall->asking_type) {
        hall->asking_type = false;
        hall_pick_type(app, hall, value);
    } else if (wanted > WANTED_MOST) {
        app_say(app, TONE_WARN, _("at most %d seats; Esc clears"), WANTED_MOST);
    } else {
        hall->wanted = wanted;
    }
}

static void pay(struct app *app, const struct hall *hall)
{
    struct screen_args args = {.show = hall->show};

    if (app_exchanging(app) && !app_exchange_ready(app))
        return;
    if (app->basket.n == 0) {
        app_say(app, TONE_PLAIN,
                _("the basket is empty: Space takes the seat, 2 Enter the best two"));
        app_drop_keys(app);
    } else {
        app_open(app, SCREEN_PAY, &args);
    }
}

static void enter(struct app *app, struct hall *hall)
{
    int wanted = hall->wanted;

    hall->wanted = 0;
    if (wanted > 0)
        hall_pick_best(app, hall, wanted);
    else if (app->basket.n > 0 && !hall_basket(app, hall))
        app_say(app, TONE_WARN, _("the basket has seats of %s: p pays them"), app->basket.title);
    else
        pay(app, hall);
}

static void find_key(struct app *app, struct hall *hall, const struct key *key)
{
    struct screen_args args = {0};
    size_t at;

    if (key->press == PRESS_ESC) {
        hall->finding = false;
    } else if (key->press == PRESS_ENTER) {
        hall->finding = false;
        at = hall_map_find(hall, hall->editor.text);
        if (at != PLAN_NONE) {
            hall->grid.at = at;
            hall_read_booking(app, hall);
        } else if (hall->editor.text[0]) {
            (void)snprintf(args.text, sizeof args.text, "%.*s", (int)sizeof args.text - 1,
                           hall->editor.text);
            app_open(app, SCREEN_FIND, &args);
        }
    } else {
        editor_key(&hall->editor, key);
        if (hall->editor.told[0])
            app_say(app, TONE_WARN, "%s", hall->editor.told);
    }
}

/* Opens another screen about this show, with what was typed or what did not fit together. */
static void open_other(struct app *app, struct hall *hall, enum screen_id id)
{
    struct screen_args args = {.show = hall->show, .hall = hall->map->show.hall};

    args.number = hall->wanted > 0 ? hall->wanted : hall->apart.n;
    hall->wanted = 0;
    app_open(app, id, &args);
}

static void open_reservation(struct app *app, const struct hall *hall)
{
    struct screen_args args = {.reservation = hall->map->seats[hall->grid.at].reservation};

    if (args.reservation.n == 0)
        app_say(app, TONE_PLAIN, _("no reservation has this seat"));
    else
        app_open(app, SCREEN_RESERVATION, &args);
}

static void reserve(struct app *app, struct hall *hall)
{
    if (app_exchanging(app))
        app_say(app, TONE_PLAIN, _("an exchange is under way: finish it, or e leaves it"));
    else if (!hall_basket(app, hall))
        app_say(app, TONE_PLAIN, _("seats first: the basket has none of this show"));
    else
        open_other(app, hall, SCREEN_RESERVE);
}

static void back(struct app *app, struct hall *hall)
{
    if (hall->wanted > 0 || hall->asking_type) {
        hall->wanted = 0;
        hall->asking_type = false;
    } else if (app_exchanging(app)) {
        app_home(app); /* where the other shows are: not over the screens it was begun from */
    } else {
        app_back(app);
    }
}

static bool move(struct app *app, struct hall *hall, const struct key *key, enum action action)
{
    size_t hit;

    if (key->press == PRESS_CLICK) {
        hit = hall->runs ? SIZE_MAX : grid_hit(&hall->grid, key->row, key->column);
        if (hit == SIZE_MAX)
            return true;
        hall->grid.at = hit;
        hall_pick_toggle(app, hall);
    } else if (action == ACTION_NEXT || action == ACTION_BEFORE) {
        hall_map_next_part(hall, action == ACTION_NEXT ? 1 : -1);
    } else if (action == ACTION_NONE || !action_row(action)->moves) {
        return false;
    } else if (hall->runs) {
        hall_runs_press(hall, action_row(action)->press);
    } else {
        grid_press(&hall->grid, action_row(action)->press);
    }
    hall_read_booking(app, hall);
    return true;
}

/* Keys that take and leave seats. False: it was none of them. */
static bool pick(struct app *app, struct hall *hall, enum action action)
{
    switch (action) {
    case ACTION_TAKE:
        hall_pick_toggle(app, hall);
        return true;
    case ACTION_BEST:
        hall->wanted = 0;
        hall_pick_next(app, hall);
        return true;
    case ACTION_TYPE:
        if (hall_pick_typed(app, hall))
            hall->asking_type = true;
        else
            app_say(app, TONE_PLAIN, _("no seat of this show is in the basket"));
        return true;
    case ACTION_DROP:
        hall_pick_drop(app, hall);
        return true;
    case ACTION_UNDO:
        hall_pick_undo(app, hall);
        return true;
    case ACTION_ACCESS:
        hall_pick_access(app, hall);
        return true;
    case ACTION_BLOCK:
        hall_block_begin(app, hall);
        return true;
    case ACTION_EMPTY:
        if (hall->wanted > 0)
            digit(app, hall, 0);
        else
            hall_pick_empty(app, hall);
        return true;
    default:
        return false;
    }
}

static bool act(struct app *app, struct hall *hall, const struct key *key, enum action action)
{
    switch (action) {
    case ACTION_DIGIT:
        digit(app, hall, key->text[0] - '0');
        return true;
    case ACTION_ENTER:
        enter(app, hall);
        return true;
    case ACTION_PAY:
        pay(app, hall);
        return true;
    case ACTION_BACK:
        back(app, hall);
        return true;
    case ACTION_FIND:
        hall->finding = true;
        editor_set(&hall->editor, "");
        return true;
    case ACTION_LIST:
        open_other(app, hall,
                   hall->wanted > 0 || hall->apart.n > 0 ? SCREEN_PARTY : SCREEN_WAITING);
        return true;
    case ACTION_RESERVE:
        reserve(app, hall);
        return true;
    case ACTION_OPEN:
        open_reservation(app, hall);
        return true;
    default:
        return pick(app, hall, action) || move(app, hall, key, action);
    }
}

static bool hall_key(struct app *app, void *state, const struct key *key, enum action action)
{
    struct hall *hall = state;

    if (!hall_ready(hall))
        return false;
    app_at_show(app, hall->show);
    app_touch(app);
    if (hall->finding) {
        find_key(app, hall, key);
        return true;
    }
    if (hall->blocking) {
        hall_block_key(app, hall, key);
        return true;
    }
    if (action != ACTION_DIGIT)
        hall->asking_type = hall->asking_type && action == ACTION_BACK;
    if (key->press == PRESS_BACKSPACE) {
        hall->wanted /= 10;
        return true;
    }
    return act(app, hall, key, action);
}

static bool hall_typing(struct app *app, const void *state)
{
    const struct hall *hall = state;

    (void)app;
    return hall->finding || hall->blocking;
}

static void hall_draw(struct app *app, void *state, const struct surface *surface)
{
    app_at_show(app, ((const struct hall *)state)->show); /* another hall may have lain above */
    hall_view_draw(app, state, surface);
}

const struct screen scr_hall = {
    .id = SCREEN_HALL,
    .state_size = sizeof(struct hall),
    .open = hall_open,
    .close = hall_close,
    .draw = hall_draw,
    .key = hall_key,
    .typing = hall_typing,
    .hear = hall_hear,
    .answer = hall_answer,
    .tick = hall_tick,
    .shown = hall_shown,
};
