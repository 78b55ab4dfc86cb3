/* How each screen of the registry is reached from today, on the house of test_shapes.c, and what it
 * shows then. */
#ifndef BOXOFFICE_TESTS_SCREENS_SCENES_H
#define BOXOFFICE_TESTS_SCREENS_SCENES_H

#include "tui/action.h"

enum { STEPS = 5, SHOWN = 3 };

/* Keys, and what stands there then; without keys `shows` is chosen in the menu. */
struct step {
    const char *keys, *shows;
};

/* How a screen is reached from today, the cursor on the show, and what it shows then. */
struct scene {
    const char *title; /* in the head line; of a dialog in its frame */
    struct step steps[STEPS];
    const char *shown[SHOWN]; /* which no size may lose */
    const char *focus;        /* in the row of the hardware cursor; NULL: there is none */
    const char *help;         /* how its key bar writes the key of help; NULL: not there */
    const char *leave;        /* typed before Esc */
};

/* By the screen; one without a scene has no title. */
extern const struct scene scenes[SCREEN_COUNT];

#endif
