/*
 * The one table of what keys do. Key bar, help screen and boxoffice-keys(7) come from it.
 *
 * One letter, one meaning on every screen; capitals equal small letters; F-keys are twins.
 */
#ifndef BOXOFFICE_TUI_ACTION_H
#define BOXOFFICE_TUI_ACTION_H

#include <stdbool.h>
#include <stdio.h>

#include "core/base/words.h"
#include "tui/key.h"

/* X(id, name) the screens, as the registry and screen_args name them */
#define SCREENS(X)                    \
    X(TODAY, N_("today"))             \
    X(HALL, N_("hall"))               \
    X(PAY, N_("pay"))                 \
    X(FIND, N_("find"))               \
    X(RESERVE, N_("reserve"))         \
    X(RESERVED, N_("reserved"))       \
    X(RESERVATION, N_("reservation")) \
    X(WAITING, N_("waiting"))         \
    X(PARTY, N_("party"))             \
    X(CHANGE, N_("change"))           \
    X(ENTRY, N_("entry"))             \
    X(CALLS, N_("calls"))             \
    X(SALES, N_("sales"))             \
    X(PARKED, N_("parked"))           \
    X(TICKET, N_("ticket"))           \
    X(DOOR, N_("door"))               \
    X(TILL, N_("till"))               \
    X(COUNTING, N_("counting"))       \
    X(PAPER, N_("till report"))       \
    X(MENU, N_("menu"))               \
    X(PRICES, N_("prices"))           \
    X(TYPES, N_("ticket types"))      \
    X(TYPE, N_("ticket type"))        \
    X(STAFF, N_("staff"))             \
    X(MEMBER, N_("member of staff"))  \
    X(FOUND, N_("start for real"))    \
    X(SIGN_IN, N_("sign-in"))         \
    X(APPROVE, N_("approval"))        \
    X(HELP, N_("help"))

enum screen_id {
#define SCREEN_ENUM(id, name) SCREEN_##id,
    SCREENS(SCREEN_ENUM)
#undef SCREEN_ENUM
        SCREEN_COUNT
};

/*
 * X(action, press, letter, F-twin 0: none, keypad letter 0: none, moves, key as it is written,
 * help) `moves` 1: it only moves the cursor, so that it is answered while a verb works in place.
 */
