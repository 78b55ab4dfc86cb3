/* One reservation: everything about it, collecting, cancelling whole or by seat. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"
#include "tui/screen/booking_view.h"

static void ask_booking(struct app *app, const struct booking_view *view)
{
    union read_args args = {.booking = {.id = view->id}};

    app_read(app, READ_BOOKING, &args, 0);
}

static void reservation_open(struct app *app, void *state, const struct screen_args *args)
{
    struct booking_view *view = state;
    union read_args read = {.booking = {.id = args->reservation}};

    view->id = args->reservation;
    view->pay = args->pay;
    view->exchange = args->exchange;
    if (view->id.n == 0)
        (void)snprintf(read.booking.code, sizeof read.booking.code, "%.8s", args->text);
    app_hold_keys(app, true);
    app_read(app, READ_BOOKING, &read, 0);
}

static void reservation_close(struct app *app, void *state)
{
    struct booking_view *view = state;

    (void)app;
    free(view->booking);
    free(view->list);
}

/* --- paying and cancelling ------------------------------------------------------------------- */

static void pay(struct app *app, const struct booking_view *view)
{
    const struct booking *booking = view->booking;
    struct screen_args args = {.show = booking->show};

    if (booking->state == BOOKING_RESERVED)
        args.reservation = booking->id;
    else
        args.entry = booking->entry; /* paying an offer accepts it */
    if (booking->state == BOOKING_RESERVED || booking->state == BOOKING_OFFERED)
        app_open(app, SCREEN_PAY, &args);
    else
        app_say(app, TONE_WARN, _("%s is %s: nothing to pay"), booking->code,
                booking->state == BOOKING_SOLD ? _("paid") : _(booking_word(booking->state)));
}

/* x: what it leads to is told first; Enter is never an answer. */
static void ask_cancel(struct app *app, struct booking_view *view)
{
    const struct booking *booking = view->booking;

    if (booking->state == BOOKING_CANCELLED || booking->state == BOOKING_LAPSED) {
        app_say(app, TONE_WARN, _("%s is %s already"), booking->code,
                _(booking_word(booking->state)));
        return;
    }
    if (booking->state == BOOKING_SOLD) {
        reason_ask_open(app, &view->why);
        return;
    }
    if (booking->state == BOOKING_OFFERED)
        view->n_chosen = 0; /* an offer is declined as a whole */
    view->asking = true;
    app_drop_keys(app);
}

/* f: money goes back only where some came. */
static void ask_refund(struct app *app, struct booking_view *view)
{
    if (view->booking->state == BOOKING_SOLD)
        reason_ask_open(app, &view->why);
    else
        app_say(app, TONE_WARN, _("%s is %s: nothing to refund"), view->booking->code,
                _(booking_word(view->booking->state)));
}

static void cancel(struct app *app, struct booking_view *view, const char *reason)
{
    struct cancel_request request = {
        .reservation = view->id, .n = view->n_chosen, .limit = app->settings->refund_limit};
    struct entry_request decline = {.entry = view->booking->entry};

    memcpy(request.seats, view->chosen, sizeof request.seats);
    (void)snprintf(request.reason, sizeof request.reason, "%s", reason);
    booking_view_refund(view, view->refund, sizeof view->refund);
    if (view->booking->state == BOOKING_OFFERED)
        app_do(app, &verb_decline, &decline, KEEP_ACTING, 0);
    else
        app_do(app, &verb_cancel, &request, KEEP_ACTING, 0);
}

/* b: the best seats again, as many as the lapsed one had, for the same name. */
static void take_again(struct app *app, const struct booking_view *view)
{
    const struct booking *booking = view->booking;
    struct book_request request = {.show = booking->show,
                                   .best = 1,
                                   .expected = -1,
                                   .collect_min = app->settings->collect_min};

    if (booking->state != BOOKING_LAPSED || booking->seats_were[0] == '\0') {
        app_say(app, TONE_WARN, _("%s has not lapsed: its seats are not taken again"),
                booking->code);
        return;
    }
    if (app->basket.n > 0) {
        app_say(app, TONE_WARN, _("the basket is not empty: n parks it first"));
        return;
    }
    for (const char *at = booking->seats_were; *at != '\0'; at++)
        request.best += *at == ' '; /* labels, parted by blanks */
    memcpy(request.name, booking->name, sizeof request.name);
    memcpy(request.phone, booking->phone, sizeof request.phone);
    memcpy(request.note, booking->note, sizeof request.note);
    app_do(app, &verb_reserve, &request, KEEP_ACTING, 0);
}

