/* Reading a template (layout.h). */
#include "core/rules/layout.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"

enum { FEED_MOST = 20, DEPTH_MOST = 4, REASON = 200 };

/* One template on its way in. */
struct reading {
    struct layout *layout;
    const char *name;
    int line;
    int open[DEPTH_MOST]; /* lines of .if and .each that wait for their .end */
    int depth;
    struct fault *why;
};

#define FIELD_NAME(name) #name,
static const char *const ticket_fields[] = {TICKET_FIELDS(FIELD_NAME) NULL};
static const char *const receipt_fields[] = {RECEIPT_FIELDS(FIELD_NAME) NULL};
static const char *const groups[] = {"lines", "tenders", "taxes", NULL};
static const char *const aligns[] = {"left", "center", "right", NULL};
static const char *const sizes[] = {"normal", "tall", "wide", "big", NULL};

static bool among(const char *const *words, const char *word, size_t n)
{
    for (; *words != NULL; words++)
        if (strlen(*words) == n && memcmp(*words, word, n) == 0)
            return true;
    return false;
}

static bool is_field(const struct reading *r, const char *word, size_t n)
{
    return among(r->layout->kind == LAYOUT_TICKET ? ticket_fields : receipt_fields, word, n);
}

__attribute__((format(printf, 2, 3))) static enum rc refuse(const struct reading *r,
                                                            const char *format, ...)
{
    char what[REASON];
    va_list values;

    va_start(values, format);
    (void)vsnprintf(what, sizeof what, format, values); /* too long: cut */
    va_end(values);
    return fault_set(r->why, RC_BAD_INPUT, "%s:%d: %s", r->name, r->line, what);
}

/* Every { is a field, {> } aside: {>} fills, {{ is a brace. */
static enum rc check_text(const struct reading *r, const char *text)
{
    for (const char *at = text; (at = strchr(at, '{')) != NULL;) {
        const char *end = strchr(at, '}');

        if (at[1] == '{') {
            at += 2;
            continue;
        }
        if (end == NULL)
            return refuse(r, _("a { without its }: %.60s"), at);
        if (!(end == at + 2 && at[1] == '>') && !is_field(r, at + 1, (size_t)(end - at - 1)))
            return refuse(r, _("no such field: %.60s"), at);
        at = end + 1;
    }
    return RC_OK;
}

static enum rc directive(struct reading *r, const char *word, const char *rest,
                         struct layout_item *item)
{
    static const struct {
        const char *word;
        enum layout_op op;
    } plain[] = {{"rule", LAYOUT_RULE},     {"qr", LAYOUT_QR},   {"cut", LAYOUT_CUT},
                 {"drawer", LAYOUT_DRAWER}, {"end", LAYOUT_END}, {NULL, LAYOUT_TEXT}};
    size_t n = strlen(rest);

    for (size_t i = 0; plain[i].word != NULL; i++)
        if (strcmp(word, plain[i].word) == 0) {
            item->op = plain[i].op;
            return n == 0 ? RC_OK : refuse(r, _("nothing stands behind %.60s"), word);
        }
    (void)snprintf(item->text, sizeof item->text, "%s", rest);
    if (among(aligns, word, strlen(word)) && n == 0) {
        item->op = LAYOUT_ALIGN;
        (void)snprintf(item->text, sizeof item->text, "%s", word);
    } else if (strcmp(word, "size") == 0 && among(sizes, rest, n)) {
        item->op = LAYOUT_SIZE;
    } else if (strcmp(word, "bold") == 0 && (strcmp(rest, "on") == 0 || strcmp(rest, "off") == 0)) {
        item->op = LAYOUT_BOLD;
        item->number = rest[1] == 'n';
    } else if (strcmp(word, "feed") == 0 && n > 0 && n < 3 && strspn(rest, "0123456789") == n) {
        item->op = LAYOUT_FEED;
        item->number = (int)strtol(rest, NULL, 10);
    } else if (strcmp(word, "if") == 0 && is_field(r, rest, n)) {
        item->op = LAYOUT_IF;
    } else if (strcmp(word, "each") == 0 && r->layout->kind == LAYOUT_RECEIPT &&
               among(groups, rest, n)) {
        item->op = LAYOUT_EACH;
    } else {
        return refuse(r, _("not understood: %.60s"), word);
    }
    if (item->op == LAYOUT_FEED && item->number > FEED_MOST)
        return refuse(r, _("at most 20 lines are fed"));
    return RC_OK;
}

/* .if and .each open, .end closes. */
static enum rc nest(struct reading *r, enum layout_op op)
{
    if (op == LAYOUT_IF || op == LAYOUT_EACH) {
        if (r->depth == DEPTH_MOST)
            return refuse(r, _("too many .if and .each in one another"));
        r->open[r->depth++] = r->line;
    } else if (op == LAYOUT_END && r->depth-- == 0) {
        return refuse(r, _("an .end without its .if or .each"));
    }
    return RC_OK;
}

static enum rc take_line(struct reading *r, char *line)
{
    struct layout_item item = {.op = LAYOUT_TEXT};
    char *rest = line + strcspn(line, " ");
    enum rc rc;

    if (line[0] == '#')
        return RC_OK;
    if (line[0] == '.') {
        if (*rest != '\0')
            *rest++ = '\0';
        rc = directive(r, line + 1, rest + strspn(rest, " "), &item);
    } else {
        (void)snprintf(item.text, sizeof item.text, "%s", line);
        rc = check_text(r, line);
    }
    if (rc == RC_OK)
        rc = nest(r, item.op);
    if (rc != RC_OK)
        return rc;
    if (r->layout->n == LAYOUT_ITEMS)
        return refuse(r, _("longer than 200 lines"));
    r->layout->items[r->layout->n++] = item;
    return RC_OK;
}

enum rc layout_parse(struct layout *layout, enum layout_kind kind, const char *name,
                     const char *text, struct fault *why)
{
    struct reading r = {.layout = layout, .name = name, .why = why};
    char line[LAYOUT_LINE];
    enum rc rc = RC_OK;

    *layout = (struct layout){.kind = kind};
    while (*text != '\0' && rc == RC_OK) {
        size_t n = strcspn(text, "\n");

        r.line++;
        if (n >= sizeof line)
            return refuse(&r, _("longer than 255 bytes"));
        memcpy(line, text, n);
        line[n > 0 && line[n - 1] == '\r' ? n - 1 : n] = '\0';
        text += n + (text[n] == '\n');
        rc = text_check("the line", line, sizeof line, NULL);
        if (rc != RC_OK)
            return refuse(&r, _("control characters, or no UTF-8"));
        rc = take_line(&r, line);
    }
    if (rc == RC_OK && r.depth > 0) {
        r.line = r.open[r.depth - 1];
        rc = refuse(&r, _("no .end follows"));
    }
    return rc;
}
