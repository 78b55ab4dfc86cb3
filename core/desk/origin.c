#include "core/desk/origin.h"

#include <stdio.h>
#include <string.h>

#include "core/desk/look_back.h"
#include "core/rules/life.h"

struct tracing {
    const char *label;
    when_ms before;
    struct origin *source;
};

/* What ran out when a row tidied: all its reservations were offers, or none was, or who knows. */
static enum origin_kind ran_out(const json_t *bookings)
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
    return offer == other ? ORIGIN_UNKNOWN : offer ? ORIGIN_LAPSED : ORIGIN_OVERDUE;
}

static enum origin_kind origin_of(const struct look_back_row *line, enum claim_state was)
{
    if (was == CLAIM_HELD)
        return ORIGIN_BASKET;
    if (was == CLAIM_BLOCKED)
        return ORIGIN_RELEASED;
    if (was == CLAIM_SOLD)
        return ORIGIN_REFUND;
    if (strcmp(line->what, "decline") == 0)
        return ORIGIN_DECLINED;
    if (strcmp(line->what, "no_answer") == 0)
        return ORIGIN_NO_ANSWER;
    if (strcmp(line->what, "leave") == 0)
        return ORIGIN_LEFT;
    if (strcmp(line->what, "tidy") == 0)
        return ran_out(json_object_get(line->before, "bookings"));
    return ORIGIN_CANCELLED;
}

/* Freed or kept by an assigner, a returned seat still comes from whoever gave it back. */
static bool find_source(void *context, const struct look_back_row *line)
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
    tracing->source->kind = (int32_t)origin_of(line, from);
    tracing->source->at = line->at;
    if (strcmp(line->what, "tidy") != 0)
        (void)snprintf(tracing->source->terminal, TERMINAL_SIZE, "%s", line->terminal);
    return true;
}

void origin_read(struct sql *db, show_id show, const char *label, when_ms before,
                 struct origin *source)
{
    struct tracing tracing = {label, before, source};

    *source = (struct origin){0};
    look_back(db, show, find_source, &tracing);
}

const char *origin_words(enum origin_kind origin)
{
    static const char *const words[] = {
#define ORIGIN_WORDS(name, words) words,
        ORIGINS(ORIGIN_WORDS)
#undef ORIGIN_WORDS
    };

    return words[origin][0] != '\0' ? _(words[origin]) : "";
}
