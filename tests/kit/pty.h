/*
 * The real program on a pseudo-terminal, with libvterm as the terminal: keys in, screen out,
 * without sleeps. What fails here fails the test, and the screen is printed.
 */
#ifndef BOXOFFICE_TESTS_KIT_PTY_H
#define BOXOFFICE_TESTS_KIT_PTY_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include <vterm.h>

enum { PTY_LINE = 1024, PTY_SCREEN = 1 << 17, PTY_LIMIT_MS = 5000, PTY_ENV_MAX = 16 };

struct pty {
    pid_t pid; /* 0: ended */
    int fd;    /* the terminal's side; -1: hung up */
    int rows, columns;
    int status;   /* once ended: exit status, 128 + N by signal N */
    size_t bytes; /* written by the program since it was set to 0 */
    int bells;    /* rung since then */
    bool cursor;  /* it is shown */
    bool longer;  /* rows are read without what longer.h puts into texts */
    VTerm *vterm;
    VTermScreen *screen;
    char text[PTY_SCREEN]; /* of pty_text */
};

struct pty_options {
    int rows, columns;       /* 0: 24 x 80 */
    bool longer;             /* of struct pty */
    const char *term;        /* NULL: xterm-256color; "" leaves TERM unset */
    const char *const *env;  /* "NAME=VALUE", ended by NULL; may be NULL */
    const char *const *argv; /* ended by NULL; argv[0] is the program's path */
};

/* Starts the program. End it with pty_fini. */
void pty_init(struct pty *pty, const struct pty_options *options);

/* Kills it if it still runs, and frees all. */
void pty_fini(struct pty *pty);

/* Types bytes; `size` for those with a NUL or very many. */
void pty_type(struct pty *pty, const char *keys);
void pty_type_bytes(struct pty *pty, const char *bytes, size_t size);

/* Takes what the program wrote, waiting at most `limit_ms` for something. False: nothing came, or
 * the line has ended. */
bool pty_read(struct pty *pty, int limit_ms);

/* The text of a row without blanks at its end; of the whole screen, a line a row. Borrowed until
 * the next call. */
const char *pty_row(struct pty *pty, int row);
const char *pty_text(struct pty *pty);

/* The row that holds `text`, -1: none. */
int pty_find(struct pty *pty, const char *text);

/* A cell with its attributes. */
VTermScreenCell pty_cell(struct pty *pty, int row, int column);
/* Where the cursor stands, whether it is shown or not. */
VTermPos pty_cursor(struct pty *pty);

/* Reads until `reached` says true; fails the test, with the screen, after PTY_LIMIT_MS. */
void pty_wait(struct pty *pty, bool (*reached)(struct pty *pty, void *context), void *context,
              const char *what);
/* Until the screen shows, or no longer shows, a text. */
void pty_wait_text(struct pty *pty, const char *text);
void pty_wait_gone(struct pty *pty, const char *text);
/* Until nothing has come for `quiet_ms`. */
void pty_quiet(struct pty *pty, int quiet_ms);

/* Another size, as a window manager would: the program gets SIGWINCH. */
void pty_resize(struct pty *pty, int rows, int columns);

/* Closes the terminal's side: the program gets SIGHUP and end of file. */
void pty_hang_up(struct pty *pty);

/* Waits for the program's end, at most `limit_ms`, and returns its status; -1: it goes on. */
int pty_reap(struct pty *pty, int limit_ms);

#endif
