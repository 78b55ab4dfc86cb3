/*
 * Text that people type and read: UTF-8, checked at the door, escaped on the way out.
 *
 * Control characters, bidirectional overrides and zero-width characters spoof a terminal's layout,
 * so they are refused; U+200C and U+200D are kept between letters, since names need them.
 * Widths are terminal cells as utf8proc and Unicode's East Asian Width count them.
 */
#ifndef BOXOFFICE_CORE_BASE_TEXT_H
#define BOXOFFICE_CORE_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/rc.h"

/*
 * Checks one line of text for a field named `field` ("name") of at most `max_bytes` bytes: valid
 * UTF-8 without the characters above, no card number (13 to 19 digits that pass Luhn and begin 3 to
 * 6 or 2221 to 2720; a leading + or 00 makes it a phone), not longer. RC_BAD_INPUT names the field
 * and what is wrong and never repeats a card number. Empty text is valid.
 */
enum rc text_check(const char *field, const char *text, size_t max_bytes, struct fault *why);

/* True when the digits in `text` read as a payment card number (design, invariant 11). */
bool text_has_card_number(const char *text);

/*
 * Trims blanks at both ends and folds inner runs of blanks into one, copying `text` into `out` of
 * `size` bytes. Returns false, with `out` empty, when it does not fit.
 */
bool text_tidy(const char *text, char *out, size_t size);

/*
 * The search key of a name or title: utf8proc casefold and NFC, so that prefixes compare bytewise.
 * Returns false when `text` is not valid UTF-8 or the key does not fit; `out` is empty then.
 */
bool text_key(const char *text, char *out, size_t size);

/* The digits of a phone, a leading + kept: what phones are compared by. Returns as text_key. */
bool text_phone_key(const char *text, char *out, size_t size);

/* The smallest string above every string that begins with `prefix`; false when there is none. */
bool text_prefix_end(const char *prefix, char *out, size_t size);

/* Cells that `text` takes on a terminal, control characters counted as 0. */
int text_cells(const char *text);

/* Bytes of the longest leading part of `text` that ends at a grapheme's end and fits in `cells`. */
size_t text_fit(const char *text, int cells);

/* Bytes of the grapheme at `text`, 0 at the end; its width goes to `*cells` unless NULL. */
size_t text_grapheme(const char *text, int *cells);

/*
 * Copies for a terminal or a log: control characters, overrides and bytes that are no UTF-8 become
 * \xNN or \u{NNNN}. Cut at a character's end when `size` is short. Returns `out`.
 */
char *text_escape(const char *text, char *out, size_t size);

#endif