static void choose_seat(struct app *app, struct booking_view *view)
{
    if (view->cursor.at >= (size_t)view->booking->n)
        return;
    seat_id seat = view->booking->seats[view->cursor.at].seat;
    int n = 0;
    bool was = booking_view_has(view, seat);

    for (int i = 0; i < view->n_chosen; i++)
        if (view->chosen[i].n != seat.n)
            view->chosen[n++] = view->chosen[i];
    if (!was)
        view->chosen[n++] = seat;
    view->n_chosen = n;
    if (view->booking->state == BOOKING_OFFERED)
        app_say(app, TONE_PLAIN, _("an offer is declined as a whole"));
}

/* e: the new seats are chosen in the hall, of this show first. */
static void exchange(struct app *app, const struct booking_view *view)
{
    const struct booking *booking = view->booking;
    const bool under_way = app_exchanging(app) && app->exchange.reservation.n == view->id.n;

    if (under_way)
        app_exchange_leave(app);
    else if (booking->state != BOOKING_SOLD && booking->state != BOOKING_RESERVED)
        app_say(app, TONE_WARN, _("%s is %s: nothing to exchange"), booking->code,
                _(booking_word(booking->state)));
    else if (app_exchange_begin(app, booking, view->chosen, view->n_chosen))
        app_open(app, SCREEN_HALL, &(struct screen_args){.show = booking->show});
}

/* --- answers --------------------------------------------------------------------------------- */

static void say_cancelled(struct app *app, struct booking_view *view,
                          const struct booking_reply *reply)
{
    char where[128], refund[sizeof view->refund + 64];

    if (reply->for_the_list == reply->given_back)
        (void)snprintf(where, sizeof where, "%s", _("kept for the waiting list"));
    else if (reply->for_the_list == 0)
        (void)snprintf(where, sizeof where, "%s", _("free again"));
    else
        (void)snprintf(where, sizeof where, _("%d kept for the list"), (int)reply->for_the_list);
    if (reply->refunded > 0)
        (void)snprintf(refund, sizeof refund, _("Refund %s"), view->refund);
    else
        (void)snprintf(refund, sizeof refund, "%s", _("Nothing to refund"));
    app_say(app, TONE_GOOD, /* translators: a count, what becomes of the seats, what is paid back */
            ngettext("%d seat given back, %s.  %s", "%d seats given back, %s.  %s",
                     (unsigned)reply->given_back),
            (int)reply->given_back, where, refund);
    view->n_chosen = 0;
    app_drop_keys(app);
}

/* The new reservation stands in the place of the lapsed one. */
static void show_again(struct app *app, struct booking_view *view,
                       const struct booking_reply *reply)
{
    view->id = reply->reservation;
    view->n_chosen = 0;
    app_say(
        app, TONE_GOOD,
        ngettext("%d seat reserved again: %s", "%d seats reserved again: %s", (unsigned)reply->n),
        (int)reply->n, reply->code);
    app_drop_keys(app);
}

static void booking_answer(struct app *app, struct booking_view *view, struct answer *answer)
{
    union read_args args = {0};
    int n = 0;

    free(view->booking);
    view->booking = answer->result;
    answer->result = NULL;
    view->id = view->booking->id;
    list_resize(&view->cursor, (size_t)view->booking->n);
    for (int i = 0; i < view->n_chosen; i++) /* what it no longer has is no longer chosen */
        for (int32_t j = 0; j < view->booking->n; j++)
            if (view->booking->seats[j].seat.n == view->chosen[i].n) {
                view->chosen[n++] = view->chosen[i];
                break;
            }
    view->n_chosen = n;
    args.show.show = view->booking->show;
    app_read(app, READ_WAITING, &args, 0);
    if (view->pay) {
        view->pay = false;
        pay(app, view);
    }
    if (view->exchange) {
        view->exchange = false;
        exchange(app, view);
    }
}

