/*
 * A catalogue in which every text of tui/po/boxoffice.pot is longer by four tenths at least: each
 * word of two letters or more holds as many of LONGER_MARK in its middle. A terminal that is read
 * without them (struct pty, `longer`) shows the English texts.
 */
#ifndef BOXOFFICE_TESTS_KIT_LONGER_H
#define BOXOFFICE_TESTS_KIT_LONGER_H

#include <stddef.h>

/* U+00E4 and, among capitals, U+00C4: letters of which no text and no name of a scene has one. */
#define LONGER_MARK(c) ((c) == 0xE4 || (c) == 0xC4)

/*
 * Writes DIRECTORY/de/LC_MESSAGES/boxoffice.mo, for LANGUAGE=de and BOXOFFICE_LOCALEDIR. Returns
 * how many texts it has.
 */
size_t longer_make(const char *directory);

/* The text as it stands there, conversions and what is between words as they were; in `out`, which
 * is cut when `size` is short. Returns `out`. */
char *longer_text(const char *text, char *out, size_t size);

#endif
