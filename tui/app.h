/*
 * What all screens share, and the services of the framework that they call: who this terminal is,
 * its basket, the clock, verbs and reads, the stack of screens, the message line.
 */
#ifndef BOXOFFICE_TUI_APP_H
#define BOXOFFICE_TUI_APP_H

#include "core/base/settings.h"
#include "core/desk/owed.h"
#include "core/desk/park.h"
#include "core/desk/report.h"
#include "core/desk/staff.h"
#include "core/desk/tickets.h"
#include "tui/basket.h"
#include "tui/screen.h"

enum { STACK_MAX = 12, KEYS_KEPT = 8, MESSAGE_SIZE = 320 };

/* How keys typed while a verb works are treated. */
enum keeping {
    KEEP_ALL,   /* the answer opens or changes a screen: every key is kept for it */
    KEEP_ACTING /* in place: moving about goes on, the rest is kept */
};

/* Seats of a reservation that are exchanged: the new ones are taken into the basket, and the
 * payment does it. */
struct app_exchange {
    int32_t n; /* seats given; 0: none is under way */
    reservation_id reservation;
    show_id show;
    char code[CODE_SIZE];
    bool sold; /* else nothing is paid yet */
    seat_id seats[SEATS_MAX];
    type_id types[SEATS_MAX];
    char labels[128];
    money amount; /* that they cost */
};

/* What the message line says it with. */
enum tone { TONE_PLAIN, TONE_GOOD, TONE_WARN };

struct frame; /* one screen on the stack */

/* Who is signed in; number 0: nobody. */
struct app_person {
    int32_t number;
    enum role role;
    char name[STAFF_NAME_SIZE];
};

/* Facts for screens to read; only the framework writes them, but where said. */
struct app {
    const struct settings *settings;
    const char *terminal;
    int32_t operator_number; /* of who is signed in; without staff the configuration's */
    bool staffed;            /* the box office has staff, so somebody signs in */
    struct app_person person;
    struct staff_list *staff; /* who works here; NULL before they are read */
    const char *pepper_file;
    bool demo, training; /* a copy to train on */
    char currency[4];
    int rows, columns;

    struct basket basket;
    struct app_exchange exchange;
    struct parked_list *parked; /* on all terminals, oldest first; NULL before they are read */
    struct owed_list unprinted; /* sales of this terminal whose tickets did not come out */
    struct waiting_list *calls; /* calls to make, soonest first; NULL before they are read */
    char trouble[80];           /* "nobody assigns"; "" */
    bool till_known;            /* it has been read once */
    struct till till;           /* of this terminal's drawer, id 0: none is open */

    struct framework *framework; /* its own: stack, jobs, keys kept */
};

/* --- the clock ------------------------------------------------------------------------------ */

/* The engine's clock now, carried on by the monotonic one between answers. */
when_ms app_now(const struct app *app);

/* --- screens -------------------------------------------------------------------------------- */

/* Opens a screen on top. `args` may be NULL. A screen that is not in the registry says so. */
void app_open(struct app *app, enum screen_id id, const struct screen_args *args);
/* Opens it in the place of the top one. */
void app_replace(struct app *app, enum screen_id id, const struct screen_args *args);
/* Closes the top screen; the bottom one stays. */
void app_back(struct app *app);
/* Closes all but the bottom one (today). */
void app_home(struct app *app);
/* Ends the program: gives the basket back first. */
void app_quit(struct app *app);
/* Ends the screens here and opens them on another box office: gives the basket back first. */
void app_move(struct app *app, const struct founded *founded);
/* Asks for a new drawing at the end of this round; every key, answer and hint does so anyway. */
void app_redraw(struct app *app);

/* --- verbs and reads ------------------------------------------------------------------------ */

