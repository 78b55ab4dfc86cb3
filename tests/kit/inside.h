/*
 * The screens without a terminal, in the test's own process: keys go straight to the framework, the
 * worker's threads are real, and what is drawn is read from the cells. So a test may look at what
 * the terminal knows, and move its time.
 */
#ifndef BOXOFFICE_TESTS_KIT_INSIDE_H
#define BOXOFFICE_TESTS_KIT_INSIDE_H

#include "tests/kit/stage.h"
#include "tui/framework.h"

struct inside {
    struct app app;
    struct canvas canvas;
    char text[4096]; /* of inside_row */
};

/* Opens today on the stage's database as that terminal, 24 x 80. */
void inside_open(struct inside *inside, struct stage *stage, const char *terminal);
/* Ends the worker and frees all; the basket keeps its hold. */
void inside_fini(struct inside *inside);

/* Types characters: Enter is \r, Esc \033, all else as it stands. */
void inside_type(struct inside *inside, const char *keys);

/* One round of the loop: timers, reads, at most `limit_ms` for an answer, and a new drawing. */
void inside_turn(struct inside *inside, int limit_ms);

/* The text of a row without blanks at its end. Borrowed until the next call. */
const char *inside_row(struct inside *inside, int row);

/* Rounds until a row holds `text`, or none does; fails the test after five seconds. */
void inside_wait_text(struct inside *inside, const char *text);
void inside_wait_gone(struct inside *inside, const char *text);

#endif
