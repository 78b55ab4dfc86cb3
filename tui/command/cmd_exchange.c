#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"
#include "core/desk/exchange.h"
#include "tui/command/booked.h"
#include "tui/command/cmdline.h"
#include "tui/command/commands.h"
#include "tui/command/labels.h"
#include "tui/command/seatwish.h"

enum { WORDS_MOST = 2 * SEATS_MAX + 8 };

/* The command's words parted at --to: seats behind it, the rest before it. */
struct words {
    int n, n_to;
    char *own[WORDS_MOST + 1], *to[WORDS_MOST + 1];
};

/* Seats stand behind --to up to the next option; the words are borrowed. */
static enum rc part(struct words *words, int argc, char **argv, struct fault *why)
{
    bool behind = false;

    for (int i = 0; i < argc; i++) {
        if (strcmp(argv[i], "--to") == 0) {
            if (words->n_to > 0 || behind || i + 1 == argc || argv[i + 1][0] == '-')
                return cmdline_usage(&cmd_exchange, why);
            behind = true;
            continue;
        }
        behind = behind && argv[i][0] != '-';
        if (words->n == WORDS_MOST || words->n_to == WORDS_MOST)
            return fault_set(why, RC_BAD_INPUT, _("at most %d seats are exchanged at once"),
                             SEATS_MAX);
        if (behind)
            words->to[words->n_to++] = argv[i];
        else
            words->own[words->n++] = argv[i];
    }
    return RC_OK;
}

/* Finds the reservation by its code, and all seats by their labels, each in its show's hall. */
static enum rc find(struct session *session, const struct cmdline *line, const struct words *words,
                    struct exchange_request *request, struct fault *why)
{
    struct booking *booking = NULL;
    enum rc rc = booking_by_code(session->db, line->args[0], &request->reservation, why);

    request->n = line->n - 1;
    request->n_to = words->n_to;
    if (rc == RC_OK)
        rc = booking_read(session->db, request->reservation, sql_now(session->db), &booking, why);
    if (rc == RC_OK && request->n > 0)
        rc = labels_seats(session, booking->show, line->args + 1, request->n, request->seats, why);
    if (rc == RC_OK && request->n_to > 0)
        rc = labels_seats(session, request->show.n != 0 ? request->show : booking->show, words->to,
                          request->n_to, request->to, why);
    free(booking);
    return rc;
}

/* What can be read before anything is opened. */
static enum rc read_wish(const struct cmdline *line, const struct words *words, const char *show,
                         const char *tender, struct exchange_request *request, struct fault *why)
{
    enum rc rc = labels_check(line->args + 1, line->n - 1, why);

    if (rc == RC_OK)
        rc = labels_check(words->to, words->n_to, why);
    if (rc == RC_OK && show != NULL)
        rc = cmdline_show(show, &request->show, why);
    if (rc == RC_OK && tender != NULL)
        rc = seatwish_tender(tender, &request->n_tenders, request->tenders, why);
    return rc;
}

static enum rc run(struct command_context *context, int argc, char **argv, struct fault *why)
{
    const char *show = NULL, *tender = NULL;
    const struct cmdline_option options[] = {
        {"show", &show, NULL}, {"tender", &tender, NULL}, {NULL, NULL, NULL}};
    const struct cmdline_form form = {&cmd_exchange, options, 1, CMDLINE_ANY, true};
    struct words words = {0};
    struct cmdline line = {0};
    struct session session = {0};
    struct exchange_request request = {0};
    struct booking_reply reply;
    enum rc rc = part(&words, argc, argv, why);

    if (rc == RC_OK)
        rc = cmdline_read(&line, context, &form, words.n, words.own, why);
    if (rc != RC_OK || line.done)
        return rc;
    request.collect_min = context->settings->collect_min;
    rc = read_wish(&line, &words, show, tender, &request, why);
    if (rc == RC_OK)
        rc = session_open(&session, context, true, why);
    if (rc == RC_OK)
        rc = find(&session, &line, &words, &request, why);
    if (rc == RC_OK)
        rc = session_do(&session, line.key, &verb_exchange, &request, &reply, why);
    if (rc == RC_OK)
        rc = booked_print(&session, &reply, why);
    return session_end(&session, rc, why);
}

const struct command cmd_exchange = {
    "exchange", "CODE [SEAT...] [--to SEAT...] [--show SHOW] [--tender T] [--key K]",
    N_("gives seats of a reservation for others of its show or another, without --to for the best"),
    run};
