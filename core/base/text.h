/*
 * Text that people type and read: UTF-8, checked at the door, escaped on the way out.
 *
 * Control characters, bidirectional overrides and zero-width characters spoof a terminal's layout,
 * so they are refused; U+200C and U+200D are kept between letters or marks, since names need them,
 * and variation selectors behind what they vary. Widths are terminal cells by Unicode's East Asian
 * Width; spacing marks take one and jamo that join the one before take none, as terminals have it.
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
 * Trims blanks (spaces of any width; tabs and line ends are left for text_check to refuse) at both
 * ends and folds inner runs of them into one space, copying `text` into `out` of `size` bytes.
 * Returns false, with `out` empty, when it does not fit.
 */
bool text_tidy(const char *text, char *out, size_t size);

/*
 * The search key of a name or title: utf8proc casefold and NFC, so that prefixes compare bytewise.
 * Returns false when `text` is not valid UTF-8 or the key does not fit; `out` is empty then.
 */
bool text_key(const char *text, char *out, size_t size);

/*
 * The digits of a phone, those of any script as ASCII, a leading + kept: what phones are compared
 * by. Returns as text_key.
 */
bool text_phone_key(const char *text, char *out, size_t size);

/*
 * Do two phones' keys, both of them of text_phone_key, ring the same? One may lack its country and
 * begin with the 0 of its own: "055 01 12 12" and "+47 55 01 12 12". Of less than seven digits, or
 * with both countries told, they are the same only when they are equal.
 */
bool text_phone_same(const char *a, const char *b);

/* The smallest string above every string that begins with `prefix`; false when there is none. */
bool text_prefix_end(const char *prefix, char *out, size_t size);

/* Cells that `text` takes on a terminal; control characters count 0, a byte that is no UTF-8 1. */
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
