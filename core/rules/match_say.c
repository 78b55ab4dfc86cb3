/* A stored reason (match_reason.c), read again for people. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"
#include "core/rules/match.h"

enum { CLAUSE = 128, NAME = 64 };

enum need { NEED_WHEELCHAIRS, NEED_SEATS, NEED_PAIRS, NEED_IN_PAIRS, NEED_TOGETHER };

/* What stands behind the number, longer words before those that they begin with. */
static const struct {
    const char *words;
    enum need need;
} needs[] = {
    {" wheelchair places", NEED_WHEELCHAIRS},
    {" wheelchair place", NEED_WHEELCHAIRS},
    {" seats", NEED_SEATS},
    {" seat", NEED_SEATS},
    {" pairs", NEED_PAIRS},
    {" pair", NEED_PAIRS},
    {" in pairs", NEED_IN_PAIRS},
    {" together", NEED_TOGETHER},
};

static bool skip(const char **at, const char *words)
{
    if (strncmp(*at, words, strlen(words)) != 0)
        return false;
    *at += strlen(words);
    return true;
}

static bool number(const char **at, unsigned long *n)
{
    char *end;

    *n = strtoul(*at, &end, 10);
    if (end == *at)
        return false;
    *at = end;
    return true;
}

/* " in NAME" up to `end`, or nothing there. */
static bool name(const char *at, const char *end, char out[static NAME])
{
    out[0] = '\0';
    if (at == end)
        return true;
    if (!skip(&at, " in ") || at >= end || end - at >= NAME)
        return false;
    memcpy(out, at, (size_t)(end - at));
    out[end - at] = '\0';
    return true;
}

/* "needs 4 together": what is wanted anywhere. */
static void say_need(enum need need, unsigned long n, char out[static CLAUSE])
{
    switch (need) {
    case NEED_WHEELCHAIRS:
        (void)snprintf(out, CLAUSE,
                       ngettext("needs %lu wheelchair place", "needs %lu wheelchair places", n), n);
        break;
    case NEED_SEATS:
        (void)snprintf(out, CLAUSE, ngettext("needs %lu seat", "needs %lu seats", n), n);
        break;
    case NEED_PAIRS:
        (void)snprintf(out, CLAUSE, ngettext("needs %lu pair", "needs %lu pairs", n), n);
        break;
    case NEED_IN_PAIRS:
        (void)snprintf(out, CLAUSE, _("needs %lu in pairs"), n);
        break;
    case NEED_TOGETHER:
        (void)snprintf(out, CLAUSE, _("needs %lu together"), n);
        break;
    }
}

/* "3 were free in F"; `row` may be empty. */
static void say_free(unsigned long n, const char *row, char out[static CLAUSE])
{
    if (row[0] == '\0' && n == 0)
        (void)snprintf(out, CLAUSE, "%s", _("none was free"));
    else if (row[0] == '\0')
        (void)snprintf(out, CLAUSE, ngettext("%lu was free", "%lu were free", n), n);
    else if (n == 0)
        (void)snprintf(out, CLAUSE, _("none was free in %s"), row);
    else
        (void)snprintf(out, CLAUSE, ngettext("%lu was free in %s", "%lu were free in %s", n), n,
                       row);
}

/* Where the last clause begins, at its ", "; NULL: there is none. */
static const char *last_clause(const char *text)
{
    const char *last = NULL;

    for (const char *at = text; (at = strstr(at, ", ")) != NULL; at++)
        last = at;
    return last;
}

/* Reads all of a reason and says it; false when it is another. */
static bool say(const char *at, char *buffer, size_t size)
{
    char zone[NAME], row[NAME], need[CLAUSE], open[CLAUSE];
    const char *behind = last_clause(at);
    unsigned long n, n_free = 0;
    size_t i = 0;

    if (behind == NULL || !skip(&at, "needs ") || !number(&at, &n))
        return false;
    while (i < sizeof needs / sizeof needs[0] && !skip(&at, needs[i].words))
        i++;
    if (i == sizeof needs / sizeof needs[0] || !name(at, behind, zone))
        return false;
    behind += strlen(", ");
    if (!skip(&behind, "none was free") &&
        !(number(&behind, &n_free) && (skip(&behind, " were free") || skip(&behind, " was free"))))
        return false;
    if (!name(behind, behind + strlen(behind), row))
        return false;
    say_need(needs[i].need, n, need);
    say_free(n_free, row, open);
    if (zone[0] == '\0')
        /* translators: "needs 4 together" and "3 were free in F" */
        (void)snprintf(buffer, size, _("%s, %s"), need, open);
    else
        /* translators: "needs 4 together", a zone, and "3 were free in F" */
        (void)snprintf(buffer, size, _("%s in %s, %s"), need, zone, open);
    return true;
}

char *match_say(const char *reason, char *buffer, size_t size)
{
    if (strcmp(reason, MATCH_REASON_ORDER) == 0)
        (void)snprintf(buffer, size, "%s", _(MATCH_REASON_ORDER));
    else if (!say(reason, buffer, size))
        (void)snprintf(buffer, size, "%s", reason);
    return buffer;
}
