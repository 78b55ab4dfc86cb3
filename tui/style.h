/*
 * Styles by meaning: what a cell says, never which colour. Every state has a letter as well, so
 * that mono and NO_COLOR lose nothing. The palette is blue, orange and white: safe for colour-blind
 * eyes.
 */
#ifndef BOXOFFICE_TUI_STYLE_H
#define BOXOFFICE_TUI_STYLE_H

#include <stdbool.h>
#include <stdint.h>

/* Attributes of a style, for any terminal. */
enum { LOOK_PLAIN = 0, LOOK_BOLD = 1, LOOK_DIM = 2, LOOK_REVERSE = 4, LOOK_UNDERLINE = 8 };

/* X(name, attributes, mono attributes, 16: fg, bg, 256: fg, bg; -1: the terminal's own) */
#define STYLES(X)                                                                                \
    X(NORMAL, 0, 0, -1, -1, -1, -1)                                                              \
    X(HEAD, LOOK_BOLD, LOOK_BOLD, -1, -1, -1, -1)         /* head line of a screen */            \
    X(FAINT, 0, 0, 6, -1, 245, -1)                        /* rules, captions, what is over */    \
    X(STRONG, LOOK_BOLD, LOOK_BOLD, -1, -1, -1, -1)       /* totals, what is to be read first */ \
    X(CHOSEN, LOOK_REVERSE, LOOK_REVERSE, -1, -1, -1, -1) /* the row under the cursor */         \
    X(OTHER_DAY, LOOK_REVERSE, LOOK_REVERSE, 3, -1, 214, -1) /* not today */                     \
    X(KEY, LOOK_BOLD, LOOK_BOLD, 3, -1, 214, -1)             /* a key in the bar */              \
    X(GOOD, LOOK_BOLD, LOOK_BOLD, 6, -1, 75, -1)             /* done */                          \
    X(WARN, LOOK_BOLD, LOOK_BOLD, 3, -1, 214, -1)            /* refused, late, trouble */        \
    X(CALL, LOOK_BOLD, LOOK_BOLD, 3, -1, 214, -1)            /* a call to make */                \
    X(FIELD, LOOK_UNDERLINE, LOOK_UNDERLINE, -1, -1, -1, -1) /* a text field */                  \
    X(FREE, LOOK_BOLD, LOOK_BOLD, -1, -1, -1, -1)            /* seats: free */                   \
    X(MINE, LOOK_BOLD | LOOK_REVERSE, LOOK_BOLD | LOOK_REVERSE, 6, -1, 75, -1)                   \
    X(SOLD, 0, LOOK_DIM, 4, -1, 242, -1)                                                         \
    X(HELD, 0, 0, 3, -1, 179, -1)                                                                \
    X(RESERVED, 0, 0, 4, -1, 69, -1)                                                             \
    X(OFFERED, LOOK_BOLD, LOOK_BOLD, 3, -1, 214, -1)                                             \
    X(KEPT, 0, 0, 3, -1, 214, -1)                                                                \
    X(BLOCKED, 0, LOOK_DIM, 4, -1, 242, -1)                                                      \
    X(PLACE, LOOK_BOLD, LOOK_BOLD, 6, -1, 117, -1)        /* wheelchair, companion */            \
    X(CURSOR, LOOK_REVERSE, LOOK_REVERSE, -1, -1, -1, -1) /* the seat under the cursor */        \
    X(FULL, 0, 0, 6, -1, 75, -1)                          /* the bar of how full a hall is */

enum style {
#define STYLE_ENUM(name, ...) STYLE_##name,
    STYLES(STYLE_ENUM)
#undef STYLE_ENUM
        STYLE_COUNT
};

/* How many colours a terminal shows. */
enum style_depth { DEPTH_MONO, DEPTH_16, DEPTH_256 };

struct style_row {
    uint8_t attributes; /* of LOOK_BOLD, ... */
    int16_t foreground, background;
};

/* Does a blank of this style look as any other blank does, on every terminal? */
bool style_blank_is_plain(enum style style);

/* What a style looks like at a depth. */
struct style_row style_row(enum style style, enum style_depth depth);

#endif
