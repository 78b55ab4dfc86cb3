#include "tui/command/booked.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"
#include "core/desk/tickets.h"
#include "tui/command/document.h"
#include "tui/command/labels.h"

enum { LINE_SIZE = SEATS_MAX * (LABEL_SIZE + 2), ESCAPED = 640 };

/* The keys that every outcome has; takes over `seats`. */
static json_t *common(const struct session *session, const struct booking *booking, json_t *seats)
{
    return json_pack("{s:s, s:I, s:s, s:o, s:I, s:s, s:o, s:o, s:o, s:o, s:o}", "code",
                     booking->code, "show", (json_int_t)booking->show.n, "state",
                     booking_word(booking->state), "seats", seats, "total",
                     (json_int_t)booking->total, "currency", session->venue.currency, "deadline",
                     document_time(booking->deadline), "name", document_text(booking->name),
                     "title", document_text(booking->title), "hall", document_text(booking->hall),
                     "starts_at", document_time(booking->starts_at));
}

/* "F12, F13"; `size` holds SEATS_MAX labels. */
static void line_of(const struct booking *booking, char *line, size_t size)
{
    size_t used = 0;

    line[0] = '\0';
    for (int i = 0; i < booking->n && used < size; i++)
        used += (size_t)snprintf(line + used, size - used, "%s%s", i > 0 ? ", " : "",
                                 booking->seats[i].label);
}

/* "Mon 23 Nov 19:45" */
static char *moment(when_ms at, char *buffer, size_t size)
{
    char day[WHEN_TEXT], clock[WHEN_TEXT];

    (void)snprintf(buffer, size, "%s %s", when_day_name(when_day(at), day, sizeof day),
                   when_clock(at, clock, sizeof clock));
    return buffer;
}

/* Two lines or three: what, for which show, until when. */
static void tell(const struct session *session, const struct booking *booking)
{
    FILE *out = session->context->out;
    char seats[LINE_SIZE], amount[MONEY_TEXT], title[ESCAPED], hall[ESCAPED], name[ESCAPED],
        when[2 * WHEN_TEXT];

    line_of(booking, seats, sizeof seats);
    fprintf(out, "%s  %s  %s%s%s %s\n", booking->code, _(booking_word(booking->state)), seats,
            seats[0] != '\0' ? "  " : "", money_format(booking->total, amount, sizeof amount),
            session->venue.currency);
    fprintf(out, "%s, %s, %s\n", text_escape(booking->title, title, sizeof title),
            moment(booking->starts_at, when, sizeof when),
            text_escape(booking->hall, hall, sizeof hall));
    if (booking->name[0] != '\0')
        /* translators: a customer's name */
        fprintf(out, _("for %s\n"), text_escape(booking->name, name, sizeof name));
    if (booking->deadline != 0 && booking->state != BOOKING_SOLD)
        fprintf(out, _("kept until %s\n"), moment(booking->deadline, when, sizeof when));
    if (*tickets_stamp(session->venue.demo, session->venue.training))
        fprintf(out, "%s\n", tickets_stamp(session->venue.demo, session->venue.training));
}

/* Money that changes hands with the verb, and seats that came back. */
static void tell_reply(const struct session *session, const struct booking_reply *reply)
{
    FILE *out = session->context->out;
    char amount[MONEY_TEXT];

    if (reply->refunded != 0)
        fprintf(out, _("refund %s %s\n"), money_format(reply->refunded, amount, sizeof amount),
                session->venue.currency);
    if (reply->change != 0)
        fprintf(out, _("change %s %s\n"), money_format(reply->change, amount, sizeof amount),
                session->venue.currency);
    if (reply->given_back > 0)
        fprintf(out,
                ngettext("%d given back, %d of them kept for the waiting list\n",
                         "%d given back, %d of them kept for the waiting list\n",
                         (unsigned long)reply->given_back),
                reply->given_back, reply->for_the_list);
}

