/*
 * The terminal: the only room that knows ncurses, and only for output. Bytes from the keyboard are
 * decoded in key.h. Whatever happens, the terminal is given back as it was found.
 */
#ifndef BOXOFFICE_TUI_TTY_H
#define BOXOFFICE_TUI_TTY_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/rc.h"
#include "core/base/settings.h"
#include "tui/key.h"
#include "tui/surface.h"

struct tty;

/* Takes the terminal of stdin and stdout over. RC_ENVIRONMENT for an unset, unknown or too simple
 * TERM (fault 80). On success `*tty` is the caller's. One a process. */
enum rc tty_new(struct tty **tty, const struct settings *settings, struct fault *why);

/* Gives the terminal back and clears `*tty`; NULL inside is allowed. */
void tty_free(struct tty **tty);

/* The descriptor to poll for keys. */
int tty_fd(const struct tty *tty);

/* Reads what has come and decodes it. False: the line hung up or ended. */
bool tty_read(struct tty *tty);

/* Takes the next key. False: none. */
bool tty_key(struct tty *tty, struct key *key);

/* When tty_time wants to be called, monotonic ms; INT64_MAX: never. */
int64_t tty_deadline(const struct tty *tty);
void tty_time(struct tty *tty);

/* Its size, asked anew from the kernel. */
void tty_size(struct tty *tty, int *rows, int *columns);

/* Can it be told where to write? One that can't (TERM=dumb) is shown lines, as plain.h says. */
bool tty_addressed(const struct tty *tty);

/* Shows a canvas: only what changed since the last one is written. */
void tty_show(struct tty *tty, const struct canvas *canvas);

/* Forgets what is on the screen, so that the next tty_show writes everything. */
void tty_forget(struct tty *tty);

/* Rings. */
void tty_bell(struct tty *tty);

/* Gives the terminal back for a while (Ctrl-Z), and takes it again. */
void tty_suspend(struct tty *tty);
void tty_resume(struct tty *tty);

#endif
