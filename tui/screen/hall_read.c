#include "tui/screen/hall_read.h"

#include <stdlib.h>

#include "core/base/words.h"
#include "tui/screen/hall_map.h"
#include "tui/screen/hall_pick.h"
#include "tui/screen/hall_shape.h"

void hall_read_map(struct app *app, const struct hall *hall)
{
    union read_args args = {.show = {.show = hall->show}};

    app_read(app, READ_MAP, &args, 0);
}

void hall_read_plan(struct app *app, hall_id id)
{
    union read_args args = {.hall = {.hall = id}};

    app_read(app, READ_PLAN, &args, 0);
}

/* Who has the seat under the cursor? */
void hall_read_booking(struct app *app, struct hall *hall)
{
    union read_args args = {0};

    if (!hall_ready(hall))
        return;
    args.booking.id = hall->map->seats[hall->grid.at].reservation;
    if (args.booking.id.n != 0 && (!hall->booking || hall->booking->id.n != args.booking.id.n))
        app_read(app, READ_BOOKING, &args, 0);
}

/* Map and plan are there for the first time: keys may be answered. */
static void begin(struct app *app, struct hall *hall)
{
    const struct basket *basket = &app->basket;

    if (!hall->plan || !hall->map || hall->cells)
        return;
    if (hall->plan->n != hall->map->n) {
        app_say(app, TONE_WARN, _("the map and the plan of the hall differ"));
    } else if (!hall_map_init(hall)) {
        app_say(app, TONE_WARN, _("no memory for the map"));
        hall_map_fini(hall);
    } else if (hall->apart.n > 0) {
        hall_map_go(hall, hall->apart.seats[0]);
    } else if (hall_basket(app, hall)) {
        hall->last = basket->seats[basket->n - 1].seat;
        hall_map_go(hall, hall->last);
        if (app_exchanging(app))
            hall_pick_exchanged(app, hall);
    } else {
        hall_map_go_best(hall);
    }
    app_hold_keys(app, false);
}

/* Takes a read's result in the place of `*old`. */
static void take(void **old, struct answer *answer)
{
    free(*old);
    *old = answer->result;
    answer->result = NULL;
}

/* Seats of the basket that are not held any more: the show was cancelled, or the hold has ended and
 * others came. The sale says so in any case; the panel is not to promise them until then. */
static int lost_of(const struct app *app, const struct hall *hall)
{
    int lost = 0;

    for (int32_t i = 0; hall_basket(app, hall) && i < app->basket.n; i++) {
        size_t at = plan_find_id(hall->plan, app->basket.seats[i].seat);
        lost += at != PLAN_NONE && !hall->map->seats[at].mine;
    }
    return lost;
}

static void map_answer(struct app *app, struct hall *hall, struct answer *answer)
{
    union read_args waiting = {.show = {.show = hall->show}};
    void *map = hall->map;

    take(&map, answer);
    hall->map = map;
    if (!hall->plan)
        hall_read_plan(app, hall->map->show.hall);
    if (hall->map->show.waiting > 0 || hall->list)
        app_read(app, READ_WAITING, &waiting, 0);
    begin(app, hall);
    free(hall->booking); /* it may have changed with the seats */
    hall->booking = NULL;
    hall_read_booking(app, hall);
    hall->lost = hall_ready(hall) && !app_working(app) ? lost_of(app, hall) : 0;
    if (hall_ready(hall))
        hall_shape_judge(app, hall);
}

void hall_read_answer(struct app *app, struct hall *hall, struct answer *answer)
{
    void *old;

    if (answer->rc != RC_OK) {
        app_hold_keys(app, false);
        if (answer->read != READ_BOOKING)
            app_say_fault(app, answer->fault);
    } else if (answer->read == READ_MAP) {
        map_answer(app, hall, answer);
    } else if (answer->read == READ_PLAN && !hall->plan) {
        hall->plan = answer->result;
        answer->result = NULL;
        begin(app, hall);
        hall_read_booking(app, hall);
        if (hall_ready(hall))
            hall_shape_judge(app, hall);
    } else if (answer->read == READ_WAITING) {
        old = hall->list;
        take(&old, answer);
        hall->list = old;
    } else if (answer->read == READ_BOOKING) {
        old = hall->booking;
        take(&old, answer);
        hall->booking = old;
    }
}
