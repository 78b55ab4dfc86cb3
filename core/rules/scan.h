/*
 * What a ticket's QR code says, and knowing it again among the keys of a scanner.
 *
 * The text has always 18 characters, all of Code 39 and of QR's alphanumeric mode, and no name:
 *     %0000000123K4M7TXG
 * a % (no key of the program), the serial in ten digits (0: no ticket, the sale as a whole: on
 * receipts), the code, and a check character by ISO 7064 MOD 37,36 over all between, which finds
 * every single wrong character and nearly every pair that changed places.
 */
#ifndef BOXOFFICE_CORE_RULES_SCAN_H
#define BOXOFFICE_CORE_RULES_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/ids.h"

enum { SCAN_PREFIX = '%', SCAN_DIGITS = 10, SCAN_CODE = 6, SCAN_LENGTH = 18, SCAN_SIZE = 33 };

/* A text that was read. */
struct scan {
    int64_t serial; /* 0: the sale as a whole */
    char code[CODE_SIZE];
};

/* Writes the text for a serial and a code. False, with `text` empty, for a serial that has more
 * digits or a code that is no code. */
bool scan_make(int64_t serial, const char *code, char text[static SCAN_SIZE]);

/* Reads such a text, small letters as capitals. False when it is none: length, characters, check.
 */
bool scan_parse(const char *text, struct scan *scan);

/*
 * Knows a scan among keys, by what they are and never by their speed: the text above by its %, its
 * length and its check character; and, with a prefix set on the scanner, whatever stands between
 * that character and Enter.
 */
struct scan_reader {
    char prefix; /* of the scanner's own; 0: none */
    bool prefixed;
    size_t n;
    char text[SCAN_SIZE]; /* what was taken so far, the scanner's own prefix left out */
};

enum scan_step {
    SCAN_NONE,  /* this is no scan: the keys in `text` are keys, and so is this one */
    SCAN_MORE,  /* taken */
    SCAN_WHOLE, /* taken, and `text` is a scan */
};

/* Takes a character. After SCAN_NONE and SCAN_WHOLE the caller empties it with scan_begin. */
enum scan_step scan_take(struct scan_reader *reader, char c);

/* Enter: ends what stands behind a scanner's own prefix (SCAN_WHOLE). */
enum scan_step scan_enter(struct scan_reader *reader);

/* Is something taken that is not whole? */
bool scan_waits(const struct scan_reader *reader);

/* Forgets what was taken. */
void scan_begin(struct scan_reader *reader);

#endif
