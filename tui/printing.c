#include "tui/printing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/digest.h"
#include "core/base/words.h"
#include "tui/framework.h"
#include "tui/mono.h"

enum { LOOK_MS = 30 };

static struct printing *of(const struct app *app)
{
    return &app->framework->printing;
}

enum rc printing_start(struct app *app, struct fault *why)
{
    return stationery_new(&of(app)->stationery, app->settings, why);
}

void printing_fini(struct app *app)
{
    for (int i = 0; i < of(app)->n; i++)
        free(of(app)->tasks[i].bytes);
    stationery_free(&of(app)->stationery);
}

bool app_prints(const struct app *app)
{
    return stationery_prints(app->settings);
}

const struct stationery *app_stationery(const struct app *app)
{
    return of(app)->stationery;
}

/* A place for one more task; NULL, and said, when it cannot be printed. */
static struct print_task *place(struct app *app)
{
    struct printing *p = of(app);

    if (app_prints(app) && p->n < PRINT_TASKS)
        return &p->tasks[p->n];
    app_say(app, TONE_WARN,
            p->n == PRINT_TASKS ? _("the printer has too much to do: not printed")
                                : _("no printer is set (setting printer)"));
    return NULL;
}

void app_print_sold(struct app *app, reservation_id reservation, const char *code)
{
    if (app_prints(app))
        app_print(app, reservation, code, NULL, app->settings->receipts);
}

bool app_print_report(struct app *app, const struct report *report)
{
    struct print_task *task = place(app);
    struct fault why = {0};
    char *bytes = NULL;
    size_t size = 0;

    if (!task)
        return false;
    if (stationery_report(of(app)->stationery, report, &bytes, &size, &why) != RC_OK) {
        app_say_fault(app, &why);
        return false;
    }
    *task = (struct print_task){.bytes = bytes, .size = size, .keys = app->framework->keys};
    of(app)->n++;
    return true;
}

bool app_print(struct app *app, reservation_id reservation, const char *code,
               const struct ticket_reply *given, bool receipt)
{
    struct print_task *task = place(app);

    if (!task)
        return false;
    *task = (struct print_task){
        .reservation = reservation, .issues = !given, .keys = app->framework->keys};
    of(app)->changes++;
    (void)snprintf(task->code, sizeof task->code, "%s", code);
    task->wish.receipt = receipt;
    if (given) {
        task->wish.n = given->n;
        memcpy(task->wish.serials, given->serials, sizeof task->wish.serials);
    }
    of(app)->n++;
    return true;
}

/* --- what is not printed --------------------------------------------------------------------- */

/* The sale stands; the seats stand on the screen in large letters, unless its clerk has gone on. */
static void failed(struct app *app, const struct print_task *task, const struct fault *why)
{
    struct screen_args args = {.reservation = task->reservation, .number = 1};

    if (task->reservation.n == 0) {
        app_say(app, TONE_WARN, _("the report is NOT PRINTED: %s.  i prints it"),
                why->text[0] ? why->text : rc_text(why->rc));
        app->framework->bell = true;
        return;
    }
    owing_add(app, task->reservation, task->code);
    if (app->framework->depth == 1 && app->framework->keys == task->keys)
        app_open(app, SCREEN_TICKET, &args);
    app_say(app, TONE_WARN, _("NOT PRINTED %s %s, the sale stands: %s.  i prints it"), task->code,
            task->labels, why->text[0] ? why->text : rc_text(why->rc));
    app->framework->bell = true;
}

/* --- the steps ------------------------------------------------------------------------------- */

static void drop_first(struct printing *p)
{
    memmove(p->tasks, p->tasks + 1, (size_t)--p->n * sizeof p->tasks[0]);
}

static void end_task(struct app *app, enum rc rc, const struct fault *why)
{
    struct printing *p = of(app);
    struct print_task task = p->tasks[0];

    drop_first(p);
    free(task.bytes);
    if (rc == RC_OK)
        owing_drop(app, task.reservation);
    else
        failed(app, &task, why);
    app_redraw(app);
}

static void post(struct app *app, struct job *job)
{
    struct fault why = {0}; /* rc_text says it */

    if (job && job->verb)
        digest_key_in_time(((struct ask *)job->request)->key, KEY_SIZE);
    if (job)
        framework_post(app, job, 0);
    else
        end_task(app, RC_NO_MEMORY, &why);
}

