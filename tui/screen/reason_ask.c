#include "tui/screen/reason_ask.h"

#include <stdio.h>

#include "core/base/words.h"

enum { WIDE = 76, DIGIT_OTHER = REASON_COUNT + 1 };

void reason_ask_open(struct app *app, struct reason_ask *ask)
{
    ask->asking = true;
    ask->writing = false;
    app_drop_keys(app);
}

static enum reason_came given(struct reason_ask *ask, const char *text,
                              char reason[static REFERENCE_SIZE])
{
    (void)snprintf(reason, REFERENCE_SIZE, "%.*s", REFERENCE_SIZE - 1, text);
    ask->asking = ask->writing = false;
    return REASON_CAME_GIVEN;
}

static enum reason_came write_key(struct app *app, struct reason_ask *ask, const struct key *key,
                                  enum action action, char reason[static REFERENCE_SIZE])
{
    if (action == ACTION_BACK) {
        ask->asking = ask->writing = false;
        return REASON_CAME_LEFT;
    }
    if (action == ACTION_ENTER) {
        if (ask->text.text[0] != '\0')
            return given(ask, ask->text.text, reason);
        app_say(app, TONE_WARN, _("a reason is wanted"));
        return REASON_CAME_NONE;
    }
    (void)editor_key(&ask->text, key);
    if (ask->text.told[0] != '\0')
        app_say(app, TONE_WARN, "%s", ask->text.told);
    return REASON_CAME_NONE;
}

enum reason_came reason_ask_key(struct app *app, struct reason_ask *ask, const struct key *key,
                                enum action action, char reason[static REFERENCE_SIZE])
{
    int digit = action == ACTION_DIGIT ? key->text[0] - '0' : 0;

    if (ask->writing)
        return write_key(app, ask, key, action, reason);
    if (digit == DIGIT_OTHER) {
        ask->writing = true;
        editor_init(&ask->text, REFERENCE_SIZE - 1);
        return REASON_CAME_NONE;
    }
    if (digit >= 1 && digit <= REASON_COUNT)
        return given(ask, reason_word((enum reason_kind)(digit - 1)), reason);
    ask->asking = false;
    return REASON_CAME_LEFT;
}

void reason_ask_draw(struct reason_ask *ask, const struct surface *surface, int row)
{
    surface_fill(surface, row, 0, surface->columns, STYLE_NORMAL, " ");
    if (ask->writing) {
        int column = 1 + surface_put(surface, row, 1, STYLE_WARN, _("Why?"));
        editor_draw(&ask->text, surface, row, column, surface->columns - column - 1, true);
        return;
    }
    surface_put(surface, row, 1, STYLE_WARN,
                surface->columns >= WIDE
                    /* translators: why money goes back; the digits stay */
                    ? _("1 mistake  2 customer cannot come  3 show changed  4 other: text  Esc no")
                    : _("1 mistake 2 customer 3 show 4 other"));
}
