/* Finding by where somebody sits, by when a show starts, and by where and when somebody bought. */
#include "core/desk/find_hits.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/text.h"
#include "core/desk/find_sql.h"
#include "core/desk/till.h"

#define AROUND (15 * WHEN_MINUTE)

enum { CLOCK_LEAST = 4, CLOCK_MOST = 5 };

/* "14:30", "9:45" or "14.30", as when_clock writes it. False: it is no time of day. */
static bool reads_as_clock(const char *text, char clock[static WHEN_TEXT])
{
    const size_t n = strlen(text);
    const char *digits = n == CLOCK_MOST ? text + 1 : text;

    if (n < CLOCK_LEAST || n > CLOCK_MOST || !isdigit((unsigned char)text[0]) ||
        !isdigit((unsigned char)digits[0]) || (digits[1] != ':' && digits[1] != '.') ||
        !isdigit((unsigned char)digits[2]) || !isdigit((unsigned char)digits[3]))
        return false;
    (void)snprintf(clock, WHEN_TEXT, "%s%.*s:%s", n == CLOCK_LEAST ? "0" : "", (int)n - 3, text,
                   digits + 2);
    return strcmp(clock, "24:00") < 0;
}

/* Parts the last word off a text without blanks at its ends; "" when it has but one. */
static const char *last_word(const char *text, char *rest, size_t size)
{
    const char *blank = strrchr(text, ' ');

    (void)snprintf(rest, size, "%.*s", blank ? (int)(blank - text) : (int)strlen(text), text);
    return blank ? blank + 1 : "";
}

/* --- a seat ---------------------------------------------------------------------------------- */

/* At which of today's shows: all, those at a time, those whose title begins so. */
struct seat_asked {
    char label[NAME_SIZE], capitals[NAME_SIZE];
    char clock[WHEN_TEXT];     /* "": any */
    char title[FIND_KEY_ROOM]; /* as titles are searched; "": any */
};

/* Is it written as labels are: a digit in it, and no blank or only before a block's slash? */
static bool reads_as_label(const char *text)
{
    const char *slash = strrchr(text, '/'), *seat = slash ? slash + 1 : text;

    return strpbrk(seat, "0123456789") != NULL && strchr(seat, ' ') == NULL;
}

static bool read_seat(const char *text, struct seat_asked *asked)
{
    char rest[NAME_SIZE];
    const char *last = last_word(text, rest, sizeof rest), *blank;
    size_t n = strlen(text);

    *asked = (struct seat_asked){.label = ""};
    if (reads_as_clock(last, asked->clock)) {
        n = strlen(rest);
    } else if (!reads_as_label(text) && (blank = strchr(text, ' ')) != NULL) {
        n = (size_t)(blank - text);
        if (!text_key(blank + 1, asked->title, sizeof asked->title))
            return false;
    }
    (void)snprintf(asked->label, sizeof asked->label, "%.*s", (int)n, text);
    for (size_t i = 0; asked->label[i] != '\0'; i++)
        asked->capitals[i] = (char)toupper((unsigned char)asked->label[i]);
    return reads_as_label(asked->label);
}

/* Is a show that starts then, with that title, one of those asked for? */
static bool show_asked(const struct seat_asked *asked, when_ms starts_at, const char *title_key)
{
    char clock[WHEN_TEXT];

    if (asked->clock[0] != '\0' &&
        strcmp(when_clock(starts_at, clock, sizeof clock), asked->clock) != 0)
        return false;
    return strncmp(title_key, asked->title, strlen(asked->title)) == 0;
}

void find_by_seat(struct search *search)
{
    struct seat_asked asked;
    struct sql_statement *rows;
    when_ms from, to;

    if (!read_seat(search->text, &asked))
        return;
    when_day_span(when_day(search->now), &from, &to);
    rows = sql_ask(search->db, FIND_SEAT,
                   SQL_VALUES(sql_n(search->now), sql_n(from), sql_n(to), sql_t(asked.label),
                              sql_t(asked.capitals)));
    while (!hits_full(search) && sql_row(rows))
        if (show_asked(&asked, sql_number(rows, 1), sql_text(rows, 2)))
            hits_add(search, FOUND_RESERVATION, sql_number(rows, 0));
    sql_done(rows);
}

/* --- a time ---------------------------------------------------------------------------------- */

void find_by_clock(struct search *search)
{
    struct sql_statement *rows;
    when_ms from, to;
    char wanted[WHEN_TEXT], clock[WHEN_TEXT];

    if (strchr(search->text, ':') == NULL || !reads_as_clock(search->text, wanted))
        return;
    when_day_span(when_day(search->now), &from, &to);
    rows = sql_ask(search->db, FIND_STARTS, SQL_VALUES(sql_n(from), sql_n(to)));
    while (!hits_full(search) && sql_row(rows))
        if (strcmp(when_clock(sql_number(rows, 1), clock, sizeof clock), wanted) == 0)
            hits_add(search, FOUND_SHOW, sql_number(rows, 0));
    sql_done(rows);
}

/* --- a till and a time ----------------------------------------------------------------------- */

/* "drawer 1", "till 1": its number; 0: something else. */
static int64_t reads_as_drawer(const char *text)
{
    static const char *const words[] = {"drawer ", "till "};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        const char *number = text + strlen(words[i]);
        char *end;
        long drawer;

        if (strncasecmp(text, words[i], strlen(words[i])) != 0 || !isdigit((unsigned char)*number))
            continue;
        drawer = strtol(number, &end, 10);
        return *end == '\0' && drawer <= DRAWERS_MAX ? drawer : 0;
    }
    return 0;
}

void find_by_till(struct search *search)
{
    char where[NAME_SIZE], clock[WHEN_TEXT] = "";
    const bool timed = reads_as_clock(last_word(search->text, where, sizeof where), clock);
    when_ms at = search->now, from, to;
    int64_t drawer;

    if (!timed)
        (void)snprintf(where, sizeof where, "%s", search->text);
    when_day_span(when_day(search->now), &from, &to);
    if (timed && !when_on_day(when_day(search->now), clock, &at))
        return;
    if (timed) {
        from = at - AROUND;
        to = at + AROUND + WHEN_MINUTE; /* the minute that was said is whole */
    }
    drawer = reads_as_drawer(where);
    if (drawer > 0)
        hits_collect(search, FOUND_RESERVATION,
                     sql_ask(search->db, FIND_DRAWER,
                             SQL_VALUES(sql_n(at), hits_wanted(search), sql_n(from), sql_n(to),
                                        sql_n(drawer))));
    else if (strchr(where, ' ') == NULL && (timed || search->n == 0)) /* slow, so it comes last */
        hits_collect(search, FOUND_RESERVATION,
                     sql_ask(search->db, FIND_TERMINAL,
                             SQL_VALUES(sql_n(at), hits_wanted(search), sql_n(from), sql_n(to),
                                        sql_t(where), sql_n(FIND_WIDEST))));
}
