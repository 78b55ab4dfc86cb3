/*
 * The framework's own state behind struct app, shared by its files and the loop alone. Screens see
 * app.h.
 */
#ifndef BOXOFFICE_TUI_FRAMEWORK_H
#define BOXOFFICE_TUI_FRAMEWORK_H

#include "core/channel/channel.h"
#include "tui/app.h"
#include "tui/canvas.h"
#include "tui/duty.h"
#include "tui/printing.h"

enum { SLOTS_MAX = 32, FRAME_MS = 16, WORKING_MS = 150, FRESH_MS = 6000 };

/* One screen on the stack. */
struct frame {
    const struct screen *screen;
    uint64_t serial;
    void *state;
    bool holds_keys;
    int64_t held_ms; /* since when it holds them */
};

/* One read that a screen wants: under way, or to be repeated. */
struct slot {
    bool used, under_way, wanted;
    uint64_t owner;
    enum read_id read;
    int32_t tag;
    int64_t posted_ms;
    int64_t stale_ms; /* since when what it showed was no longer known to be so; 0: it is */
    int64_t asked_ms; /* the same for what was asked for while it was under way */
    union read_args args;
};

/* What Enter belongs to a scan. */
enum scan_end { SCAN_END_NONE, SCAN_END_ANY, SCAN_END_LF };

struct framework {
    struct worker *worker;   /* NULL at the end, when the screens are closed */
    struct channel *channel; /* NULL: timer mode */
    bool deaf;               /* it is wanted and could not be opened */
    const struct screen *const *screens;

    struct frame stack[STACK_MAX];
    int depth;
    uint64_t serial; /* last one given */
    uint64_t owner;  /* the screen on whose behalf a function runs; 0: the terminal itself */

    struct slot slots[SLOTS_MAX];

    bool verb_at_work; /* the user's */
    enum keeping keeping;
    int64_t verb_ms; /* when it was posted */
    char verb_key[KEY_SIZE];
    struct job *pending; /* refused until somebody approves it; NULL: none */
    enum keeping pending_keeping;
    int64_t key_ms;  /* when a key came last */
    bool lock_keeps; /* the basket's hold is kept up because of the lock alone */
    struct key kept[KEYS_KEPT];
    int n_kept, n_lost;
    int64_t keys; /* that were pressed so far */
    bool pass;    /* the key goes on to the screen below */

    struct scan_reader scan; /* a scan that is not whole yet */
    enum scan_end scan_end;

    struct printing printing;

    enum tone tone;
    char message[MESSAGE_SIZE];

    when_ms clock;    /* the engine's, as the last answer told it */
    int64_t clock_ms; /* the monotonic one at that moment */

    show_id getting; /* the first show of the parked basket that is being taken up */
    int64_t touch_sent_ms, kept_ms;
    bool rung; /* the bell at eight minutes of paying */
    int64_t revs_ms, tick_ms;
    bool asked_revs;
    int64_t revs_asked_ms, revs_ok_ms; /* when they were asked for last, and last came */
    int64_t away_ms;                   /* since when the server is away; 0: it is there */
    char away[FAULT_TEXT];             /* why */
    bool reading;                      /* a screen takes the answer to a read */
    bool venue_known;                  /* what the box office is was read */
    bool redraw, forget, suspend, quit, bell;
    struct fault end;    /* why it ends by itself */
    struct founded next; /* the box office to go on with; "": none */

    struct duty duty;
};

/* Prepares `app` with the framework's storage; `screens` is borrowed. RC_NO_MEMORY. */
enum rc framework_init(struct app *app, const struct screen *const *screens, struct fault *why);
/* Closes all screens and frees what the framework has, but worker and channel. */
void framework_fini(struct app *app);

/* The bottom screen and, where staff signs in, the sign-in over it. */
void framework_begin(struct app *app);

/* Takes the top screen off, whatever it is. */
void framework_pop(struct app *app);

/* Is it locked, or nobody signed in? Then no screen opens or closes but by app_signed_in. */
bool framework_locked(const struct app *app);
/* Locks when no key came for so long. */
void framework_idle(struct app *app);
/* The staff as the database has it now, which is taken from the job: somebody may have left, or be
 * the first. */
