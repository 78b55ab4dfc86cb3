/* Number and PIN, typed by somebody who signs in or approves: the form, and what comes of it. */
#ifndef BOXOFFICE_TUI_SCREEN_PIN_FORM_H
#define BOXOFFICE_TUI_SCREEN_PIN_FORM_H

#include "tui/app.h"
#include "tui/widget/form.h"

enum { PIN_FORM_NUMBER, PIN_FORM_PIN };

struct pin_form {
    struct form form;
    bool approves;   /* for another's verb, not to sign in */
    bool offered[2]; /* what stands in a field was not typed: the first digit takes its place */
    int32_t number;
    enum tone tone;
    char told[160]; /* what came of the last try; "" */
};

/* Two empty fields; with a number (0: none) it stands there, and the PIN is asked for. */
void pin_form_open(struct pin_form *pins, int32_t number, bool approves);
/* Puts a text into a field as if it had been typed, until something is. */
void pin_form_offer(struct pin_form *pins, int field, const char *text);
/* Overwrites what was typed. */
void pin_form_close(struct pin_form *pins);

/* Takes a key: Enter tries, digits are typed, anything else is swallowed but what it returns false
 * for: Esc and F1. */
bool pin_form_key(struct app *app, struct pin_form *pins, const struct key *key,
                  enum action action);

/* Takes an answer. True: the PIN was right and counted, and `reply` is the verb's. Else it goes on,
 * or says in `told` why not. */
bool pin_form_answer(struct app *app, struct pin_form *pins, const struct answer *answer,
                     struct sign_in_reply *reply);

/* Draws the fields and what was told; returns the row behind. */
int pin_form_draw(struct pin_form *pins, const struct surface *surface, int row, int column);

#endif
