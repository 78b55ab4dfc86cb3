#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"
#include "tui/command/cmdline.h"
#include "tui/command/commands.h"
#include "tui/command/document.h"
#include "tui/command/labels.h"
#include "tui/printer.h"
#include "tui/stationery.h"

struct options {
    const char *reason, *template;
    bool reprint, receipt, preview;
};

/* One print at work. */
struct print {
    struct session *session;
    const struct options *options;
    struct stationery *stationery;
    struct ticket_request request;
    struct ticket_reply reply;
    struct ticket_sheet *sheet;
    struct stationery_wish wish;
    char *bytes;
    size_t size;
    int32_t missing;
};

static enum rc print_template(const struct command_context *context, const char *which,
                              struct fault *why)
{
    if (strcmp(which, "ticket") == 0)
        fputs(layout_preset(LAYOUT_TICKET), context->out);
    else if (strcmp(which, "receipt") == 0)
        fputs(layout_preset(LAYOUT_RECEIPT), context->out);
    else
        return fault_set(why, RC_BAD_INPUT, _("--template is ticket or receipt"));
    return RC_OK;
}

/* Finds the sale by its code, and its seats by their labels in its show's hall. */
static enum rc find(struct print *print, const struct cmdline *line, struct fault *why)
{
    struct session *session = print->session;
    struct ticket_request *request = &print->request;
    struct booking *booking = NULL;
    enum rc rc = booking_by_code(session->db, line->args[0], &request->reservation, why);

    request->n = line->n - 1;
    if (rc == RC_OK)
        rc = cmdline_text(_("reason"), print->options->reason, request->reason,
                          sizeof request->reason, why);
    if (rc != RC_OK || request->n == 0)
        return rc;
    rc = booking_read(session->db, request->reservation, sql_now(session->db), &booking, why);
    if (rc == RC_OK)
        rc = labels_seats(session, booking->show, line->args + 1, request->n, request->seats, why);
    free(booking);
    return rc;
}

/* The serials to be printed, of the sale as it is read after the verb. */
static enum rc choose(struct print *print, const char *key, struct fault *why)
{
    const struct options *options = print->options;
    const struct verb *verb = options->reprint ? &verb_reprint : &verb_issue;
    enum rc rc = RC_OK;

    print->wish.receipt = options->receipt;
    if (options->receipt && !options->reprint)
        return RC_OK;
    if (!options->reprint)
        print->request.n = 0; /* all get their serials */
    rc = session_do(print->session, key, verb, &print->request, &print->reply, why);
    print->wish.n = print->reply.n;
    memcpy(print->wish.serials, print->reply.serials, sizeof print->wish.serials);
    if (rc == RC_OK && print->wish.n == 0)
        rc = fault_set(why, RC_REFUSED,
                       _("the tickets of %s are printed: --reprint --reason R prints new ones"),
                       print->reply.code);
    return rc;
}

/* For a preview: every ticket as it is or would be, none given a serial. */
static enum rc preview(struct print *print, struct fault *why)
{
    struct layout_lines lines = {.plain = true};
    bool made = true;
    char *text = NULL;

    for (int32_t i = 0; i < print->sheet->n && made && !print->options->receipt; i++)
        made = ticket_paper(print->sheet, &print->sheet->tickets[i], &print->stationery->house,
                            &lines);
    if (made && print->options->receipt)
        made = ticket_paper_receipt(print->sheet, &print->stationery->house, &lines);
    if (made)
        text = layout_text(&lines);
    layout_fini(&lines);
    if (text == NULL)
        return fault_set(why, RC_NO_MEMORY, _("out of memory"));
    fputs(text, print->session->context->out);
    free(text);
    return RC_OK;
}

/* Notes what came of it, for who prints next; that this fails is no reason to print again. */
static void note(struct print *print, enum rc rc)
{
    struct printed_request request = {.n = print->wish.n,
                                      .print = rc == RC_OK ? PRINT_PRINTED : PRINT_FAILED};
    struct printed_reply reply;
    struct fault ignored;

    memcpy(request.serials, print->wish.serials, sizeof request.serials);
    if (request.n > 0)
        (void)session_do(print->session, NULL, &verb_printed, &request, &reply, &ignored);
}

static enum rc send(struct print *print, struct fault *why)
{
    const struct settings *settings = print->session->context->settings;
    struct printer printer = {0};
    enum rc rc = stationery_make(print->stationery, print->sheet, &print->wish, &print->bytes,
                                 &print->size, &print->missing, why);

