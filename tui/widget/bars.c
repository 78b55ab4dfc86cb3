#include "tui/widget/bars.h"

void bars_full(const struct surface *surface, int row, int column, int cells, int64_t part,
               int64_t whole)
{
    int64_t filled = whole > 0 ? part * cells / whole : 0;

    if (part > 0 && filled == 0)
        filled = 1;
    if (part >= whole)
        filled = cells;
    else if (filled >= cells)
        filled = cells - 1;
    surface_fill(surface, row, column, (int)filled, STYLE_FULL, "█");
    surface_fill(surface, row, column + (int)filled, cells - (int)filled, STYLE_FAINT, "░");
}
