/* A form: labelled line editors one below the other, Tab and arrows between them. */
#ifndef BOXOFFICE_TUI_WIDGET_FORM_H
#define BOXOFFICE_TUI_WIDGET_FORM_H

#include "tui/widget/editor.h"

enum { FORM_FIELDS = 8 };

struct form_field {
    const char *label; /* static */
    const char *hint;  /* what may stand here, behind the field; may be NULL */
    struct editor editor;
};

struct form {
    int n, at;
    struct form_field fields[FORM_FIELDS];
};

/* Adds a field of at most `limit` bytes. Returns its index. */
int form_add(struct form *form, const char *label, const char *hint, size_t limit);

/* What stands in a field; borrowed. */
const char *form_text(const struct form *form, int field);

/* Has a key changed the text of a field? */
bool form_touched(const struct form *form);

/* Takes a key; Tab, Down and Up move between fields. True: used. Enter and Esc are the caller's. */
bool form_key(struct form *form, const struct key *key);

/* Draws the fields from `row` on, one a row; returns the row behind the last. */
int form_draw(struct form *form, const struct surface *surface, int row, int column);

#endif
