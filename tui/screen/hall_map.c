#include "tui/screen/hall_map.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"

enum { CAPTION = 96 };

static const struct {
    char glyph;
    uint8_t style;
} looks[] = {
    [CLAIM_FREE] = {' ', STYLE_FREE},         [CLAIM_HELD] = {'h', STYLE_HELD},
    [CLAIM_RESERVED] = {'r', STYLE_RESERVED}, [CLAIM_SOLD] = {'.', STYLE_SOLD},
    [CLAIM_RETURNED] = {'=', STYLE_KEPT},     [CLAIM_BLOCKED] = {'x', STYLE_BLOCKED},
};

/* At both ends of a row. */
static const char *row_name(void *context, int row)
{
    const struct hall *hall = context;
    int32_t first = hall->first_of_row[row];

    return first < 0 ? "" : hall->plan->seats[first].row_name;
}

/* What is said on an empty row: the part of the hall that begins behind it, and its price. */
static const char *row_caption(void *context, int row)
{
    struct hall *hall = context;
    struct hall_part parts[HALL_PARTS_MAX];
    char text[CAPTION - 16] = "";

    if (hall->first_of_row[row] >= 0)
        return NULL;
    int n = hall_map_parts(hall, parts);
    for (int i = 0; i < n; i++)
        if (hall->plan->seats[parts[i].first].row == row + 1)
            hall_map_caption(hall, &parts[i], text, sizeof text);
    (void)snprintf(hall->caption, sizeof hall->caption, _("cross aisle  %s"), text);
    return hall->caption;
}

bool hall_map_init(struct hall *hall)
{
    const struct plan *plan = hall->plan;

    hall->cells = calloc(plan->n + 1, sizeof *hall->cells);
    hall->first_of_row = malloc(((size_t)plan->rows + 1) * sizeof *hall->first_of_row);
    if (!hall->cells || !hall->first_of_row)
        return false;
    for (int row = 0; row <= plan->rows; row++)
        hall->first_of_row[row] = -1;
    for (size_t i = plan->n; i-- > 0;)
        hall->first_of_row[plan->seats[i].row] = (int32_t)i;
    for (size_t i = 0; i < plan->n; i++)
        hall->cells[i] = (struct grid_cell){.row = plan->seats[i].row,
                                            .column = plan->seats[i].column,
                                            .number = plan->seats[i].number};
    hall->grid = (struct grid){.cells = hall->cells,
                               .n = plan->n,
                               .rows = plan->rows,
                               .columns = plan->columns,
                               .row_name = row_name,
                               .row_caption = row_caption,
                               .context = hall};
    return true;
}

void hall_map_fini(struct hall *hall)
{
    free(hall->cells);
    free(hall->first_of_row);
    hall->cells = NULL;
    hall->first_of_row = NULL;
}

/* What stands for a seat that is neither free nor in the own basket. */
static char glyph_of(const struct map_seat *seat, reservation_id chosen)
{
    char glyph = seat->offered ? 'o' : looks[seat->state].glyph;

    if (chosen.n == 0 || seat->reservation.n != chosen.n)
        return glyph;
    return glyph == '.' ? 'S' : (char)toupper((unsigned char)glyph);
}

static void fill_cell(struct grid_cell *cell, const struct plan_seat *place,
                      const struct map_seat *seat, reservation_id chosen)
{
    cell->numbered = seat->mine || seat->state == CLAIM_FREE;
    cell->glyph = glyph_of(seat, chosen);
    cell->style = seat->offered ? STYLE_OFFERED : looks[seat->state].style;
    cell->mark = 0;
    if (seat->mine) {
        cell->mark = '*';
        cell->style = STYLE_MINE;
    } else if (seat->state == CLAIM_FREE && place->kind != SEAT_STANDARD) {
        cell->mark = seat_kind_letter((enum seat_kind)place->kind);
        cell->style = STYLE_PLACE;
    }
}

void hall_map_fill(struct hall *hall)
{
    reservation_id chosen = hall->map->seats[hall->grid.at].reservation;

    for (size_t i = 0; i < hall->plan->n; i++)
        fill_cell(&hall->cells[i], &hall->plan->seats[i], &hall->map->seats[i], chosen);
}

void hall_map_go(struct hall *hall, seat_id seat)
{
    size_t at = plan_find_id(hall->plan, seat);

    if (at != PLAN_NONE)
        hall->grid.at = at;
}

/* How much a seat is worth to begin at: free ones first, places for wheelchairs after others. */
static int worth(const struct hall *hall, size_t at)
{
    if (hall->map->seats[at].state != CLAIM_FREE)
        return 0;
    return hall->plan->seats[at].kind == SEAT_STANDARD ? 2 : 1;
}

void hall_map_go_best(struct hall *hall)
{
    const struct plan_seat *seats = hall->plan->seats;
    size_t best = 0;

    for (size_t i = 1; i < hall->plan->n; i++) {
        int more = worth(hall, i) - worth(hall, best);
        if (more != 0 ? more > 0 : seats[i].distance < seats[best].distance)
            best = i;
    }
    hall->grid.at = best;
}

size_t hall_map_find(const struct hall *hall, const char *label)
{
    const char *block = hall->plan->blocks[hall->plan->seats[hall->grid.at].block];
    char tidy[LABEL_SIZE], whole[LABEL_SIZE + ZONE_SIZE];

    if (!text_tidy(label, tidy, sizeof tidy))
        return PLAN_NONE;
    (void)snprintf(whole, sizeof whole, "%s/%s", block, tidy);
    size_t at = plan_find_label(hall->plan, whole);
    return at != PLAN_NONE ? at : plan_find_label(hall->plan, tidy);
}

/* --- parts ----------------------------------------------------------------------------------- */

static int part_of(const struct hall_part *parts, int n, const struct plan_seat *seat)
{
    for (int i = 0; i < n; i++)
        if (parts[i].block == seat->block && parts[i].zone == seat->zone)
            return i;
    return -1;
}

/* Blocks that are sold at one price are told by their own name, else zones by theirs. */
static const char *name_of(const struct plan *plan, const struct plan_seat *seat)
{
    return plan->zones[seat->zone][0] ? plan->zones[seat->zone] : plan->blocks[seat->block];
}

int hall_map_parts(const struct hall *hall, struct hall_part parts[static HALL_PARTS_MAX])
{
    const struct plan *plan = hall->plan;
    int n = 0;

    for (size_t i = 0; i < plan->n; i++) {
        const struct plan_seat *seat = &plan->seats[i];
        int at = part_of(parts, n, seat);
        if (at < 0 && n < HALL_PARTS_MAX) {
            at = n++;
            parts[at] = (struct hall_part){seat->block, seat->zone, i, 0, name_of(plan, seat)};
        }
        if (at >= 0 && hall->map->seats[i].state == CLAIM_FREE)
            parts[at].free++;
    }
    return n;
}

void hall_map_next_part(struct hall *hall, int by)
{
    struct hall_part parts[HALL_PARTS_MAX];
    int n = hall_map_parts(hall, parts);
    int at = part_of(parts, n, &hall->plan->seats[hall->grid.at]);

    hall->grid.at = parts[(at + by + n) % n].first;
}

char *hall_map_caption(const struct hall *hall, const struct hall_part *part, char *buffer,
                       size_t size)
{
    char price[MONEY_TEXT] = "";

    if (hall->map->n_types > 0)
        money_format(hall->map->prices[part->zone][0], price, sizeof price);
    (void)snprintf(buffer, size, _("%s%s%s, %d free"), part->name, part->name[0] ? " " : "", price,
                   (int)part->free);
    return buffer;
}
