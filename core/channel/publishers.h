/* Who has published so far, and each one's last counter: shows gaps and newcomers. */
#ifndef BOXOFFICE_CORE_CHANNEL_PUBLISHERS_H
#define BOXOFFICE_CORE_CHANNEL_PUBLISHERS_H

#include <stddef.h>
#include <stdint.h>

#include "core/channel/hint.h"

enum { PUBLISHERS_MAX = 128 };

struct publishers {
    size_t n;
    size_t next; /* the one to be forgotten when there is no room */
    struct {
        uint64_t id, counter;
    } rows[PUBLISHERS_MAX];
};

enum publisher_news {
    PUBLISHER_NEXT,  /* known, and nothing is missing */
    PUBLISHER_NEW,   /* not heard before */
    PUBLISHER_GAP,   /* known, and messages are missing before this one */
    PUBLISHER_STALE, /* known, and this one came before: a repeat or a late one */
};

/* Notes a message and says what is new about it. The oldest publisher is forgotten at the limit. */
enum publisher_news publishers_note(struct publishers *publishers, const struct heard *heard);

#endif
