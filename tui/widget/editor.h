/*
 * A line editor: one line of text, edited grapheme by grapheme. It knows what the door refuses
 * (control, bidirectional, zero-width) and never cuts what does not fit: it is not taken.
 */
#ifndef BOXOFFICE_TUI_WIDGET_EDITOR_H
#define BOXOFFICE_TUI_WIDGET_EDITOR_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/rc.h"
#include "tui/key.h"
#include "tui/surface.h"

enum { EDITOR_MAX = 512 };

struct editor {
    char text[EDITOR_MAX]; /* NUL-ended */
    size_t limit;          /* bytes, without the NUL */
    size_t at;             /* the cursor, a byte offset at a grapheme's beginning */
    int scroll;            /* cells cut at the left, kept by drawing */
    bool secret;           /* shown as stars */
    bool touched;          /* a key has changed the text */
    char told[64];         /* why the last key was refused; "" */
};

/* An empty line of at most `limit` bytes (below EDITOR_MAX). */
void editor_init(struct editor *editor, size_t limit);

/* Puts text there, cursor at its end. False, and unchanged, when it is too long or refused. */
bool editor_set(struct editor *editor, const char *text);

/* Takes a key: characters, paste (bounded, line ends become blanks), Backspace, Delete, arrows,
 * words, Home, End, Ctrl-A E U K W D. True: used, and editor->told says if something was refused.
 */
bool editor_key(struct editor *editor, const struct key *key);

/* Draws it in `cells` cells, scrolled so that the cursor is seen; with `focus` the hardware cursor
 * stands there. */
void editor_draw(struct editor *editor, const struct surface *surface, int row, int column,
                 int cells, bool focus);

#endif
