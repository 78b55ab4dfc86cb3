#include "tests/bench/grand.h"

#include <stdio.h>
#include <string.h>

#include "tests/bench/figure.h"

const char *grand_plan(void)
{
    static char text[2048]; /* written once, always the same */
    size_t used = (size_t)snprintf(text, sizeof text, "@hall Grand\n@zone stalls\n");

    for (int row = 0; row < 25; row++)
        used += (size_t)snprintf(text + used, sizeof text - used,
                                 "%c\toooooooooo_oooooooooooooooooooo_oooooooooo\n", 'A' + row);
    return text;
}

void grand_init(struct grand *grand, int n_shows)
{
    memset(grand, 0, sizeof *grand);
    box_init(&grand->box);
    grand->hall = box_hall(&grand->box, grand_plan());
    grand->first_seat = sql_one_number(grand->box.db, 0, "SELECT MIN(id) FROM seats", NULL, 0);
    figure_need(n_shows <= GRAND_SHOWS_MAX, "too many shows");
    for (int i = 0; i < n_shows; i++)
        grand->shows[i] =
            box_show(&grand->box, grand->hall, "Ran", BOX_NOW + (4 + 3 * (int64_t)i) * WHEN_HOUR);
    grand->n_shows = n_shows;
}

void grand_fini(struct grand *grand)
{
    box_fini(&grand->box);
}

struct book_request grand_sale(const struct grand *grand, struct sql *db, int64_t nth)
{
    struct book_request request = {.n = 2, .expected = -1, .collect_min = 30};
    int64_t pair = nth % GRAND_PAIRS;

    figure_need(nth / GRAND_PAIRS < grand->n_shows, "the house is sold out");
    verb_ask(&request.ask, db, NULL, "counter-1", 1);
    request.ask.now = grand->box.now;
    request.show = grand->shows[nth / GRAND_PAIRS];
    request.seats[0].n = grand->first_seat + 2 * pair;
    request.seats[1].n = grand->first_seat + 2 * pair + 1;
    return request;
}
