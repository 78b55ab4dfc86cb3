#include "tui/screen/hall_legend.h"

#include <stdio.h>

#include "core/base/text.h"
#include "core/base/words.h"

enum { ITEM = 48, GAP = 3, COUNTED_FROM = 104 };

enum {
    LEGEND_FREE,
    LEGEND_WHEELCHAIR,
    LEGEND_COMPANION,
    LEGEND_MINE,
    LEGEND_CURSOR,
    LEGEND_SOLD,
    LEGEND_RESERVED,
    LEGEND_HELD,
    LEGEND_OFFERED,
    LEGEND_KEPT,
    LEGEND_BLOCKED,
    LEGENDS
};

static const struct {
    const char *glyph, *word;
    enum style style;
    int line; /* at 80 columns */
} legends[LEGENDS] = {
    [LEGEND_FREE] = {"", N_("free"), STYLE_FREE, 0},
    [LEGEND_WHEELCHAIR] = {"w", N_("wheelchair"), STYLE_PLACE, 0},
    [LEGEND_COMPANION] = {"c", N_("companion"), STYLE_PLACE, 0},
    [LEGEND_MINE] = {"*", N_("mine"), STYLE_MINE, 0},
    [LEGEND_CURSOR] = {">", N_("cursor"), STYLE_STRONG, 0},
    [LEGEND_SOLD] = {".", N_("sold"), STYLE_SOLD, 0},
    [LEGEND_RESERVED] = {"r", N_("reserved"), STYLE_RESERVED, 0},
    [LEGEND_HELD] = {"h", N_("held elsewhere"), STYLE_HELD, 1},
    [LEGEND_OFFERED] = {"o", N_("offered to the list"), STYLE_OFFERED, 1},
    [LEGEND_KEPT] = {"=", N_("kept for the list"), STYLE_KEPT, 1},
    [LEGEND_BLOCKED] = {"x", N_("blocked"), STYLE_BLOCKED, 1},
};

static void count(const struct hall *hall, int counts[static LEGENDS])
{
    static const int of_state[] = {
        [CLAIM_FREE] = LEGEND_FREE,         [CLAIM_HELD] = LEGEND_HELD,
        [CLAIM_RESERVED] = LEGEND_RESERVED, [CLAIM_SOLD] = LEGEND_SOLD,
        [CLAIM_RETURNED] = LEGEND_KEPT,     [CLAIM_BLOCKED] = LEGEND_BLOCKED,
    };

    for (size_t i = 0; i < hall->map->n; i++) {
        const struct map_seat *seat = &hall->map->seats[i];
        int kind = hall->plan->seats[i].kind;
        if (seat->state == CLAIM_FREE && kind == SEAT_WHEELCHAIR)
            counts[LEGEND_WHEELCHAIR]++;
        else if (seat->state == CLAIM_FREE && kind == SEAT_COMPANION)
            counts[LEGEND_COMPANION]++;
        else
            counts[seat->mine      ? LEGEND_MINE
                   : seat->offered ? LEGEND_OFFERED
                                   : of_state[seat->state]]++;
    }
}

void hall_legend_draw(const struct hall *hall, const struct surface *surface)
{
    int counts[LEGENDS] = {0}, column = 1, row = 0;
    char text[ITEM];

    count(hall, counts);
    for (int i = 0; i < LEGENDS; i++) {
        bool counted = surface->columns >= COUNTED_FROM && i != LEGEND_FREE && counts[i] > 0;
        if (i == LEGEND_FREE)
            (void)snprintf(text, sizeof text, ngettext("%d free", "%d free", (unsigned)counts[i]),
                           counts[i]);
        else if (counted)
            (void)snprintf(text, sizeof text, "%s %d", _(legends[i].word), counts[i]);
        else
            (void)snprintf(text, sizeof text, "%s", _(legends[i].word));
        int glyph = legends[i].glyph[0] ? 2 : 0;
        if (legends[i].line > row || column + glyph + text_cells(text) > surface->columns) {
            row++;
            column = 1;
        }
        if (glyph)
            surface_put(surface, row, column, legends[i].style, legends[i].glyph);
        column = surface_put(surface, row, column + glyph,
                             i == LEGEND_FREE ? STYLE_FREE : STYLE_NORMAL, text) +
                 GAP;
    }
}
