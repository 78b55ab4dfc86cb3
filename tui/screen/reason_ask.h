/* Asks on the lines above the key bar why money goes back: a digit, or a text of one's own. */
#ifndef BOXOFFICE_TUI_SCREEN_REASON_ASK_H
#define BOXOFFICE_TUI_SCREEN_REASON_ASK_H

#include "tui/app.h"
#include "tui/widget/editor.h"

struct reason_ask {
    bool asking;  /* the digits stand there */
    bool writing; /* the text field has the focus */
    struct editor text;
};

/* What a key came to. GIVEN: `reason` is filled, and nothing is asked any more. */
enum reason_came { REASON_CAME_NONE, REASON_CAME_GIVEN, REASON_CAME_LEFT };

/* Begins to ask; what was typed ahead is no answer to it. */
void reason_ask_open(struct app *app, struct reason_ask *ask);

/* Takes a key while it asks. Enter is an answer to the text alone, where it is not empty. */
enum reason_came reason_ask_key(struct app *app, struct reason_ask *ask, const struct key *key,
                                enum action action, char reason[static REFERENCE_SIZE]);

/* Draws the line of the digits, or the field. */
void reason_ask_draw(struct reason_ask *ask, const struct surface *surface, int row);

#endif
