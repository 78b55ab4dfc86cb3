/*
 * The tickets of a sale: as they are printed, printed again, torn, anew. What has not come out
 * stands in large letters, so that a customer can be let in. How it is drawn is in ticket_view.c.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"
#include "tui/screen/ticket_view.h"

enum { TAG_REPRINT = 1 };

/* Asks for the sale, or, as long as none is known, for the last ones. */
static void ask(struct app *app, const struct tickets *tickets)
{
    union read_args args = {.booking = {.id = tickets->id}};

    if (tickets->id.n != 0)
        app_read(app, READ_TICKETS, &args, 0);
    else
        app_read_sales(app);
}

static void ticket_open(struct app *app, void *state, const struct screen_args *args)
{
    struct tickets *tickets = state;

    tickets->id = args->reservation;
    tickets->standing = args->number == 1;
    app_hold_keys(app, !tickets->standing);
    ask(app, tickets);
}

static void ticket_close(struct app *app, void *state)
{
    struct tickets *tickets = state;

    (void)app;
    free(tickets->sheet);
}

/* --- what may be printed --------------------------------------------------------------------- */

/* Is there a ticket to be printed as it is: one without a serial, or one that did not come out? */
static bool any_to_print(const struct app *app, const struct tickets *tickets)
{
    if (ticket_view_any_unprinted(app, tickets) && !ticket_view_unknown(app, tickets))
        return true; /* though the sheet may not show yet that it failed */
    for (int32_t i = 0; i < tickets->sheet->n; i++)
        if (tickets->sheet->tickets[i].serial == 0 ||
            ticket_view_unprinted(&tickets->sheet->tickets[i]))
            return true;
    return false;
}

static bool may_be_torn(const struct app *app, const struct ticket *ticket)
{
    return ticket->print == PRINT_PRINTED && strcmp(ticket->terminal, app->terminal) == 0 &&
           app_now(app) - ticket->printed_at <= TICKET_TORN_MS;
}

/* --- verbs ----------------------------------------------------------------------------------- */

/* About the ticket that is chosen; all stands for those that may not have come out, if there are
 * any. */
static void request(const struct app *app, const struct tickets *tickets,
                    struct ticket_request *request)
{
    *request = (struct ticket_request){.reservation = tickets->id, .n = tickets->list.at > 0};
    if (tickets->list.at > 0)
        request->seats[0] = ticket_view_chosen(tickets)->seat;
    else if (ticket_view_unknown(app, tickets))
        for (int32_t i = 0; i < tickets->sheet->n; i++)
            if (tickets->sheet->tickets[i].serial > 0 &&
                tickets->sheet->tickets[i].print == PRINT_DUE)
                request->seats[request->n++] = tickets->sheet->tickets[i].seat;
    (void)snprintf(request->reason, sizeof request->reason, "%.*s", NOTE_SIZE - 1,
                   tickets->editor.text);
}

static void print(struct app *app, struct tickets *tickets)
{
    const struct ticket *ticket = ticket_view_chosen(tickets);

    if (!app_prints(app)) {
        app_say(app, TONE_WARN, _("no printer is set (setting printer)"));
    } else if (tickets->sheet->state != BOOKING_SOLD || !ticket) {
        app_say(app, TONE_WARN, _("%s is not sold: it has no tickets"), tickets->sheet->code);
    } else if (tickets->receipt || any_to_print(app, tickets)) {
        if (app_print(app, tickets->id, tickets->sheet->code, NULL, tickets->receipt))
            app_say(app, TONE_PLAIN, _("printing"));
    } else if (may_be_torn(app, ticket)) {
        tickets->asking = true;
        app_drop_keys(app);
    } else {
        editor_init(&tickets->editor, NOTE_SIZE - 1);
        tickets->reasoning = true;
        app_drop_keys(app);
    }
}

static void torn(struct app *app, const struct tickets *tickets)
{
    struct ticket_request torn;

    request(app, tickets, &torn);
    torn.reason[0] = '\0';
    app_do(app, &verb_torn, &torn, KEEP_ALL, 0);
}

static void reprint(struct app *app, const struct tickets *tickets)
{
    struct ticket_request anew;

    request(app, tickets, &anew);
    app_do(app, &verb_reprint, &anew, KEEP_ALL, TAG_REPRINT);
}