#define ACTIONS(X)                                                                                 \
    X(UP, PRESS_UP, 'k', 0, 0, 1, "Up", N_("one up: show, seat, party"))                           \
    X(DOWN, PRESS_DOWN, 'j', 0, 0, 1, "Down", N_("one down"))                                      \
    X(LEFT, PRESS_LEFT, 'h', 0, 0, 1, "Left", N_("one left; on today the day before"))             \
    X(RIGHT, PRESS_RIGHT, 'l', 0, 0, 1, "Right", N_("one right; on today the next day"))           \
    X(PAGE_UP, PRESS_PAGE_UP, 0, 0, 0, 1, "PgUp", N_("a page up"))                                 \
    X(PAGE_DOWN, PRESS_PAGE_DOWN, 0, 0, 0, 1, "PgDn", N_("a page down"))                           \
    X(HOME, PRESS_HOME, 0, 0, 0, 1, "Home", N_("to the first"))                                    \
    X(END, PRESS_END, 0, 0, 0, 1, "End", N_("to the last"))                                        \
    X(NEXT, PRESS_TAB, 0, 0, 0, 1, "Tab", N_("next block of seats, next field"))                   \
    X(BEFORE, PRESS_BACKTAB, 0, 0, 0, 1, "Shift-Tab", N_("block or field before"))                 \
    X(DIGIT, PRESS_NONE, 0, 0, 0, 0, "1-99", N_("seats wanted; on pay the amount given"))          \
    X(EMPTY, PRESS_NONE, '0', 0, 0, 0, "0", N_("empty the basket"))                                \
    X(ENTER, PRESS_ENTER, 0, 0, 0, 0, "Enter",                                                     \
      N_("map; best seats after digits; pay; paid; open"))                                         \
    X(TAKE, PRESS_NONE, ' ', 0, 0, 0, "Space", N_("take or leave the seat under the cursor"))      \
    X(BACK, PRESS_ESC, 0, 0, 0, 0, "Esc", N_("clears digits, then goes back; loses nothing"))      \
    X(FIND, PRESS_NONE, '/', 3, '/', 0, "/", N_("find a title, time, name, phone, code; a seat"))  \
    X(BEST, PRESS_NONE, 'b', 5, 0, 0, "b", N_("next best seats; again for a lapsed one"))          \
    X(TYPE, PRESS_NONE, 't', 4, '+', 0, "t", N_("ticket type, then its digit"))                    \
    X(DROP, PRESS_NONE, 'x', 0, '-', 0, "x", N_("drop the seat; leave the list; cancel, void"))    \
    X(REFUND, PRESS_NONE, 'f', 0, 0, 0, "f", N_("refund all or the seats chosen; why by a digit")) \
    X(EXCHANGE, PRESS_NONE, 'e', 0, 0, 0, "e", N_("exchange all or the seats chosen"))             \
    X(UNDO, PRESS_NONE, 'u', 0, 0, 0, "u", N_("undo"))                                             \
    X(PARK, PRESS_NONE, 'n', 6, 0, 0, "n", N_("next customer: parks the basket for 10 min"))       \
    X(GET, PRESS_NONE, 'g', 0, 0, 0, "g", N_("get a parked basket, from any terminal"))            \
    X(RESERVE, PRESS_NONE, 'r', 0, 0, 0, "r", N_("reserve by name"))                               \
    X(ACCESS, PRESS_NONE, 'a', 0, 0, 0, "a", N_("a wheelchair place and its companion seat"))      \
    X(OPEN, PRESS_NONE, 'o', 0, 0, 0, "o", N_("open the reservation at this seat, the party"))     \
    X(LIST, PRESS_NONE, 'w', 7, 0, 0, "w", N_("the waiting list; 2 w adds two; add a party"))      \
    X(CALLS, PRESS_NONE, 'c', 8, 0, 0, "c", N_("calls to make; on the list: I call"))              \
    X(YES, PRESS_NONE, 'y', 0, 0, 0, "y", N_("accepted; yes"))                                     \
    X(DECLINE, PRESS_NONE, 'd', 0, 0, 0, "d", N_("declined; on pay the card was declined"))        \
    X(NO_ANSWER, PRESS_NONE, 'v', 0, 0, 0, "v", N_("no answer: keeps its place"))                  \
    X(PAY, PRESS_NONE, 'p', 9, '*', 0, "p", N_("pay; accept and pay; the next, other tender"))     \
    X(SALES, PRESS_NONE, 's', 2, 0, 0, "s", N_("this till's last sales"))                          \
    X(TICKET, PRESS_NONE, 'i', 0, 0, 0, "i", N_("the tickets: seen, printed, printed again"))      \
    X(BLOCK, PRESS_NONE, 'z', 0, 0, 0, "z", N_("block a seat for a reason; free a blocked one"))   \
    X(MENU, PRESS_NONE, 'm', 10, 0, 0, "m", N_("menu"))                                            \
    X(LOCK, PRESS_NONE, 'q', 12, 0, 0, "q", N_("lock: a PIN opens it again, with the basket"))     \
    X(HELP, PRESS_NONE, '?', 1, 0, 0, "?", N_("help"))                                             \
    X(REDRAW, PRESS_NONE, 0, 0, 0, 0, "Ctrl-L", N_("draws the screen anew"))                       \
    X(SUSPEND, PRESS_NONE, 0, 0, 0, 0, "Ctrl-Z", N_("to the shell; fg comes back"))

enum action {
    ACTION_NONE,
#define ACTION_ENUM(action, press, letter, twin, keypad, moves, key, help) ACTION_##action,
    ACTIONS(ACTION_ENUM)
#undef ACTION_ENUM
        ACTION_COUNT
};

/*
 * X(screen, line of the bar, action, key as it is written there or NULL for the table's, word)
 * Two lines at most; what does not fit in a line is left out from its end, ? help stays.
 */
