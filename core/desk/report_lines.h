/* Making the lines of a report, for who makes one. */
#ifndef BOXOFFICE_CORE_DESK_REPORT_LINES_H
#define BOXOFFICE_CORE_DESK_REPORT_LINES_H

#include "core/desk/report.h"
#include "core/desk/sums.h"

/* A report being made. Zero-initialised by its owner. */
struct report_new {
    struct report *report;
    size_t room;
    bool broken; /* memory ran out */
};

/* Adds a line; without memory it is lost, of which report_end tells. */
void report_put(struct report_new *new, const struct report_line *line);

/* Lines of one kind: words, a sum, a sum of so many, that with the tax in it. */
void report_words(struct report_new *new, const char *part, const char *label, const char *text);
void report_sum(struct report_new *new, const char *part, const char *label, money amount);
void report_count(struct report_new *new, const char *part, const char *label, int64_t n,
                  money amount);
void report_tax(struct report_new *new, const char *part, const char *label, int64_t n,
                money amount, money tax);

/* Adds the sums of what is summed up (sums.h), and their total. */
void report_sums(struct report_new *new, struct sql *db, enum sums_of of, int64_t a, int64_t b);

/* The report, the caller's; NULL when memory ran out. */
struct report *report_end(struct report_new *new);

/* Makes a report within one read transaction: `fill` adds its lines and says what it did not find.
 * `*report` is the caller's when RC_OK. */
struct report_work {
    void (*fill)(struct sql *db, struct report_work *work);
    int64_t a, b; /* for fill */
    when_ms now;
    struct report_new new;
    struct fault *why;
    enum rc rc;
};
enum rc report_make(struct sql *db, struct report_work *work, struct report **report);

#endif
