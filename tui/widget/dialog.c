#include "tui/widget/dialog.h"

static int least(int a, int b)
{
    return a < b ? a : b;
}

struct surface dialog_box(const struct surface *surface, int rows, int columns, const char *title)
{
    int high = least(rows, surface->rows), wide = least(columns, surface->columns);
    struct surface box = surface_part(surface, (surface->rows - high) / 2,
                                      (surface->columns - wide) / 2, high, wide);

    for (int row = 0; row < high; row++)
        surface_fill(&box, row, 0, wide, STYLE_NORMAL, " ");
    for (int edge = 0; edge < 2; edge++) {
        surface_fill(&box, edge ? high - 1 : 0, 1, wide - 2, STYLE_FAINT, "─");
        for (int row = 1; row + 1 < high; row++)
            surface_put(&box, row, edge ? wide - 1 : 0, STYLE_FAINT, "│");
    }
    surface_put(&box, 0, 0, STYLE_FAINT, "┌");
    surface_put(&box, 0, wide - 1, STYLE_FAINT, "┐");
    surface_put(&box, high - 1, 0, STYLE_FAINT, "└");
    surface_put(&box, high - 1, wide - 1, STYLE_FAINT, "┘");
    if (title && *title)
        surface_printf(&box, 0, 2, STYLE_HEAD, " %s ", title);
    return surface_part(&box, 1, 2, high - 2, wide - 4);
}
