/*
 * Makes keys of a terminal's bytes: sequences of xterm, screen, linux, vt and rxvt, bracketed
 * paste, the mouse (SGR). An Esc answers at once, yet an arrow key split by a slow line never acts
 * as Esc and letters.
 */
#ifndef BOXOFFICE_TUI_DECODE_H
#define BOXOFFICE_TUI_DECODE_H

#include "tui/key.h"

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

/* Nothing is pending. */
void decode_init(struct decode *decode);

/* Feeds one byte that came at `now_ms`. When the queue of keys is full, the key is lost. */
void decode_byte(struct decode *decode, uint8_t byte, int64_t now_ms);

/* Takes bytes that came all at once as pasted text. */
void decode_flood(struct decode *decode, const uint8_t *bytes, size_t n, int64_t now_ms);

/* Tells that it is `now_ms` and nothing more has come: a waiting Esc becomes a key. */
void decode_time(struct decode *decode, int64_t now_ms);

/* When decode_time must be called next; INT64_MAX: never. */
int64_t decode_deadline(const struct decode *decode);

/* Takes the next key; false when there is none. */
bool decode_next(struct decode *decode, struct key *key);

#endif
