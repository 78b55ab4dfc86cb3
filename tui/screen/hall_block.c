#include "tui/screen/hall_block.h"

#include <stdio.h>

#include "core/base/words.h"
#include "core/desk/block.h"

static const struct plan_seat *under_cursor(const struct hall *hall)
{
    return &hall->plan->seats[hall->grid.at];
}

void hall_block_begin(struct app *app, struct hall *hall)
{
    struct block_request request = {.show = hall->show, .n = 1, .seats = {under_cursor(hall)->id}};

    hall->wanted = 0;
    if (hall->map->seats[hall->grid.at].state == CLAIM_BLOCKED)
        app_do(app, &verb_unblock, &request, KEEP_ACTING, 0);
    else if (hall_basket(app, hall) && basket_has(&app->basket, request.seats[0]))
        app_say(app, TONE_PLAIN, _("%s is in the basket: x drops it first"),
                under_cursor(hall)->label);
    else
        hall->blocking = true; /* what was typed last stands there still: z Enter for the next */
}

/* What the map says may be old: the desk refuses, and names who has the seat. */
static void post(struct app *app, struct hall *hall)
{
    struct block_request request = {.show = hall->show, .n = 1, .seats = {under_cursor(hall)->id}};

    if (hall->reason.text[0] == '\0') {
        app_say(app, TONE_WARN, _("a seat is blocked for a reason: say which, or Esc"));
        return;
    }
    (void)snprintf(request.reason, sizeof request.reason, "%.*s", BLOCK_REASON_SIZE - 1,
                   hall->reason.text);
    hall->blocking = false;
    app_do(app, &verb_block, &request, KEEP_ACTING, 0);
}

void hall_block_key(struct app *app, struct hall *hall, const struct key *key)
{
    if (key->press == PRESS_ESC) {
        hall->blocking = false;
    } else if (key->press == PRESS_ENTER) {
        post(app, hall);
    } else {
        editor_key(&hall->reason, key);
        if (hall->reason.told[0])
            app_say(app, TONE_WARN, "%s", hall->reason.told);
    }
}

void hall_block_draw(const struct hall *hall, const struct surface *surface, int row)
{
    struct editor reason = hall->reason; /* drawing scrolls it */
    int column = surface_printf(surface, row, 1, STYLE_STRONG, _("Block %s for what reason: "),
                                under_cursor(hall)->label);

    editor_draw(&reason, surface, row, column, surface->columns - column - 1, true);
}

/* The map that is on its way will say the same: until it is there the next z means this. */
static void known(struct hall *hall, size_t at, const struct answer *answer)
{
    const struct block_request *request = answer->request;
    const struct block_reply *reply = answer->reply;
    struct map_seat *seat = &hall->map->seats[at];

    seat->state = answer->verb == &verb_block ? CLAIM_BLOCKED
                  : reply->for_the_list > 0   ? CLAIM_RETURNED
                                              : CLAIM_FREE;
    (void)snprintf(seat->reason, sizeof seat->reason, "%s", request->reason);
}

bool hall_block_answer(struct app *app, struct hall *hall, const struct answer *answer)
{
    const struct block_reply *reply = answer->reply;
    size_t at;

    if (answer->verb != &verb_block && answer->verb != &verb_unblock)
        return false;
    if (answer->rc != RC_OK) {
        app_say_fault(app, answer->fault);
        return true;
    }
    at = hall_ready(hall) ? plan_find_id(hall->plan, reply->seats[0]) : PLAN_NONE;
    if (at == PLAN_NONE)
        return true;
    known(hall, at, answer);
    app_say(app, TONE_GOOD,
            answer->verb == &verb_block ? _("%s is blocked: z gives it back")
            : reply->for_the_list > 0   ? _("%s is given back, kept for the waiting list")
                                        : _("%s is free again"),
            hall->plan->seats[at].label);
    return true;
}
