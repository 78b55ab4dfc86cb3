#include "tui/style.h"

struct style_row style_row(enum style style, enum style_depth depth)
{
#define STYLE_MONO_ROW(name, look, mono, fg16, bg16, fg256, bg256) [STYLE_##name] = {mono, -1, -1},
#define STYLE_16_ROW(name, look, mono, fg16, bg16, fg256, bg256) \
    [STYLE_##name] = {look, fg16, bg16},
#define STYLE_256_ROW(name, look, mono, fg16, bg16, fg256, bg256) \
    [STYLE_##name] = {look, fg256, bg256},
    static const struct style_row rows[][STYLE_COUNT] = {
        [DEPTH_MONO] = {STYLES(STYLE_MONO_ROW)},
        [DEPTH_16] = {STYLES(STYLE_16_ROW)},
        [DEPTH_256] = {STYLES(STYLE_256_ROW)},
    };

    return rows[depth][style];
}

bool style_blank_is_plain(enum style style)
{
    for (int depth = DEPTH_MONO; depth <= DEPTH_256; depth++) {
        struct style_row row = style_row(style, (enum style_depth)depth);
        if (row.background >= 0 || row.attributes & (LOOK_REVERSE | LOOK_UNDERLINE))
            return false;
    }
    return true;
}