    if (rc == RC_OK)
        rc = printer_start(&printer, settings->printer, print->bytes, print->size,
                           settings->printer_limit_s, why);
    if (rc == RC_OK)
        rc = printer_wait(&printer, why);
    note(print, rc);
    return rc;
}

static enum rc tell(struct print *print, struct fault *why)
{
    const struct command_context *context = print->session->context;
    json_t *serials = json_array();

    for (int i = 0; serials != NULL && i < print->wish.n; i++)
        json_array_append_new(serials, json_integer(print->wish.serials[i]));
    if (context->json)
        return document_print(context,
                              json_pack("{s:s, s:o, s:b, s:b}", "code", print->sheet->code,
                                        "serials", serials, "receipt", print->wish.receipt, "anew",
                                        print->options->reprint),
                              why);
    json_decref(serials);
    if (print->wish.n > 0)
        fprintf(context->out,
                ngettext("%d ticket of %s printed, the first is no. %" PRId64 "\n",
                         "%d tickets of %s printed, the first is no. %" PRId64 "\n",
                         (unsigned long)print->wish.n),
                print->wish.n, print->sheet->code, print->wish.serials[0]);
    if (print->wish.receipt)
        fprintf(context->out, _("the receipt of %s printed\n"), print->sheet->code);
    if (print->missing != 0)
        fprintf(context->out, _("no letter for U+%04X: see printer_glyphs\n"),
                (unsigned)print->missing);
    return RC_OK;
}

static enum rc work(struct print *print, const struct cmdline *line, struct fault *why)
{
    const struct settings *settings = print->session->context->settings;
    enum rc rc = stationery_new(&print->stationery, settings, why);

    if (rc == RC_OK)
        rc = find(print, line, why);
    if (rc == RC_OK && !print->options->preview && !stationery_prints(settings))
        rc = fault_set(why, RC_REFUSED,
                       _("no printer is set (setting printer): --preview shows it"));
    if (rc == RC_OK && !print->options->preview)
        rc = choose(print, line->key, why);
    if (rc == RC_OK)
        rc = tickets_read(print->session->db, print->request.reservation, &print->sheet, why);
    if (rc != RC_OK)
        return rc;
    if (print->options->preview)
        return preview(print, why);
    rc = send(print, why);
    return rc == RC_OK ? tell(print, why) : rc;
}

static enum rc check(const struct options *options, const struct cmdline *line, struct fault *why)
{
    if (options->template ? line->n > 0 : line->n == 0)
        return cmdline_usage(&cmd_print, why);
    if (options->reason && !options->reprint)
        return fault_set(why, RC_USAGE, _("--reason goes with --reprint"));
    if (line->n > 1 && !options->reprint)
        return fault_set(why, RC_USAGE,
                         _("seats go with --reprint: all others are printed anyway"));
    return line->n > 1 ? labels_check(line->args + 1, line->n - 1, why) : RC_OK;
}

static enum rc run(struct command_context *context, int argc, char **argv, struct fault *why)
{
    struct options options = {0};
    const struct cmdline_option list[] = {
        {"reason", &options.reason, NULL},   {"template", &options.template, NULL},
        {"reprint", NULL, &options.reprint}, {"receipt", NULL, &options.receipt},
        {"preview", NULL, &options.preview}, {NULL, NULL, NULL}};
    const struct cmdline_form form = {&cmd_print, list, 0, CMDLINE_ANY, true};
    struct cmdline line;
    struct session session = {0};
    struct print print = {.session = &session, .options = &options};
    enum rc rc = cmdline_read(&line, context, &form, argc, argv, why);

    if (rc != RC_OK || line.done)
        return rc;
    rc = check(&options, &line, why);
    if (rc != RC_OK)
        return rc;
    if (options.template)
        return print_template(context, options.template, why);
    rc = session_open(&session, context, !options.preview, why);
    if (rc == RC_OK)
        rc = work(&print, &line, why);
    if (rc == RC_REFUSED || rc == RC_ENVIRONMENT)
        session.done = false; /* what went wrong is the answer; it may be run again */
    free(print.bytes);
    free(print.sheet);
    stationery_free(&print.stationery);
    return session_end(&session, rc, why);
}

const struct command cmd_print = {
    "print",
    "(CODE [SEAT...] [--reprint --reason T] [--receipt] [--preview] [--key K] | --template WHICH)",
    N_("prints tickets, or anew with a reason, or the receipt; or the built-in layout"), run};
