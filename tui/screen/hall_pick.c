#include "tui/screen/hall_pick.h"

#include <string.h>

#include "core/base/words.h"
#include "tui/screen/hall_map.h"
#include "tui/screen/hall_shape.h"
#include "tui/screen/hall_trade.h"

/* What a verb was posted for. */
enum { TAG_BEST, TAG_HAND, TAG_ALONE, TAG_UNDO, TAG_TYPE, TAG_TYPE_GOAL };

static void snapshot(const struct app *app, const struct hall *hall, struct hall_seats *seats)
{
    seats->n = hall_held(app, hall);
    for (int32_t i = 0; i < seats->n; i++) {
        seats->seats[i] = app->basket.seats[i].seat;
        seats->types[i] = app->basket.seats[i].type;
    }
}

static void post(struct app *app, struct hall *hall, const struct verb *verb, const void *request,
                 int32_t tag)
{
    if (tag != TAG_TYPE_GOAL)
        snapshot(app, hall, &hall->before);
    app_do(app, verb, request, KEEP_ACTING, tag);
}

/* The type of all seats of the basket, without any of those exchanged; id 0 (the first type) when
 * they differ or there are none. */
static type_id common_type(const struct app *app, const struct hall *hall)
{
    type_id type = hall_basket(app, hall) ? app->basket.seats[0].type : hall_trade_type(app);

    for (int32_t i = 1; i < hall_held(app, hall); i++)
        if (app->basket.seats[i].type.n != type.n)
            return (type_id){0};
    return type;
}

static void post_best(struct app *app, struct hall *hall, int n, int rank)
{
    struct hold_request request = {.show = hall->show,
                                   .best = n,
                                   .rank = rank,
                                   .replace = 1,
                                   .together = hall->shape.pieces <= 1,
                                   .type = common_type(app, hall)};

    post(app, hall, &verb_hold, &request, TAG_BEST);
}

static void post_seats(struct app *app, struct hall *hall, const struct hall_seats *seats,
                       bool replace, int32_t tag)
{
    struct hold_request request = {
        .show = hall->show, .replace = replace, .n = seats->n, .type = seats->types[0]};

    memcpy(request.seats, seats->seats, sizeof request.seats);
    post(app, hall, &verb_hold, &request, tag);
}

void hall_pick_best(struct app *app, struct hall *hall, int n)
{
    hall->apart.n = 0;
    if (n > SEATS_MAX)
        app_say(app, TONE_WARN, _("at most %d seats at a time"), SEATS_MAX);
    else if (hall_held(app, hall) == n && hall->lost == 0)
        app_say(app, TONE_PLAIN, _("the basket has %d already; b shows the next best"), n);
    else
        post_best(app, hall, n, 0);
}

/* --- next best ------------------------------------------------------------------------------- */

void hall_pick_next(struct app *app, struct hall *hall)
{
    struct hall_seats pieces = {.n = hall->apart.n};

    if (hall->apart.n > 0) {
        memcpy(pieces.seats, hall->apart.seats, sizeof pieces.seats);
        pieces.types[0] = common_type(app, hall);
        hall->rank = -1;
        hall->apart.n = 0;
        post_seats(app, hall, &pieces, true, TAG_HAND);
    } else if (!hall_basket(app, hall) && app_exchanging(app)) {
        post_best(app, hall, app->exchange.n, 0);
    } else if (!hall_basket(app, hall)) {
        app_say(app, TONE_PLAIN, _("a number first: 2 Enter takes the best two"));
    } else {
        post_best(app, hall, app->basket.n, hall_shape_other_rank(app, hall, hall->rank + 1));
    }
}

/* --- by hand --------------------------------------------------------------------------------- */

static void leave(struct app *app, struct hall *hall, seat_id seat)
{
    struct release_request request = {.show = hall->show, .n = 1, .seats = {seat}};

    hall->rank = -1;
    post(app, hall, &verb_release, &request, TAG_HAND);
}

void hall_pick_toggle(struct app *app, struct hall *hall)
{
    const struct plan_seat *place = &hall->plan->seats[hall->grid.at];
    struct hall_seats one = {.n = 1, .seats = {place->id}, .types = {hall_trade_type(app)}};

    if (hall_basket(app, hall) && basket_has(&app->basket, place->id)) {
        leave(app, hall, place->id);
        return;
    }
    if (app->basket.n_all == BASKET_MAX) {
        app_say(app, TONE_WARN, _("a basket has at most %d seats"), BASKET_MAX);
        return;
    }
    /* What the map says may be old: the desk refuses, and names who has the seat. */
    hall->rank = -1;
    hall->apart.n = 0;
    post_seats(app, hall, &one, false, TAG_HAND);
}