#define KEY_BARS(X)                                   \
    X(TODAY, 0, ENTER, NULL, N_("map"))               \
    X(TODAY, 0, DIGIT, "2 Enter", N_("best 2"))       \
    X(TODAY, 0, FIND, NULL, N_("find"))               \
    X(TODAY, 0, LIST, NULL, N_("list"))               \
    X(TODAY, 0, CALLS, NULL, N_("calls"))             \
    X(TODAY, 0, SALES, NULL, N_("last sale"))         \
    X(TODAY, 0, MENU, NULL, N_("menu"))               \
    X(TODAY, 0, HELP, NULL, N_("help"))               \
    X(HALL, 0, TAKE, NULL, N_("take/leave"))          \
    X(HALL, 0, DIGIT, "2 Enter", N_("best 2"))        \
    X(HALL, 0, BEST, NULL, N_("next best"))           \
    X(HALL, 0, TYPE, NULL, N_("type"))                \
    X(HALL, 0, DROP, NULL, N_("drop"))                \
    X(HALL, 0, UNDO, NULL, N_("undo"))                \
    X(HALL, 0, FIND, NULL, N_("seat"))                \
    X(HALL, 1, ENTER, NULL, N_("PAY"))                \
    X(HALL, 1, RESERVE, NULL, N_("reserve"))          \
    X(HALL, 1, LIST, NULL, N_("list"))                \
    X(HALL, 1, PARK, NULL, N_("next customer"))       \
    X(HALL, 1, BACK, NULL, N_("shows"))               \
    X(HALL, 1, HELP, NULL, N_("help"))                \
    X(PAY, 0, ENTER, NULL, N_("paid"))                \
    X(PAY, 0, DIGIT, "20", N_("cash given"))          \
    X(PAY, 0, PAY, NULL, N_("next tender"))           \
    X(PAY, 0, DECLINE, NULL, N_("card declined"))     \
    X(PAY, 0, BACK, NULL, N_("back"))                 \
    X(PAY, 0, HELP, NULL, N_("help"))                 \
    X(FIND, 0, ENTER, NULL, N_("open it"))            \
    X(FIND, 0, DOWN, "Up Down", N_("choose"))         \
    X(FIND, 0, BACK, NULL, N_("back"))                \
    X(FIND, 0, HELP, "F1", N_("help"))                \
    X(RESERVE, 0, ENTER, NULL, N_("reserve"))         \
    X(RESERVE, 0, NEXT, NULL, N_("next field"))       \
    X(RESERVE, 0, BACK, NULL, N_("back"))             \
    X(RESERVE, 0, HELP, "F1", N_("help"))             \
    X(RESERVED, 0, ENTER, NULL, N_("back to today"))  \
    X(RESERVED, 0, HELP, NULL, N_("help"))            \
    X(RESERVATION, 0, PAY, NULL, N_("pay"))           \
    X(RESERVATION, 0, REFUND, NULL, N_("refund"))     \
    X(RESERVATION, 0, DROP, NULL, N_("cancel"))       \
    X(RESERVATION, 0, EXCHANGE, NULL, N_("exchange")) \
    X(RESERVATION, 0, TAKE, NULL, N_("seat"))         \
    X(RESERVATION, 0, TICKET, NULL, N_("tickets"))    \
    X(RESERVATION, 0, BACK, NULL, N_("back"))         \
    X(RESERVATION, 0, HELP, NULL, N_("help"))         \
    X(WAITING, 0, CALLS, NULL, N_("I call"))          \
    X(WAITING, 0, YES, NULL, N_("accepted"))          \
    X(WAITING, 0, DECLINE, NULL, N_("declined"))      \
    X(WAITING, 0, NO_ANSWER, NULL, N_("no answer"))   \
    X(WAITING, 0, PAY, NULL, N_("pay now"))           \
    X(WAITING, 0, UNDO, NULL, N_("undo"))             \
    X(WAITING, 1, LIST, NULL, N_("add a party"))      \
    X(WAITING, 1, OPEN, NULL, N_("open, change"))     \
    X(WAITING, 1, DROP, NULL, N_("leaves the list"))  \
    X(WAITING, 1, FIND, NULL, N_("find"))             \
    X(WAITING, 1, BACK, NULL, N_("back"))             \
    X(WAITING, 1, HELP, NULL, N_("help"))             \
    X(PARTY, 0, ENTER, NULL, N_("onto the list"))     \
    X(PARTY, 0, NEXT, NULL, N_("next field"))         \
    X(PARTY, 0, BACK, NULL, N_("back"))               \
    X(PARTY, 0, HELP, "F1", N_("help"))               \
    X(CHANGE, 0, ENTER, NULL, N_("change"))           \
    X(CHANGE, 0, NEXT, NULL, N_("next field"))        \
    X(CHANGE, 0, BACK, NULL, N_("back"))              \
    X(CHANGE, 0, HELP, "F1", N_("help"))              \
    X(ENTRY, 0, CALLS, NULL, N_("I call"))            \
    X(ENTRY, 0, YES, NULL, N_("accepted"))            \
    X(ENTRY, 0, DECLINE, NULL, N_("declined"))        \
    X(ENTRY, 0, NO_ANSWER, NULL, N_("no answer"))     \
    X(ENTRY, 0, PAY, NULL, N_("pay now"))             \
    X(ENTRY, 0, UNDO, NULL, N_("undo"))               \
    X(ENTRY, 1, ENTER, NULL, N_("change"))            \
    X(ENTRY, 1, TAKE, NULL, N_("stands here"))        \
    X(ENTRY, 1, DROP, NULL, N_("leaves list"))        \
    X(ENTRY, 1, OPEN, NULL, N_("reservation"))        \
    X(ENTRY, 1, BACK, NULL, N_("back"))               \
    X(ENTRY, 1, HELP, NULL, N_("help"))               \
    X(CALLS, 0, CALLS, NULL, N_("I call"))            \
    X(CALLS, 0, YES, NULL, N_("accepted"))            \
    X(CALLS, 0, DECLINE, NULL, N_("declined"))        \
    X(CALLS, 0, NO_ANSWER, NULL, N_("no answer"))     \
    X(CALLS, 0, PAY, NULL, N_("pay now"))             \
    X(CALLS, 0, UNDO, NULL, N_("undo"))               \
    X(CALLS, 1, ENTER, NULL, N_("list"))              \
    X(CALLS, 1, OPEN, NULL, N_("open, change"))       \
    X(CALLS, 1, FIND, NULL, N_("find"))               \
    X(CALLS, 1, BACK, NULL, N_("back"))               \
    X(CALLS, 1, HELP, NULL, N_("help"))               \
    X(SALES, 0, ENTER, NULL, N_("open it"))           \
    X(SALES, 0, TICKET, NULL, N_("tickets"))          \
    X(SALES, 0, DROP, NULL, N_("void"))               \
    X(SALES, 0, PAY, NULL, N_("other tender"))        \
    X(SALES, 0, EXCHANGE, NULL, N_("exchange"))       \
    X(SALES, 0, BACK, NULL, N_("back"))               \
    X(SALES, 0, HELP, NULL, N_("help"))               \
    X(PARKED, 0, GET, NULL, N_("get it"))             \
    X(PARKED, 0, DOWN, "Up Down", N_("choose"))       \
    X(PARKED, 0, BACK, NULL, N_("back"))              \
    X(PARKED, 0, HELP, NULL, N_("help"))              \
    X(TICKET, 0, TICKET, NULL, N_("print again"))     \
    X(TICKET, 0, DOWN, "Up Down", N_("choose"))       \
    X(TICKET, 0, NEXT, NULL, N_("receipt"))           \
    X(TICKET, 0, BACK, NULL, N_("back"))              \
    X(TICKET, 0, HELP, NULL, N_("help"))              \
    X(DOOR, 0, ENTER, NULL, N_("let in"))             \
    X(DOOR, 0, BACK, NULL, N_("back"))                \
    X(DOOR, 0, HELP, "F1", N_("help"))                \
    X(TILL, 0, ENTER, NULL, N_("choose"))             \
    X(TILL, 0, NEXT, NULL, N_("next field"))          \
    X(TILL, 0, BACK, NULL, N_("back"))                \
    X(TILL, 0, HELP, NULL, N_("help"))                \
    X(COUNTING, 0, DIGIT, "12", N_("pieces"))         \
    X(COUNTING, 0, ENTER, NULL, N_("next"))           \
    X(COUNTING, 0, YES, NULL, N_("that is all"))      \
    X(COUNTING, 0, BACK, NULL, N_("back"))            \
    X(COUNTING, 0, HELP, NULL, N_("help"))            \
    X(PAPER, 0, DOWN, "Up Down", N_("scroll"))        \
    X(PAPER, 0, TICKET, NULL, N_("print"))            \
    X(PAPER, 0, LEFT, "Left", N_("the Z before"))     \
    X(PAPER, 0, BACK, NULL, N_("back"))               \
    X(PAPER, 0, HELP, NULL, N_("help"))               \
    X(MENU, 0, ENTER, NULL, N_("choose"))             \
    X(MENU, 0, BACK, NULL, N_("back"))                \
    X(MENU, 0, HELP, NULL, N_("help"))                \
    X(PRICES, 0, ENTER, NULL, N_("set"))              \
    X(PRICES, 0, PAGE_DOWN, "PgUp PgDn", N_("show"))  \
    X(PRICES, 0, BACK, NULL, N_("back"))              \
    X(PRICES, 0, HELP, NULL, N_("help"))              \
    X(TYPES, 0, ENTER, NULL, N_("open it"))           \
    X(TYPES, 0, BACK, NULL, N_("back"))               \
    X(TYPES, 0, HELP, NULL, N_("help"))               \
    X(TYPE, 0, ENTER, NULL, N_("keep"))               \
    X(TYPE, 0, NEXT, NULL, N_("next field"))          \
    X(TYPE, 0, BACK, NULL, N_("back"))                \
    X(TYPE, 0, HELP, "F1", N_("help"))                \
    X(STAFF, 0, ENTER, NULL, N_("open it"))           \
    X(STAFF, 0, DROP, NULL, N_("lets go"))            \
    X(STAFF, 0, BACK, NULL, N_("back"))               \
    X(STAFF, 0, HELP, NULL, N_("help"))               \
    X(FOUND, 0, ENTER, NULL, N_("next step"))         \
    X(FOUND, 0, NEXT, NULL, N_("next field"))         \
    X(FOUND, 0, BACK, NULL, N_("back"))               \
    X(FOUND, 0, HELP, "F1", N_("help"))               \
    X(MEMBER, 0, ENTER, NULL, N_("keep"))             \
    X(MEMBER, 0, NEXT, NULL, N_("next field"))        \
    X(MEMBER, 0, BACK, NULL, N_("back"))              \
    X(MEMBER, 0, HELP, "F1", N_("help"))              \
    X(SIGN_IN, 0, ENTER, NULL, N_("sign in"))         \
    X(SIGN_IN, 0, NEXT, NULL, N_("next field"))       \
    X(APPROVE, 0, ENTER, NULL, N_("approve"))         \
    X(APPROVE, 0, NEXT, NULL, N_("next field"))       \
    X(APPROVE, 0, BACK, NULL, N_("back"))             \
    X(HELP, 0, DOWN, "Up Down", N_("scroll"))         \
    X(HELP, 0, BACK, NULL, N_("back"))

