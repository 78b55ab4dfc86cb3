/*
 * The afternoon that the three screens are drawn on: half past two, a hall with a party called,
 * seats kept for another, a basket parked by Tom, who calls for the show before. No demo, so that
 * nothing says so.
 */
#ifndef BOXOFFICE_TESTS_SCREENS_AFTERNOON_H
#define BOXOFFICE_TESTS_SCREENS_AFTERNOON_H

#include "tests/kit/stage.h"

enum { AFTERNOON_ROWS = 15 };

/* The hall as it is drawn, from the row nearest to the screen on. */
extern const char *const afternoon_hall[AFTERNOON_ROWS];

/* Makes it, opens counter-1 at 24 x 80, signs Mira in and waits until all is as drawn. */
void afternoon_open(struct stage *made, struct pty *one);

#endif
