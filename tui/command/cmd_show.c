#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"
#include "tui/command/cmdline.h"
#include "tui/command/commands.h"
#include "tui/command/document.h"
#include "tui/command/session.h"
#include "tui/command/table.h"

enum { MINUTES = 120, MINUTES_MOST = 1440, PRICE = 1000 };

/* The texts of the options, as given; NULL: not given. */
struct texts {
    const char *hall, *title, *start, *minutes, *price;
};

/* "9.50", or "stalls=11.00,balcony=8.50"; a price without a zone is for all that are not named. */
static enum rc read_prices(const char *text, struct show_add_request *request, struct fault *why)
{
    enum { MOST = sizeof request->prices / sizeof request->prices[0] };
    char part[ZONE_SIZE + MONEY_TEXT];

    for (const char *at = text; *at != '\0';) {
        struct zone_amount *price = &request->prices[request->n_prices];
        const char *next = strchr(at, '=') != NULL ? strchr(strchr(at, '='), ',') : NULL;
        size_t size = next != NULL ? (size_t)(next - at) : strlen(at);
        const char *equals;
        enum rc rc;

        if (request->n_prices == MOST || size >= sizeof part)
            return fault_set(why, RC_BAD_INPUT,
                             _("--price is 9.50, or at most %d of ZONE=9.50,..."), (int)MOST);
        memcpy(part, at, size);
        part[size] = '\0';
        equals = strrchr(part, '=');
        if (equals != NULL && (size_t)(equals - part) >= sizeof price->zone)
            return fault_set(why, RC_BAD_INPUT, _("a zone's name has at most %d bytes"),
                             ZONE_SIZE - 1);
        if (equals != NULL)
            memcpy(price->zone, part, (size_t)(equals - part));
        rc = money_parse(equals != NULL ? equals + 1 : part, &price->amount, why);
        if (rc != RC_OK)
            return rc;
        request->n_prices++;
        at += size + (next != NULL);
    }
    return RC_OK;
}

static enum rc read_request(const struct texts *texts, struct show_add_request *request,
                            struct fault *why)
{
    int64_t minutes = MINUTES;
    enum rc rc = cmdline_text(_("title"), texts->title, request->title, sizeof request->title, why);

    if (rc == RC_OK && request->title[0] == '\0')
        rc = fault_set(why, RC_BAD_INPUT, _("a show needs a title"));
    if (rc == RC_OK)
        rc = when_parse(texts->start, &request->starts_at, why);
    if (rc == RC_OK && texts->minutes != NULL)
        rc = cmdline_number("--minutes", texts->minutes, 1, MINUTES_MOST, &minutes, why);
    request->minutes = (int32_t)minutes;
    if (rc == RC_OK && texts->price != NULL)
        rc = read_prices(texts->price, request, why);
    if (rc == RC_OK && request->n_prices == 0) {
        request->n_prices = 1;
        request->prices[0].amount = PRICE;
    }
    return rc;
}

static enum rc add(struct command_context *context, const struct cmdline *line,
                   const struct texts *texts, struct fault *why)
{
    struct show_add_request request = {.sale_stop_min = context->settings->sale_stop_min};
    struct session session = {0};
    struct show_reply reply;
    char start[WHEN_TEXT];
    enum rc rc;

    if (line->n != 1 || texts->hall == NULL || texts->title == NULL || texts->start == NULL)
        return cmdline_usage(&cmd_show, why);
    rc = read_request(texts, &request, why);
    if (rc == RC_OK)
        rc = session_open(&session, context, true, why);
    if (rc == RC_OK)
        rc = hall_find(session.db, texts->hall, &request.hall, why);
    if (rc == RC_OK)
        rc = session_do(&session, line->key, &verb_show_add, &request, &reply, why);
    if (rc == RC_OK && context->json)
        rc = document_print(context,
                            json_pack("{s:I, s:s, s:o, s:i, s:I}", "show", (json_int_t)reply.show.n,
                                      "title", request.title, "starts_at",
                                      document_time(request.starts_at), "minutes", request.minutes,
                                      "rev", (json_int_t)reply.rev),
                            why);
    else if (rc == RC_OK)
        fprintf(context->out, _("show %" PRId64 " starts %s\n"), reply.show.n,
                when_rfc3339(request.starts_at, start, sizeof start));
    return session_end(&session, rc, why);
}

