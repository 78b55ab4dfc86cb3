#include "core/desk/change.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Puts a value, whose reference it steals, into an object; jansson takes NULL and says so. */
static void put(struct change *change, json_t *object, const char *name, json_t *value)
{
    if (json_object_set_new(object, name, value) != 0)
        change->broken = true;
}

/* The object `name` inside `*side`, made when it is not there. */
static json_t *part_of(struct change *change, json_t **side, const char *name)
{
    json_t *part;

    if (*side == NULL)
        *side = json_object();
    part = json_object_get(*side, name);
    if (part == NULL) {
        put(change, *side, name, json_object());
        part = json_object_get(*side, name);
    }
    return part;
}

/* The first word before and the last word after count, so that two moves in one row are one. */
static void note(struct change *change, const char *part, const char *name, const char *from,
                 const char *to)
{
    json_t *known = json_object_get(change->after, part);

    if (from && !(known && json_object_get(known, name)))
        put(change, part_of(change, &change->before, part), name, json_string(from));
    put(change, part_of(change, &change->after, part), name, json_string(to));
}

void change_seat(struct change *change, const char *label, enum claim_state from,
                 enum claim_state to)
{
    note(change, "seats", label, claim_word(from), claim_word(to));
}

void change_booking(struct change *change, const char *code, int from, enum booking_state to)
{
    note(change, "bookings", code,
         from == CHANGE_NONE ? NULL : booking_word((enum booking_state)from), booking_word(to));
}

void change_entry(struct change *change, entry_id entry, int from, enum entry_state to)
{
    char name[24];

    snprintf(name, sizeof name, "%" PRId64, entry.n);
    note(change, "entries", name, from == CHANGE_NONE ? NULL : entry_word((enum entry_state)from),
         entry_word(to));
}

void change_number(struct change *change, const char *name, int64_t number)
{
    if (change->after == NULL)
        change->after = json_object();
    put(change, change->after, name, json_integer(number));
}

void change_money(struct change *change, const char *name, int64_t number)
{
    change_number(change, name, number);
    if (change->money == NULL)
        change->money = json_object();
    put(change, change->money, name, json_integer(number));
}

void change_till(struct change *change, till_id till, const struct journal_end *end)
{
    change->till = till;
    change->end = *end;
}

void change_text(struct change *change, const char *name, const char *text)
{
    if (change->after == NULL)
        change->after = json_object();
    put(change, change->after, name, json_string(text));
}

void change_was(struct change *change, const char *name, json_t *value)
{
    if (change->before == NULL)
        change->before = json_object();
    put(change, change->before, name, value);
}

bool change_any(const struct change *change)
{
    return change->before != NULL || change->after != NULL || change->broken;
}

/* The till's row names whom it is about, and so much of the show's book as there is now. */
static void till_row(struct change *change, struct sql *db, const struct show_lock *lock,
                     const struct ask *ask, const char *what, json_t *bookings)
{
    char book[BOOK_SIZE];
    json_t *after = json_object();

    put(change, after, "show", json_integer(lock->show.n));
    put(change, after, "head", json_string(lock->end.head));
    if (bookings)
        put(change, after, "bookings", json_incref(bookings));
    if (change->money)
        put(change, after, "money", json_incref(change->money));
    journal_add_at(db, &change->end, journal_till_book(change->till, book, sizeof book), ask,
                   change->broken ? NULL : what, NULL, after);
}

void change_journal(struct change *change, struct sql *db, struct show_lock *lock,
                    const struct ask *ask, const char *what)
{
    char book[BOOK_SIZE];
    json_t *bookings;

    if (!change_any(change))
        return;
    bookings = json_incref(json_object_get(change->after, "bookings"));
    journal_add_at(db, &lock->end, journal_show_book(lock->show, book, sizeof book), ask,
                   change->broken ? NULL : what, change->before, change->after);
    change->before = change->after = NULL;
    if (change->till.n != 0)
        till_row(change, db, lock, ask, what, bookings);
    json_decref(bookings);
    change_fini(change);
}

void change_fini(struct change *change)
{
    json_decref(change->before);
    json_decref(change->after);
    json_decref(change->money);
    *change = (struct change){0};
}