void framework_staff(struct app *app, struct job *job);
/* A user's verb came back: takes the job when it has to be approved first. True: it did. */
bool framework_approval(struct app *app, struct job *job);
/* What came of a user's verb goes to whom it belongs. */
void framework_deliver(struct app *app, struct job *job);

/* The top of the stack, NULL when it is empty. */
struct frame *framework_top(struct app *app);
/* The frame with that serial, NULL when it is gone. */
struct frame *framework_frame(struct app *app, uint64_t serial);

/* A key came: it is answered, or kept while a verb works. */
void framework_key(struct app *app, const struct key *key);
/* A key that is no part of a scan. */
void framework_typed(struct app *app, const struct key *key);
/* What a scanner read is acted upon (PRESS_SCAN). */
void framework_scanned(struct app *app, const struct key *key);
/* The keys kept are answered, until one has to wait again. */
void framework_replay(struct app *app);
/* Are keys kept at present? `action` tells whether it only moves. */
bool framework_keeps(const struct app *app, enum action action, bool typing);

/* A job came back: publishes its hints and gives it to whom it belongs. Frees it. */
void framework_answer(struct app *app, struct job *job);
/* Gives a hint to every screen and to the terminal's duties. */
void framework_hear(struct app *app, const struct hint *hint);
/* Posts a job that belongs to the terminal itself (owner 0). Without memory nothing happens. */
void framework_post(struct app *app, struct job *job, int32_t tag);
/* Posts the reads that are wanted and due. */
void framework_flush(struct app *app);
/* Forgets what a closed screen wanted. */
void framework_forget_reads(struct app *app, uint64_t owner);
/* Once a round: ticks, timers, what is due. */
void framework_time(struct app *app);
/* When framework_time wants to be called next, monotonic ms. */
int64_t framework_deadline(const struct app *app);

/* A read was asked for, and came back; at the reads lane's pace. `slot` may be NULL. */
void fresh_wanted(struct slot *slot, int64_t now_ms);
void fresh_came(struct slot *slot, enum rc rc);
/* Asks again for what could not be read. */
void fresh_retry(struct app *app);
/* How long what is on the screens has not been known to be so, in ms; 0: it is. */
int64_t fresh_age(const struct framework *fw, int64_t now_ms);
/* "map 12 s old" when that is worth a word (FRESH_MS), else ""; for the screen given. */
char *fresh_say(const struct app *app, enum screen_id screen, char *buffer, size_t size);

/* Learns from an answer whether the server is there; when it is back everything is read anew. */
void away_seen(struct app *app, const struct job *job);
/* Asks what the box office is, unless that is known. */
void away_ask_venue(struct app *app);
/* Takes the answer to that; ends the program when there is no box office. */
void away_venue(struct app *app, const struct job *job);
/* What staff are told while the server is away; "" when it is there. */
const char *away_say(const struct app *app, char *buffer, size_t size);

/* Draws the stack, key bar and message line onto the canvas. */
void framework_draw(struct app *app, struct canvas *canvas);

/* The basket as the database tells it after a job of its own. */
void framework_basket(struct app *app, const struct job *job);
/* Begins a fresh basket, untouched from now on. */
void framework_basket_new(struct app *app);
/* Gives the basket's seats back, and begins a fresh one. */
void framework_basket_back(struct app *app);
/* Ends an exchange that nobody goes on with. */
void framework_exchange_idle(struct app *app);
/* A basket was parked or taken up, or was not. */
void framework_parked(struct app *app, const struct job *job);
/* The list of parked baskets came: it is kept; one parked here that ended meanwhile is told. */
void framework_parked_read(struct app *app, struct job *job);
/* Once a second: keeps up the hold of an open payment. */
void framework_keep(struct app *app);
/* The new end of the basket's hold after a touch. */
void framework_touched(struct app *app, const struct job *job);
/* Compares the revs that the database has with what the screens showed when they were asked. */
void framework_revs(struct app *app, const struct read_revs *shown, const struct read_revs *now);

#endif