static json_t *due_json(const struct due_list *due)
{
    json_t *list = json_array();

    for (size_t i = 0; list != NULL && i < due->n; i++)
        json_array_append_new(
            list,
            json_pack("{s:s, s:o, s:o, s:s, s:I}", "code", due->rows[i].code, "name",
                      document_text(due->rows[i].name), "phone", document_text(due->rows[i].phone),
                      "tender", due->rows[i].tender, "amount", (json_int_t)due->rows[i].amount));
    return list;
}

static enum rc print_cancelled(const struct session *session, const struct show_reply *reply,
                               const struct due_list *due, struct fault *why)
{
    FILE *out = session->context->out;
    char amount[MONEY_TEXT];
    struct table table;

    if (session->context->json)
        return document_print(session->context,
                              json_pack("{s:I, s:i, s:i, s:I, s:s, s:o}", "show",
                                        (json_int_t)reply->show.n, "reservations",
                                        reply->reservations, "entries", reply->entries,
                                        "refunds_due", (json_int_t)reply->refunds_due, "currency",
                                        session->venue.currency, "refunds", due_json(due)),
                              why);
    fprintf(out, _("cancelled: %d reservations, %d waiting parties, refunds due %s %s\n"),
            reply->reservations, reply->entries,
            money_format(reply->refunds_due, amount, sizeof amount), session->venue.currency);
    if (due->n == 0)
        return RC_OK;
    /* translators: heads of columns, parted by |; keep their number */
    table_init(&table, "lrlll", _("Code|Refund|Tender|Name|Phone"));
    for (size_t i = 0; i < due->n; i++) {
        table_add(&table, "%s", due->rows[i].code);
        table_add(&table, "%s", money_format(due->rows[i].amount, amount, sizeof amount));
        table_add(&table, "%s", due->rows[i].tender[0] != '\0' ? _(due->rows[i].tender) : "");
        table_add(&table, "%s", due->rows[i].name);
        table_add(&table, "%s", due->rows[i].phone);
    }
    bool whole = table_print(&table, out);
    table_fini(&table);
    return whole ? RC_OK : fault_set(why, RC_NO_MEMORY, _("out of memory for the table"));
}

static enum rc cancel(struct command_context *context, const struct cmdline *line,
                      struct fault *why)
{
    struct show_cancel_request request = {0};
    struct session session = {0};
    struct show_reply reply;
    struct due_list *due = NULL;
    enum rc rc;

    if (line->n != 2)
        return cmdline_usage(&cmd_show, why);
    rc = cmdline_show(line->args[1], &request.show, why);
    if (rc == RC_OK)
        rc = session_open(&session, context, true, why);
    if (rc == RC_OK)
        rc = session_do(&session, line->key, &verb_show_cancel, &request, &reply, why);
    if (rc == RC_OK)
        rc = house_refunds_due(session.db, request.show, &due, why);
    if (rc == RC_OK)
        rc = print_cancelled(&session, &reply, due, why);
    free(due);
    return session_end(&session, rc, why);
}

static enum rc run(struct command_context *context, int argc, char **argv, struct fault *why)
{
    struct texts texts = {0};
    const struct cmdline_option options[] = {
        {"hall", &texts.hall, NULL},   {"title", &texts.title, NULL},
        {"start", &texts.start, NULL}, {"minutes", &texts.minutes, NULL},
        {"price", &texts.price, NULL}, {NULL, NULL, NULL}};
    const struct cmdline_form form = {&cmd_show, options, 1, 2, true};
    struct cmdline line;
    enum rc rc = cmdline_read(&line, context, &form, argc, argv, why);

    if (rc != RC_OK || line.done)
        return rc;
    if (strcmp(line.args[0], "add") == 0)
        return add(context, &line, &texts, why);
    if (strcmp(line.args[0], "cancel") == 0)
        return cancel(context, &line, why);
    return cmdline_usage(&cmd_show, why);
}

const struct command cmd_show = {
    "show",
    "add --hall H --title T --start TIME [--minutes N] [--price N | ZONE=N,...] [--key K] | "
    "cancel SHOW [--key K]",
    N_("puts a show into the programme, or cancels one and lists the refunds due"), run};
