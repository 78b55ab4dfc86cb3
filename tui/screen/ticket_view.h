/* What the ticket screen knows of a sale's tickets, and how it is drawn. */
#ifndef BOXOFFICE_TUI_SCREEN_TICKET_VIEW_H
#define BOXOFFICE_TUI_SCREEN_TICKET_VIEW_H

#include "tui/app.h"
#include "tui/widget/editor.h"
#include "tui/widget/list.h"

struct tickets {
    reservation_id id;
    struct ticket_sheet *sheet;
    bool standing;  /* it opened by itself: keys that are not its own are today's */
    bool receipt;   /* the receipt is shown, not the ticket */
    bool asking;    /* was it torn? */
    bool reasoning; /* why is it printed anew? */
    struct editor editor;
    struct list list; /* all of them, then each */
};

/* The ticket under the cursor; with all of them, the first. NULL: nothing is read, or it has none.
 */
const struct ticket *ticket_view_chosen(const struct tickets *tickets);

/* Is it wanted, and has it not come out? */
bool ticket_view_unprinted(const struct ticket *ticket);

/* Is there one that was given out, and nobody noted what came of it? */
bool ticket_view_unknown(const struct app *app, const struct tickets *tickets);

/* Is there one that has not come out, as far as is known? Its state may not be read yet. */
bool ticket_view_any_unprinted(const struct app *app, const struct tickets *tickets);

/* Draws the whole screen but its key bar. */
void ticket_view_draw(struct app *app, struct tickets *tickets, const struct surface *surface);

#endif
