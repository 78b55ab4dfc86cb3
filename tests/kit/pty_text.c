/* What the terminal shows, as text and cells. */
#include <stdint.h>
#include <string.h>

#include "tests/kit/pty.h"

VTermScreenCell pty_cell(struct pty *pty, int row, int column)
{
    VTermScreenCell cell;

    memset(&cell, 0, sizeof cell);
    vterm_screen_get_cell(pty->screen, (VTermPos){.row = row, .col = column}, &cell);
    return cell;
}

VTermPos pty_cursor(struct pty *pty)
{
    VTermPos at;

    vterm_state_get_cursorpos(vterm_obtain_state(pty->vterm), &at);
    return at;
}

/* One character in UTF-8; returns its bytes. */
static size_t put_char(uint32_t c, char *out)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    size_t more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    static const uint8_t lead[] = {0, 0xC0, 0xE0, 0xF0};
    out[0] = (char)(lead[more] | (c >> (6 * more)));
    for (size_t i = 1; i <= more; i++)
        out[i] = (char)(0x80 | ((c >> (6 * (more - i))) & 0x3F));
    return more + 1;
}

/* Writes a row into `out`, which has room for PTY_LINE bytes; blanks at its end are left out. */
static size_t row_text(struct pty *pty, int row, char *out)
{
    size_t used = 0, end = 0;

    for (int column = 0; column < pty->columns && used + 32 < PTY_LINE; column++) {
        VTermScreenCell cell = pty_cell(pty, row, column);
        if (cell.chars[0] == (uint32_t)-1) /* right half of a wide one */
            continue;
        if (cell.chars[0] == 0)
            out[used++] = ' ';
        for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
            used += put_char(cell.chars[i], out + used);
        if (out[used - 1] != ' ')
            end = used;
    }
    out[end] = '\0';
    return end;
}

const char *pty_row(struct pty *pty, int row)
{
    row_text(pty, row, pty->text);
    return pty->text;
}

const char *pty_text(struct pty *pty)
{
    size_t used = 0;

    for (int row = 0; row < pty->rows && used + PTY_LINE < sizeof pty->text; row++) {
        used += row_text(pty, row, pty->text + used);
        pty->text[used++] = '\n';
    }
    pty->text[used] = '\0';
    return pty->text;
}

int pty_find(struct pty *pty, const char *text)
{
    for (int row = 0; row < pty->rows; row++)
        if (strstr(pty_row(pty, row), text))
            return row;
    return -1;
}
