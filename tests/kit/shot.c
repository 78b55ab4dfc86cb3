#include "tests/kit/shot.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

void shot_take(struct shot *shot, struct pty *pty)
{
    if (pty->rows * pty->columns > SHOT_CELLS)
        fail_msg("a shot of %d x %d has no room", pty->rows, pty->columns);
    shot->rows = pty->rows;
    shot->columns = pty->columns;
    shot->cursor_shown = pty->cursor;
    shot->cursor = pty_cursor(pty);
    for (int row = 0; row < pty->rows; row++)
        for (int column = 0; column < pty->columns; column++)
            shot->cells[row * pty->columns + column] = pty_cell(pty, row, column);
}

/* A cell that was never written looks like a blank. */
static uint32_t shown(const VTermScreenCell *cell)
{
    return cell->chars[0] == 0 ? ' ' : cell->chars[0];
}

static bool same_text(const VTermScreenCell *a, const VTermScreenCell *b)
{
    if (shown(a) != shown(b) || a->width != b->width)
        return false;
    for (int i = 1; i < VTERM_MAX_CHARS_PER_CELL && a->chars[0] != 0 && a->chars[i - 1] != 0; i++)
        if (a->chars[i] != b->chars[i])
            return false;
    return true;
}

static bool same_look(const VTermScreenCell *a, const VTermScreenCell *b)
{
    return a->attrs.bold == b->attrs.bold && a->attrs.reverse == b->attrs.reverse &&
           a->attrs.underline == b->attrs.underline && a->attrs.blink == b->attrs.blink &&
           vterm_color_is_equal(&a->fg, &b->fg) && vterm_color_is_equal(&a->bg, &b->bg);
}

static bool of_time(uint32_t c)
{
    return c == ' ' || (c >= '0' && c <= '9');
}

static enum shot_change compare_cells(const VTermScreenCell *a, const VTermScreenCell *b)
{
    if (same_text(a, b))
        return same_look(a, b) ? SHOT_SAME : SHOT_OTHER;
    return of_time(shown(a)) && of_time(shown(b)) ? SHOT_TIME : SHOT_OTHER;
}

enum shot_change shot_compare(const struct shot *shot, struct pty *pty, int *row)
{
    enum shot_change worst = SHOT_SAME;
    VTermPos cursor = pty_cursor(pty);

    if (shot->rows != pty->rows || shot->columns != pty->columns)
        return SHOT_OTHER;
    if (shot->cursor_shown != pty->cursor ||
        (pty->cursor && (cursor.row != shot->cursor.row || cursor.col != shot->cursor.col))) {
        *row = cursor.row;
        return SHOT_OTHER;
    }
    for (int at = 0; at < shot->rows * shot->columns; at++) {
        VTermScreenCell now = pty_cell(pty, at / shot->columns, at % shot->columns);
        enum shot_change change = compare_cells(&shot->cells[at], &now);
        if (change > worst) {
            worst = change;
            *row = at / shot->columns;
        }
    }
    return worst;
}

const char *shot_row(const struct shot *shot, int row)
{
    static char line[PTY_LINE];

    for (int column = 0; column < shot->columns; column++) {
        uint32_t c = shown(&shot->cells[row * shot->columns + column]);
        line[column] = c < 0x80 ? (char)c : '~';
    }
    line[shot->columns] = '\0';
    return line;
}

bool shot_coloured(struct pty *pty)
{
    for (int row = 0; row < pty->rows; row++)
        for (int column = 0; column < pty->columns; column++) {
            VTermScreenCell cell = pty_cell(pty, row, column);
            if (!VTERM_COLOR_IS_DEFAULT_FG(&cell.fg) || !VTERM_COLOR_IS_DEFAULT_BG(&cell.bg))
                return true;
        }
    return false;
}

bool shot_all_ascii(struct pty *pty)
{
    for (int row = 0; row < pty->rows; row++)
        for (int column = 0; column < pty->columns; column++) {
            VTermScreenCell cell = pty_cell(pty, row, column);
            if (cell.chars[0] >= 0x80)
                return false;
        }
    return true;
}

/* A row with a character a cell, what is no ASCII as '~'. */
static void line_of(struct pty *pty, int row, char *line)
{
    for (int column = 0; column < pty->columns; column++) {
        VTermScreenCell cell = pty_cell(pty, row, column);
        uint32_t c = shown(&cell);
        line[column] = c < 0x80 ? (char)c : '~';
    }
    line[pty->columns] = '\0';
}

static bool digit(char c)
{
    return isdigit((unsigned char)c) != 0;
}

/* Does a number end at its separator, or one digit behind it, or begin with it? */
static bool cut_at(const char *line, const char *at)
{
    if (*at != '.' && *at != ':')
        return false;
    bool before = at > line && digit(at[-1]);
    if (before && at[1] == '\0')
        return true;
    if (before)
        return digit(at[1]) && !digit(at[2]);
    return (at == line || at[-1] == ' ') && digit(at[1]) && digit(at[2]);
}

const char *shot_cut(struct pty *pty)
{
    static char line[PTY_LINE];

    for (int row = 0; row < pty->rows; row++) {
        line_of(pty, row, line);
        for (const char *at = line; *at != '\0'; at++)
            if (cut_at(line, at))
                return line;
    }
    return NULL;
}
