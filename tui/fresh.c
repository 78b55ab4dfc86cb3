/*
 * How old what is on the screens may be. Writers never hold up a read, so in good order it is never
 * older than the timer's two seconds; a storage that fails or a read that hangs makes it old, and
 * then the head line says so.
 */
#include <inttypes.h>
#include <stdio.h>

#include "core/base/words.h"
#include "tui/framework.h"
#include "tui/mono.h"

/* Was nothing learned? A refusal (the show is gone) is an answer. */
static bool failed(enum rc rc)
{
    return rc_exit_status(rc) == rc_exit_status(RC_STORAGE);
}

void fresh_wanted(struct slot *slot, int64_t now_ms)
{
    if (slot->stale_ms == 0)
        slot->stale_ms = now_ms;
    if (slot->under_way && slot->asked_ms == 0)
        slot->asked_ms = now_ms;
}

void fresh_came(struct slot *slot, enum rc rc)
{
    if (!failed(rc))
        slot->stale_ms = slot->wanted ? slot->asked_ms : 0;
    slot->asked_ms = 0;
}

void fresh_retry(struct app *app)
{
    for (int i = 0; i < SLOTS_MAX; i++) {
        struct slot *slot = &app->framework->slots[i];
        if (slot->used && slot->stale_ms != 0 && !slot->under_way)
            slot->wanted = true;
    }
}

int64_t fresh_age(const struct framework *fw, int64_t now_ms)
{
    int64_t age = fw->revs_ok_ms ? now_ms - fw->revs_ok_ms : 0;

    for (int i = 0; i < SLOTS_MAX; i++) {
        const struct slot *slot = &fw->slots[i];
        if (slot->used && slot->stale_ms != 0 && now_ms - slot->stale_ms > age)
            age = now_ms - slot->stale_ms;
    }
    return age;
}

char *fresh_say(const struct app *app, enum screen_id screen, char *buffer, size_t size)
{
    int64_t age = fresh_age(app->framework, mono_ms());
    bool map = screen == SCREEN_HALL;

    buffer[0] = '\0';
    if (age <= (app->framework->away_ms ? 0 : FRESH_MS))
        return buffer;
    if (app->settings->calm) /* which changes nothing by the second */
        snprintf(buffer, size, "%s",
                 age < 60000 ? map ? _("map seconds old") : _("list seconds old")
                 : map ? _("map minutes old")
                             : _("list minutes old"));
    else if (age < 2 * 60000)
        snprintf(buffer, size, map ? _("map %d s old") : _("list %d s old"), (int)(age / 1000));
    else
        snprintf(buffer, size, map ? _("map %d min old") : _("list %d min old"),
                 (int)(age / 60000));
    return buffer;
}
