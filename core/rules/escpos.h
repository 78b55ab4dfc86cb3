/*
 * What a ticket printer is told: ESC/POS. Text in the code page Windows-1252 (the printer's table
 * 16); a line that has a letter beyond it is drawn as dots, so that Σταύρου and 作者 are printed as
 * they are written; QR codes are drawn as dots as well. Pure.
 */
#ifndef BOXOFFICE_CORE_RULES_ESCPOS_H
#define BOXOFFICE_CORE_RULES_ESCPOS_H

#include "core/rules/glyphs.h"
#include "core/rules/layout.h"

enum { ESCPOS_CELL = 12, ESCPOS_HEIGHT = 24, ESCPOS_MODULE = 6 };

struct escpos {
    size_t n, room;
    uint8_t *bytes;
    bool failed;     /* out of memory */
    int32_t missing; /* the first character that neither code page nor font has; 0: none */
};

/*
 * Adds what prints the lines, `columns` letters wide, to `out` (zeroed at first; ended by
 * escpos_fini). A character that cannot be printed is a box of dots, and noted. False: out of
 * memory.
 */
bool escpos_make(const struct layout_lines *lines, int columns, const struct glyphs *glyphs,
                 struct escpos *out);
void escpos_fini(struct escpos *out);

#endif
