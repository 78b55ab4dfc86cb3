#include "core/rules/match_search.h"

#include <stdlib.h>
#include <string.h>

enum { EFFORT_ONCE = 500000 };

/* One piece of a party that is being placed. */
struct piece {
    size_t item;
    int left;   /* seats of the party still wanted */
    int wheels; /* wheelchair places of those */
    int most;   /* no piece longer than the one before: the order of pieces is no matter */
};

static bool place_piece(struct match_search *search, struct piece piece);

static bool tired(struct match_search *search)
{
    search->effort -= (long)search->cells->n;
    return search->effort < 0;
}

static uint64_t mix(uint64_t z)
{
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

/* The end of the stretch of free cells side by side that begins at `from`. */
static size_t stretch_end(const struct match_search *search, size_t from)
{
    const struct match_cells *cells = search->cells;
    size_t to = from;

    while (search->owner[to] == 0 && cells->joined[to] && search->owner[to + 1] == 0)
        to++;
    return to + 1;
}

/*
 * Names a position: what is still to be placed and the free stretches, in whatever order, since
 * equal stretches are worth the same. The number of free cells goes to `*free_cells`.
 */
static uint64_t position(const struct match_search *search, const struct piece *piece,
                         size_t *free_cells)
{
    const struct match_cells *cells = search->cells;
    uint64_t sum = 0;
    uint64_t rest = ((uint64_t)piece->item << 32) ^ ((uint64_t)piece->left << 24) ^
                    ((uint64_t)piece->wheels << 16) ^ (uint64_t)piece->most;

    *free_cells = 0;
    for (size_t from = 0; from < cells->n;) {
        size_t to = from + 1;
        uint64_t stretch = 1;

        if (search->owner[from] == 0) {
            to = stretch_end(search, from);
            for (size_t cell = from; cell < to; cell++)
                stretch = mix(stretch * 31 + cells->mark[cell]);
            sum += stretch;
            *free_cells += to - from;
        }
        from = to;
    }
    return mix(sum ^ mix(rest + 1)) | 1;
}

static void own(struct match_search *search, size_t from, int size, int32_t owner)
{
    for (size_t cell = from; cell < from + (size_t)size; cell++)
        search->owner[cell] = owner;
}

/* Tries a piece of `size` at `from`, and all that comes after it. */
static bool try_at(struct match_search *search, struct piece piece, size_t from, int size)
{
    const struct match_cells *cells = search->cells;
    size_t entry = search->items[piece.item].entry;
    const uint8_t *may = cells->may + entry * cells->n;
    int wheels = 0;

    for (size_t cell = from; cell < from + (size_t)size; cell++) {
        if (!may[cell])
            return false;
        wheels += cells->wheel[cell];
    }
    if (wheels > piece.wheels)
        return false;
    piece.left -= size;
    piece.wheels -= wheels;
    piece.most = size;
    own(search, from, size, (int32_t)entry + 1);
    if (place_piece(search, piece))
        return true;
    own(search, from, size, 0);
    return false;
}

/* Is the stretch open to the same entries all along, so that only its left end need be tried? */
static bool even(const struct match_cells *cells, size_t from, size_t to)
{
    for (size_t cell = from + 1; cell < to; cell++) {
        if (cells->mark[cell] != cells->mark[from])
            return false;
    }
    return true;
}

/* Tries a piece of `size` wherever it may make a difference. */
static bool try_size(struct match_search *search, struct piece piece, int size)
{
    const struct match_cells *cells = search->cells;

    for (size_t from = 0; from < cells->n;) {
        size_t to = from + 1;

        if (search->owner[from] == 0) {
            to = stretch_end(search, from);
            if (to - from >= (size_t)size) {
                size_t last = even(cells, from, to) ? from : to - (size_t)size;

                for (size_t at = from; at <= last; at++) {
                    if (try_at(search, piece, at, size))
                        return true;
                }
            }
        }
        if (search->effort < 0)
            return false;
        from = to;
    }
    return false;
}

/* Finds a cell for one more seat of an entry, moving scattered seats of others aside. */
static bool spread_one(struct match_search *search, size_t entry, bool wheel)
{
    const struct match_cells *cells = search->cells;
    const uint8_t *may = cells->may + entry * cells->n;

    if (tired(search))
        return false;
    for (size_t cell = 0; cell < cells->n; cell++) {
        if (search->owner[cell] == 0 && may[cell] && cells->wheel[cell] == wheel) {
            search->owner[cell] = (int32_t)entry + 1;
            return true;
        }
    }
    for (size_t cell = 0; cell < cells->n; cell++) {
        if (search->visited[cell] || !may[cell] || cells->wheel[cell] != wheel)
            continue;
        search->visited[cell] = true; /* shut cells and blocks are so from the start */
        if (spread_one(search, (size_t)search->owner[cell] - 1, wheel)) {
            search->owner[cell] = (int32_t)entry + 1;
            return true;
        }
    }
    return false;
}

/* Spreads the parties that want no block over what the blocks left. */
static bool spread(struct match_search *search)
{
    size_t n = search->cells->n;
    bool *blocked = search->visited + n;
    bool done = true;

    if (search->n_blocks == search->n_items)
        return true;
    for (size_t cell = 0; cell < n; cell++)
        blocked[cell] = search->owner[cell] != 0; /* shut, or a block's: those stay */
    for (size_t i = search->n_blocks; i < search->n_items && done; i++) {
        const struct match_item *item = &search->items[i];

        for (int seat = 0; seat < item->party && done; seat++) {
            memcpy(search->visited, blocked, n * sizeof *blocked);
            done = spread_one(search, item->entry, seat < item->wheelchairs);
        }
    }
    for (size_t cell = 0; cell < n && !done; cell++) {
        if (!blocked[cell])
            search->owner[cell] = 0;
    }
    return done;
}

/* Places the rest of a party, then the parties behind it. */
static bool place_piece(struct match_search *search, struct piece piece)
{
    const struct match_item *item;
    size_t free_cells;
    uint64_t name;
    int least;

    if (piece.left == 0) {
        if (piece.wheels > 0)
            return false;
        if (++piece.item == search->n_blocks)
            return spread(search);
        item = &search->items[piece.item];
        piece = (struct piece){piece.item, item->party, item->wheelchairs, item->party};
    }
    if (tired(search))
        return false;
    item = &search->items[piece.item];
    name = position(search, &piece, &free_cells);
    if (free_cells < (size_t)(item->after - item->party + piece.left) ||
        search->failed[name % MATCH_FAILED] == name)
        return false;
    least = item->fit == FIT_TOGETHER ? piece.left : 2;
    for (int size = piece.left < piece.most ? piece.left : piece.most; size >= least; size--) {
        if (piece.left - size != 1 && try_size(search, piece, size))
            return true;
    }
    if (search->effort >= 0)
        search->failed[name % MATCH_FAILED] = name;
    return false;
}

static bool scattered(const struct match_item *item)
{
    return item->fit == FIT_ANY || item->party == 1;
}

/* Blocks before scattered parties, and then the hardest first. */
static int by_hardness(const void *a, const void *b)
{
    const struct match_item *x = a;
    const struct match_item *y = b;

    if (scattered(x) != scattered(y))
        return scattered(x) - scattered(y);
    if (x->wheelchairs != y->wheelchairs)
        return y->wheelchairs - x->wheelchairs;
    if (x->fit != y->fit)
        return (int)x->fit - (int)y->fit;
    if (x->party != y->party)
        return y->party - x->party;
    return x->entry < y->entry ? -1 : x->entry > y->entry;
}

bool match_search(struct match_search *search, struct match_item *items, size_t n)
{
    size_t blocks = 0;
    size_t free_cells = 0;
    int after = 0;
    bool found;

    if (n == 0)
        return true;
    if (search->effort_left <= 0)
        return false;
    qsort(items, n, sizeof *items, by_hardness);
    for (size_t i = n; i-- > 0;) {
        after += items[i].party;
        items[i].after = after;
        blocks += !scattered(&items[i]);
    }
    for (size_t cell = 0; cell < search->cells->n; cell++)
        free_cells += search->owner[cell] == 0;
    if (free_cells < (size_t)after)
        return false;
    search->items = items;
    search->n_items = n;
    search->n_blocks = blocks;
    search->effort = search->effort_left < EFFORT_ONCE ? search->effort_left : EFFORT_ONCE;
    search->effort_left -= search->effort;
    memset(search->failed, 0, sizeof search->failed);
    if (blocks == 0)
        found = spread(search);
    else
        found = place_piece(
            search, (struct piece){0, items[0].party, items[0].wheelchairs, items[0].party});
    if (search->effort > 0)
        search->effort_left += search->effort;
    return found;
}
