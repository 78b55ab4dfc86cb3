/* Finding what a customer at the counter can tell: a code, a seat, a name, a phone, where and when
 * it was bought, a title, a time. */
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
    when_ms changed_at;           /* of a reservation: when it came to this state */
    char terminal[TERMINAL_SIZE]; /* that made it */
};
struct found_list {
    size_t n;
    bool more; /* there were more than `most` */
    struct found_row rows[];
};

/*
 * Finds by, in this order: code; seat at today's shows ("F12", "F12 19:45", "F12 stalker"); phone
 * (prefix of digits, or its last four); a drawer's or a terminal's sales of today ("drawer 1
 * 14:30", "counter-1 14:30": around that time, "drawer 1": all); name (prefix of the name or of its
 * parts after a comma, any script, case folded); show title prefix; "HH:MM" start today. Upcoming
 * shows first, sales nearest to the time first. Heap snapshot, free().
 */
enum rc find_read(struct sql *db, const char *text, when_ms now, size_t most,
                  struct found_list **list, struct fault *why);

/* The word for what a find went by, a static string. */
const char *found_word(enum found_kind kind);

#endif
