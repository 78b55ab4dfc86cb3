/*
 * Staff by command, for the first manager of a house and for scripts. Who may write the database
 * may do all of this unasked. A PIN is typed without echo or read from standard input, never given
 * as an argument, which others can see.
 */
#include <inttypes.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "core/base/words.h"
#include "core/desk/staff_pin.h"
#include "tui/command/cmdline.h"
#include "tui/command/commands.h"
#include "tui/command/document.h"
#include "tui/command/session.h"
#include "tui/command/table.h"
#include "tui/office.h"

enum { SLICE_MS = 100 };

/* What the sub-commands share. */
struct staff_job {
    struct command_context *context;
    struct session session;
    const char *name, *role, *key;
};

/* The next byte typed. False: there is none, or a signal wants an end: session_open holds those
 * back, so that the terminal gets its echo again before. */
static bool next_byte(char *c)
{
    struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
    int ready = 0;

    while (ready == 0 && !session_interrupted())
        ready = poll(&in, 1, SLICE_MS);
    return ready > 0 && read(STDIN_FILENO, c, 1) == 1;
}

/* One line from standard input, without echo on a terminal. False: none, or too long. */
static bool read_line(const char *prompt, char pin[PIN_SIZE])
{
    struct termios before, quiet;
    bool asks = tcgetattr(STDIN_FILENO, &before) == 0, fits = true;
    size_t n = 0;
    char c = '\0';

    if (asks) {
        quiet = before;
        quiet.c_lflag &= ~(tcflag_t)ECHO;
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
        fputs(prompt, stderr);
    }
    while (next_byte(&c) && c != '\n') {
        if (n < PIN_SIZE - 1)
            pin[n++] = c;
        else
            fits = false;
    }
    pin[n] = '\0';
    if (asks) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
        fputs("\n", stderr);
    }
    return fits && n > 0;
}

/* Typed twice on a terminal, since nobody sees it. */
static enum rc read_pin(char pin[PIN_SIZE], struct fault *why)
{
    char again[PIN_SIZE] = "";
    bool whole = read_line(_("PIN: "), pin) && pin_formed(pin), same = whole;

    if (whole && isatty(STDIN_FILENO))
        same = read_line(_("again: "), again) && strcmp(pin, again) == 0;
    pin_wipe(again, sizeof again);
    if (session_interrupted())
        return fault_set(why, RC_INTERRUPTED, _("interrupted: nothing was changed"));
    if (!whole)
        return fault_set(why, RC_BAD_INPUT, _("a PIN is six digits, no more and no fewer"));
    return same ? RC_OK
                : fault_set(why, RC_BAD_INPUT, _("these were two PINs: nothing was changed"));
}

/* Reads a PIN and hashes it into the request, before the database is asked for anything. */
static enum rc make_pin(const struct staff_job *job, struct staff_request *request,
                        struct fault *why)
{
    char pin[PIN_SIZE] = "", pepper[PATH_MAX];
    enum rc rc =
        office_pepper(job->context->settings, job->context->database, pepper, sizeof pepper, why);

    if (rc == RC_OK)
        rc = read_pin(pin, why);
    if (rc == RC_OK)
        rc = staff_pin_make(pin, pepper, request, why);
    pin_wipe(pin, sizeof pin);
    return rc;
}

static enum rc change(struct staff_job *job, const struct verb *verb, const char *number,
                      struct fault *why)
{
    struct staff_request request = {0};
    struct staff_reply reply;
    enum role role = ROLE_CLERK;
    int64_t n = 0;
    enum rc rc = cmdline_number(_("staff number"), number, 1, STAFF_NUMBER_MOST, &n, why);

    request.number = (int32_t)n;
    if (rc == RC_OK)
        rc = cmdline_text(_("name"), job->name, request.name, sizeof request.name, why);
    if (rc == RC_OK && job->role && !role_parse(job->role, &role))
        rc = fault_set(why, RC_BAD_INPUT, _("a role is clerk, supervisor or manager"));
    request.role = job->role ? (int32_t)role : ROLE_KEPT;
    if (rc == RC_OK)
        rc = session_open(&job->session, job->context, true, why);
    if (rc == RC_OK && (verb == &verb_staff_add || verb == &verb_staff_pin))
        rc = make_pin(job, &request, why);
    if (rc == RC_OK)
        rc = session_do(&job->session, job->key, verb, &request, &reply, why);
    if (rc != RC_OK)
        return rc;
    if (job->context->json)
        return document_print(job->context,
                              json_pack("{s:i, s:s, s:b}", "number", (int)reply.number, "role",
                                        role_word((enum role)reply.role), "active", reply.active),
                              why);
    fprintf(job->context->out, "%d, %s: %s\n", (int)reply.number,
            _(role_word((enum role)reply.role)), reply.active ? _("may sign in") : _("has left"));
    return RC_OK;
}

