#include "core/rules/plan_draw.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"

/* One row is its name, a letter a seat and an aisle behind each at most. */
enum { ROW_TEXT = 2 * DRAWING_SEATS + 16, HEAD_TEXT = NAME_SIZE + 16 };

static const char parting[] = ", ;";

/* A number of at most four digits and nothing else; 0: it is none. */
static int whole(const char *text)
{
    const size_t n = strspn(text, "0123456789");

    return n > 0 && n <= 4 && text[n] == '\0' ? (int)strtol(text, NULL, 10) : 0;
}

/* "A-N" or "14": the first row's letter ('\0': numbers) and how many. */
static bool read_rows(const char *text, char *first, int *n)
{
    char from, to, more;

    *first = '\0';
    *n = whole(text);
    if (*n > 0)
        return *n <= DRAWING_ROWS;
    if (sscanf(text, " %c - %c %c", &from, &to, &more) != 2 || !isalpha((unsigned char)from) ||
        !isalpha((unsigned char)to))
        return false;
    from = (char)toupper((unsigned char)from);
    to = (char)toupper((unsigned char)to);
    *first = from;
    *n = to - from + 1;
    return *n > 0;
}

/* The next word of a list in `*at`; false at its end. A word that is too long is cut, and wrong. */
static bool next_word(const char **at, char *word, size_t size)
{
    size_t n;

    *at += strspn(*at, parting);
    n = strcspn(*at, parting);
    (void)snprintf(word, size, "%.*s", (int)n, *at);
    *at += n;
    return n > 0;
}

/* Marks the seats that have an aisle behind them. */
static enum rc read_aisles(const struct plan_drawing *drawing, bool behind[DRAWING_SEATS + 1],
                           struct fault *why)
{
    const char *at = drawing->aisles;
    char word[LABEL_SIZE];

    memset(behind, 0, DRAWING_SEATS + 1);
    while (next_word(&at, word, sizeof word)) {
        const int seat = whole(word);

        if (seat < 1 || seat >= drawing->seats)
            return fault_set(why, RC_BAD_INPUT, _("no aisle can be behind seat %s: 1 to %d"), word,
                             (int)drawing->seats - 1);
        behind[seat] = true;
    }
    return RC_OK;
}

static enum rc place_wheelchairs(const struct plan_drawing *drawing, struct plan *plan,
                                 struct fault *why)
{
    const char *at = drawing->wheelchairs;
    char word[LABEL_SIZE];

    while (next_word(&at, word, sizeof word)) {
        const size_t seat = plan_find_label(plan, word);

        if (seat == PLAN_NONE)
            return fault_set(why, RC_BAD_INPUT, _("there is no seat %s for a wheelchair"), word);
        plan->seats[seat].kind = SEAT_WHEELCHAIR;
    }
    return RC_OK;
}

/* The rows in the words of a plan file (plan_parse). */
static size_t write_rows(const struct plan_drawing *drawing, char first, int rows,
                         const bool *behind, char *text, size_t size)
{
    size_t used = (size_t)snprintf(text, size, "@hall %s\n", drawing->name);

    for (int row = 0; row < rows; row++) {
        if (first)
            used += (size_t)snprintf(text + used, size - used, "%c\t", first + row);
        else
            used += (size_t)snprintf(text + used, size - used, "%d\t", row + 1);
        for (int seat = 1; seat <= drawing->seats; seat++) {
            text[used++] = 'o';
            if (behind[seat])
                text[used++] = '_';
        }
        text[used++] = '\n';
    }
    return used;
}

enum rc plan_draw(const struct plan_drawing *drawing, struct plan **plan, struct fault *why)
{
    bool behind[DRAWING_SEATS + 1];
    char first, *text;
    int rows;
    size_t size, used;
    enum rc rc;

    *plan = NULL;
    if (!read_rows(drawing->rows, &first, &rows))
        return fault_set(why, RC_BAD_INPUT, _("rows are A-N, or how many: at most %d"),
                         DRAWING_ROWS);
    if (drawing->seats < 1 || drawing->seats > DRAWING_SEATS)
        return fault_set(why, RC_BAD_INPUT, _("a row has 1 to %d seats"), DRAWING_SEATS);
    rc = read_aisles(drawing, behind, why);
    if (rc != RC_OK)
        return rc;
    size = HEAD_TEXT + (size_t)rows * ROW_TEXT;
    text = malloc(size);
    if (!text)
        return fault_set(why, RC_NO_MEMORY, _("no memory for the hall"));
    used = write_rows(drawing, first, rows, behind, text, size);
    rc = plan_parse(text, used, plan, NULL, NULL, why);
    free(text);
    if (rc == RC_OK)
        rc = place_wheelchairs(drawing, *plan, why);
    if (rc != RC_OK)
        plan_free(plan);
    return rc;
}
