/* Verbs and reads: posted for screens, and what comes back given to whom it belongs. */
#include <stdio.h>
#include <string.h>

#include "core/base/digest.h"
#include "core/base/words.h"
#include "tui/framework.h"
#include "tui/mono.h"

enum { VERB_TAG = 1 << 30 }; /* marks the user's verb among a screen's tags */

/* Verbs whose key is the basket's. */
static bool of_basket(const struct verb *verb)
{
    return verb == &verb_hold || verb == &verb_release || verb == &verb_retype ||
           verb == &verb_touch || verb == &verb_sell || verb == &verb_reserve ||
           verb == &verb_park || verb == &verb_sell_basket || verb == &verb_exchange;
}

/* The show that a verb of the basket is about; its request begins as all of them do. */
static show_id show_of(const struct app *app, const struct verb *verb, const void *request)
{
    if (verb == &verb_hold)
        return ((const struct hold_request *)request)->show;
    if (verb == &verb_sell || verb == &verb_reserve)
        return ((const struct book_request *)request)->show;
    if (verb == &verb_exchange)
        return ((const struct exchange_request *)request)->show;
    return app->basket.show;
}

bool app_do(struct app *app, const struct verb *verb, const void *request, enum keeping keeping,
            int32_t tag)
{
    struct framework *fw = app->framework;

    if (fw->verb_at_work || !fw->worker)
        return false;
    struct job *job = job_verb(verb, request);
    if (!job) {
        app_say(app, TONE_WARN, _("out of memory: not done"));
        return false;
    }
    struct ask *ask = job->request;
    ask->operator_number = app->operator_number;
    ask->approver = 0;
    if (of_basket(verb)) {
        snprintf(ask->key, sizeof ask->key, "%s", app->basket.key);
        job->with_basket = verb != &verb_touch && verb != &verb_park;
        job->basket = app->basket;
        job->basket.show = show_of(app, verb, request);
    } else if (verb == &verb_get) { /* a basket comes into the place of the empty one */
        digest_key_in_time(ask->key, sizeof ask->key);
        job->with_basket = true;
        job->basket = app->basket;
        job->basket.show = app->framework->getting;
    } else {
        digest_key_in_time(ask->key, sizeof ask->key);
    }
    ask->till = app_till(app);
    fw->verb_at_work = true;
    fw->keeping = keeping;
    fw->verb_ms = mono_ms();
    memcpy(fw->verb_key, ask->key, sizeof fw->verb_key);
    job->owner = fw->owner;
    job->tag = tag | VERB_TAG;
    worker_post(fw->worker, job);
    return true;
}

bool app_working(const struct app *app)
{
    return app->framework->verb_at_work;
}

/* The slot of a screen's read, or a free one; NULL when all are taken. */
static struct slot *slot_of(struct framework *fw, uint64_t owner, enum read_id read)
{
    struct slot *free_one = NULL;

    for (int i = 0; i < SLOTS_MAX; i++) {
        struct slot *slot = &fw->slots[i];
        if (slot->used && slot->owner == owner && slot->read == read)
            return slot;
        if (!slot->used && !free_one)
            free_one = slot;
    }
    if (free_one)
        *free_one =
            (struct slot){.used = true, .owner = owner, .read = read, .posted_ms = INT64_MIN / 2};
    return free_one;
}

void app_read(struct app *app, enum read_id read, const union read_args *args, int32_t tag)
{
    struct slot *slot = slot_of(app->framework, app->framework->owner, read);

    if (!slot)
        return;
    slot->args = *args;
    slot->tag = tag;
    fresh_wanted(slot, mono_ms());
    slot->wanted = true;
    if (read == READ_MAP || read == READ_BASKET)
        snprintf(slot->args.show.basket, sizeof slot->args.show.basket, "%s", app->basket.key);
}

void framework_flush(struct app *app)
{
    struct framework *fw = app->framework;
    int64_t now = mono_ms();

    for (int i = 0; i < SLOTS_MAX; i++) {
        struct slot *slot = &fw->slots[i];
        if (!slot->used || !slot->wanted || slot->under_way || now - slot->posted_ms < FRAME_MS)
            continue;
        struct job *job = job_read(slot->read, &slot->args);
        if (!job)
            return;
        job->owner = slot->owner;
        job->tag = slot->tag;
        slot->wanted = false;
        slot->under_way = true;
        slot->posted_ms = now;
        worker_post(fw->worker, job);
    }
}

