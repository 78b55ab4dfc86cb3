/*
 * Ids: one distinct type a table, so that a seat's id cannot be passed for a show's.
 * Zero is no id.
 */
#ifndef BOXOFFICE_CORE_BASE_IDS_H
#define BOXOFFICE_CORE_BASE_IDS_H

#include <stdint.h>

typedef struct hall_id {
    int64_t n;
} hall_id;
typedef struct seat_id {
    int64_t n;
} seat_id;
typedef struct show_id {
    int64_t n;
} show_id;
typedef struct reservation_id {
    int64_t n;
} reservation_id;
typedef struct type_id {
    int64_t n;
} type_id;
typedef struct entry_id {
    int64_t n;
} entry_id;
typedef struct till_id {
    int64_t n;
} till_id;

/* Sizes of texts that staff type, with the ending NUL; the limits are in bytes of UTF-8. */
enum {
    NAME_SIZE = 160 + 1,
    PHONE_SIZE = 32 + 1,
    NOTE_SIZE = 280 + 1,
    LABEL_SIZE = 32 + 1,
    KEY_SIZE = 64 + 1,
    CODE_SIZE = 8 + 1,
    TITLE_SIZE = 160 + 1,
    TERMINAL_SIZE = 32 + 1,
    STAFF_NAME_SIZE = 60 + 1, /* has to find room in a head line */
    REFERENCE_SIZE = 64 + 1,
};

/* Limits of one request: seats of a basket and so of a reservation, tenders, the shows of a basket;
 * and the people of a waiting party. */
enum { SEATS_MAX = 60, TENDERS_MAX = 4, BASKET_SHOWS = 8, PARTY_MAX = 20 };

#endif