/* A report is made already. */
static void begin_report(struct app *app, const struct print_task *task)
{
    struct fault why = {0};
    enum rc rc = printer_start(&of(app)->printer, app->settings->printer, task->bytes, task->size,
                               app->settings->printer_limit_s, &why);

    if (rc != RC_OK)
        end_task(app, rc, &why);
}

static void begin(struct app *app, struct print_task *task)
{
    struct ticket_request issue = {.reservation = task->reservation};
    union read_args args = {.booking = {.id = task->reservation}};

    task->began = true;
    if (task->bytes) {
        begin_report(app, task);
        return;
    }
    post(app, task->issues ? job_verb(&verb_issue, &issue) : job_read(READ_TICKETS, &args));
}

/* Notes what came of the printer, for who prints next. */
static void note(struct app *app, const struct print_task *task, enum rc rc)
{
    struct printed_request request = {.n = task->wish.n,
                                      .print = rc == RC_OK ? PRINT_PRINTED : PRINT_FAILED};
    struct job *job;

    memcpy(request.serials, task->wish.serials, sizeof request.serials);
    job = request.n > 0 ? job_verb(&verb_printed, &request) : NULL;
    if (!job)
        return;
    of(app)->noting++;
    digest_key_in_time(((struct ask *)job->request)->key, KEY_SIZE);
    framework_post(app, job, 0);
}

static void issued(struct app *app, struct print_task *task, const struct job *job)
{
    const struct ticket_reply *reply = job->reply;

    if (job->rc != RC_OK) {
        end_task(app, job->rc, &job->fault);
        return;
    }
    task->issues = false;
    task->wish.n = reply->n;
    memcpy(task->wish.serials, reply->serials, sizeof task->wish.serials);
    if (task->wish.n == 0 && !task->wish.receipt)
        end_task(app, RC_OK, &job->fault);
    else
        begin(app, task);
}

static void take_labels(struct print_task *task, const struct ticket_sheet *sheet)
{
    size_t used = 0;

    task->labels[0] = '\0';
    for (int32_t i = 0; i < sheet->n && used < sizeof task->labels; i++)
        used += (size_t)snprintf(task->labels + used, sizeof task->labels - used, "%s%s",
                                 i > 0 ? ", " : "", sheet->tickets[i].label);
}

static void sheet_read(struct app *app, struct print_task *task, const struct job *job)
{
    struct printing *p = of(app);
    struct fault why = job->fault;
    char *bytes = NULL;
    size_t size = 0;
    int32_t missing = 0;
    enum rc rc = job->rc;

    if (rc == RC_OK) {
        take_labels(task, job->result);
        rc =
            stationery_make(p->stationery, job->result, &task->wish, &bytes, &size, &missing, &why);
    }
    if (rc == RC_OK)
        rc = printer_start(&p->printer, app->settings->printer, bytes, size,
                           app->settings->printer_limit_s, &why);
    free(bytes);
    if (missing != 0)
        app_say(app, TONE_WARN, _("the printer has no letter for U+%04X: see printer_glyphs"),
                (unsigned)missing);
    if (rc == RC_OK)
        return;
    note(app, task, rc);
    end_task(app, rc, &why);
}

bool printing_answer(struct app *app, struct job *job)
{
    struct printing *p = of(app);

    if (job->verb == &verb_printed) {
        p->noting--;
        return true;
    }
    if (!job->verb && job->read == READ_OWED) {
        owing_answer(app, job);
        return true;
    }
    if (job->verb ? job->verb != &verb_issue : job->read != READ_TICKETS)
        return false;
    if (p->n == 0 || !p->stationery)
        return true;
    if (job->verb)
        issued(app, &p->tasks[0], job);
    else
        sheet_read(app, &p->tasks[0], job);
    return true;
}

void printing_time(struct app *app)
{
    struct printing *p = of(app);
    struct fault why = {0};
    enum rc rc = RC_OK;

    if (printer_ended(&p->printer, &rc, &why) && p->n > 0) {
        note(app, &p->tasks[0], rc);
        end_task(app, rc, &why);
    }
    if (p->n > 0 && !p->tasks[0].began)
        begin(app, &p->tasks[0]);
    owing_time(app);
}

int64_t printing_deadline(const struct app *app)
{
    return of(app)->printer.pid ? mono_ms() + LOOK_MS : owing_deadline(app);
}
