/* A seat in words: what it is, who has it, until when, and what a walk-up may be told. */
#ifndef BOXOFFICE_TUI_SCREEN_HALL_TELL_H
#define BOXOFFICE_TUI_SCREEN_HALL_TELL_H

#include "tui/screen/hall.h"

enum { HALL_TELL = 480 };

struct hall_told {
    char title[128];     /* "F5 offered to the list" */
    char who[192];       /* "Ødegård, 2 people"; may be "" */
    char say[HALL_TELL]; /* until when and what may be said; may be "" */
};

/* Tells the seat under the cursor. */
void hall_tell_seat(struct app *app, const struct hall *hall, struct hall_told *told);

/* Tells in one line how the basket's seats lie: "G9-10, no single seat left". Returns buffer. */
char *hall_tell_shape(const struct app *app, const struct hall *hall, char *buffer, size_t size);

/* Tells the pieces of hall->apart: "F3-4, K7". Returns buffer. */
char *hall_tell_apart(const struct hall *hall, char *buffer, size_t size);

#endif