static json_t *labels_json(const struct booking *booking)
{
    json_t *seats = json_array();

    for (int i = 0; seats != NULL && i < booking->n; i++)
        json_array_append_new(seats, json_string(booking->seats[i].label));
    return seats;
}

/* What the verb said stands above what was read later: with a key used again it is the first
 * result. */
static void overlay(struct session *session, const struct booking_reply *reply,
                    struct booking *booking)
{
    const struct plan *plan = NULL;

    (void)labels_plan(session, reply->show, &plan, NULL);
    memcpy(booking->code, reply->code, sizeof booking->code);
    booking->show = reply->show;
    booking->state = (enum booking_state)reply->state;
    booking->total = reply->total;
    booking->deadline = reply->deadline;
    booking->n = reply->n;
    for (int i = 0; i < reply->n; i++)
        (void)snprintf(booking->seats[i].label, LABEL_SIZE, "%s", labels_of(plan, reply->seats[i]));
}

enum rc booked_print(struct session *session, const struct booking_reply *reply, struct fault *why)
{
    struct booking *booking = NULL;
    enum rc rc = booking_read(session->db, reply->reservation, sql_now(session->db), &booking, why);
    json_t *document;

    if (rc != RC_OK) {
        /* It is done all the same: say so with what there is. */
        booking = calloc(1, sizeof *booking);
        if (booking == NULL)
            return rc;
    }
    overlay(session, reply, booking);
    rc = RC_OK;
    if (session->context->json) {
        document = common(session, booking, labels_json(booking));
        if (document != NULL) {
            json_object_set_new(document, "refunded", json_integer(reply->refunded));
            json_object_set_new(document, "change", json_integer(reply->change));
            json_object_set_new(document, "given_back", json_integer(reply->given_back));
            json_object_set_new(document, "for_the_list", json_integer(reply->for_the_list));
            json_object_set_new(document, "replayed", json_boolean(reply->told.replayed));
        }
        rc = document_print(session->context, document, why);
    } else {
        tell(session, booking);
        tell_reply(session, reply);
    }
    free(booking);
    return rc;
}

static void tell_read(const struct session *session, const struct booking *booking)
{
    FILE *out = session->context->out;
    char amount[MONEY_TEXT], text[ESCAPED];

    tell(session, booking);
    if (booking->phone[0] != '\0')
        fprintf(out, _("phone %s\n"), text_escape(booking->phone, text, sizeof text));
    if (booking->note[0] != '\0')
        fprintf(out, _("note %s\n"), text_escape(booking->note, text, sizeof text));
    if (booking->tenders[0] != '\0')
        fprintf(out, _("paid %s\n"), booking->tenders);
    if (booking->refunded != 0)
        fprintf(out, _("refunded %s\n"), money_format(booking->refunded, amount, sizeof amount));
    if (booking->seats_were[0] != '\0')
        fprintf(out, _("given back %s\n"), booking->seats_were);
    if (booking->from[0] != '\0')
        fprintf(out, _("exchanged from %s\n"), booking->from);
    if (booking->to[0] != '\0')
        fprintf(out, _("exchanged for %s\n"), booking->to);
}

enum rc booked_read(struct session *session, const struct booking *booking, struct fault *why)
{
    json_t *document;

    if (!session->context->json) {
        tell_read(session, booking);
        return RC_OK;
    }
    document = common(session, booking, labels_json(booking));
    if (document != NULL) {
        json_object_set_new(document, "phone", document_text(booking->phone));
        json_object_set_new(document, "note", document_text(booking->note));
        json_object_set_new(document, "paid", json_integer(booking->paid));
        json_object_set_new(document, "refunded", json_integer(booking->refunded));
        json_object_set_new(document, "entry", document_number(booking->entry.n));
        json_object_set_new(document, "made_at", document_time(booking->made_at));
        json_object_set_new(document, "terminal", document_text(booking->terminal));
        json_object_set_new(document, "exchanged_from", document_text(booking->from));
        json_object_set_new(document, "exchanged_for", document_text(booking->to));
    }
    return document_print(session->context, document, why);
}
