/*
 * A server that is away: since when, why, and what staff are told meanwhile. What is shown stays,
 * the basket stays, each key is answered; the reads' own timers find out that it is back.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/base/words.h"
#include "tui/framework.h"
#include "tui/mono.h"

void away_ask_venue(struct app *app)
{
    union read_args args = {0};

    if (!app->framework->venue_known)
        framework_post(app, job_read(READ_VENUE, &args), 0);
}

void away_venue(struct app *app, const struct job *job)
{
    const struct venue *venue = job->result;

    if (job->rc == RC_OK) {
        app->framework->venue_known = true;
        app->demo = venue->demo;
        app->training = venue->training;
        memcpy(app->currency, venue->currency, sizeof app->currency);
    } else if (job->rc == RC_ENVIRONMENT || job->rc == RC_NOT_FOUND) {
        app->framework->end = job->fault;
        app_quit(app);
    }
}

/* What waited for the server is asked for at once. */
static void back(struct app *app)
{
    struct framework *fw = app->framework;

    fw->away_ms = 0;
    fw->revs_ms = 0;
    fw->duty.beat_ms = fw->duty.lease_ms = fw->duty.calls_ms = 0;
    owing_stale(app);
    fresh_retry(app);
    away_ask_venue(app);
    app_say(app, TONE_GOOD, _("the server is back"));
}

void away_seen(struct app *app, const struct job *job)
{
    struct framework *fw = app->framework;

    if (job->rc == RC_AWAY) {
        if (fw->away_ms == 0)
            fw->away_ms = mono_ms();
        snprintf(fw->away, sizeof fw->away, "%s", job->fault.text);
    } else if (fw->away_ms != 0 && rc_exit_status(job->rc) != rc_exit_status(RC_AWAY)) {
        back(app);
    }
}

const char *away_say(const struct app *app, char *buffer, size_t size)
{
    const struct framework *fw = app->framework;
    long since = (long)((mono_ms() - fw->away_ms) / 1000);
    bool calm = app->settings->calm; /* which changes nothing by the second */

    if (fw->away_ms == 0)
        return "";
    /* Nothing was ever read: who set it up wants to know why. */
    if (!fw->venue_known && calm)
        snprintf(buffer, size, _("server away, trying again: %s"), fw->away);
    else if (!fw->venue_known)
        snprintf(buffer, size, _("server away for %ld s, trying again: %s"), since, fw->away);
    else if (calm)
        snprintf(buffer, size, "%s",
                 _("server away: selling has to wait, what is shown is old; trying again"));
    else
        snprintf(
            buffer, size,
            _("server away for %ld s: selling has to wait, what is shown is old; trying again"),
            since);
    return buffer;
}
