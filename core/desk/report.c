#include "core/desk/report.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/grow.h"
#include "core/base/words.h"
#include "core/desk/report_lines.h"

/* What stands above the lines of a part, and whether their labels are the program's words and not
 * names. */
static const struct part {
    const char *name, *heading;
    bool worded;
} headed[] = {
    {"till", N_("TILL"), true},
    {"day", N_("DAY"), true},
    {"show", N_("SHOW"), true},
    {"week", N_("FILM WEEK"), true},
    {"types", N_("BY TYPE"), false},
    {"tenders", N_("BY TENDER"), true},
    {"tax", N_("TAX, INCLUDED"), false},
    {"staff", N_("BY STAFF"), false},
    {"back", N_("TAKEN BACK"), false},
    {"rounding", N_("ROUNDING"), true},
    {"owed", N_("OWED"), true},
    {"total", N_("TOTAL"), true},
    {"cash", N_("CASH"), true},
    {"moves", N_("IN AND OUT"), true},
    {"count", N_("COUNTED"), true},
    {"journal", N_("JOURNAL"), true},
    {"tills", N_("TILLS"), true},
    {"shows", N_("BY SHOW"), false},
    {"films", N_("BY FILM"), false},
    {"reprints", N_("PRINTED AGAIN"), true},
    {"exchanged", N_("EXCHANGED"), false},
};

static const struct part *part_of(const char *name)
{
    for (size_t i = 0; i < sizeof headed / sizeof headed[0]; i++)
        if (strcmp(headed[i].name, name) == 0)
            return &headed[i];
    return NULL;
}

const char *report_heading(const char *name)
{
    const struct part *part = part_of(name);

    return part ? _(part->heading) : "";
}

/* The number behind `lead` at the beginning of `text`, and what follows it. */
static bool number_behind(const char *text, const char *lead, long long *n, const char **rest)
{
    const size_t size = strlen(lead);
    char *end;

    if (strncmp(text, lead, size) != 0)
        return false;
    *n = strtoll(text + size, &end, 10);
    *rest = end;
    return end != text + size;
}

/* What went back, by its kind: "refund" and "void" are the words of keys, and a deed there. */
static const char *back_word(const char *kind)
{
    return strcmp(kind, "refund") == 0 ? _("refunds")
           : strcmp(kind, "void") == 0 ? _("voids")
                                       : kind;
}

/* Seats that went back for others, and those. */
static const char *exchange_word(const char *what)
{
    return strcmp(what, "given") == 0
               ? /* translators: what came back in exchanges */ _("seats back")
           : strcmp(what, "taken") == 0
               ? /* translators: what was had for them */ _("seats for them")
               : /* translators: of the prices in exchanges */ _("difference");
}

const char *report_label(const struct report_line *line, char *buffer, size_t size)
{
    const struct part *part;
    long long drawer, till;
    const char *rest;

    if (strcmp(line->part, "tills") == 0 && number_behind(line->label, "drawer ", &drawer, &rest) &&
        number_behind(rest, ", till ", &till, &rest)) {
        (void)snprintf(buffer, size, _("drawer %lld, till %lld"), drawer, till);
        return buffer;
    }
    if (strcmp(line->part, "back") == 0)
        return back_word(line->label);
    if (strcmp(line->part, "exchanged") == 0)
        return exchange_word(line->label);
    part = part_of(line->part);
    return line->label[0] != '\0' && part && part->worded ? _(line->label) : line->label;
}

/* "2026-11-27 07:30" of a line that says when in full: seconds and offset are for programs. */
static bool say_time(const struct report_line *line, char *buffer, size_t size)
{
    static const char *const labels[] = {"opened", "closed", "read", "starts"};

    if (strcmp(line->part, "till") != 0 && strcmp(line->part, "show") != 0)
        return false; /* others have names for labels, of films and people */
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        if (strcmp(line->label, labels[i]) != 0 || strlen(line->text) < strlen("YYYY-MM-DDThh:mm"))
            continue;
        (void)snprintf(buffer, size, "%.10s %.5s", line->text, line->text + strlen("YYYY-MM-DDT"));
        return true;
    }
    return false;
}

