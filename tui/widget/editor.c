#include "tui/widget/editor.h"

#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/utf8.h"
#include "core/base/words.h"

void editor_init(struct editor *editor, size_t limit)
{
    memset(editor, 0, sizeof *editor);
    editor->limit = limit < EDITOR_MAX ? limit : EDITOR_MAX - 1;
}

static void tell(struct editor *editor, const char *what)
{
    (void)snprintf(editor->told, sizeof editor->told, "%s", what);
}

/* The beginning of the grapheme before `at`. */
static size_t before(const struct editor *editor, size_t at)
{
    size_t from = 0, n;

    while ((n = text_grapheme(editor->text + from, NULL)) > 0 && from + n < at)
        from += n;
    return at > 0 ? from : 0;
}

/* The end of the grapheme at `at`. */
static size_t after(const struct editor *editor, size_t at)
{
    return at + text_grapheme(editor->text + at, NULL);
}

static bool blank_at(const struct editor *editor, size_t at)
{
    int32_t c;

    return utf8_next(editor->text + at, &c) > 0 && utf8_blank(c);
}

static size_t word_left(const struct editor *editor)
{
    size_t at = editor->at;

    while (at > 0 && blank_at(editor, before(editor, at)))
        at = before(editor, at);
    while (at > 0 && !blank_at(editor, before(editor, at)))
        at = before(editor, at);
    return at;
}

static size_t word_right(const struct editor *editor)
{
    size_t at = editor->at;

    while (editor->text[at] && blank_at(editor, at))
        at = after(editor, at);
    while (editor->text[at] && !blank_at(editor, at))
        at = after(editor, at);
    return at;
}

/* Takes out the bytes from `from` to `to`; the cursor goes there. */
static void cut(struct editor *editor, size_t from, size_t to)
{
    memmove(editor->text + from, editor->text + to, strlen(editor->text + to) + 1);
    editor->at = from;
    editor->touched = editor->touched || to > from;
}

/* A mark typed behind a letter makes one grapheme with it: the cursor stands behind the whole. */
static void settle(struct editor *editor)
{
    size_t at = 0;

    while (at < editor->at)
        at = after(editor, at);
    editor->at = at;
}

/* Inserts `n` bytes; false, and unchanged, when they do not fit. */
static bool insert(struct editor *editor, const char *bytes, size_t n)
{
    size_t size = strlen(editor->text);

    if (size + n > editor->limit) {
        tell(editor, _("no more room"));
        return false;
    }
    memmove(editor->text + editor->at + n, editor->text + editor->at, size - editor->at + 1);
    memcpy(editor->text + editor->at, bytes, n);
    editor->at += n;
    editor->touched = true;
    return true;
}

/* Refused at the door? Joiners are judged when the text is whole, so they may be typed. */
static bool refused(int32_t c)
{
    if (c == 0x200C || c == 0x200D)
        return false;
    return c == UTF8_BAD || utf8_judge('a', c, 'a') != UTF8_HARMLESS;
}

static bool type(struct editor *editor, const char *text)
{
    int32_t c;
    size_t n = utf8_next(text, &c);

    if (n == 0)
        return false;
    if (refused(c)) {
        tell(editor, _("this character is not taken"));
        return true;
    }
    if (insert(editor, text, n))
        settle(editor);
    return true;
}

/* Line ends become blanks; all or nothing, so that nothing is cut unseen. */
static bool paste(struct editor *editor, const char *text, bool cut_short)
{
    char clean[EDITOR_MAX];
    size_t used = 0, n;
    int32_t c;

    for (; (n = utf8_next(text, &c)) > 0; text += n) {
        bool space = c == '\n' || c == '\r' || c == '\t';
        if (!space && refused(c)) {
            tell(editor, _("pasted text holds a character that is not taken"));
            return true;
        }
        if (cut_short || used + n >= sizeof clean) {
            tell(editor, _("the pasted text is too long"));
            return true;
        }
        memcpy(clean + used, space ? " " : text, n);
        used += n;
    }
    if (used > 0 && insert(editor, clean, used))
        settle(editor);
    return true;
}

bool editor_set(struct editor *editor, const char *text)
{
    size_t size = strlen(text);

    if (size > editor->limit)
        return false;
    memcpy(editor->text, text, size + 1);
    editor->at = size;
    editor->scroll = 0;
    return true;
}

/* Ctrl and a letter, as shells have them. */
static bool control(struct editor *editor, char letter)
{
    switch (letter) {
    case 'a':
        editor->at = 0;
        return true;
    case 'e':
        editor->at = strlen(editor->text);
        return true;
    case 'u':
        cut(editor, 0, editor->at);
        return true;
    case 'k':
        cut(editor, editor->at, strlen(editor->text));
        return true;
    case 'w':
        cut(editor, word_left(editor), editor->at);
        return true;
    case 'd':
        cut(editor, editor->at, after(editor, editor->at));
        return true;
    default:
        return false;
    }
}

bool editor_key(struct editor *editor, const struct key *key)
{
    editor->told[0] = '\0';
    switch (key->press) {
    case PRESS_TEXT:
        return type(editor, key->text);
    case PRESS_PASTE:
        return paste(editor, key->paste, key->paste_cut);
    case PRESS_CTRL:
        return control(editor, key->text[0]);
    case PRESS_BACKSPACE:
        cut(editor, before(editor, editor->at), editor->at);
        return true;
    case PRESS_DELETE:
        cut(editor, editor->at, after(editor, editor->at));
        return true;
    case PRESS_LEFT:
        editor->at = before(editor, editor->at);
        return true;
    case PRESS_RIGHT:
        editor->at = after(editor, editor->at);
        return true;
    case PRESS_WORD_LEFT:
        editor->at = word_left(editor);
        return true;
    case PRESS_WORD_RIGHT:
        editor->at = word_right(editor);
        return true;
    case PRESS_HOME:
        editor->at = 0;
        return true;
    case PRESS_END:
        editor->at = strlen(editor->text);
        return true;
    default:
        return false;
    }
}

/* Cells of the text before the cursor. */
static int cells_before(const struct editor *editor)
{
    int cells = 0, width;

    for (size_t at = 0; at < editor->at; at = after(editor, at)) {
        text_grapheme(editor->text + at, &width);
        cells += width;
    }
    return cells;
}

void editor_draw(struct editor *editor, const struct surface *surface, int row, int column,
                 int cells, bool focus)
{
    struct surface field = surface_part(surface, row, column, 1, cells);
    int cursor = cells_before(editor), width = 0, skipped = 0;
    size_t from = 0;

    if (cursor < editor->scroll)
        editor->scroll = cursor;
    if (cursor >= editor->scroll + field.columns)
        editor->scroll = cursor - field.columns + 1;
    while (skipped < editor->scroll && editor->text[from]) {
        size_t n = text_grapheme(editor->text + from, &width);
        skipped += width;
        from += n;
    }
    surface_fill(&field, 0, 0, field.columns, STYLE_FIELD, " ");
    if (editor->secret)
        surface_fill(&field, 0, 0, text_cells(editor->text + from), STYLE_FIELD, "*");
    else
        surface_put(&field, 0, skipped - editor->scroll, STYLE_FIELD, editor->text + from);
    if (focus)
        surface_cursor(&field, 0, cursor - editor->scroll);
}
