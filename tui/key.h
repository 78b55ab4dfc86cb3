/* A key as the screens see it (decode.h makes them). */
#ifndef BOXOFFICE_TUI_KEY_H
#define BOXOFFICE_TUI_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/rules/scan.h"

enum press {
    PRESS_NONE,
    PRESS_TEXT, /* one character, in key.text */
    PRESS_ENTER,
    PRESS_ESC,
    PRESS_TAB,
    PRESS_BACKTAB,
    PRESS_BACKSPACE,
    PRESS_DELETE,
    PRESS_UP,
    PRESS_DOWN,
    PRESS_LEFT,
    PRESS_RIGHT,
    PRESS_WORD_LEFT, /* Ctrl-Left, Alt-b */
    PRESS_WORD_RIGHT,
    PRESS_HOME,
    PRESS_END,
    PRESS_PAGE_UP,
    PRESS_PAGE_DOWN,
    PRESS_INSERT,
    PRESS_CTRL, /* with the letter, small, in key.text */
    PRESS_F1,
    PRESS_F12 = PRESS_F1 + 11,
    PRESS_CLICK,
    PRESS_WHEEL_UP,
    PRESS_WHEEL_DOWN,
    PRESS_PASTE, /* key.paste */
    PRESS_SCAN,  /* key.scan: what a scanner read */
};

struct key {
    enum press press;
    char text[8];      /* UTF-8 of PRESS_TEXT, the letter of PRESS_CTRL, "\n" of a line feed */
    int row, column;   /* of the mouse, from 0 */
    const char *paste; /* of PRESS_PASTE: NUL-ended, bounded; borrowed until the next key */
    bool paste_cut;    /* more was pasted than is kept */
    char scan[SCAN_SIZE];
    bool keypad; /* came from the numeric keypad, where the terminal says so */
};

#endif
