/* The showing that a screen is about, in its head line. */
#ifndef BOXOFFICE_TUI_SCREEN_SHOWING_H
#define BOXOFFICE_TUI_SCREEN_SHOWING_H

#include "tui/app.h"

struct showing {
    const char *title, *hall; /* borrowed; title NULL: not known yet */
    when_ms starts_at;
};

/* "WAITING  Paris, Texas   TODAY 19:45  Saal 1   in 5 h 13": the head line. What is not today is in
 * reverse; the title gives way first. */
void showing_head(struct app *app, const struct surface *surface, const char *what,
                  const struct showing *showing);

/* "in 5 h 13", "began 2 ago", "now". Returns buffer. */
char *showing_distance(const struct app *app, when_ms at, char *buffer, size_t size);

#endif
