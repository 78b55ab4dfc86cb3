/* Finding what a customer at the counter can tell: a code, a name, a phone, a title, a time. */
#ifndef BOXOFFICE_CORE_DESK_FIND_H
#define BOXOFFICE_CORE_DESK_FIND_H

#include "core/base/words.h"
#include "core/desk/verb.h"
#include "core/rules/life.h"

/* X(name, word) what kind of thing was found */
#define FOUND_KINDS(X)                \
    X(RESERVATION, N_("reservation")) \
    X(ENTRY, N_("waiting"))           \
    X(SHOW, N_("show"))

enum found_kind {
#define FOUND_ENUM(name, word) FOUND_##name,
    FOUND_KINDS(FOUND_ENUM)
#undef FOUND_ENUM
};

struct found_row {
    enum found_kind kind;
    reservation_id reservation;
    entry_id entry;
    show_id show;
    char code[CODE_SIZE];
    char name[NAME_SIZE], phone[PHONE_SIZE];
    char title[TITLE_SIZE], hall[NAME_SIZE];
    when_ms starts_at;
    char state[16];
    int32_t seats; /* or party */
    money total;
};
struct found_list {
    size_t n;
    bool more; /* there were more than `most` */
    struct found_row rows[];
};

/*
 * Finds by, in this order: code; phone (prefix of digits, or its last four); name (prefix of the
 * name or of its parts after a comma, any script, case folded); show title prefix; "HH:MM" start
 * today. Upcoming shows first. Heap snapshot, free().
 */
enum rc find_read(struct sql *db, const char *text, when_ms now, size_t most,
                  struct found_list **list, struct fault *why);

/* The word for what a find went by, a static string. */
const char *found_word(enum found_kind kind);

#endif