static void reservation_answer(struct app *app, void *state, struct answer *answer)
{
    struct booking_view *view = state;

    if (answer->verb) {
        if (answer->rc == RC_OK && answer->verb == &verb_reserve)
            show_again(app, view, answer->reply);
        else if (answer->rc == RC_OK)
            say_cancelled(app, view, answer->reply);
        else
            app_say_fault(app, answer->fault);
        ask_booking(app, view);
        return;
    }
    if (answer->read == READ_BOOKING)
        app_hold_keys(app, false);
    if (answer->rc != RC_OK) {
        app_say_fault(app, answer->fault);
    } else if (answer->read == READ_BOOKING) {
        booking_answer(app, view, answer);
    } else {
        free(view->list);
        view->list = answer->result;
        answer->result = NULL;
    }
}

static void reservation_hear(struct app *app, void *state, const struct hint *hint)
{
    const struct booking_view *view = state;

    if (hint->kind == HINT_LEASE || hint->kind == HINT_GREETING)
        return;
    if (view->booking && (hint->show == 0 || hint->show == view->booking->show.n))
        ask_booking(app, view);
}

static void reservation_tick(struct app *app, void *state, when_ms now)
{
    const struct booking_view *view = state;

    if (view->booking && view->booking->deadline != 0 && view->booking->deadline <= now)
        ask_booking(app, view);
}

/* --- keys ------------------------------------------------------------------------------------ */

/* A key while a question stands there: what it leads to has been told. */
static void question_key(struct app *app, struct booking_view *view, const struct key *key,
                         enum action action)
{
    char reason[REFERENCE_SIZE] = "";
    enum reason_came came = REASON_CAME_LEFT;

    if (view->why.asking)
        came = reason_ask_key(app, &view->why, key, action, reason);
    else if (action == ACTION_YES)
        came = REASON_CAME_GIVEN;
    view->asking = false;
    if (came == REASON_CAME_GIVEN)
        cancel(app, view, reason);
    else if (came == REASON_CAME_LEFT)
        app_say(app, TONE_PLAIN, _("nothing was changed"));
}

static bool reservation_typing(struct app *app, const void *state)
{
    (void)app;
    return ((const struct booking_view *)state)->why.writing;
}

static bool reservation_key(struct app *app, void *state, const struct key *key, enum action action)
{
    struct booking_view *view = state;
    size_t hit;

    if (!view->booking)
        return false;
    if (view->asking || view->why.asking) {
        question_key(app, view, key, action);
        return true;
    }
    switch (action) {
    case ACTION_PAY:
        pay(app, view);
        return true;
    case ACTION_DROP:
        ask_cancel(app, view);
        return true;
    case ACTION_REFUND:
        ask_refund(app, view);
        return true;
    case ACTION_BEST:
        take_again(app, view);
        return true;
    case ACTION_EXCHANGE:
        exchange(app, view);
        return true;
    case ACTION_TAKE:
        choose_seat(app, view);
        return true;
    case ACTION_TICKET:
        app_open(app, SCREEN_TICKET, &(struct screen_args){.reservation = view->id});
        return true;
    default:
        break;
    }
    hit = key->press == PRESS_CLICK ? list_hit(&view->cursor, key->row, view->list_row) : SIZE_MAX;
    if (hit != SIZE_MAX) {
        view->cursor.at = hit;
        choose_seat(app, view);
        return true;
    }
    return action != ACTION_NONE && action_row(action)->moves &&
           list_press(&view->cursor, action_row(action)->press);
}

static void reservation_draw(struct app *app, void *state, const struct surface *surface)
{
    booking_view_draw(app, state, surface);
}

const struct screen scr_reservation = {
    .id = SCREEN_RESERVATION,
    .state_size = sizeof(struct booking_view),
    .open = reservation_open,
    .close = reservation_close,
    .draw = reservation_draw,
    .key = reservation_key,
    .typing = reservation_typing,
    .hear = reservation_hear,
    .answer = reservation_answer,
    .tick = reservation_tick,
};
