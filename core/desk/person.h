/* Who a reservation or a waiting entry is for, as it was typed and as it is searched. */
#ifndef BOXOFFICE_CORE_DESK_PERSON_H
#define BOXOFFICE_CORE_DESK_PERSON_H

#include <stddef.h>

#include "core/base/ids.h"
#include "core/base/rc.h"

/* Case folding makes some letters longer. */
enum { NAME_KEY_SIZE = 3 * NAME_SIZE, PHONE_TAIL_SIZE = 4 + 1, PHONE_LEAST = 3 };

struct person {
    char name[NAME_SIZE], name_key[NAME_KEY_SIZE];
    char phone[PHONE_SIZE], phone_key[PHONE_SIZE];
    char phone_tail[PHONE_TAIL_SIZE]; /* the last four digits, "" when there are fewer */
    char note[NOTE_SIZE];
};

/*
 * Checks and tidies what was typed and makes its search keys; empty texts are allowed. RC_BAD_INPUT
 * names the field: what text_check refuses, or a phone with less than PHONE_LEAST digits.
 */
enum rc person_read(struct person *person, const char *name, const char *phone, const char *note,
                    struct fault *why);

/*
 * The other half of a name's key: what follows its first comma ("kari" of "ødegård, kari"), without
 * one its last word ("ødegård" of "kari ødegård"), since names are written either way; "" of a
 * single word. Bytes of the first half go to `*first` unless NULL. Borrowed from `key`.
 */
const char *person_half(const char *key, size_t *first);

/* The same of a person: what name_given holds. Borrowed from `person`. */
const char *person_given(const struct person *person);

/* "ødegård, kari" of "kari ødegård" and the other way round; "" of a single word or without room.
 * Returns buffer. */
char *person_turned(const char *key, char *buffer, size_t size);

#endif
