/* Single characters of UTF-8, and which of them may not reach a terminal as they are. */
#ifndef BOXOFFICE_CORE_BASE_UTF8_H
#define BOXOFFICE_CORE_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Stands for a byte that is no UTF-8. */
enum { UTF8_BAD = -1 };

/*
 * Reads the character at `text`, which ends with NUL. Returns its bytes, 0 at the end; a byte that
 * begins no valid character is one byte and UTF8_BAD.
 */
size_t utf8_next(const char *text, int32_t *character);

/* The value 0 to 9 of a decimal digit of any script, -1 for any other character. */
int utf8_digit(int32_t character);

/* True for a letter of any script, and for a mark, which belongs to one. */
bool utf8_letter(int32_t character);

/* True for a space of any width (category Zs). Tabs and line ends are control characters. */
bool utf8_blank(int32_t character);

/* Why a character is refused at the door. */
enum utf8_harm { UTF8_HARMLESS, UTF8_CONTROL, UTF8_BIDI, UTF8_ZERO_WIDTH };

/*
 * Judges `character` by what stands `before` and `after` it (0 at the ends of the text): U+200C and
 * U+200D are harmless between letters or marks, variation selectors behind anything visible.
 */
enum utf8_harm utf8_judge(int32_t before, int32_t character, int32_t after);

#endif
