/*
 * A screen: a const table of functions in a file of its own, and the stack they stand on. A dialog
 * is a pushed screen, never a nested loop. Screens know each other by name (enum screen_id) alone.
 *
 * No screen waits: key() posts a verb or a read, hear() asks for a fresh read, answer() takes the
 * reply. All functions but open, draw and key may be NULL.
 */
#ifndef BOXOFFICE_TUI_SCREEN_H
#define BOXOFFICE_TUI_SCREEN_H

#include <stdbool.h>
#include <stddef.h>

#include "core/channel/hint.h"
#include "tui/action.h"
#include "tui/surface.h"
#include "tui/worker.h"

struct app;

/* What a screen is opened with; each takes what it needs. Zero is "none". */
struct screen_args {
    show_id show;
    hall_id hall;
    reservation_id reservation;
    entry_id entry;
    till_id till;
    int32_t number;       /* seats wanted, size of a party */
    char text[NAME_SIZE]; /* what is looked for; a question */
    struct picked_apart { /* hall: the pieces of RC_APART, not held */
        int32_t n, pieces;
        seat_id seats[SEATS_MAX];
    } apart;
    bool pay;      /* waiting: accept and pay; reservation: open at paying */
    bool exchange; /* reservation: exchange all its seats at once */
};

/* What came of a job that this screen posted. Everything in it is borrowed, but for `result`:
 * a screen that keeps it sets it to NULL and frees it itself with read_free. */
struct answer {
    const struct verb *verb; /* NULL: a read */
    const void *request, *reply;
    enum read_id read;
    const union read_args *args;
    void *result;
    int32_t tag;
    enum rc rc;
    const struct fault *fault;
};

struct screen {
    enum screen_id id;
    bool dialog;       /* drawn over what is beneath it */
    size_t state_size; /* of its state: zeroed before open, freed after close */
    void (*open)(struct app *app, void *state, const struct screen_args *args);
    void (*close)(struct app *app, void *state);
    /* Draws everything but the key bar (the bottom action_lines() rows), which the framework draws,
     * as it does a message over the third row from below. Nothing else may be done here. */
    void (*draw)(struct app *app, void *state, const struct surface *surface);
    /* Takes a key. `action` is what it means by the table. False: not used; then the framework does
     * what is the same everywhere (back, help, menu, find, calls, list, redraw). */
    bool (*key)(struct app *app, void *state, const struct key *key, enum action action);
    /* A scanner read this. False, or NULL: the sale that it belongs to is opened. */
    bool (*scan)(struct app *app, void *state, const char *text);
    /* Has a text field the focus? Then letters are text. */
    bool (*typing)(struct app *app, const void *state);
    /* A hint came, or the timer found that a show has another rev (kind HINT_SEATS), or everything
     * may be stale (kind HINT_PROGRAMME, show 0). */
    void (*hear)(struct app *app, void *state, const struct hint *hint);
    void (*answer)(struct app *app, void *state, struct answer *answer);
    /* Once a second, and at screen_tick's answer: counts down, asks for what is due. */
    void (*tick)(struct app *app, void *state, when_ms now);
    /* Shows on the screen with the revs drawn: the timer compares. Adds to `revs`. */
    void (*shown)(struct app *app, const void *state, struct read_revs *revs);
};

#endif