/* A free companion's place beside a wheelchair place, PLAN_NONE. */
static size_t companion_of(const struct hall *hall, size_t at)
{
    const struct plan_seat *seats = hall->plan->seats;

    for (int side = 1; side >= -1; side -= 2) {
        size_t next = at + (size_t)side;
        if (next < hall->plan->n && seats[next].run == seats[at].run &&
            seats[next].kind == SEAT_COMPANION && hall->map->seats[next].state == CLAIM_FREE)
            return next;
    }
    return PLAN_NONE;
}

static long away(const struct hall *hall, size_t at)
{
    const struct plan_seat *from = &hall->plan->seats[hall->grid.at], *to = &hall->plan->seats[at];
    long rows = from->row - to->row, columns = from->column - to->column;

    return rows * rows + columns * columns;
}

void hall_pick_access(struct app *app, struct hall *hall)
{
    struct hall_seats pair = {0};
    size_t best = PLAN_NONE;

    for (size_t i = 0; i < hall->plan->n; i++)
        if (hall->plan->seats[i].kind == SEAT_WHEELCHAIR &&
            hall->map->seats[i].state == CLAIM_FREE &&
            (best == PLAN_NONE || away(hall, i) < away(hall, best)))
            best = i;
    if (best == PLAN_NONE) {
        app_say(app, TONE_WARN, _("no wheelchair place is free"));
        return;
    }
    size_t companion = companion_of(hall, best);
    pair.seats[pair.n++] = hall->plan->seats[best].id;
    if (companion != PLAN_NONE)
        pair.seats[pair.n++] = hall->plan->seats[companion].id;
    hall->rank = -1;
    post_seats(app, hall, &pair, false, companion != PLAN_NONE ? TAG_HAND : TAG_ALONE);
}

void hall_pick_drop(struct app *app, struct hall *hall)
{
    seat_id seat = hall->plan->seats[hall->grid.at].id;

    if (!hall_basket(app, hall)) {
        app_say(app, TONE_PLAIN, _("no seat of this show is in the basket"));
        return;
    }
    if (!basket_has(&app->basket, seat))
        seat = hall->last;
    if (!basket_has(&app->basket, seat))
        seat = app->basket.seats[app->basket.n - 1].seat;
    leave(app, hall, seat);
}

void hall_pick_empty(struct app *app, struct hall *hall)
{
    struct release_request request = {0}; /* of every show */

    hall->apart.n = 0;
    if (app->basket.n == 0)
        app_say(app, TONE_PLAIN, _("the basket is empty"));
    else
        post(app, hall, &verb_release, &request, TAG_HAND);
}

void hall_pick_undo(struct app *app, struct hall *hall)
{
    struct release_request all = {.show = hall->show};

    if (hall->n_past == 0 && hall_basket(app, hall)) { /* it was taken before this screen opened */
        hall_pick_empty(app, hall);
        return;
    }
    if (hall->n_past == 0) {
        app_say(app, TONE_PLAIN, _("nothing to undo"));
        return;
    }
    hall->apart.n = 0;
    hall->goal = hall->past[hall->n_past - 1];
    hall->rank = -1;
    if (hall->goal.n == 0)
        post(app, hall, &verb_release, &all, TAG_UNDO);
    else
        post_seats(app, hall, &hall->goal, true, TAG_UNDO);
}

/* --- ticket types ---------------------------------------------------------------------------- */

const struct basket_seat *hall_pick_typed(const struct app *app, const struct hall *hall)
{
    const struct basket *basket = &app->basket;

    if (!hall_basket(app, hall))
        return NULL;
    for (int32_t i = 0; i < basket->n; i++)
        if (basket->seats[i].seat.n == hall->plan->seats[hall->grid.at].id.n)
            return &basket->seats[i];
    return &basket->seats[basket->n - 1];
}

void hall_pick_type(struct app *app, struct hall *hall, int digit)
{
    const struct basket_seat *seat = hall_pick_typed(app, hall);
    struct retype_request request = {.show = hall->show};

    if (!seat)
        return;
    for (int32_t i = 0; i < hall->map->n_types; i++)
        if (hall->map->types[i].digit == digit && !hall->map->types[i].retired)
            request.type = hall->map->types[i].id;
    if (request.type.n == 0) {
        app_say(app, TONE_WARN, _("there is no ticket type %d"), digit);
        return;
    }
    request.seat = seat->seat;
    post(app, hall, &verb_retype, &request, TAG_TYPE);
}

/* After a type was set the cursor goes to the seat before it, so that t 2 t 2 sets two. */
static void step_back(const struct app *app, struct hall *hall, seat_id typed)
{
    for (int32_t i = 1; i < app->basket.n; i++)
        if (app->basket.seats[i].seat.n == typed.n) {
            hall_map_go(hall, app->basket.seats[i - 1].seat);
            return;
        }
}