void framework_forget_reads(struct app *app, uint64_t owner)
{
    for (int i = 0; i < SLOTS_MAX; i++)
        if (app->framework->slots[i].used && app->framework->slots[i].owner == owner)
            app->framework->slots[i].used = false;
}

void framework_post(struct app *app, struct job *job, int32_t tag)
{
    if (job && !app->framework->worker) /* a screen that closes at the end */
        job_free(&job);
    if (!job)
        return;
    job->owner = 0;
    job->tag = tag;
    if (job->verb)
        ((struct ask *)job->request)->operator_number = app->operator_number;
    worker_post(app->framework->worker, job);
}

/* Tells the others what a verb changed, and the own screens as if they had heard it. */
static void publish(struct app *app, const struct told *told)
{
    for (int32_t i = 0; i < told->n && i < HINTS_MAX; i++) {
        if (app->framework->channel)
            channel_say(app->framework->channel, &told->hints[i]);
        framework_hear(app, &told->hints[i]);
    }
}

void framework_hear(struct app *app, const struct hint *hint)
{
    struct framework *fw = app->framework;

    duty_hear(app, hint);
    for (int i = 0; i < fw->depth; i++) {
        struct frame *frame = &fw->stack[i];
        fw->owner = frame->serial;
        if (frame->screen->hear)
            frame->screen->hear(app, frame->state, hint);
    }
    fw->owner = 0;
}

/* Hands an answer to the screen that asked, if it still stands. */
static bool hand_over(struct app *app, struct job *job)
{
    struct framework *fw = app->framework;
    struct frame *frame = framework_frame(app, job->owner);
    struct answer answer = {.verb = job->verb,
                            .request = job->request,
                            .reply = job->reply,
                            .read = job->read,
                            .args = &job->args,
                            .result = job->result,
                            .tag = job->tag & ~VERB_TAG,
                            .rc = job->rc,
                            .fault = &job->fault};

    if (!frame || !frame->screen->answer)
        return false;
    fw->owner = frame->serial;
    fw->reading = !job->verb;
    frame->screen->answer(app, frame->state, &answer);
    fw->reading = false;
    fw->owner = 0;
    job->result = answer.result;
    return true;
}

/* Parking and taking up are the same on every screen; today alone may have more to do then. */
static void set_aside(struct app *app, struct job *job)
{
    framework_parked(app, job);
    if (job->rc == RC_OK)
        hand_over(app, job);
}

void framework_deliver(struct app *app, struct job *job)
{
    bool users = job->tag & VERB_TAG;

    if (users)
        framework_basket(app, job);
    if (job->verb == &verb_park || job->verb == &verb_get)
        set_aside(app, job);
    else if (job->owner == 0 && printing_answer(app, job))
        app_redraw(app);
    else if (job->owner == 0)
        duty_answer(app, job);
    else if (!hand_over(app, job) && job->rc != RC_OK)
        app_say_fault(app, &job->fault);
    if (users && job->rc != RC_OK)
        app_drop_keys(app);
}

/* Publishes what it changed. True: the job waits for somebody's approval and is not to be freed. */
static bool verb_answer(struct app *app, struct job *job)
{
    bool users = job->tag & VERB_TAG;

    if (users)
        app->framework->verb_at_work = false;
    publish(app, job->reply);
    if (users && framework_approval(app, job))
        return true;
    framework_deliver(app, job);
    return false;
}

static void read_answer(struct app *app, struct job *job)
{
    struct slot *slot = NULL;

    if (job->owner == 0) {
        if (!printing_answer(app, job))
            duty_answer(app, job);
        return;
    }
    for (int i = 0; i < SLOTS_MAX && !slot; i++)
        if (app->framework->slots[i].used && app->framework->slots[i].owner == job->owner &&
            app->framework->slots[i].read == job->read)
            slot = &app->framework->slots[i];
    if (slot) {
        slot->under_way = false;
        fresh_came(slot, job->rc);
    }
    hand_over(app, job);
}

void framework_answer(struct app *app, struct job *job)
{
    struct framework *fw = app->framework;

    if (job->now > 0) {
        fw->clock = job->now;
        fw->clock_ms = mono_ms();
    }
    fw->redraw = true;
    bool waits = false;
    away_seen(app, job);
    if (job->verb)
        waits = verb_answer(app, job);
    else
        read_answer(app, job);
    if (!waits)
        job_free(&job);
    framework_replay(app);
}

when_ms app_now(const struct app *app)
{
    return app->framework->clock + (mono_ms() - app->framework->clock_ms);
}