struct action_row {
    enum action action;
    enum press press;
    char letter;
    int twin; /* F-key, 0: none */
    char keypad;
    bool moves;
    const char *name; /* the enumerator without its prefix */
    const char *key;
    const char *help;
};

struct action_word {
    enum screen_id screen;
    int line;
    enum action action;
    const char *key, *word;
};

/* A row of the table; `action` must be a real one. */
const struct action_row *action_row(enum action action);

/*
 * What a key does. With `typing` (a text field has the focus) characters are text, and only Enter,
 * Tab, Esc, arrows, paging, Ctrl and F-keys act. Digits 1 to 9 are ACTION_DIGIT; 0 is ACTION_EMPTY
 * (a screen that reads a number treats it as a digit). ACTION_NONE: nothing.
 */
enum action action_of(const struct key *key, bool typing);

/* The words of a screen's key bar in order; returns how many, up to `most`. */
size_t action_words(enum screen_id screen, struct action_word *words, size_t most);

/* Lines that a screen's key bar takes: 0, 1 or 2. */
int action_lines(enum screen_id screen);

/* The name of a screen ("today"). */
const char *action_screen_name(enum screen_id screen);

/* Prints the table as the list of boxoffice-keys(7), in mdoc. */
void action_print(FILE *out);

#endif
