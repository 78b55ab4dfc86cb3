/*
 * Letters as dots, from a font in the .hex form of GNU Unifont: lines "F8FF:" and 32 or 64
 * hexadecimal digits, in the order of their characters. For what a printer's code page cannot.
 */
#ifndef BOXOFFICE_CORE_RULES_GLYPHS_H
#define BOXOFFICE_CORE_RULES_GLYPHS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { GLYPH_ROWS = 16 };

struct glyphs {
    const char *hex; /* the file's text, borrowed; NULL: there is no font */
    size_t size;
};

/* A letter: 16 rows of 8 or 16 dots, the leftmost in the highest bit of 16. */
struct glyph {
    int width;
    uint16_t rows[GLYPH_ROWS];
};

/* Finds a character's letter; false when the font has none. */
bool glyphs_find(const struct glyphs *glyphs, int32_t c, struct glyph *glyph);

#endif
