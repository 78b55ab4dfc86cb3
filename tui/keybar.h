/* The key bar: what the keys of a screen do. */
#ifndef BOXOFFICE_TUI_KEYBAR_H
#define BOXOFFICE_TUI_KEYBAR_H

#include <stdint.h>

#include "tui/action.h"
#include "tui/surface.h"

/*
 * Draws one line of a screen's key bar (from 0) over a row of the surface. Words that have no room
 * are left out, but never the way back and help. `enter` is said strongly in place of Enter's word;
 * NULL: that word. `without`: 1 << action of what does nothing at present and is left out.
 */
void keybar_line(const struct surface *surface, int row, enum screen_id screen, int line,
                 const char *enter, uint64_t without);

#endif
