/* Bars: how full something is. */
#ifndef BOXOFFICE_TUI_WIDGET_BARS_H
#define BOXOFFICE_TUI_WIDGET_BARS_H

#include <stdint.h>

#include "tui/surface.h"

/* A bar of `cells` cells, `part` of `whole` of them filled; a full bar only when all are. */
void bars_full(const struct surface *surface, int row, int column, int cells, int64_t part,
               int64_t whole);

#endif
