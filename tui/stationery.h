/*
 * What this terminal prints on and with: the venue's templates, the font for what the printer's
 * code page lacks, and a sale turned into what the printer is given.
 */
#ifndef BOXOFFICE_TUI_STATIONERY_H
#define BOXOFFICE_TUI_STATIONERY_H

#include "core/base/settings.h"
#include "core/desk/report_paper.h"
#include "core/desk/ticket_paper.h"
#include "core/rules/glyphs.h"

struct stationery {
    struct layout ticket, receipt;
    struct ticket_house house;
    bool escpos; /* else plain text */
    char *font;  /* heap; NULL: there is none */
    struct glyphs glyphs;
    const struct settings *settings; /* borrowed */
};

/*
 * Reads the templates that the settings name, or takes the built-in ones. On success `*stationery`
 * is the caller's. RC_BAD_INPUT with file and line for a bad template, and for a setting `printer`
 * that is none; RC_ENVIRONMENT: a file cannot be read; RC_NO_MEMORY.
 */
enum rc stationery_new(struct stationery **stationery, const struct settings *settings,
                       struct fault *why);
void stationery_free(struct stationery **stationery);

/* Is there a printer? */
bool stationery_prints(const struct settings *settings);

/* What is wanted of a sale. */
struct stationery_wish {
    int n; /* tickets, by serial */
    int64_t serials[SEATS_MAX];
    bool receipt;
};

/*
 * Makes what the printer is given: text or ESC/POS. `*bytes` is the caller's, to be freed. RC_OK
 * with `*missing` (0: none): a character that the printer cannot write, a box stands for it.
 * RC_NO_MEMORY.
 */
enum rc stationery_make(struct stationery *stationery, const struct ticket_sheet *sheet,
                        const struct stationery_wish *wish, char **bytes, size_t *size,
                        int32_t *missing, struct fault *why);

/* The same of a report; a box stands for what the printer cannot write. */
enum rc stationery_report(struct stationery *stationery, const struct report *report, char **bytes,
                          size_t *size, struct fault *why);

#endif
