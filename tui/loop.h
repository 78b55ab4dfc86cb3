/* The only place that waits: one zmq_poll over tty, signals, worker, channel and timers. */
#ifndef BOXOFFICE_TUI_LOOP_H
#define BOXOFFICE_TUI_LOOP_H

#include "core/base/settings.h"
#include "db/sql.h"
#include "tui/screen.h"

struct loop_options {
    const struct settings *settings;
    const struct sql_options *database;
    const char *terminal;                /* claimed already on this host */
    const struct screen *const *screens; /* the registry, ended by NULL; the first is the bottom */
    const char *notice;                  /* said when they open; NULL: nothing */
    const char *pepper_file;             /* of the PINs */
    bool staffed;                        /* people sign in, or it is not known yet */
    bool unasked; /* on a server, which is asked for what follows when it answers */
    bool demo, training;
    struct founded *next; /* filled in with the box office to go on with; database "": none */
    char currency[4];
};

/* Blocks the signals that the loop takes; before any thread or ZeroMQ context is made. */
void loop_block_signals(void);

/* Runs the screens until the user, a signal or the line ends them. */
enum rc loop_run(const struct loop_options *options, struct fault *why);

#endif