static json_t *row_json(const struct staff_row *row, when_ms now)
{
    return json_pack("{s:i, s:s, s:s, s:b, s:o}", "number", (int)row->number, "name", row->name,
                     "role", role_word(row->role), "active", row->active, "locked_until",
                     document_time(row->tries.locked_until > now ? row->tries.locked_until : 0));
}

static enum rc print_table(const struct staff_job *job, const struct staff_list *staff, when_ms now,
                           struct fault *why)
{
    struct table table;
    char clock[WHEN_TEXT];
    bool whole;

    /* translators: heads of columns, parted by |; keep their number */
    table_init(&table, "rlll", _("Number|Name|Role|State"));
    for (size_t i = 0; i < staff->n; i++) {
        const struct staff_row *row = &staff->rows[i];

        table_add(&table, "%d", (int)row->number);
        table_add(&table, "%s", row->name);
        table_add(&table, "%s", _(role_word(row->role)));
        if (row->active && row->tries.locked_until > now)
            table_add(&table, _("locked until %s"),
                      when_clock(row->tries.locked_until, clock, sizeof clock));
        else
            table_add(&table, "%s", row->active ? "" : _("has left"));
    }
    whole = table_print(&table, job->context->out);
    table_fini(&table);
    return whole ? RC_OK : fault_set(why, RC_NO_MEMORY, _("out of memory for the table"));
}

static enum rc list(struct staff_job *job, struct fault *why)
{
    struct staff_list *staff = NULL;
    enum rc rc = session_open(&job->session, job->context, false, why);
    when_ms now = rc == RC_OK ? sql_now(job->session.db) : 0;

    if (rc == RC_OK)
        rc = staff_read(job->session.db, &staff, why);
    if (rc == RC_OK && job->context->json) {
        json_t *document = json_array();
        for (size_t i = 0; document && i < staff->n; i++)
            json_array_append_new(document, row_json(&staff->rows[i], now));
        rc = document_print(job->context, document, why);
    } else if (rc == RC_OK && staff->n == 0) {
        fprintf(job->context->out, "%s\n",
                _("no staff, so nobody signs in: boxoffice staff add 1 --name N --role manager"));
    } else if (rc == RC_OK) {
        rc = print_table(job, staff, now, why);
    }
    free(staff);
    return rc;
}

static enum rc dispatch(struct staff_job *job, const struct cmdline *line, struct fault *why)
{
    const char *word = line->args[0];

    if (strcmp(word, "list") == 0 && line->n == 1)
        return list(job, why);
    if (line->n == 2 && strcmp(word, "add") == 0 && job->name && job->role)
        return change(job, &verb_staff_add, line->args[1], why);
    if (line->n == 2 && strcmp(word, "change") == 0 && (job->name || job->role))
        return change(job, &verb_staff_change, line->args[1], why);
    if (line->n == 2 && !job->name && !job->role) {
        if (strcmp(word, "pin") == 0)
            return change(job, &verb_staff_pin, line->args[1], why);
        if (strcmp(word, "remove") == 0)
            return change(job, &verb_staff_remove, line->args[1], why);
    }
    return cmdline_usage(&cmd_staff, why);
}

static enum rc run(struct command_context *context, int argc, char **argv, struct fault *why)
{
    struct staff_job job = {.context = context};
    const struct cmdline_option options[] = {
        {"name", &job.name, NULL}, {"role", &job.role, NULL}, {NULL, NULL, NULL}};
    const struct cmdline_form form = {&cmd_staff, options, 1, 2, true};
    struct cmdline line;
    enum rc rc = cmdline_read(&line, context, &form, argc, argv, why);

    if (rc != RC_OK || line.done)
        return rc;
    job.key = line.key;
    rc = dispatch(&job, &line, why);
    return session_end(&job.session, rc, why);
}

const struct command cmd_staff = {
    "staff",
    "list | add NUMBER --name N --role R | change NUMBER [--name N] [--role R] | pin NUMBER |"
    " remove NUMBER",
    N_("staff: list them, add or change one, give a new PIN, let one go"), run};
