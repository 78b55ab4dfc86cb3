#include "tui/stationery.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"
#include "core/rules/escpos.h"
#include "tui/printer.h"

enum { TEMPLATE_MOST = 1 << 16, FONT_MOST = 1 << 24 };

/* Reads a file of at most `most` bytes; NULL, errno says why (0: it is longer). */
static char *read_whole(const char *path, size_t most, size_t *size)
{
    FILE *file = fopen(path, "re");
    char *text = file ? malloc(most + 2) : NULL;

    errno = file && !text ? ENOMEM : errno;
    if (!text) {
        if (file)
            (void)fclose(file);
        return NULL;
    }
    errno = 0;
    *size = fread(text, 1, most + 1, file);
    bool failed = ferror(file) != 0 || *size > most;
    int error = errno;
    (void)fclose(file);
    errno = error;
    if (failed) {
        free(text);
        return NULL;
    }
    text[*size] = '\0';
    return text;
}

static enum rc read_template(struct layout *layout, enum layout_kind kind, const char *path,
                             struct fault *why)
{
    size_t size = 0;
    char *text;

    if (!*path)
        return layout_parse(layout, kind, _("built-in"), layout_preset(kind), why);
    text = read_whole(path, TEMPLATE_MOST, &size);
    if (!text)
        return fault_set(why, RC_ENVIRONMENT, "%s: %s", path,
                         errno ? strerror(errno) : _("too long for a template"));
    enum rc rc = strlen(text) == size ? layout_parse(layout, kind, path, text, why)
                                      : fault_set(why, RC_BAD_INPUT, _("%s:1: is no text"), path);
    free(text);
    return rc;
}

enum rc stationery_new(struct stationery **stationery, const struct settings *settings,
                       struct fault *why)
{
    const bool own = !settings->training; /* VOID must stand on it, which these may leave out */
    struct stationery *s = calloc(1, sizeof *s);
    enum rc rc;

    *stationery = NULL;
    if (!s)
        return fault_set(why, RC_NO_MEMORY, _("no memory for the templates"));
    s->settings = settings;
    s->escpos = strcmp(settings->printer_kind, "escpos") == 0;
    s->house = (struct ticket_house){.venue = settings->venue,
                                     .tax = settings->tax,
                                     .ticket = &s->ticket,
                                     .receipt = &s->receipt,
                                     .columns = (int)settings->printer_columns};
    rc = printer_check(settings->printer, why);
    if (rc == RC_OK)
        rc = read_template(&s->ticket, LAYOUT_TICKET, own ? settings->ticket_template : "", why);
    if (rc == RC_OK)
        rc = read_template(&s->receipt, LAYOUT_RECEIPT, own ? settings->receipt_template : "", why);
    if (rc == RC_OK)
        *stationery = s;
    else
        stationery_free(&s);
    return rc;
}

void stationery_free(struct stationery **stationery)
{
    if (!*stationery)
        return;
    free((*stationery)->font);
    free(*stationery);
    *stationery = NULL;
}

bool stationery_prints(const struct settings *settings)
{
    return strcmp(settings->printer, "none") != 0;
}

/* The font is read when it is first needed; without it boxes stand for its letters. */
static void want_font(struct stationery *s)
{
    if (s->font || !*s->settings->printer_glyphs)
        return;
    s->font = read_whole(s->settings->printer_glyphs, FONT_MOST, &s->glyphs.size);
    s->glyphs.hex = s->font;
}

static enum rc make_bytes(struct stationery *s, const struct layout_lines *lines, char **bytes,
                          size_t *size, int32_t *missing, struct fault *why)
{
    struct escpos out = {0};

    if (!s->escpos) {
        *bytes = layout_text(lines);
        *size = *bytes ? strlen(*bytes) : 0;
    } else {
        want_font(s);
        if (escpos_make(lines, s->house.columns, &s->glyphs, &out)) {
            *bytes = (char *)out.bytes;
            *size = out.n;
            *missing = out.missing;
        } else {
            escpos_fini(&out);
        }
    }
    return *bytes ? RC_OK : fault_set(why, RC_NO_MEMORY, _("no memory for what is printed"));
}

enum rc stationery_make(struct stationery *stationery, const struct ticket_sheet *sheet,
                        const struct stationery_wish *wish, char **bytes, size_t *size,
                        int32_t *missing, struct fault *why)
{
    struct layout_lines lines = {.plain = !stationery->escpos};
    enum rc rc;

    *bytes = NULL;
    *size = 0;
    *missing = 0;
    if (!ticket_paper_serials(sheet, wish->serials, wish->n, &stationery->house, &lines) ||
        (wish->receipt && !ticket_paper_receipt(sheet, &stationery->house, &lines)))
        rc = fault_set(why, RC_NO_MEMORY, _("no memory for what is printed"));
    else
        rc = make_bytes(stationery, &lines, bytes, size, missing, why);
    layout_fini(&lines);
    return rc;
}

enum rc stationery_report(struct stationery *stationery, const struct report *report, char **bytes,
                          size_t *size, struct fault *why)
{
    struct layout_lines lines = {.plain = !stationery->escpos};
    int32_t missing = 0;
    enum rc rc;

    *bytes = NULL;
    *size = 0;
    if (report_paper(report, stationery->house.venue, stationery->house.columns, &lines))
        rc = make_bytes(stationery, &lines, bytes, size, &missing, why);
    else
        rc = fault_set(why, RC_NO_MEMORY, _("no memory for what is printed"));
    layout_fini(&lines);
    return rc;
}