/* --- answers --------------------------------------------------------------------------------- */

/* Sets the next type that a seat of the basket should have and has not. */
static void next_goal(struct app *app, struct hall *hall)
{
    for (int32_t g = 0; g < hall->goal.n; g++)
        for (int32_t i = 0; i < hall_held(app, hall); i++) {
            const struct basket_seat *seat = &app->basket.seats[i];
            if (seat->seat.n != hall->goal.seats[g].n || seat->type.n == hall->goal.types[g].n)
                continue;
            struct retype_request request = {
                .show = hall->show, .seat = seat->seat, .type = hall->goal.types[g]};
            post(app, hall, &verb_retype, &request, TAG_TYPE_GOAL);
            return;
        }
    hall->goal.n = 0;
}

void hall_pick_exchanged(struct app *app, struct hall *hall)
{
    hall_trade_types(app, hall);
    next_goal(app, hall);
}

/* The best seats took the place of others that had several types: as many of each, in order. */
static void keep_types(const struct app *app, struct hall *hall)
{
    if (hall->before.n == 0 || hall->before.n > hall_held(app, hall))
        return;
    hall->goal = hall->before;
    for (int32_t i = 0; i < hall->goal.n; i++)
        hall->goal.seats[i] = app->basket.seats[i].seat;
}

static void remember(struct hall *hall)
{
    if (hall->n_past == HALL_PAST) {
        hall->n_past--;
        memmove(hall->past, hall->past + 1, (size_t)hall->n_past * sizeof hall->past[0]);
    }
    hall->past[hall->n_past++] = hall->before;
}

static void held(const struct app *app, struct hall *hall, const struct answer *answer)
{
    const struct hold_request *request = answer->request;
    const struct hold_reply *reply = answer->reply;

    if (reply->n == 0)
        return;
    hall->rank = answer->tag == TAG_BEST ? request->rank : -1;
    hall->last = request->n > 0 ? request->seats[request->n - 1] : reply->seats[reply->n - 1];
    if (answer->tag == TAG_BEST)
        keep_types(app, hall);
    if (app_exchanging(app))
        hall_trade_types(app, hall);
    if (request->n != 1)
        hall_map_go(hall, hall->last);
}

static void refused(struct app *app, struct hall *hall, const struct answer *answer)
{
    const struct hold_reply *reply = answer->reply;

    hall->goal.n = 0;
    app_say_fault(app, answer->fault);
    if (answer->tag == TAG_UNDO)
        hall->n_past--;
    if (answer->verb != &verb_hold || answer->rc != RC_APART)
        return;
    hall->apart = (struct picked_apart){.n = reply->n, .pieces = reply->pieces};
    memcpy(hall->apart.seats, reply->seats, sizeof hall->apart.seats);
    if (reply->n > 0 && hall_ready(hall))
        hall_map_go(hall, reply->seats[0]);
}

/* How many seats a hold adds: what is held already it leaves so. */
static int added(const struct hall *hall, const struct hold_request *hold)
{
    int n = hold->n;

    for (int32_t i = 0; i < hold->n; i++)
        for (int32_t k = 0; k < hall->before.n; k++)
            n -= hall->before.seats[k].n == hold->seats[i].n;
    return n;
}

/* What came otherwise than it was asked for is said, and nothing goes on by itself: seats that the
 * basket lost, a wheelchair place alone. */
static void tell_otherwise(struct app *app, const struct hall *hall, const struct answer *answer)
{
    const struct hold_request *hold = answer->request;
    const struct release_request *release = answer->request;
    int expected = hall->before.n;

    if (answer->verb == &verb_hold)
        expected = hold->replace ? 0 : expected + added(hall, hold);
    else if (answer->verb == &verb_release)
        expected = release->n == 0 ? 0 : expected - release->n;
    if (hall_held(app, hall) < expected) {
        app_say_lost(app, expected - hall_held(app, hall));
    } else if (answer->tag == TAG_ALONE) {
        app_say(app, TONE_WARN, _("no companion's place is free beside it"));
        app_drop_keys(app);
    }
}

void hall_pick_answer(struct app *app, struct hall *hall, const struct answer *answer)
{
    const struct retype_request *retype = answer->request;

    if (answer->rc != RC_OK) {
        refused(app, hall, answer);
        return;
    }
    if (answer->tag == TAG_UNDO)
        hall->n_past--;
    else if (answer->tag != TAG_TYPE_GOAL)
        remember(hall);
    tell_otherwise(app, hall, answer);
    if (!hall_ready(hall))
        return;
    if (answer->verb == &verb_hold)
        held(app, hall, answer);
    else if (answer->tag == TAG_TYPE)
        step_back(app, hall, retype->seat);
    next_goal(app, hall);
}
