#include "tui/screen/showing.h"

#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"

enum { TITLE_LEAST = 6, COLUMNS_ALL = 72 };

char *showing_distance(const struct app *app, when_ms at, char *buffer, size_t size)
{
    char distance[WHEN_TEXT];

    when_distance(app_now(app), at, distance, sizeof distance);
    /* translators: how long it is until a show starts: "in 2 h 05" */
    (void)snprintf(buffer, size, at > app_now(app) && distance[0] <= '9' ? _("in %s") : "%s",
                   distance);
    return buffer;
}

void showing_head(struct app *app, const struct surface *surface, const char *what,
                  const struct showing *showing)
{
    char left[3 * NAME_SIZE], when[2 * WHEN_TEXT], distance[2 * WHEN_TEXT], behind[NAME_SIZE + 64];
    bool other, all = surface->columns >= COLUMNS_ALL;
    int blanks = all ? 5 : 2;

    if (!showing->title) {
        app_head(app, surface, what);
        return;
    }
    app_when(app, showing->starts_at, &other, when, sizeof when);
    if (all)
        (void)snprintf(behind, sizeof behind, "  %s   %s", showing->hall,
                       showing_distance(app, showing->starts_at, distance, sizeof distance));
    else
        behind[0] = '\0';
    int room = surface->columns - 4 - text_cells(_("DEMO")) - text_cells(what) - blanks -
               text_cells(when) - text_cells(behind);
    if (room < TITLE_LEAST)
        room = TITLE_LEAST;
    size_t fits = text_fit(showing->title, room);
    (void)snprintf(left, sizeof left, "%s%s%.*s%s", what, all ? "  " : " ", (int)fits,
                   showing->title, all ? "   " : " ");
    int at = 1 + text_cells(left);
    size_t used = strlen(left);
    (void)snprintf(left + used, sizeof left - used, "%s%s", when, behind);
    app_head(app, surface, left);
    if (other)
        surface_restyle(surface, 0, at, text_cells(when), STYLE_OTHER_DAY);
}