const char *report_text(const struct report_line *line, char *buffer, size_t size)
{
    const char *variance = ", variance ", *text = line->text, *rest;
    long long n;

    if (say_time(line, buffer, size))
        return buffer;
    if (strcmp(line->part, "tills") == 0 && number_behind(text, "Z ", &n, &rest) &&
        strncmp(rest, variance, strlen(variance)) == 0)
        /* translators: a Z report by its number, and what was counted too much or too little */
        (void)snprintf(buffer, size, _("Z %lld, variance %s"), n, rest + strlen(variance));
    else if (strcmp(line->part, "day") == 0 && number_behind(text, "not closed: ", &n, &rest))
        (void)snprintf(
            buffer, size,
            ngettext("not closed: %lld till open", "not closed: %lld tills open", (unsigned long)n),
            n);
    else if (strcmp(line->part, "films") == 0 && number_behind(text, "", &n, &rest))
        (void)snprintf(buffer, size, ngettext("%lld show", "%lld shows", (unsigned long)n), n);
    else if (strcmp(text, "on") == 0)
        /* translators: the state of a show that takes place; else it is "cancelled" */
        return _("on");
    else if (text[0] != '\0' &&
             (strcmp(line->label, "state") == 0 || strcmp(line->label, "counted") == 0 ||
              strcmp(line->part, "tills") == 0))
        return _(text);
    else
        return text;
    return buffer;
}

/* --- making ---------------------------------------------------------------------------------- */

void report_put(struct report_new *new, const struct report_line *line)
{
    struct report *more = grow_list(new->report, sizeof *new->report, sizeof new->report->lines[0],
                                    new->report != NULL ? new->report->n : 0, &new->room);

    if (more == NULL) {
        new->broken = true;
        return;
    }
    new->report = more;
    more->lines[more->n++] = *line;
}

static void put(struct report_new *new, const char *part, const char *label,
                struct report_line line)
{
    (void)snprintf(line.part, sizeof line.part, "%s", part);
    (void)snprintf(line.label, sizeof line.label, "%s", label);
    report_put(new, &line);
}

void report_words(struct report_new *new, const char *part, const char *label, const char *text)
{
    struct report_line line = {.has = REPORT_TEXT};

    (void)snprintf(line.text, sizeof line.text, "%s", text);
    put(new, part, label, line);
}

void report_sum(struct report_new *new, const char *part, const char *label, money amount)
{
    put(new, part, label, (struct report_line){.has = REPORT_AMOUNT, .amount = amount});
}

void report_count(struct report_new *new, const char *part, const char *label, int64_t n,
                  money amount)
{
    put(new, part, label,
        (struct report_line){.has = REPORT_N | REPORT_AMOUNT, .n = n, .amount = amount});
}

void report_tax(struct report_new *new, const char *part, const char *label, int64_t n,
                money amount, money tax)
{
    put(new, part, label,
        (struct report_line){
            .has = REPORT_N | REPORT_AMOUNT | REPORT_TAX, .n = n, .amount = amount, .tax = tax});
}

/* Sums as they come, and what they come to. */
struct summing {
    struct report_new *new;
    struct report_line total;
};

static const char *const parts[SUMS_COUNT] = {
#define SUMS_WORD(name, part) [SUMS_##name] = (part),
    SUMS_PARTS(SUMS_WORD)
#undef SUMS_WORD
};

static void take_sum(void *context, const struct sums_row *row)
{
    struct summing *summing = context;
    char label[REPORT_LABEL];

    if (row->part == SUMS_TAX)
        (void)cash_rate((int32_t)strtol(row->label, NULL, 10), label, sizeof label);
    else
        (void)snprintf(label, sizeof label, "%s", row->part == SUMS_ROUNDING ? "cash" : row->label);
    switch (row->part) {
    case SUMS_TAX:
        summing->total.n += row->n;
        summing->total.amount += row->amount;
        summing->total.tax += row->tax;
        report_tax(summing->new, parts[row->part], label, row->n, row->amount, row->tax);
        break;
    default:
        report_count(summing->new, parts[row->part], label, row->n, row->amount);
        break;
    }
}

