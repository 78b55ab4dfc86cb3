/*
 * `make pictures`: draws the screens of the README as SVG, from the real program on a
 * pseudo-terminal. Usage: picture DIRECTORY
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/kit/stage.h"

enum { CELL_WIDE = 9, CELL_HIGH = 19, MARGIN = 12, UTF8_MOST = 4 };

static const char paper[] = "#1c1f26";
static const char ink[] = "#d8dce6";

/* The colour of a cell's ink or paper as #rrggbb; the terminal's own is ours. */
static void colour(struct pty *pty, VTermColor from, bool back, char out[static 8])
{
    bool own = back ? VTERM_COLOR_IS_DEFAULT_BG(&from) : VTERM_COLOR_IS_DEFAULT_FG(&from);

    if (own) {
        memcpy(out, back ? paper : ink, 8);
        return;
    }
    vterm_screen_convert_color_to_rgb(pty->screen, &from);
    (void)snprintf(out, 8, "#%02x%02x%02x", from.rgb.red, from.rgb.green, from.rgb.blue);
}

struct look {
    char ink[8], paper[8];
    bool bold, underlined, dim;
};

static struct look look_of(struct pty *pty, const VTermScreenCell *cell)
{
    struct look look = {.bold = cell->attrs.bold, .underlined = cell->attrs.underline};

    colour(pty, cell->attrs.reverse ? cell->bg : cell->fg, cell->attrs.reverse, look.ink);
    colour(pty, cell->attrs.reverse ? cell->fg : cell->bg, !cell->attrs.reverse, look.paper);
    return look;
}

static void put_char(FILE *out, uint32_t c)
{
    if (c == '&' || c == '<' || c == '>')
        (void)fprintf(out, "&#%u;", (unsigned)c);
    else if (c < 0x80)
        (void)fputc(c == 0 ? ' ' : (int)c, out);
    else
        (void)fprintf(out, "&#x%x;", (unsigned)c);
}

/* Draws the cells from `column` on that look the same; returns the first behind them. */
static int draw_run(FILE *out, struct pty *pty, int row, int column)
{
    VTermScreenCell cell = pty_cell(pty, row, column);
    struct look look = look_of(pty, &cell);
    int end = column;
    int y = MARGIN + row * CELL_HIGH;

    while (end < pty->columns) {
        VTermScreenCell next = pty_cell(pty, row, end);
        struct look other = look_of(pty, &next);
        if (memcmp(&look, &other, sizeof look) != 0)
            break;
        end += next.width > 1 ? next.width : 1;
    }
    int x = MARGIN + column * CELL_WIDE;
    int wide = (end - column) * CELL_WIDE;
    if (strcmp(look.paper, paper) != 0)
        (void)fprintf(out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>\n", x,
                      y, wide, CELL_HIGH, look.paper);
    (void)fprintf(out, "<text x=\"%d\" y=\"%d\" textLength=\"%d\" fill=\"%s\"%s%s>", x, y + 14,
                  wide, look.ink, look.bold ? " font-weight=\"bold\"" : "",
                  look.underlined ? " text-decoration=\"underline\"" : "");
    for (int i = column; i < end;) {
        VTermScreenCell one = pty_cell(pty, row, i);
        put_char(out, one.chars[0] == (uint32_t)-1 ? ' ' : one.chars[0]);
        for (int k = 1; k < VTERM_MAX_CHARS_PER_CELL && one.chars[0] != 0 && one.chars[k] != 0; k++)
            put_char(out, one.chars[k]);
        i += one.width > 1 ? one.width : 1;
    }
    (void)fputs("</text>\n", out);
    return end;
}

static void draw(struct pty *pty, const char *dir, const char *name)
{
    char path[KIT_PATH];
    FILE *out = fopen(kit_path(path, dir, name), "w");
    int wide = 2 * MARGIN + pty->columns * CELL_WIDE;
    int high = 2 * MARGIN + pty->rows * CELL_HIGH;

    if (out == NULL) {
        (void)fprintf(stderr, "picture: %s: %s\n", path, strerror(errno));
        exit(1);
    }
    (void)fprintf(out,
                  "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" "
                  "height=\"%d\" font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" "
                  "font-size=\"15\" xml:space=\"preserve\">\n"
                  "<rect width=\"%d\" height=\"%d\" rx=\"8\" fill=\"%s\"/>\n",
                  wide, high, wide, high, wide, high, paper);
    for (int row = 0; row < pty->rows; row++)
        for (int column = 0; column < pty->columns;)
            column = draw_run(out, pty, row, column);
    (void)fputs("</svg>\n", out);
    if (fclose(out) != 0)
        exit(1);
}

int main(int argc, char **argv)
{
    static struct stage stage;
    static struct pty pty;

    if (argc != 2) {
        (void)fputs("usage: picture DIRECTORY\n", stderr);
        return 2;
    }
    stage_init(&stage);
    stage_open(&stage, &pty, "counter-1", NULL, NULL);
    pty_wait_text(&pty, "BASKET empty");
    pty_quiet(&pty, 300);
    pty_type(&pty, "jj2");
    pty_wait_text(&pty, "Enter holds the best 2");
    draw(&pty, argv[1], "today.svg");
    pty_type(&pty, "\r");
    pty_wait_text(&pty, "2 seats");
    pty_quiet(&pty, 300);
    draw(&pty, argv[1], "hall.svg");
    kill(pty.pid, SIGTERM);
    (void)pty_reap(&pty, PTY_LIMIT_MS);
    pty_fini(&pty);
    stage_fini(&stage);
    return 0;
}
