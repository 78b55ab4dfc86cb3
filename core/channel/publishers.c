#include "core/channel/publishers.h"

static void add(struct publishers *publishers, const struct heard *heard)
{
    size_t at = publishers->next;

    if (publishers->n < PUBLISHERS_MAX)
        publishers->n++;
    publishers->next = (at + 1) % PUBLISHERS_MAX;
    publishers->rows[at].id = heard->publisher;
    publishers->rows[at].counter = heard->counter;
}

enum publisher_news publishers_note(struct publishers *publishers, const struct heard *heard)
{
    for (size_t i = 0; i < publishers->n; i++) {
        if (publishers->rows[i].id != heard->publisher)
            continue;
        uint64_t last = publishers->rows[i].counter;
        if (heard->counter <= last)
            return PUBLISHER_STALE;
        publishers->rows[i].counter = heard->counter;
        return heard->counter == last + 1 ? PUBLISHER_NEXT : PUBLISHER_GAP;
    }
    add(publishers, heard);
    return PUBLISHER_NEW;
}