void report_sums(struct report_new *new, struct sql *db, enum sums_of of, int64_t a, int64_t b)
{
    struct summing summing = {.new = new};

    sums_read(db, of, a, b, take_sum, &summing);
    report_tax(new, "total", N_("taken"), summing.total.n, summing.total.amount, summing.total.tax);
    report_sum(new, "total", N_("without tax"), summing.total.amount - summing.total.tax);
}

struct report *report_end(struct report_new *new)
{
    struct report *report = new->report;

    new->report = NULL;
    if (!new->broken && report != NULL)
        return report;
    free(report);
    return NULL;
}

static bool work_run(struct sql *db, void *context)
{
    struct report_work *work = context;

    free(work->new.report);
    work->new = (struct report_new){.report = NULL};
    work->rc = RC_OK;
    work->fill(db, work);
    return true;
}

enum rc report_make(struct sql *db, struct report_work *work, struct report **report)
{
    enum sql_rc done = sql_read(db, work_run, work);
    struct report *made = report_end(&work->new);

    *report = NULL;
    if (done != SQL_OK || work->rc != RC_OK) {
        free(made);
        return done != SQL_OK ? verb_storage_fault(db, done, work->why) : work->rc;
    }
    if (made == NULL)
        return fault_set(work->why, RC_NO_MEMORY, _("out of memory"));
    *report = made;
    return RC_OK;
}

/* --- as JSON --------------------------------------------------------------------------------- */

static json_t *line_json(const struct report_line *line)
{
    json_t *object = json_pack("{s:s}", "label", line->label);
    int failed = object == NULL;

    if (line->has & REPORT_TEXT)
        failed |= json_object_set_new(object, "text", json_string(line->text));
    if (line->has & REPORT_N)
        failed |= json_object_set_new(object, "n", json_integer(line->n));
    if (line->has & REPORT_AMOUNT)
        failed |= json_object_set_new(object, "amount", json_integer(line->amount));
    if (line->has & REPORT_TAX)
        failed |= json_object_set_new(object, "tax", json_integer(line->tax));
    if (!failed)
        return object;
    json_decref(object);
    return NULL;
}

json_t *report_json(const struct report *report)
{
    json_t *object = json_object();
    int failed = object == NULL;

    for (size_t i = 0; i < report->n && !failed; i++) {
        const struct report_line *line = &report->lines[i];
        json_t *part = json_object_get(object, line->part);

        if (part == NULL) {
            failed |= json_object_set_new(object, line->part, json_array());
            part = json_object_get(object, line->part);
        }
        failed |= json_array_append_new(part, line_json(line));
    }
    if (!failed)
        return object;
    json_decref(object);
    return NULL;
}

static void line_parse(struct report_new *new, const char *part, const json_t *object)
{
    const json_t *text = json_object_get(object, "text"), *n = json_object_get(object, "n");
    const json_t *amount = json_object_get(object, "amount"), *tax = json_object_get(object, "tax");
    struct report_line line = {.has = (text ? REPORT_TEXT : 0) | (n ? REPORT_N : 0) |
                                      (amount ? REPORT_AMOUNT : 0) | (tax ? REPORT_TAX : 0),
                               .n = json_integer_value(n),
                               .amount = json_integer_value(amount),
                               .tax = json_integer_value(tax)};
    const char *label = json_string_value(json_object_get(object, "label"));

    if (text)
        (void)snprintf(line.text, sizeof line.text, "%s", json_string_value(text));
    put(new, part, label ? label : "", line);
}

struct report *report_parse(const char *text)
{
    struct report_new new = {.report = NULL};
    json_t *object = json_loads(text, 0, NULL);
    const char *name;
    json_t *part, *line;
    size_t at;

    json_object_foreach(object, name, part)
    {
        json_array_foreach(part, at, line)
        {
            line_parse(&new, name, line);
        }
    }
    json_decref(object);
    return report_end(&new);
}
