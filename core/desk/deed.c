#include "core/desk/deed.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/desk/journal.h"

/* So many rows are looked through: what lies further back is no longer "just now". */
enum { LOOK_BACK = 500 };

/* A row of the journal. */
struct line {
    when_ms at;
    const char *terminal, *what; /* borrowed from the statement */
    json_t *before, *after;
};

/* Looks at one row; true: that was enough. */
typedef bool look(void *context, const struct line *line);

static void look_back(struct sql *db, show_id show, look *enough, void *context)
{
    char book[BOOK_SIZE];
    bool done = false;
    struct sql_statement *row =
        sql_ask(db,
                "SELECT at, terminal, what, before, after FROM journal WHERE book = $1"
                " ORDER BY n DESC LIMIT $2",
                SQL_VALUES(sql_t(journal_show_book(show, book, sizeof book)), sql_n(LOOK_BACK)));

    while (!done && sql_row(row)) {
        struct line line = {.at = sql_number(row, 0),
                            .terminal = sql_text(row, 1),
                            .what = sql_text(row, 2),
                            .before = json_loads(sql_text(row, 3), 0, NULL),
                            .after = json_loads(sql_text(row, 4), 0, NULL)};

        done = enough(context, &line);
        json_decref(line.before);
        json_decref(line.after);
        if (done)
            sql_done(row);
    }
}

/* --- what could be undone --------------------------------------------------------------------- */

struct finding {
    entry_id entry; /* id 0: any that the terminal did */
    const char *terminal;
    json_t *moved; /* entries that newer rows speak of */
    struct deed *deed;
    enum rc rc;
    struct fault *why;
};

static bool undoable(const char *what)
{
    return strcmp(what, "leave") == 0 || strcmp(what, "decline") == 0 ||
           strcmp(what, "no_answer") == 0;
}

/* Keeps what the row says of the entry and of the offer that ended. */
static void keep(struct deed *deed, const struct line *line, const char *entry)
{
    json_t *seats = json_object_get(line->before, "seats");
    const char *name;
    json_t *word;

    deed->entry.n = strtoll(entry, NULL, 10);
    (void)snprintf(deed->what, sizeof deed->what, "%s", line->what);
    json_object_foreach(json_object_get(line->before, "bookings"), name, word)(void)
        snprintf(deed->code, sizeof deed->code, "%s", name);
    json_object_foreach(seats, name, word)
    {
        if (deed->n < SEATS_MAX)
            (void)snprintf(deed->labels[deed->n++], LABEL_SIZE, "%s", name);
    }
}

/* The last word on the entry that is asked for: is it one to be undone here? */
static void judge(struct finding *finding, const struct line *line, const char *entry)
{
    if (!undoable(line->what))
        finding->rc = fault_set(finding->why, RC_WRONG_STATE,
                                "nothing was done to party %s that could be undone now", entry);
    else if (strcmp(line->terminal, finding->terminal) != 0)
        finding->rc = fault_set(finding->why, RC_WRONG_STATE,
                                "that was done on %s, and is undone there", line->terminal);
    else
        keep(finding->deed, line, entry);
}

static bool find_deed(void *context, const struct line *line)
{
    struct finding *finding = context;
    bool mine = undoable(line->what) && strcmp(line->terminal, finding->terminal) == 0;
    const char *entry;
    json_t *word;

    json_object_foreach(json_object_get(line->after, "entries"), entry, word)
    {
        bool wanted = finding->entry.n != 0 ? strtoll(entry, NULL, 10) == finding->entry.n : mine;

        if (wanted && json_object_get(finding->moved, entry) == NULL) {
            judge(finding, line, entry);
            return true;
        }
        json_object_set_new(finding->moved, entry, json_true());
        if (strcmp(json_string_value(word), entry_word(ENTRY_OFFERED)) == 0)
            json_object_set_new(finding->deed->offered, entry, json_true());
    }
    return false;
}

enum rc deed_find(struct sql *db, show_id show, entry_id entry, const char *terminal,
                  struct deed *deed, struct fault *why)
{
    struct finding finding = {
        .entry = entry, .terminal = terminal, .deed = deed, .rc = RC_OK, .why = why};

    *deed = (struct deed){.offered = json_object()};
    finding.moved = json_object();
    if (finding.moved && deed->offered)
        look_back(db, show, find_deed, &finding);
    else
        finding.rc = fault_set(why, RC_NO_MEMORY, "no memory for the journal");
    json_decref(finding.moved);
    if (finding.rc == RC_OK && deed->entry.n == 0)
        finding.rc = fault_set(why, RC_NOT_FOUND, "nothing was done here that could be undone");
    return finding.rc;
}

void deed_fini(struct deed *deed)
{
    json_decref(deed->offered);
    deed->offered = NULL;
}

/* --- where seats came from -------------------------------------------------------------------- */

struct tracing {
    const char *label;
    when_ms before;
    struct deed_source *source;
};

/* What ran out when a row tidied: all its reservations were offers, or none was, or who knows. */
static enum deed_origin ran_out(const json_t *bookings)
{
    bool offer = false, other = false;
    const char *code;
    json_t *word;

    json_object_foreach((json_t *)bookings, code, word)
    {
        bool is = strcmp(json_string_value(word), booking_word(BOOKING_OFFERED)) == 0;

        offer = offer || is;
        other = other || !is;
    }
    return offer == other ? DEED_UNKNOWN : offer ? DEED_LAPSED : DEED_OVERDUE;
}

static enum deed_origin origin_of(const struct line *line, enum claim_state was)
{
    if (was == CLAIM_HELD)
        return DEED_BASKET;
    if (was == CLAIM_BLOCKED)
        return DEED_RELEASED;
    if (was == CLAIM_SOLD)
        return DEED_REFUND;
    if (strcmp(line->what, "decline") == 0)
        return DEED_DECLINED;
    if (strcmp(line->what, "no_answer") == 0)
        return DEED_NO_ANSWER;
    if (strcmp(line->what, "leave") == 0)
        return DEED_LEFT;
    if (strcmp(line->what, "tidy") == 0)
        return ran_out(json_object_get(line->before, "bookings"));
    return DEED_CANCELLED;
}

/* Freed or kept by an assigner, a returned seat still comes from whoever gave it back. */
static bool find_source(void *context, const struct line *line)
{
    struct tracing *tracing = context;
    const char *was =
        json_string_value(json_object_get(json_object_get(line->before, "seats"), tracing->label));
    const char *is =
        json_string_value(json_object_get(json_object_get(line->after, "seats"), tracing->label));
    enum claim_state from, to;

    if (line->at > tracing->before || !was || !is || !claim_parse(was, &from) ||
        !claim_parse(is, &to) || from == CLAIM_FREE || from == CLAIM_RETURNED ||
        (to != CLAIM_FREE && to != CLAIM_RETURNED))
        return false;
    tracing->source->origin = origin_of(line, from);
    tracing->source->at = line->at;
    if (strcmp(line->what, "tidy") != 0)
        (void)snprintf(tracing->source->terminal, TERMINAL_SIZE, "%s", line->terminal);
    return true;
}

void deed_source(struct sql *db, show_id show, const char *label, when_ms before,
                 struct deed_source *source)
{
    struct tracing tracing = {label, before, source};

    *source = (struct deed_source){0};
    look_back(db, show, find_source, &tracing);
}

const char *deed_origin_words(enum deed_origin origin)
{
    static const char *const words[] = {
#define DEED_ORIGIN_WORDS(name, words) words,
        DEED_ORIGINS(DEED_ORIGIN_WORDS)
#undef DEED_ORIGIN_WORDS
    };

    return words[origin];
}
