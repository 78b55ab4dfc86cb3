/* How each screen of the registry is reached from today, on a house of their own, and what it shows
 * then. */
#ifndef BOXOFFICE_TESTS_SCREENS_SCENES_H
#define BOXOFFICE_TESTS_SCREENS_SCENES_H

#include "tests/kit/front.h"
#include "tui/screen.h"

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

/* The house: a front with people, an open till, a reservation, and an offer to a party. */
void scene_house(struct front *front);

/* The four keys of a sale, from today. */
void scene_sell(struct pty *pty);

/* From today to a screen, and from there back to today with an empty basket. A screen without a
 * scene fails the test, as does what never comes. */
void scene_play(struct pty *pty, enum screen_id id);
void scene_leave(struct pty *pty, const struct scene *scene);

/* Does the text stand in a row? */
bool scene_row_has(struct pty *pty, int row, const char *text);

/* Fails the test, naming the scene that was played last and with the glass, unless something holds.
 */
void scene_want(struct pty *pty, bool holds, const char *what);

/* Wants head line, key bar, and the rule above it, unless a dialog lies over that. */
void scene_want_frame(struct pty *pty, const struct screen *screen, const struct scene *scene);

#endif
