/*
 * The layout of tickets and receipts: a template with {fields} and a few directives, and the lines
 * that it makes of a sale. boxoffice-ticket(5) describes the template. Pure.
 */
#ifndef BOXOFFICE_CORE_RULES_LAYOUT_H
#define BOXOFFICE_CORE_RULES_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/ids.h"
#include "core/base/rc.h"

/* What a template may be for: each has its own fields. */
enum layout_kind { LAYOUT_TICKET, LAYOUT_RECEIPT };

/* X(name) fields of a ticket; those of a receipt; those of its groups, where .each repeats. */
#define TICKET_FIELDS(X) \
    X(venue)             \
    X(title)             \
    X(day)               \
    X(date)              \
    X(time)              \
    X(hall)              \
    X(block)             \
    X(zone)              \
    X(row)               \
    X(number)            \
    X(seat)              \
    X(type)              \
    X(price)             \
    X(currency)          \
    X(tax_rate)          \
    X(tax)               \
    X(sold)              \
    X(terminal)          \
    X(operator)          \
    X(serial)            \
    X(code)              \
    X(scan)              \
    X(stamp)             \
    X(duplicate)         \
    X(reason)
#define RECEIPT_FIELDS(X) \
    X(venue)              \
    X(title)              \
    X(day)                \
    X(date)               \
    X(time)               \
    X(hall)               \
    X(currency)           \
    X(sold)               \
    X(terminal)           \
    X(operator)           \
    X(code)               \
    X(scan)               \
    X(stamp)              \
    X(till)               \
    X(total)              \
    X(change)             \
    X(rounding)           \
    X(seats)              \
    X(type)               \
    X(zone)               \
    X(price)              \
    X(tender)             \
    X(amount)             \
    X(given)              \
    X(tax_rate)           \
    X(net)                \
    X(tax)

enum { LAYOUT_ITEMS = 200, LAYOUT_LINE = 256, LAYOUT_LINES = 400, LAYOUT_WIDE_MOST = 80 };

/* One line of a template, as it was read. */
struct layout_item {
    enum layout_op {
        LAYOUT_TEXT,
        LAYOUT_ALIGN, /* text: "left", "center", "right" */
        LAYOUT_SIZE,  /* "normal", "tall", "wide", "big" */
        LAYOUT_BOLD,  /* number 0, 1 */
        LAYOUT_RULE,
        LAYOUT_FEED, /* number of lines */
        LAYOUT_QR,
        LAYOUT_CUT,
        LAYOUT_DRAWER,
        LAYOUT_IF,   /* text: a field; lines up to LAYOUT_END only when it is not empty */
        LAYOUT_EACH, /* text: a group; lines up to LAYOUT_END for each of its rows */
        LAYOUT_END
    } op;
    int number;
    char text[LAYOUT_LINE];
};
struct layout {
    enum layout_kind kind;
    size_t n;
    struct layout_item items[LAYOUT_ITEMS];
};

/*
 * Reads a template; `name` is what it is called in a refusal. RC_BAD_INPUT with "NAME:LINE: what":
 * an unknown directive, field or group, a missing .end, too long. `layout` is the caller's.
 */
enum rc layout_parse(struct layout *layout, enum layout_kind kind, const char *name,
                     const char *text, struct fault *why);

/* The template that is used when none is named, in the reader's language, a static string. */
const char *layout_preset(enum layout_kind kind);

/* A field and its text, borrowed. */
struct layout_field {
    const char *name, *text;
};
enum { LAYOUT_FIELDS = 32, LAYOUT_ROWS = SEATS_MAX, LAYOUT_GROUPS = 3 };
struct layout_row {
    size_t n;
    struct layout_field fields[8];
};
struct layout_values {
    size_t n;
    struct layout_field fields[LAYOUT_FIELDS];
    struct layout_group {
        const char *name; /* "lines", "tenders", "taxes" */
        size_t n;
        struct layout_row rows[LAYOUT_ROWS];
    } groups[LAYOUT_GROUPS];
};

/* A line as it is printed. */
struct layout_line {
    enum layout_mark { MARK_TEXT, MARK_QR, MARK_CUT, MARK_DRAWER } mark;
    bool bold, tall, wide;      /* drawn twice as high, as wide */
    char text[LAYOUT_LINE * 2]; /* aligned already by blanks; of MARK_QR what it says */
    enum layout_align { ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT } align; /* of MARK_QR */
};
struct layout_lines {
    bool plain; /* set before: every letter has one size */
    size_t n, room;
    struct layout_line *lines;
    bool failed; /* out of memory or too many */
};

/*
 * Adds the lines that the values make, `columns` cells wide (16 to LAYOUT_WIDE_MOST), to `lines`
 * (zeroed at first; ended by layout_fini). A line too long is wrapped at a blank, or where it must;
 * {>} sends what stands behind it to the right end. False: out of memory.
 */
bool layout_make(const struct layout *layout, const struct layout_values *values, int columns,
                 struct layout_lines *lines);
void layout_fini(struct layout_lines *lines);

/* The plain text of lines, QR codes as the text they say in brackets. The caller's, to be freed;
 * NULL without memory. */
char *layout_text(const struct layout_lines *lines);

#endif
