/* A key as the screens see it, and the decoder that makes keys of a terminal's bytes. */
#ifndef BOXOFFICE_TUI_KEY_H
#define BOXOFFICE_TUI_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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
};

struct key {
    enum press press;
    char text[8];      /* UTF-8 of PRESS_TEXT, the letter of PRESS_CTRL */
    int row, column;   /* of the mouse, from 0 */
    const char *paste; /* of PRESS_PASTE: NUL-ended, bounded; borrowed until the next key */
    bool paste_cut;    /* more was pasted than is kept */
    bool keypad;       /* came from the numeric keypad, where the terminal says so */
};

enum { PASTE_MAX = 4096, DECODE_QUEUE = 64 };

enum {
    DECODE_ESC_MS = 25,  /* an Esc is one when nothing follows for so long */
    DECODE_TAIL_MS = 300 /* the tail of a split arrow key is swallowed so long after an Esc */
};

/* Turns bytes into keys. Pure: it is told the time (any monotonic clock in ms). */
struct decode {
    uint8_t pending[64]; /* of a sequence or character not yet complete */
    size_t n;
    int64_t began_ms; /* when pending[0] came */
    int64_t esc_ms;   /* when the last lone Esc was given out; INT64_MIN: long ago */
    int tail;         /* swallowing the tail of a split sequence */
    bool pasting;
    char paste[PASTE_MAX + 1];
    size_t paste_n;
    bool paste_cut;
    struct key queue[DECODE_QUEUE];
    size_t head, count;
};

void decode_init(struct decode *decode);

/* Feeds one byte that came at `now_ms`. When the queue of keys is full, the key is lost. */
void decode_byte(struct decode *decode, uint8_t byte, int64_t now_ms);

/* Tells that it is `now_ms` and nothing more has come: a waiting Esc becomes a key. */
void decode_time(struct decode *decode, int64_t now_ms);

/* When decode_time must be called next; INT64_MAX: never. */
int64_t decode_deadline(const struct decode *decode);

/* Takes the next key; false when there is none. */
bool decode_next(struct decode *decode, struct key *key);

#endif
