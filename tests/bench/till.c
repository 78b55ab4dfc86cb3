#include "tests/bench/till.h"

#include <stdio.h>
#include <string.h>

#include "tests/bench/figure.h"

const char *till_plan(void)
{
    static char text[2048]; /* written once, always the same */
    size_t used = (size_t)snprintf(text, sizeof text, "@hall Grand\n@zone stalls\n");

    for (int row = 0; row < 25; row++)
        used += (size_t)snprintf(text + used, sizeof text - used,
                                 "%c\toooooooooo_oooooooooooooooooooo_oooooooooo\n", 'A' + row);
    return text;
}

void till_init(struct till *till, int n_shows)
{
    memset(till, 0, sizeof *till);
    box_init(&till->box);
    till->hall = box_hall(&till->box, till_plan());
    till->first_seat = sql_one_number(till->box.db, 0, "SELECT MIN(id) FROM seats", NULL, 0);
    figure_need(n_shows <= TILL_SHOWS_MAX, "too many shows");
    for (int i = 0; i < n_shows; i++)
        till->shows[i] =
            box_show(&till->box, till->hall, "Ran", BOX_NOW + (4 + 3 * (int64_t)i) * WHEN_HOUR);
    till->n_shows = n_shows;
}

void till_fini(struct till *till)
{
    box_fini(&till->box);
}

struct book_request till_sale(const struct till *till, struct sql *db, int64_t nth)
{
    struct book_request request = {.n = 2, .expected = -1, .collect_min = 30};
    int64_t pair = nth % TILL_PAIRS;

    figure_need(nth / TILL_PAIRS < till->n_shows, "the house is sold out");
    verb_ask(&request.ask, db, NULL, "counter-1", 1);
    request.ask.now = till->box.now;
    request.show = till->shows[nth / TILL_PAIRS];
    request.seats[0].n = till->first_seat + 2 * pair;
    request.seats[1].n = till->first_seat + 2 * pair + 1;
    return request;
}
