/*
 * Printing at this terminal, behind the screens: the tickets of a sale get their serials, are read,
 * made and given to the printer, one sale after the other, and what came of it is noted. Each step
 * is an answer or a timer: nothing waits for a printer.
 */
#ifndef BOXOFFICE_TUI_PRINTING_H
#define BOXOFFICE_TUI_PRINTING_H

#include "tui/owing.h"
#include "tui/printer.h"
#include "tui/stationery.h"

struct app;

enum { PRINT_TASKS = 16 };

/* One sale to be printed. */
struct print_task {
    reservation_id reservation;
    char code[CODE_SIZE];
    char labels[64]; /* of the seats; "" until it is read */
    bool issues;     /* its tickets are asked for first */
    bool began;      /* a step is under way */
    int64_t keys;    /* pressed until then, by framework->keys */
    struct stationery_wish wish;
    char *bytes; /* of a report, made already; NULL: it is a sale */
    size_t size;
};

struct printing {
    struct stationery *stationery; /* NULL: at the end */
    struct printer printer;
    int n;
    struct print_task tasks[PRINT_TASKS]; /* the first is at work */
    int noting;                           /* what came of it is on its way to the database */
    int changes;                          /* one more with each task */
    struct owing owing;
};

/* Reads the templates. RC_BAD_INPUT with file and line for a bad one. */
enum rc printing_start(struct app *app, struct fault *why);
void printing_fini(struct app *app);

/* Takes an answer that belongs to it (owner 0). False: it does not. */
bool printing_answer(struct app *app, struct job *job);
/* Begins what is due, and looks at the printer. */
void printing_time(struct app *app);
/* When it wants to be called next, monotonic ms; INT64_MAX: never. */
int64_t printing_deadline(const struct app *app);

#endif
