/* One piece: a window as long as the party slides along each stretch of seats it may take. */
#include "core/rules/pick_search.h"

struct window {
    pick_cost cost;
    size_t from;
};

static bool window_less(const struct window *a, const struct window *b)
{
    return a->cost != b->cost ? a->cost < b->cost : a->from < b->from;
}

/* Would taking all up to `taken` leave the seat next to it, in direction `step`, newly alone? */
static bool leaves_alone(const struct pick_search *search, size_t taken, int step)
{
    const struct plan *plan = search->plan;
    size_t seat = taken + (size_t)step;
    size_t beyond = seat + (size_t)step;

    if (step > 0 ? !pick_joined(plan, taken) : taken == 0 || !pick_joined(plan, seat))
        return false;
    if (!search->open[seat] || plan->seats[seat].kind != SEAT_STANDARD)
        return false;
    if (step > 0 ? !pick_joined(plan, seat) : seat == 0 || !pick_joined(plan, beyond))
        return true;
    return !search->open[beyond];
}

static pick_cost gap_cost(const struct pick_search *search, size_t from, size_t to)
{
    pick_cost cost = leaves_alone(search, from, -1) ? PICK_GAP : 0;

    return leaves_alone(search, to, 1) ? cost + PICK_GAP : cost;
}

/*
 * The least window above `above` (NULL: the least of all); how many windows there are goes to
 * `*count`. The sums of a window follow it along, so that all of it is one pass over the seats.
 */
static struct window least_above(const struct pick_search *search, const struct window *above,
                                 int *count)
{
    const struct plan *plan = search->plan;
    size_t party = (size_t)search->party;
    struct window best = {PICK_NO_WAY, 0};
    pick_cost sum = 0;
    size_t length = 0;
    int wheelchairs = 0;

    *count = 0;
    for (size_t i = 0; i < plan->n; i++) {
        struct window window;

        if (i > 0 && !pick_joined(plan, i - 1))
            length = 0;
        if (!search->allowed[i]) {
            length = 0;
            continue;
        }
        if (length == 0) {
            sum = 0;
            wheelchairs = 0;
        }
        sum += pick_seat_cost(search, i);
        wheelchairs += plan->seats[i].kind == SEAT_WHEELCHAIR;
        if (++length > party) {
            sum -= pick_seat_cost(search, i - party);
            wheelchairs -= plan->seats[i - party].kind == SEAT_WHEELCHAIR;
        }
        if (length < party || wheelchairs < search->wheelchairs ||
            (search->exact && wheelchairs > search->wheelchairs))
            continue;
        (*count)++;
        window.from = i + 1 - party;
        window.cost = sum;
        if (sum < best.cost) /* else not even worth looking for gaps */
            window.cost += gap_cost(search, window.from, i);
        if (window_less(&window, &best) && (above == NULL || window_less(above, &window)))
            best = window;
    }
    return best;
}

bool pick_block_search(const struct pick_search *search, int rank, size_t *seats)
{
    int count;
    struct window window = least_above(search, NULL, &count);

    if (count == 0)
        return false;
    for (int i = rank % count; i > 0; i--) {
        struct window last = window;
        int again;

        window = least_above(search, &last, &again);
    }
    for (int i = 0; i < search->party; i++)
        seats[i] = window.from + (size_t)i;
    return true;
}