/* Of no sale that was named: the last one of this till that still stands. */
static void last_sale(struct app *app, struct tickets *tickets, const struct sale_list *sales)
{
    size_t at = 0;

    while (at < sales->n && sales->rows[at].state != BOOKING_SOLD)
        at++;
    if (at < sales->n) {
        tickets->id = sales->rows[at].reservation;
        ask(app, tickets);
        return;
    }
    app_hold_keys(app, false);
    app_say(app, TONE_PLAIN, "%s", _("nothing has been sold in this till yet"));
    app_back(app);
}

static void ticket_answer(struct app *app, void *state, struct answer *answer)
{
    struct tickets *tickets = state;

    if (answer->rc == RC_OK && !answer->verb && answer->read == READ_SALES) {
        if (tickets->id.n == 0) /* else it was asked for twice */
            last_sale(app, tickets, answer->result);
        return;
    }
    if (!answer->verb)
        app_hold_keys(app, false);
    if (answer->rc != RC_OK) {
        app_say_fault(app, answer->fault);
        return;
    }
    if (answer->verb) {
        const struct ticket_reply *reply = answer->reply;

        tickets->reasoning = false;
        if (app_print(app, tickets->id, reply->code, reply, false))
            app_say(app, TONE_PLAIN,
                    answer->tag == TAG_REPRINT ? _("printing anew, DUPLICATE on it")
                                               : _("printing it again"));
        ask(app, tickets);
        return;
    }
    free(tickets->sheet);
    tickets->sheet = answer->result;
    answer->result = NULL;
    list_resize(&tickets->list, (size_t)tickets->sheet->n + 1);
}

static void ticket_hear(struct app *app, void *state, const struct hint *hint)
{
    struct tickets *tickets = state;

    if (hint->kind == HINT_LEASE || hint->kind == HINT_GREETING)
        return;
    if (tickets->sheet && (hint->show == 0 || hint->show == tickets->sheet->show.n))
        ask(app, tickets);
}

/* What came of printing is noted without a hint. */
static void ticket_tick(struct app *app, void *state, when_ms now)
{
    (void)now;
    ask(app, state);
}

/* --- keys ------------------------------------------------------------------------------------ */

static bool reason_key(struct app *app, struct tickets *tickets, const struct key *key,
                       enum action action)
{
    if (action == ACTION_BACK) {
        tickets->reasoning = false;
        app_say(app, TONE_PLAIN, _("nothing was printed"));
        return true;
    }
    if (action == ACTION_ENTER) {
        if (tickets->editor.text[0] == '\0')
            app_say(app, TONE_WARN, _("a ticket is printed anew for a reason: say which"));
        else
            reprint(app, tickets);
        return true;
    }
    return editor_key(&tickets->editor, key);
}

/* A ticket that was printed here a moment ago. */
static void torn_key(struct app *app, struct tickets *tickets, enum action action)
{
    tickets->asking = false;
    if (action == ACTION_YES) {
        torn(app, tickets);
    } else if (action == ACTION_NO_ANSWER || action == ACTION_TICKET) {
        editor_init(&tickets->editor, NOTE_SIZE - 1);
        tickets->reasoning = true;
    } else {
        app_say(app, TONE_PLAIN, _("nothing was printed"));
    }
}

static bool ticket_key(struct app *app, void *state, const struct key *key, enum action action)
{
    struct tickets *tickets = state;

    if (!tickets->sheet && tickets->standing && action != ACTION_BACK)
        app_pass(app);
    if (!tickets->sheet)
        return tickets->standing && action != ACTION_BACK;
    if (tickets->reasoning)
        return reason_key(app, tickets, key, action);
    if (tickets->asking) {
        torn_key(app, tickets, action);
        return true;
    }
    if (action == ACTION_TICKET) {
        tickets->standing = false;
        print(app, tickets);
        return true;
    }
    if (tickets->standing && action != ACTION_BACK) {
        app_pass(app);
        return true;
    }
    if (action == ACTION_NEXT || action == ACTION_BEFORE) {
        tickets->receipt = !tickets->receipt;
        return true;
    }
    return action != ACTION_NONE && action_row(action)->moves &&
           list_press(&tickets->list, action_row(action)->press);
}

static bool ticket_typing(struct app *app, const void *state)
{
    (void)app;
    return ((const struct tickets *)state)->reasoning;
}

static void ticket_draw(struct app *app, void *state, const struct surface *surface)
{
    ticket_view_draw(app, state, surface);
}

const struct screen scr_ticket = {
    .id = SCREEN_TICKET,
    .state_size = sizeof(struct tickets),
    .open = ticket_open,
    .close = ticket_close,
    .draw = ticket_draw,
    .key = ticket_key,
    .typing = ticket_typing,
    .hear = ticket_hear,
    .answer = ticket_answer,
    .tick = ticket_tick,
};
