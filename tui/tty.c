#include "tui/tty.h"

#include <errno.h>
#include <langinfo.h>
#include <ncurses.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#include "core/base/words.h"
#include "tui/decode.h"
#include "tui/mono.h"
#include "tui/plain.h"
#include "tui/rescue.h"

enum {
    READ_MOST = 64, /* bytes a reading: never more keys than the decoder keeps */
    FLOOD = 128,    /* so many bytes waiting at once were not typed */
    FLOOD_KEPT = 4096
};

struct tty {
    SCREEN *screen;
    int in, out;
    bool ascii, paste, mouse;
    bool addressed; /* it can be told where to write */
    enum style_depth depth;
    struct termios found;
    struct canvas shown; /* what the terminal shows */
    bool stale;
    struct decode decode;
    char undo[256];
};

/* Adds a capability's bytes to what undoes the screen; one with padding is left out. */
static void undo_add(struct tty *tty, const char *bytes)
{
    size_t used = strlen(tty->undo);

    if (bytes && bytes != (char *)-1 && !strstr(bytes, "$<"))
        snprintf(tty->undo + used, sizeof tty->undo - used, "%s", bytes);
}

/* Bytes that ncurses does not know of. */
static void say(const struct tty *tty, const char *bytes)
{
    size_t size = strlen(bytes);

    while (size > 0) {
        ssize_t n = write(tty->out, bytes, size);
        if (n < 0 && errno != EINTR)
            return;
        if (n > 0) {
            bytes += n;
            size -= (size_t)n;
        }
    }
}

static void modes_on(const struct tty *tty)
{
    if (tty->paste)
        say(tty, "\033[?2004h");
    if (tty->mouse)
        say(tty, "\033[?1000h\033[?1006h");
}

static void modes_off(const struct tty *tty)
{
    if (tty->mouse)
        say(tty, "\033[?1006l\033[?1000l");
    if (tty->paste)
        say(tty, "\033[?2004l");
}

static bool capability(const char *name)
{
    const char *bytes = tigetstr((char *)name);

    return bytes && bytes != (char *)-1;
}

/* Colours as far as the terminal, the setting and NO_COLOR allow. */
static enum style_depth colours(const struct settings *settings)
{
    const char *never = getenv("NO_COLOR");
    enum style_depth depth = DEPTH_MONO;

    if ((never && *never) || strcmp(settings->colour, "never") == 0 || !has_colors() ||
        start_color() == ERR || use_default_colors() == ERR)
        return DEPTH_MONO;
    if (COLORS >= 8)
        depth = DEPTH_16;
    if (COLORS >= 256 && strcmp(settings->colour, "16") != 0)
        depth = DEPTH_256;
    for (int style = 0; style < STYLE_COUNT && depth != DEPTH_MONO; style++) {
        struct style_row row = style_row((enum style)style, depth);
        init_pair((short)(style + 1), row.foreground, row.background);
    }
    return depth;
}

