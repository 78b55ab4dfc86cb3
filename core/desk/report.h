/*
 * Reports: what was sold, how it was paid and what lies in the drawers, as lines that a screen, a
 * printer, CSV and JSON show alike. A Z is kept as its lines were when the till was closed.
 */
#ifndef BOXOFFICE_CORE_DESK_REPORT_H
#define BOXOFFICE_CORE_DESK_REPORT_H

#include <jansson.h>

#include "core/desk/till.h"

/* What a line has to say. */
enum { REPORT_N = 1, REPORT_AMOUNT = 2, REPORT_TAX = 4, REPORT_TEXT = 8 };

enum { REPORT_PART = 16, REPORT_LABEL = 192, REPORT_WORDS = 320 };

struct report_line {
    char part[REPORT_PART]; /* "types"; lines of one part stand together */
    char label[REPORT_LABEL];
    char text[REPORT_WORDS];
    int32_t has; /* REPORT_N, ... */
    int64_t n;
    money amount, tax;
};

struct report {
    size_t n;
    struct report_line lines[];
};

/*
 * Reads one. Each is one state of the database; `*report` is a heap snapshot, freed with free().
 * report_till: what is in a till now, without what its cash should be before it was counted (X), or
 * as it was closed (Z). RC_NOT_FOUND.
 * report_day: a business day. It is closed when no till that was opened in it or before is open.
 * report_show: one show. RC_NOT_FOUND.
 * report_week: the film week, Thursday to Wednesday, that `day` lies in: by film, what was sold for
 * its shows of that week, whenever it was sold.
 */
enum rc report_till(struct sql *db, till_id till, when_ms now, struct report **report,
                    struct fault *why);
enum rc report_day(struct sql *db, int32_t day, struct report **report, struct fault *why);
enum rc report_show(struct sql *db, show_id show, struct report **report, struct fault *why);
enum rc report_week(struct sql *db, int32_t day, struct report **report, struct fault *why);

/* The first day of the film week that a day lies in. Pure. */
int32_t report_week_begins(int32_t day);

/* The Z of a till that is being closed, inside its transaction: `head` is that of its book, its row
 * in there included. Heap, free(); NULL without memory. */
struct report *report_z(struct sql *db, const struct till *till,
                        const char head[static DIGEST_HEX]);

/* The lines as JSON, an array a part in order; the caller's reference, NULL without memory. */
json_t *report_json(const struct report *report);
/* And back. Heap, free(); NULL when it is no such text, or without memory. */
struct report *report_parse(const char *text);

/* As a person reads it, in that language; JSON and CSV have the lines as they are, and a Z is kept
 * so. The heading of a part ("BY TENDER"), a static string; a line's label and its text, borrowed
 * from the line or written into `buffer`. */
const char *report_heading(const char *part);
const char *report_label(const struct report_line *line, char *buffer, size_t size);
const char *report_text(const struct report_line *line, char *buffer, size_t size);

#endif
