/*
 * The one table of what keys do. Key bar, help screen and boxoffice-keys(7) come from it.
 *
 * One letter, one meaning on every screen; capitals equal small letters; F-keys are twins.
 */
#ifndef BOXOFFICE_TUI_ACTION_H
#define BOXOFFICE_TUI_ACTION_H

#include <stdbool.h>
#include <stdio.h>

#include "tui/key.h"

/* X(id, name) the screens, as the registry and screen_args name them */
#define SCREENS(X)                \
    X(TODAY, "today")             \
    X(HALL, "hall")               \
    X(PAY, "pay")                 \
    X(FIND, "find")               \
    X(RESERVE, "reserve")         \
    X(RESERVED, "reserved")       \
    X(RESERVATION, "reservation") \
    X(WAITING, "waiting")         \
    X(PARTY, "party")             \
    X(CHANGE, "change")           \
    X(ENTRY, "entry")             \
    X(CALLS, "calls")             \
    X(SALES, "sales")             \
    X(PARKED, "parked")           \
    X(TICKET, "ticket")           \
    X(DOOR, "door")               \
    X(TILL, "till")               \
    X(COUNTING, "counting")       \
    X(PAPER, "till report")       \
    X(MENU, "menu")               \
    X(PRICES, "prices")           \
    X(STAFF, "staff")             \
    X(MEMBER, "member of staff")  \
    X(FOUND, "start for real")    \
    X(SIGN_IN, "sign-in")         \
    X(APPROVE, "approval")        \
    X(HELP, "help")

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
#define ACTIONS(X)                                                                              \
    X(UP, PRESS_UP, 'k', 0, 0, 1, "Up", "one up: show, seat, party")                            \
    X(DOWN, PRESS_DOWN, 'j', 0, 0, 1, "Down", "one down")                                       \
    X(LEFT, PRESS_LEFT, 'h', 0, 0, 1, "Left", "one left; on today the day before")              \
    X(RIGHT, PRESS_RIGHT, 'l', 0, 0, 1, "Right", "one right; on today the next day")            \
    X(PAGE_UP, PRESS_PAGE_UP, 0, 0, 0, 1, "PgUp", "a page up")                                  \
    X(PAGE_DOWN, PRESS_PAGE_DOWN, 0, 0, 0, 1, "PgDn", "a page down")                            \
    X(HOME, PRESS_HOME, 0, 0, 0, 1, "Home", "to the first")                                     \
    X(END, PRESS_END, 0, 0, 0, 1, "End", "to the last")                                         \
    X(NEXT, PRESS_TAB, 0, 0, 0, 1, "Tab", "next block of seats, next field")                    \
    X(BEFORE, PRESS_BACKTAB, 0, 0, 0, 1, "Shift-Tab", "block or field before")                  \
    X(DIGIT, PRESS_NONE, 0, 0, 0, 0, "1 to 99", "seats wanted; on pay the amount given")        \
    X(EMPTY, PRESS_NONE, '0', 0, 0, 0, "0", "empty the basket")                                 \
    X(ENTER, PRESS_ENTER, 0, 0, 0, 0, "Enter", "map; best seats after digits; pay; paid; open") \
    X(TAKE, PRESS_NONE, ' ', 0, 0, 0, "Space", "take or leave the seat under the cursor")       \
    X(BACK, PRESS_ESC, 0, 0, 0, 0, "Esc", "clears digits, then goes back; loses nothing")       \
    X(FIND, PRESS_NONE, '/', 3, '/', 0, "/", "find a title, time, name, phone, code; a seat")   \
    X(BEST, PRESS_NONE, 'b', 5, 0, 0, "b", "next best seats; again for a lapsed one")           \
    X(TYPE, PRESS_NONE, 't', 4, '+', 0, "t", "ticket type, then its digit")                     \
    X(DROP, PRESS_NONE, 'x', 0, '-', 0, "x", "drop the seat; leave the list; cancel, void")     \
    X(REFUND, PRESS_NONE, 'f', 0, 0, 0, "f", "refund all or the seats chosen; why by a digit")  \
    X(UNDO, PRESS_NONE, 'u', 0, 0, 0, "u", "undo")                                              \
    X(PARK, PRESS_NONE, 'n', 6, 0, 0, "n", "next customer: parks the basket for 10 min")        \
    X(GET, PRESS_NONE, 'g', 0, 0, 0, "g", "get a parked basket, from any terminal")             \
    X(RESERVE, PRESS_NONE, 'r', 0, 0, 0, "r", "reserve by name")                                \
    X(ACCESS, PRESS_NONE, 'a', 0, 0, 0, "a", "a wheelchair place and its companion seat")       \
    X(OPEN, PRESS_NONE, 'o', 0, 0, 0, "o", "open the reservation at this seat, the party")      \
    X(LIST, PRESS_NONE, 'w', 7, 0, 0, "w", "the waiting list; 2 w adds two; add a party")       \
    X(CALLS, PRESS_NONE, 'c', 8, 0, 0, "c", "calls to make; on the list: I call")               \
    X(YES, PRESS_NONE, 'y', 0, 0, 0, "y", "accepted; yes")                                      \
    X(DECLINE, PRESS_NONE, 'd', 0, 0, 0, "d", "declined; on pay the card was declined")         \
    X(NO_ANSWER, PRESS_NONE, 'v', 0, 0, 0, "v", "no answer: keeps its place")                   \
    X(PAY, PRESS_NONE, 'p', 9, '*', 0, "p", "pay; accept and pay; the next, other tender")      \
    X(SALES, PRESS_NONE, 's', 2, 0, 0, "s", "this till's last sales")                           \
    X(TICKET, PRESS_NONE, 'i', 0, 0, 0, "i", "the tickets: seen, printed, printed again")       \
    X(BLOCK, PRESS_NONE, 'z', 0, 0, 0, "z", "block a seat for a reason; free a blocked one")    \
    X(MENU, PRESS_NONE, 'm', 10, 0, 0, "m", "menu")                                             \
    X(LOCK, PRESS_NONE, 'q', 12, 0, 0, "q", "lock: a PIN opens it again, with the basket")      \
    X(HELP, PRESS_NONE, '?', 1, 0, 0, "?", "help")                                              \
    X(REDRAW, PRESS_NONE, 0, 0, 0, 0, "Ctrl-L", "draws the screen anew")                        \
    X(SUSPEND, PRESS_NONE, 0, 0, 0, 0, "Ctrl-Z", "to the shell; fg comes back")

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
#define KEY_BARS(X)                              \
    X(TODAY, 0, ENTER, NULL, "map")              \
    X(TODAY, 0, DIGIT, "2 Enter", "best 2")      \
    X(TODAY, 0, FIND, NULL, "find")              \
    X(TODAY, 0, LIST, NULL, "list")              \
    X(TODAY, 0, CALLS, NULL, "calls")            \
    X(TODAY, 0, SALES, NULL, "last sale")        \
    X(TODAY, 0, MENU, NULL, "menu")              \
    X(TODAY, 0, HELP, NULL, "help")              \
    X(HALL, 0, TAKE, NULL, "take/leave")         \
    X(HALL, 0, DIGIT, "2 Enter", "best 2")       \
    X(HALL, 0, BEST, NULL, "next best")          \
    X(HALL, 0, TYPE, NULL, "type")               \
    X(HALL, 0, DROP, NULL, "drop")               \
    X(HALL, 0, UNDO, NULL, "undo")               \
    X(HALL, 0, FIND, NULL, "seat")               \
    X(HALL, 1, ENTER, NULL, "PAY")               \
    X(HALL, 1, RESERVE, NULL, "reserve")         \
    X(HALL, 1, LIST, NULL, "list")               \
    X(HALL, 1, PARK, NULL, "next customer")      \
    X(HALL, 1, BACK, NULL, "shows")              \
    X(HALL, 1, HELP, NULL, "help")               \
    X(PAY, 0, ENTER, NULL, "paid")               \
    X(PAY, 0, DIGIT, "20", "cash given")         \
    X(PAY, 0, PAY, NULL, "next tender")          \
    X(PAY, 0, DECLINE, NULL, "card declined")    \
    X(PAY, 0, BACK, NULL, "back")                \
    X(PAY, 0, HELP, NULL, "help")                \
    X(FIND, 0, ENTER, NULL, "open")              \
    X(FIND, 0, DOWN, "Up Down", "choose")        \
    X(FIND, 0, BACK, NULL, "back")               \
    X(FIND, 0, HELP, "F1", "help")               \
    X(RESERVE, 0, ENTER, NULL, "reserve")        \
    X(RESERVE, 0, NEXT, NULL, "next field")      \
    X(RESERVE, 0, BACK, NULL, "back")            \
    X(RESERVE, 0, HELP, "F1", "help")            \
    X(RESERVED, 0, ENTER, NULL, "back to today") \
    X(RESERVED, 0, HELP, NULL, "help")           \
    X(RESERVATION, 0, PAY, NULL, "pay")          \
    X(RESERVATION, 0, REFUND, NULL, "refund")    \
    X(RESERVATION, 0, DROP, NULL, "cancel")      \
    X(RESERVATION, 0, TAKE, NULL, "choose seat") \
    X(RESERVATION, 0, TICKET, NULL, "tickets")   \
    X(RESERVATION, 0, BACK, NULL, "back")        \
    X(RESERVATION, 0, HELP, NULL, "help")        \
    X(WAITING, 0, CALLS, NULL, "I call")         \
    X(WAITING, 0, YES, NULL, "accepted")         \
    X(WAITING, 0, DECLINE, NULL, "declined")     \
    X(WAITING, 0, NO_ANSWER, NULL, "no answer")  \
    X(WAITING, 0, PAY, NULL, "pay now")          \
    X(WAITING, 0, UNDO, NULL, "undo")            \
    X(WAITING, 1, LIST, NULL, "add a party")     \
    X(WAITING, 1, OPEN, NULL, "open, change")    \
    X(WAITING, 1, DROP, NULL, "leaves the list") \
    X(WAITING, 1, FIND, NULL, "find")            \
    X(WAITING, 1, BACK, NULL, "back")            \
    X(WAITING, 1, HELP, NULL, "help")            \
    X(PARTY, 0, ENTER, NULL, "onto the list")    \
    X(PARTY, 0, NEXT, NULL, "next field")        \
    X(PARTY, 0, BACK, NULL, "back")              \
    X(PARTY, 0, HELP, "F1", "help")              \
    X(CHANGE, 0, ENTER, NULL, "change")          \
    X(CHANGE, 0, NEXT, NULL, "next field")       \
    X(CHANGE, 0, BACK, NULL, "back")             \
    X(CHANGE, 0, HELP, "F1", "help")             \
    X(ENTRY, 0, CALLS, NULL, "I call")           \
    X(ENTRY, 0, YES, NULL, "accepted")           \
    X(ENTRY, 0, DECLINE, NULL, "declined")       \
    X(ENTRY, 0, NO_ANSWER, NULL, "no answer")    \
    X(ENTRY, 0, PAY, NULL, "pay now")            \
    X(ENTRY, 0, UNDO, NULL, "undo")              \
    X(ENTRY, 1, ENTER, NULL, "change")           \
    X(ENTRY, 1, TAKE, NULL, "stands here")       \
    X(ENTRY, 1, DROP, NULL, "leaves list")       \
    X(ENTRY, 1, OPEN, NULL, "reservation")       \
    X(ENTRY, 1, BACK, NULL, "back")              \
    X(ENTRY, 1, HELP, NULL, "help")              \
    X(CALLS, 0, CALLS, NULL, "I call")           \
    X(CALLS, 0, YES, NULL, "accepted")           \
    X(CALLS, 0, DECLINE, NULL, "declined")       \
    X(CALLS, 0, NO_ANSWER, NULL, "no answer")    \
    X(CALLS, 0, PAY, NULL, "pay now")            \
    X(CALLS, 0, ENTER, NULL, "list")             \
    X(CALLS, 0, BACK, NULL, "back")              \
    X(CALLS, 0, HELP, NULL, "help")              \
    X(SALES, 0, ENTER, NULL, "open")             \
    X(SALES, 0, TICKET, NULL, "tickets")         \
    X(SALES, 0, DROP, NULL, "void")              \
    X(SALES, 0, PAY, NULL, "other tender")       \
    X(SALES, 0, BACK, NULL, "back")              \
    X(SALES, 0, HELP, NULL, "help")              \
    X(PARKED, 0, GET, NULL, "get it")            \
    X(PARKED, 0, DOWN, "Up Down", "choose")      \
    X(PARKED, 0, BACK, NULL, "back")             \
    X(PARKED, 0, HELP, NULL, "help")             \
    X(TICKET, 0, TICKET, NULL, "print again")    \
    X(TICKET, 0, DOWN, "Up Down", "choose")      \
    X(TICKET, 0, NEXT, NULL, "receipt")          \
    X(TICKET, 0, BACK, NULL, "back")             \
    X(TICKET, 0, HELP, NULL, "help")             \
    X(DOOR, 0, ENTER, NULL, "let in")            \
    X(DOOR, 0, BACK, NULL, "back")               \
    X(DOOR, 0, HELP, "F1", "help")               \
    X(TILL, 0, ENTER, NULL, "choose")            \
    X(TILL, 0, NEXT, NULL, "next field")         \
    X(TILL, 0, BACK, NULL, "back")               \
    X(TILL, 0, HELP, NULL, "help")               \
    X(COUNTING, 0, DIGIT, "12", "pieces")        \
    X(COUNTING, 0, ENTER, NULL, "next")          \
    X(COUNTING, 0, YES, NULL, "that is all")     \
    X(COUNTING, 0, BACK, NULL, "back")           \
    X(COUNTING, 0, HELP, NULL, "help")           \
    X(PAPER, 0, DOWN, "Up Down", "scroll")       \
    X(PAPER, 0, TICKET, NULL, "print")           \
    X(PAPER, 0, LEFT, "Left", "the Z before")    \
    X(PAPER, 0, BACK, NULL, "back")              \
    X(PAPER, 0, HELP, NULL, "help")              \
    X(MENU, 0, ENTER, NULL, "choose")            \
    X(MENU, 0, BACK, NULL, "back")               \
    X(MENU, 0, HELP, NULL, "help")               \
    X(PRICES, 0, ENTER, NULL, "set")             \
    X(PRICES, 0, PAGE_DOWN, "PgUp PgDn", "show") \
    X(PRICES, 0, BACK, NULL, "back")             \
    X(PRICES, 0, HELP, NULL, "help")             \
    X(STAFF, 0, ENTER, NULL, "open")             \
    X(STAFF, 0, DROP, NULL, "lets go")           \
    X(STAFF, 0, BACK, NULL, "back")              \
    X(STAFF, 0, HELP, NULL, "help")              \
    X(FOUND, 0, ENTER, NULL, "next step")        \
    X(FOUND, 0, NEXT, NULL, "next field")        \
    X(FOUND, 0, BACK, NULL, "back")              \
    X(FOUND, 0, HELP, "F1", "help")              \
    X(MEMBER, 0, ENTER, NULL, "keep")            \
    X(MEMBER, 0, NEXT, NULL, "next field")       \
    X(MEMBER, 0, BACK, NULL, "back")             \
    X(MEMBER, 0, HELP, "F1", "help")             \
    X(SIGN_IN, 0, ENTER, NULL, "sign in")        \
    X(SIGN_IN, 0, NEXT, NULL, "next field")      \
    X(APPROVE, 0, ENTER, NULL, "approve")        \
    X(APPROVE, 0, NEXT, NULL, "next field")      \
    X(APPROVE, 0, BACK, NULL, "back")            \
    X(HELP, 0, DOWN, "Up Down", "scroll")        \
    X(HELP, 0, BACK, NULL, "back")

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
