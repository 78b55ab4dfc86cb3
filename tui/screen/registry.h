/* Every screen, the bottom one first. */
#ifndef BOXOFFICE_TUI_SCREEN_REGISTRY_H
#define BOXOFFICE_TUI_SCREEN_REGISTRY_H

#include "tui/screen.h"

/* Ended by NULL; the first is the one that the box office opens with. */
extern const struct screen *const registry_screens[];

#endif