/*
 * Posts a verb for the screen on whose behalf a function of it runs; its answer() gets the reply.
 * `request` is copied, its ask filled in: hold, release, touch, retype, sell and reserve get the
 * basket's key, every other a fresh one. One verb at a time: false when one is at work.
 * Exchange, too, gets the basket's key. After hold, release, retype: app->basket is what the
 * database says by the time of answer(). After sell, reserve, exchange and sell_basket that took
 * the basket's seats: app->basket is a fresh one, and a sale is printed.
 */
bool app_do(struct app *app, const struct verb *verb, const void *request, enum keeping keeping,
            int32_t tag);

/* The open till that money goes into; id 0: there is none. */
till_id app_till(const struct app *app);
/* Asks for the drawer's till anew: a verb changed it. */
void app_till_changed(struct app *app);

/* Asks for the last sales of this till, or of this terminal where it has none: READ_SALES. */
void app_read_sales(struct app *app);

/* Is a verb of the user's at work? */
bool app_working(const struct app *app);

/*
 * Posts a read for the screen. One a kind and screen is under way at a time: asked for again it is
 * repeated after the answer, with the newest arguments, at most once a frame (16 ms).
 * read_show.basket is filled in.
 */
void app_read(struct app *app, enum read_id read, const union read_args *args, int32_t tag);

/* While a screen has called this with true, keys are kept as if a verb worked (its first read is
 * under way, and keys could not be understood). */
void app_hold_keys(struct app *app, bool hold);

/*
 * Esc loses nothing: over a `draft` it has to be pressed twice. Asked for each key, with what it
 * said last in `*leaving`; true: once more is wanted, which was said.
 */
bool app_draft_stays(struct app *app, bool *leaving, bool draft, enum action action);

/* Drops the keys kept: to be called by answer() for a warning, seats apart, a question, and after
 * each sale. The framework does it for every rc but RC_OK. The line says so if there were any. */
void app_drop_keys(struct app *app);

/* --- who works here ------------------------------------------------------------------------- */

/* The name of who has that number; of nobody's, or before they are read, `terminal`. Borrowed until
 * the next answer. */
const char *app_who(const struct app *app, int32_t number, const char *terminal);

/* Locks the screens until a PIN opens them; the basket is kept. Without staff it says why not. */
void app_lock(struct app *app);

/*
 * Tries a PIN, or hashes a new one, for the screen on whose behalf a function of it runs: the
 * worker does the work, 60 ms on purpose, and answer() gets READ_PIN or READ_NEW_PIN. Keys are kept
 * until app_hold_keys(app, false). Nothing is counted: that is verb_sign_in's.
 */
void app_try_pin(struct app *app, int32_t number, const char *pin);
void app_make_pin(struct app *app, int32_t number, const char *pin);

/* The sign-in screen's: opens the screens for who signed in. The same person finds them as they
 * were; another one begins on today, and the basket is parked. */
void app_signed_in(struct app *app, const struct sign_in_reply *reply);

/*
 * A verb that was refused with RC_NEEDS_APPROVAL waits for a PIN on the spot: SCREEN_APPROVE asks
 * for it, unasked by the screen whose verb it is. app_approval: why it is needed, "" when nothing
 * waits. app_approved: the verb is done again, with the same key, approved by that number.
 * app_unapproved: the screen gets the refusal.
 */
const char *app_approval(const struct app *app);
void app_approved(struct app *app, int32_t number);
void app_unapproved(struct app *app);
/* --- printing ------------------------------------------------------------------------------- */

/*
 * Has a sale printed, behind what is being printed: the tickets that `given` names (reprint, torn),
 * or with NULL those that it has not been given and those that did not come out; and its receipt
 * when that is wanted. Nothing waits for it; when it fails the message line says so. False, and
 * said: there is no printer, or too much to do.
 */
bool app_print(struct app *app, reservation_id reservation, const char *code,
               const struct ticket_reply *given, bool receipt);

/* Has what was just sold printed, with its receipt where that is set, if there is a printer. */
void app_print_sold(struct app *app, reservation_id reservation, const char *code);

/* Has a report printed; the same about nothing waiting, a failure and false. */
bool app_print_report(struct app *app, const struct report *report);

