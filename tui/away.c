/*
 * A server that is away: since when, why, and what staff are told meanwhile. What is shown stays,
 * the basket stays, each key is answered; the reads' own timers find out that it is back.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

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
    fresh_retry(app);
    away_ask_venue(app);
    app_say(app, TONE_GOOD, "the server is back");
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
    char since[32] = "";

    if (fw->away_ms == 0)
        return "";
    if (!app->settings->calm) /* which changes nothing by the second */
        snprintf(since, sizeof since, " for %" PRId64 " s", (mono_ms() - fw->away_ms) / 1000);
    if (!fw->venue_known) /* nothing was ever read: who set it up wants to know why */
        snprintf(buffer, size, "server away%s, trying again: %s", since, fw->away);
    else
        snprintf(buffer, size,
                 "server away%s: selling has to wait, what is shown is old; trying again", since);
    return buffer;
}
