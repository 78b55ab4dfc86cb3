/*
 * Several pieces: exact, by a table of the least cost from each seat on. What the seats before it
 * do to it is one of six states, so that gaps and pieces are counted as they arise.
 */
#include <stdlib.h>
#include <string.h>

#include "core/rules/pick_search.h"

enum { MOST_RANKS = 32 };

/* Of the seat before. */
enum state {
    SHUT,    /* not open, or there is none */
    LONE,    /* open, not taken, nothing open before it: alone if the next is taken */
    LEFT,    /* open, not taken, the one before it taken: alone unless the next is open */
    WIDE,    /* open, not taken, and never a gap */
    FIRST,   /* taken, the first of its piece */
    FURTHER, /* taken, not the first */
    STATES,
};

struct table {
    const struct pick_search *search;
    pick_cost *cost; /* [seat][state][seats wanted][wheelchairs wanted] */
    size_t wheels;   /* wheelchair places wanted, and one more for none */
    size_t cells;    /* of one state */
};

static pick_cost *row_of(const struct table *table, size_t seat, enum state state)
{
    return table->cost + (seat * STATES + state) * table->cells;
}

/* What it costs that nothing open follows. */
static pick_cost close_cost(const struct pick_search *search, enum state state)
{
    if (state == FIRST && search->pairs)
        return PICK_NO_WAY;
    return state == LEFT ? PICK_GAP : 0;
}

/* The state that an open seat leaves behind when it is not taken; STATES when that is forbidden. */
static enum state skip_state(const struct pick_search *search, size_t seat, enum state before)
{
    if (before == FIRST && search->pairs)
        return STATES;
    if (before == LONE || before == LEFT || before == WIDE ||
        search->plan->seats[seat].kind != SEAT_STANDARD)
        return WIDE;
    return before == SHUT ? LONE : LEFT;
}

/* What taking the seat costs after `before`; the next state goes to `*after`. */
static pick_cost take_cost(const struct pick_search *search, size_t seat, enum state before,
                           enum state *after)
{
    pick_cost cost = pick_seat_cost(search, seat);

    *after = before == FIRST || before == FURTHER ? FURTHER : FIRST;
    if (*after == FIRST)
        cost += PICK_PIECE;
    return before == LONE || before == LEFT ? cost + PICK_GAP : cost;
}

static pick_cost add(pick_cost a, pick_cost b)
{
    return a >= PICK_NO_WAY || b >= PICK_NO_WAY ? PICK_NO_WAY : a + b;
}

/* How many cells on the way moves that takes the seat from cell `cell`; 0 when it may not. */
static size_t take_step(const struct table *table, size_t seat, size_t cell)
{
    const struct pick_search *search = table->search;

    if (!search->allowed[seat] || cell < table->wheels)
        return 0;
    if (search->plan->seats[seat].kind != SEAT_WHEELCHAIR)
        return table->wheels;
    if (cell % table->wheels > 0)
        return table->wheels + 1;
    return search->exact ? 0 : table->wheels;
}

/* The state in which the seat is met: a new run begins with nothing beside it. */
static enum state meet(const struct pick_search *search, size_t seat, enum state before,
                       pick_cost *cost)
{
    *cost = 0;
    if (seat > 0 && !pick_joined(search->plan, seat - 1)) {
        *cost = close_cost(search, before);
        return SHUT;
    }
    return before;
}

static void fill_state(const struct table *table, size_t seat, enum state before)
{
    const struct pick_search *search = table->search;
    pick_cost *row = row_of(table, seat, before);
    pick_cost base;
    enum state met = meet(search, seat, before, &base);
    enum state skipped = SHUT;
    enum state taken;
    pick_cost taking;

    if (search->open[seat])
        skipped = skip_state(search, seat, met);
    else
        base = add(base, close_cost(search, met));
    taking = add(base, take_cost(search, seat, met, &taken));
    for (size_t cell = 0; cell < table->cells; cell++) {
        size_t step = take_step(table, seat, cell);

        row[cell] = PICK_NO_WAY;
        if (skipped != STATES)
            row[cell] = add(base, row_of(table, seat + 1, skipped)[cell]);
        if (step > 0) {
            pick_cost cost = add(taking, row_of(table, seat + 1, taken)[cell - step]);

            if (cost < row[cell])
                row[cell] = cost;
        }
    }
}

static void fill(const struct table *table)
{
    size_t n = table->search->plan->n;

    for (enum state state = SHUT; state < STATES; state++) {
        pick_cost *row = row_of(table, n, state);

        for (size_t cell = 0; cell < table->cells; cell++)
            row[cell] = PICK_NO_WAY;
        row[0] = close_cost(table->search, state);
    }
    for (size_t seat = n; seat-- > 0;) {
        for (enum state state = SHUT; state < STATES; state++)
            fill_state(table, seat, state);
    }
}

/* Walks the table; among equal ways the one that takes the earlier seat. False: no way. */
static bool walk(const struct table *table, size_t *seats)
{
    const struct pick_search *search = table->search;
    enum state state = SHUT;
    size_t cell = table->cells - 1;
    int n = 0;

    if (row_of(table, 0, SHUT)[cell] >= PICK_NO_WAY)
        return false;
    for (size_t seat = 0; n < search->party; seat++) {
        pick_cost here = row_of(table, seat, state)[cell];
        pick_cost base;
        enum state met = meet(search, seat, state, &base);
        size_t step = take_step(table, seat, cell);
        enum state taken;
        pick_cost taking = add(base, take_cost(search, seat, met, &taken));

        if (step > 0 && here == add(taking, row_of(table, seat + 1, taken)[cell - step])) {
            seats[n++] = seat;
            cell -= step;
            state = taken;
        } else {
            state = search->open[seat] ? skip_state(search, seat, met) : SHUT;
        }
    }
    return true;
}

bool pick_split_search(const struct pick_search *search, int rank, size_t *seats)
{
    struct table table = {.search = search, .wheels = (size_t)search->wheelchairs + 1};
    size_t shut[MOST_RANKS];
    int found = 0;

    table.cells = ((size_t)search->party + 1) * table.wheels;
    table.cost = malloc((search->plan->n + 1) * STATES * table.cells * sizeof *table.cost);
    if (table.cost == NULL)
        return false;
    /* The next best way is the best one without the lowest seats of those before it. */
    while (found <= rank && found < MOST_RANKS) {
        fill(&table);
        if (!walk(&table, seats))
            break;
        shut[found] = seats[0];
        search->allowed[shut[found++]] = 0;
    }
    for (int i = 0; i < found; i++)
        search->allowed[shut[i]] = 1;
    free(table.cost);
    if (found > 0 && found <= rank)
        return pick_split_search(search, rank % found, seats);
    return found > 0;
}