static bool locale_is_utf8(void)
{
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

/* What the terminal can do, and how it is left. */
static void learn(struct tty *tty, const struct settings *settings)
{
    tty->ascii = strcmp(settings->glyphs, "ascii") == 0 || !locale_is_utf8();
    tty->depth = colours(settings);
    tty->addressed = capability("cup");
    tty->paste = tty->addressed && capability("smcup");
    tty->mouse = settings->mouse && capability("kmous");
    if (tty->mouse)
        undo_add(tty, "\033[?1006l\033[?1000l");
    if (tty->paste)
        undo_add(tty, "\033[?2004l");
    undo_add(tty, tigetstr("sgr0"));
    undo_add(tty, tigetstr("cnorm"));
    undo_add(tty, tigetstr("rmcup"));
}

enum rc tty_new(struct tty **out, const struct settings *settings, struct fault *why)
{
    const char *term = getenv("TERM");
    struct tty *tty = calloc(1, sizeof *tty);

    if (!tty)
        return fault_set(why, RC_NO_MEMORY, _("no memory for the terminal"));
    tty->in = STDIN_FILENO;
    tty->out = STDOUT_FILENO;
    if (tcgetattr(tty->in, &tty->found) < 0) {
        free(tty);
        return fault_set(why, RC_ENVIRONMENT, _("the terminal: %s"), strerror(errno));
    }
    use_tioctl(TRUE);
    tty->screen = term && *term ? newterm(NULL, stdout, stdin) : NULL;
    if (!tty->screen) {
        free(tty);
        return fault_set(why, RC_ENVIRONMENT,
                         term && *term ? _("TERM=%s is no terminal that is known here: set TERM to "
                                           "yours (xterm, vt100, linux)")
                                       : _("TERM is not set%s: set it to your terminal (xterm, "
                                           "vt100, linux)"),
                         term && *term ? term : "");
    }
    decode_init(&tty->decode);
    learn(tty, settings);
    raw();
    noecho();
    nonl();
    typeahead(-1);
    tty->stale = true;
    rescue_arm(tty->in, tty->out, &tty->found, tty->undo, strlen(tty->undo));
    modes_on(tty);
    *out = tty;
    return RC_OK;
}

void tty_free(struct tty **tty)
{
    if (!*tty)
        return;
    modes_off(*tty);
    endwin();
    tcsetattr((*tty)->in, TCSANOW, &(*tty)->found);
    rescue_disarm();
    delscreen((*tty)->screen);
    canvas_fini(&(*tty)->shown);
    free(*tty);
    *tty = NULL;
}

int tty_fd(const struct tty *tty)
{
    return tty->in;
}

/* Far more than anybody types has come at once, on a terminal without bracketed paste: it is taken
 * as pasted, so that it becomes no keys. */
static bool flooded(struct tty *tty)
{
    int waiting = 0;

    return !tty->decode.pasting && ioctl(tty->in, FIONREAD, &waiting) == 0 && waiting >= FLOOD;
}

bool tty_read(struct tty *tty)
{
    uint8_t bytes[FLOOD_KEPT];
    bool flood = flooded(tty);
    ssize_t n = read(tty->in, bytes, flood ? sizeof bytes : READ_MOST);

    if (n < 0)
        return errno == EINTR || errno == EAGAIN;
    if (flood && n > 0 && !memchr(bytes, 0x1B, (size_t)n)) {
        decode_flood(&tty->decode, bytes, (size_t)n, mono_ms());
        return true;
    }
    for (ssize_t i = 0; i < n; i++)
        decode_byte(&tty->decode, bytes[i], mono_ms());
    return n > 0;
}

bool tty_key(struct tty *tty, struct key *key)
{
    return decode_next(&tty->decode, key);
}

int64_t tty_deadline(const struct tty *tty)
{
    return decode_deadline(&tty->decode);
}

void tty_time(struct tty *tty)
{
    decode_time(&tty->decode, mono_ms());
}

void tty_size(struct tty *tty, int *rows, int *columns)
{
    struct winsize size = {0};

    if (ioctl(tty->out, TIOCGWINSZ, &size) < 0 || size.ws_row == 0 || size.ws_col == 0) {
        *rows = LINES;
        *columns = COLS;
        return;
    }
    *rows = size.ws_row;
    *columns = size.ws_col;
    if (is_term_resized(*rows, *columns)) {
        resizeterm(*rows, *columns);
        tty->stale = true;
    }
}

static attr_t look_of(struct style_row row)
{
    return (row.attributes & LOOK_BOLD ? A_BOLD : 0) | (row.attributes & LOOK_DIM ? A_DIM : 0) |
           (row.attributes & LOOK_REVERSE ? A_REVERSE : 0) |
           (row.attributes & LOOK_UNDERLINE ? A_UNDERLINE : 0);
}

/* Puts characters on the curses screen, each spacing one with the marks behind it. */
static void put_wide(const wchar_t *text, attr_t look, short pair)
{
    wchar_t part[CCHARW_MAX + 1];
    cchar_t cell;

    while (*text) {
        size_t n = 0;
        do {
            if (n < CCHARW_MAX)
                part[n++] = *text;
            text++;
        } while (*text && wcwidth(*text) == 0);
        part[n] = L'\0';
        if (setcchar(&cell, part, look, pair, NULL) == OK)
            add_wch(&cell);
    }
}

/* The cell's grapheme for curses; false when the C library counts its cells otherwise than we do,
 * so that it would shift the line. */
static bool widen(const struct cell *cell, wchar_t wide[static CELL_TEXT])
{
    int width = 0;
    size_t n = mbstowcs(wide, cell->text, CELL_TEXT - 1);

    if (n == (size_t)-1 || n == 0 || wcwidth(wide[0]) < 1)
        return false;
    wide[n] = L'\0';
    for (size_t i = 0; i < n; i++)
        width += wcwidth(wide[i]) > 0 ? wcwidth(wide[i]) : 0;
    return width == cell->width;
}

/* The terminal's own colours are pair 0, whatever the style. */
static short pair_of(struct style_row row, uint8_t style)
{
    return row.foreground < 0 && row.background < 0 ? 0 : (short)(style + 1);
}

static void put_cell(const struct tty *tty, int row, int column, const struct cell *cell)
{
    struct style_row style = style_row((enum style)cell->style, tty->depth);
    short pair = pair_of(style, cell->style);
    wchar_t wide[CELL_TEXT];
    char ascii[3];

    move(row, column);
    if (!tty->ascii && widen(cell, wide)) {
        put_wide(wide, look_of(style), pair);
        return;
    }
    canvas_ascii(cell, ascii);
    for (int i = 0; i < cell->width; i++) {
        wide[0] = i < 2 && ascii[i] ? (wchar_t)ascii[i] : L' ';
        wide[1] = L'\0';
        put_wide(wide, look_of(style), pair);
    }
}

/* Changed since the terminal was written last? A wide grapheme is drawn by its left cell. */
static bool changed(const struct tty *tty, const struct canvas *canvas, size_t at)
{
    const struct cell *now = &canvas->cells[at], *then = &tty->shown.cells[at];

    return now->style != then->style || now->width != then->width ||
           memcmp(now->text, then->text, sizeof now->text) != 0;
}

bool tty_addressed(const struct tty *tty)
{
    return tty->addressed;
}

/* To a terminal that is only written on, line below line. */
static void show_lines(const struct tty *tty, const struct canvas *canvas)
{
    char *lines = plain_lines(canvas, &tty->shown, tty->ascii, tty->stale);

    if (lines)
        say(tty, lines);
    free(lines);
}

/* To a screen, in cells. */
static void show_cells(const struct tty *tty, const struct canvas *canvas)
{
    size_t n = (size_t)canvas->rows * (size_t)canvas->columns;

    for (size_t at = 0; at < n; at++)
        if (canvas->cells[at].width > 0 && changed(tty, canvas, at))
            put_cell(tty, (int)(at / (size_t)canvas->columns), (int)(at % (size_t)canvas->columns),
                     &canvas->cells[at]);
    if (tty->stale)
        clearok(stdscr, TRUE);
    curs_set(canvas->cursor ? 1 : 0);
    if (canvas->cursor)
        move(canvas->cursor_row, canvas->cursor_column);
    refresh();
}

void tty_show(struct tty *tty, const struct canvas *canvas)
{
    size_t n = (size_t)canvas->rows * (size_t)canvas->columns;

    if (tty->shown.rows != canvas->rows || tty->shown.columns != canvas->columns) {
        if (!canvas_resize(&tty->shown, canvas->rows, canvas->columns))
            return;
        erase();
    }
    if (tty->addressed)
        show_cells(tty, canvas);
    else
        show_lines(tty, canvas);
    memcpy(tty->shown.cells, canvas->cells, n * sizeof *canvas->cells);
    tty->shown.cursor = canvas->cursor;
    tty->shown.cursor_row = canvas->cursor_row;
    tty->stale = false;
}

void tty_forget(struct tty *tty)
{
    tty->stale = true;
}

void tty_bell(struct tty *tty)
{
    (void)tty;
    beep();
}

void tty_suspend(struct tty *tty)
{
    modes_off(tty);
    endwin();
    tcsetattr(tty->in, TCSANOW, &tty->found);
}

void tty_resume(struct tty *tty)
{
    tty->stale = true;
    modes_on(tty);
    if (tty->addressed)
        refresh();
    else
        reset_prog_mode();
}