/* Is there a printer? */
bool app_prints(const struct app *app);

struct stationery; /* tui/stationery.h */
/* The venue's templates, borrowed; NULL: there are none. */
const struct stationery *app_stationery(const struct app *app);

/* Closes the top screen and gives the key that its function takes at present to the one below. */
void app_pass(struct app *app);

/* Says that a letter, a digit, Space or Enter does nothing here, so that nobody waits for it. */
void app_no_key(struct app *app, const struct key *key);

/* --- basket --------------------------------------------------------------------------------- */

/* A key concerned the basket: its hold's idle time runs anew (a verb goes out at most every 20 s).
 */
void app_touch(struct app *app);
/* Pay is open (true) or closed: meanwhile the hold does not idle out. */
void app_paying(struct app *app, bool open);
/* Says that so many seats were given back before more came to them, and drops the keys behind. */
void app_say_lost(struct app *app, int lost);
/* Brings the basket's seats of a show to hand, if it has any (basket.h). */
void app_at_show(struct app *app, show_id show);
/* Parks the basket for ten minutes, for any terminal to take up. False, and says why, when it is
 * empty or a verb works. Once the database has it, the line says so, a fresh basket begins, and of
 * the screens today alone is left, whose answer() gets the reply if it asked. */
bool app_park(struct app *app);
/* Takes up a parked basket; its hall opens when it has come. False, and says why, when the present
 * one is not empty. */
bool app_get(struct app *app, const struct parked_row *parked);
/* How many baskets are parked now; and the one that was parked last, NULL when none is. Borrowed
 * until the next answer. */
int app_parked(const struct app *app);
const struct parked_row *app_parked_last(const struct app *app);
/* What it holds: "2 x Stalker 20:15"; of several shows "3 seats of 2 shows", none of them named as
 * if it were all. */
char *app_parked_what(const struct parked_row *parked, char *buffer, size_t size);

/* --- exchanging seats ----------------------------------------------------------------------- */

/* Begins with these seats of a reservation, n 0: with all. False, and says why: the basket is not
 * empty. */
bool app_exchange_begin(struct app *app, const struct booking *booking, const seat_id *seats,
                        int32_t n);
/* Leaves it: the reservation is as it was, what the basket holds is given back. Says so, or that
 * none is under way. */
void app_exchange_leave(struct app *app);
static inline bool app_exchanging(const struct app *app)
{
    return app->exchange.n > 0;
}
/* Does the basket hold as many seats, of one show? Says what is missing. */
bool app_exchange_ready(struct app *app);
/* "EXCHANGE A1-2 of K4M7TX". Returns buffer. */
char *app_exchange_name(const struct app *app, char *buffer, size_t size);

/* --- what staff are told --------------------------------------------------------------------- */

/* Puts a line on the message row until the next key. A fault's text may be passed through "%s". */
void app_say(struct app *app, enum tone tone, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Says a fault, as a warning. */
void app_say_fault(struct app *app, const struct fault *fault);

/*
 * Draws the head line of a screen on row 0: `left` and, at the right, calls, trouble, DEMO or
 * TRAINING, the clock and who this is, as far as there is room.
 */
void app_head(struct app *app, const struct surface *surface, const char *left);

/* Draws the line that says what the basket holds, until when, and what is parked. */
void app_basket_line(struct app *app, const struct surface *surface, int row);
/* Draws the first `rows` calls to make, soonest first; returns how many lines were used. */
int app_call_lines(struct app *app, const struct surface *surface, int row, int rows);

/* "2:41" until `until`; "0:00" when past; in whole minutes when the setting `calm` is on. */
char *app_left(const struct app *app, when_ms until, char *buffer, size_t size);
/* "TODAY 19:45", "Tue 24 Nov 19:45"; `*other_day` (may be NULL): it is not today. */
char *app_when(const struct app *app, when_ms at, bool *other_day, char *buffer, size_t size);

#endif
