#include "tui/keybar.h"

#include <stdbool.h>

#include "core/base/text.h"
#include "core/base/words.h"

enum { WORDS_MOST = 16, GAP = 2 };

static bool stays(const struct action_word *word)
{
    return word->action == ACTION_BACK || word->action == ACTION_HELP;
}

static int cells_of(const char *key, const char *word)
{
    return text_cells(key) + 1 + text_cells(word);
}

/* Cells to keep for the words that stay, with the gaps before them. */
static int cells_kept(const struct action_word *words, size_t n, int line)
{
    int cells = 0;

    for (size_t i = 0; i < n; i++)
        if (words[i].line == line && stays(&words[i]))
            cells += GAP + cells_of(words[i].key, _(words[i].word));
    return cells;
}

void keybar_line(const struct surface *surface, int row, enum screen_id screen, int line,
                 const char *enter, uint64_t without)
{
    struct action_word words[WORDS_MOST];
    size_t n = action_words(screen, words, WORDS_MOST);
    int column = 1, kept = cells_kept(words, n, line);

    surface_fill(surface, row, 0, surface->columns, STYLE_NORMAL, " ");
    for (size_t i = 0; i < n; i++) {
        if (words[i].line != line || (without >> words[i].action & 1) != 0)
            continue;
        bool instead = enter && words[i].action == ACTION_ENTER;
        const char *word = instead ? enter : _(words[i].word);
        int cells = cells_of(words[i].key, word);
        if (stays(&words[i]))
            kept -= GAP + cells;
        if (column + cells + kept > surface->columns)
            continue;
        column = surface_put(surface, row, column, STYLE_KEY, words[i].key);
        column = surface_put(surface, row, column + 1, instead ? STYLE_STRONG : STYLE_NORMAL, word);
        column += GAP;
    }
}
