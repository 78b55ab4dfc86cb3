#include "tui/screen/hall_shape.h"

#include <stdlib.h>
#include <string.h>

/* Seats that can be had: free ones and the basket's own. Heap; NULL without memory. */
static uint8_t *open_seats(const struct hall *hall)
{
    uint8_t *open = malloc(hall->map->n + 1);

    for (size_t i = 0; open && i < hall->map->n; i++)
        open[i] = hall->map->seats[i].state == CLAIM_FREE || hall->map->seats[i].mine;
    return open;
}

static bool same_as_basket(const struct app *app, const struct hall *hall,
                           const struct picked *picked)
{
    for (int i = 0; i < picked->n; i++)
        if (!basket_has(&app->basket, hall->plan->seats[picked->seats[i]].id))
            return false;
    return picked->n == hall_held(app, hall);
}

int hall_shape_other_rank(const struct app *app, const struct hall *hall, int rank)
{
    struct pick_wish wish = {.party = app->basket.n, .fit = FIT_ANY, .zone = -1, .rank = rank};
    struct picked picked;
    uint8_t *open = open_seats(hall);

    if (open && pick_seats(hall->plan, open, &wish, &picked) && same_as_basket(app, hall, &picked))
        rank++;
    free(open);
    return rank;
}

void hall_shape_judge(const struct app *app, struct hall *hall)
{
    struct pick_wish wish = {.party = app->basket.n, .fit = FIT_ANY, .zone = -1};
    uint8_t *open = open_seats(hall);
    size_t seats[SEATS_MAX];
    size_t n = 0;

    memset(&hall->shape, 0, sizeof hall->shape);
    for (size_t i = 0; i < hall->map->n && n < SEATS_MAX; i++)
        if (hall->map->seats[i].mine)
            seats[n++] = i;
    if (open && n > 0) {
        hall->shape.pieces = pick_pieces(hall->plan, seats, n);
        hall->shape.gaps = pick_gaps(hall->plan, open, seats, n, &hall->shape.gap);
        wish.party = (int)n;
        if (hall->shape.gaps > 0 && (!pick_seats(hall->plan, open, &wish, &hall->shape.better) ||
                                     hall->shape.better.gaps >= hall->shape.gaps ||
                                     hall->shape.better.pieces > hall->shape.pieces))
            hall->shape.better.n = 0;
    }
    free(open);
}
