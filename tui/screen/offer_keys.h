/*
 * The keys for a waiting party, the same wherever it stands in a list: I call, accepted, declined,
 * no answer, accept and pay, leaves the list (asks), undo (of the last of these made at this
 * terminal, until a party behind it is served).
 */
#ifndef BOXOFFICE_TUI_SCREEN_OFFER_KEYS_H
#define BOXOFFICE_TUI_SCREEN_OFFER_KEYS_H

#include "tui/app.h"

/* Kept in the state of a screen; all zero at first. */
struct offer_keys {
    entry_id asked; /* x was pressed: y takes it off its list; id 0: no question is open */
    char asked_name[NAME_SIZE];
    char name[NAME_SIZE]; /* of `served` */
    show_id show;         /* whose list `undo` is for; id 0: that of the last one served */
    entry_id served;      /* the last one that something was done to; id 0: none on this screen */
    const struct verb *done; /* what; NULL: nothing yet */
};

/* Takes a key for the party under the cursor (NULL: none). True: it was one of these. */
bool offer_keys_press(struct app *app, struct offer_keys *keys, const struct waiting_row *row,
                      enum action action);

/* Takes the answer of a verb of these keys and says what came of it. True: it was one. */
bool offer_keys_answer(struct app *app, struct offer_keys *keys, const struct answer *answer);

/* The question that is open, on its row. False: there is none, and nothing was drawn. */
bool offer_keys_question(const struct offer_keys *keys, const struct surface *surface, int row);

#endif
