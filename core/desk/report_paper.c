#include "core/desk/report_paper.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/base/grow.h"
#include "core/base/text.h"
#include "core/base/words.h"

enum { LINE = REPORT_LABEL + REPORT_WORDS + 32 };

static struct layout_line *add(struct layout_lines *lines, enum layout_mark mark, bool bold)
{
    struct layout_line *more = grow_list(lines->lines, 0, sizeof *more, lines->n, &lines->room);

    if (!more) {
        lines->failed = true;
        return NULL;
    }
    lines->lines = more;
    more[lines->n] = (struct layout_line){.mark = mark, .bold = bold};
    return &more[lines->n++];
}

static void add_text(struct layout_lines *lines, bool bold, const char *text, size_t bytes)
{
    struct layout_line *line = add(lines, MARK_TEXT, bold);

    if (line)
        (void)snprintf(line->text, sizeof line->text, "%.*s", (int)bytes, text);
}

/* What is too long goes on in the next line. Returns the cells of the last one. */
static int add_wrapped(struct layout_lines *lines, bool bold, const char *text, int columns)
{
    while (text_cells(text) > columns) {
        size_t fits = text_fit(text, columns), blank = fits;

        while (blank > 0 && text[blank] != ' ')
            blank--;
        if (fits == 0)
            break;
        add_text(lines, bold, text, blank > 0 ? blank : fits);
        text += blank > 0 ? blank + 1 : fits;
    }
    add_text(lines, bold, text, strlen(text));
    return text_cells(text);
}

/* "adult (2)                 20.00" */
static void add_sum(struct layout_lines *lines, const char *left, money sum, int columns)
{
    char right[MONEY_TEXT], *text;
    int used = add_wrapped(lines, false, left, columns), cells;
    size_t at;

    money_format(sum, right, sizeof right);
    cells = text_cells(right);
    if (used + 1 + cells > columns) {
        add_text(lines, false, "", 0);
        used = 0;
    }
    if (lines->failed)
        return;
    text = lines->lines[lines->n - 1].text;
    at = strlen(text);
    (void)snprintf(text + at, sizeof lines->lines[0].text - at, "%*s", columns - used, right);
}

static void add_line(struct layout_lines *lines, const struct report_line *line, int columns)
{
    char left[LINE], words[REPORT_WORDS];
    size_t used =
        (size_t)snprintf(left, sizeof left, "%s", report_label(line, words, sizeof words));

    if (line->has & REPORT_N)
        used += (size_t)snprintf(left + used, sizeof left - used, " (%" PRId64 ")", line->n);
    if (line->has & REPORT_TEXT)
        (void)snprintf(left + used, sizeof left - used, " %s",
                       report_text(line, words, sizeof words));
    if (line->has & REPORT_AMOUNT)
        add_sum(lines, left, line->amount, columns);
    else
        (void)add_wrapped(lines, false, left, columns);
    if (line->has & REPORT_TAX && line->tax != 0) {
        (void)snprintf(left, sizeof left, "  %s", _("of it tax"));
        add_sum(lines, left, line->tax, columns);
    }
}

bool report_paper(const struct report *report, const char *venue, int columns,
                  struct layout_lines *lines)
{
    const char *part = "";

    if (venue[0])
        (void)add_wrapped(lines, true, venue, columns);
    for (size_t i = 0; i < report->n; i++) {
        const struct report_line *line = &report->lines[i];

        if (strcmp(line->part, part) != 0) {
            if (part[0])
                add_text(lines, false, "", 0);
            (void)add_wrapped(lines, true, report_heading(line->part), columns);
        }
        add_line(lines, line, columns);
        part = line->part;
    }
    (void)add(lines, MARK_CUT, false);
    return !lines->failed;
}
