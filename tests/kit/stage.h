/*
 * A stage for the program: a directory with a demo box office of its own, and the program on it.
 * The zone is one in which it is about noon, so that today has shows ahead and behind.
 */
#ifndef BOXOFFICE_TESTS_KIT_STAGE_H
#define BOXOFFICE_TESTS_KIT_STAGE_H

#include "core/base/settings.h"
#include "db/sql.h"
#include "tests/kit/kit.h"
#include "tests/kit/pty.h"

struct stage {
    char dir[KIT_PATH], path[KIT_PATH];
    char zone[40], home[KIT_PATH + 20], data[KIT_PATH + 20]; /* of its environment */
    struct settings settings;
    struct sql *db; /* the test's own connection */
    bool locked;    /* the test signs in by itself */
    bool training;  /* the program is opened with --training */
};

/* Makes the directory and the demo in it, and opens a connection. */
void stage_init(struct stage *stage);
/* The same in a zone in which it is that minute of the day now: the demo's programme depends on it.
 */
void stage_init_at(struct stage *stage, int minute);
/* The same without the demo: a box office with neither halls nor shows. */
void stage_init_empty(struct stage *stage);
/* The same as an empty one in an empty database of a server, which stays. */
void stage_init_server(struct stage *stage, const char *conninfo);
/* Closes, and removes the directory. */
void stage_fini(struct stage *stage);

/* Starts the program there as a terminal of that name; `options` may be NULL, its argv and env are
 * set here (`extra` adds to the environment; may be NULL). In a demo its clerk signs in. */
void stage_open(struct stage *stage, struct pty *pty, const char *terminal,
                const struct pty_options *options, const char *const *extra);

/* Signs the demo's clerk in, who stands on the form already: for a program opened otherwise. */
void stage_sign_in(struct pty *pty);

/* Opens the menu and chooses the item that begins with `item`, wherever it stands there. */
void stage_choose(struct pty *pty, const char *item);
/* The same in the list that is open, which has the item in sight. */
void stage_choose_here(struct pty *pty, const char *item);

/* The first number of the first row of a query on the test's connection. */
int64_t stage_number(struct stage *stage, const char *query);

#endif
