/*
 * A scanner types like a keyboard. What it reads is known among the keys by what it is
 * (core/rules/scan.h), never by its speed, before any screen sees it: it becomes one key,
 * PRESS_SCAN, and owns the Enter behind it. Keys that turn out to be no scan come out as they were
 * typed.
 */
#include <string.h>

#include "core/base/words.h"
#include "tui/framework.h"

/* Gives out what was taken, as the keys that it is. */
static void give_out(struct app *app)
{
    struct scan_reader *reader = &app->framework->scan;
    struct scan_reader was = *reader;
    struct key key = {.press = PRESS_TEXT};

    scan_begin(reader);
    if (was.prefixed) {
        key.text[0] = was.prefix;
        framework_typed(app, &key);
    }
    for (size_t i = 0; i < was.n; i++) {
        key.text[0] = was.text[i];
        framework_typed(app, &key);
    }
}

/* It is whole: one key, and the Enter behind it is its own. */
static void whole(struct app *app, bool enter_came)
{
    struct scan_reader *reader = &app->framework->scan;
    struct key key = {.press = PRESS_SCAN};

    memcpy(key.scan, reader->text, sizeof key.scan);
    scan_begin(reader);
    app->framework->scan_end = enter_came ? SCAN_END_LF : SCAN_END_ANY;
    framework_typed(app, &key);
}

/* The Enter, or the CR and LF, that a scanner sends behind what it read. */
static bool own_end(struct framework *fw, const struct key *key)
{
    enum scan_end end = fw->scan_end;
    bool feed = key->text[0] == '\n';

    fw->scan_end = SCAN_END_NONE;
    if (key->press != PRESS_ENTER || end == SCAN_END_NONE || (end == SCAN_END_LF && !feed))
        return false;
    if (!feed)
        fw->scan_end = SCAN_END_LF;
    return true;
}

static bool take_character(struct app *app, char c)
{
    struct scan_reader *reader = &app->framework->scan;

    switch (scan_take(reader, c)) {
    case SCAN_MORE:
        app_say(app, TONE_PLAIN, _("scan: %s"), reader->text);
        return true;
    case SCAN_WHOLE:
        whole(app, false);
        return true;
    case SCAN_NONE:
        break;
    }
    return false;
}

void framework_key(struct app *app, const struct key *key)
{
    struct framework *fw = app->framework;
    bool character = key->press == PRESS_TEXT && key->text[0] >= ' ' && !key->text[1];

    fw->keys++;
    if (own_end(fw, key))
        return;
    if (key->press == PRESS_ENTER && scan_enter(&fw->scan) == SCAN_WHOLE) {
        whole(app, true);
        return;
    }
    if (character && take_character(app, key->text[0]))
        return;
    if (scan_waits(&fw->scan)) {
        /* The character that broke it lies there, too, when it made the length full. */
        bool full = fw->scan.n == SCAN_LENGTH && !fw->scan.prefixed;

        give_out(app);
        if (character && (full || take_character(app, key->text[0])))
            return;
    }
    framework_typed(app, key);
}

/* Opens the sale that a code belongs to, wherever the cursor is. */
static void open_sale(struct app *app, const char *text)
{
    struct screen_args args = {0};
    struct scan scan;
    size_t n = 0;

    if (scan_parse(text, &scan)) {
        memcpy(args.text, scan.code, sizeof scan.code);
    } else {
        for (; *text && n < CODE_SIZE - 1; text++)
            if (*text != ' ')
                args.text[n++] = *text;
        if (*text || n == 0) {
            app_say(app, TONE_WARN, _("what was scanned is no ticket and no code"));
            return;
        }
    }
    if (framework_top(app)->screen->id == SCREEN_RESERVATION)
        app_replace(app, SCREEN_RESERVATION, &args);
    else
        app_open(app, SCREEN_RESERVATION, &args);
}

void framework_scanned(struct app *app, const struct key *key)
{
    struct frame *top = framework_top(app);

    if (top->screen->id == SCREEN_SIGN_IN || top->screen->id == SCREEN_APPROVE)
        return; /* nobody has signed in who might see it */
    if (!top->screen->scan || !top->screen->scan(app, top->state, key->scan))
        open_sale(app, key->scan);
}
