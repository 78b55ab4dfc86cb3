/* What a terminal of tests/kit/pty.h shows at a moment: every cell with its attributes. */
#ifndef BOXOFFICE_TESTS_KIT_SHOT_H
#define BOXOFFICE_TESTS_KIT_SHOT_H

#include "tests/kit/pty.h"

enum { SHOT_CELLS = 60 * 200 };

struct shot {
    int rows, columns;
    bool cursor_shown;
    VTermPos cursor;
    VTermScreenCell cells[SHOT_CELLS];
};

/* How a terminal differs from a shot of it. */
enum shot_change {
    SHOT_SAME,
    SHOT_TIME, /* by digits and blanks alone, as when a minute has passed */
    SHOT_OTHER
};

/* Takes one; a larger terminal fails the test. */
void shot_take(struct shot *shot, struct pty *pty);

/* Compares; `*row` gets a row that differs most. */
enum shot_change shot_compare(const struct shot *shot, struct pty *pty, int *row);

/* A row's text, a character a cell, '~' for what is no ASCII; in a static buffer. */
const char *shot_row(const struct shot *shot, int row);

/* Is any cell coloured? Does any hold what is no ASCII? */
bool shot_coloured(struct pty *pty);
bool shot_all_ascii(struct pty *pty);

/* The first row with an amount or a time that is cut ("18.0", "19:4"), in a static buffer; NULL:
 * there is none. */
const char *shot_cut(struct pty *pty);

#endif
