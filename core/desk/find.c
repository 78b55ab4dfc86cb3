#include "core/desk/find.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/utf8.h"
#include "core/base/words.h"
#include "core/desk/find_hits.h"
#include "core/desk/find_sql.h"
#include "core/desk/person.h"

enum { TAIL = 4 };

const char *found_word(enum found_kind kind)
{
    static const char *const words[] = {
#define FOUND_WORD(name, word) word,
        FOUND_KINDS(FOUND_WORD)
#undef FOUND_WORD
    };

    return (size_t)kind < sizeof words / sizeof words[0] ? words[kind] : "?";
}

bool hits_full(const struct search *search)
{
    return search->n > search->most;
}

struct sql_value hits_wanted(const struct search *search)
{
    return sql_n((int64_t)search->most + 1);
}

void hits_add(struct search *search, enum found_kind kind, int64_t id)
{
    for (size_t i = 0; i < search->n; i++) {
        if (search->hits[i].kind == kind && search->hits[i].id == id)
            return;
    }
    if (!hits_full(search))
        search->hits[search->n++] = (struct hit){kind, id};
}

void hits_collect(struct search *search, enum found_kind kind, struct sql_statement *rows)
{
    while (!hits_full(search) && sql_row(rows))
        hits_add(search, kind, sql_number(rows, 0));
    sql_done(rows);
}

static void by_code(struct search *search)
{
    char code[CODE_SIZE];
    size_t n = 0;

    for (const char *at = search->text; *at != '\0'; at++) {
        if (*at == ' ')
            continue;
        if (!isalnum((unsigned char)*at) || n + 1 == sizeof code)
            return;
        code[n++] = (char)toupper((unsigned char)*at);
    }
    code[n] = '\0';
    hits_collect(search, FOUND_RESERVATION,
                 sql_ask(search->db, FIND_CODE, SQL_VALUES(sql_t(code))));
}

/* Live entries of shows that are not over: few, so they are looked through. */
static void by_entry(struct search *search, int column,
                     bool (*matches)(const char *stored, const char *key), const char *key)
{
    struct sql_statement *rows =
        sql_ask(search->db, FIND_ENTRIES,
                SQL_VALUES(sql_n(search->now), sql_n(search->now - 24 * WHEN_HOUR)));

    while (!hits_full(search) && sql_row(rows)) {
        if (matches(sql_text(rows, column), key))
            hits_add(search, FOUND_ENTRY, sql_number(rows, 0));
    }
    sql_done(rows);
}

static bool begins(const char *stored, const char *key)
{
    return strncmp(stored, key, strlen(key)) == 0;
}

/* Is "kari øde" the beginning of both halves of "ødegård, kari"? */
static bool turned_matches(const char *stored, const char *key)
{
    size_t first;
    const char *half = person_half(key, &first);

    return half[0] != '\0' && begins(stored, half) &&
           strncmp(person_half(stored, NULL), key, first) == 0;
}

/* The name, its other half, or both the other way round begin so. */
static bool name_matches(const char *stored, const char *key)
{
    return begins(stored, key) || begins(person_half(stored, NULL), key) ||
           turned_matches(stored, key);
}

static bool tail_matches(const char *stored, const char *key)
{
    size_t n = strlen(stored);

    return n >= TAIL && strcmp(stored + n - TAIL, key) == 0;
}

/* Is it digits and what people write between them, and enough of them? */
static bool reads_as_phone(const char *text, size_t *digits)
{
    int32_t c;
    size_t step;

    *digits = 0;
    for (; (step = utf8_next(text, &c)) > 0; text += step) {
        if (utf8_digit(c) >= 0)
            ++*digits;
        else if (c > 0x7f || strchr("+ -/().", c) == NULL)
            return false;
    }
    return *digits >= PHONE_LEAST;
}

static void by_phone_prefix(struct search *search, const char *key)
{
    char end[FIND_KEY_ROOM];

    if (!text_prefix_end(key, end, sizeof end))
        return;
    hits_collect(search, FOUND_RESERVATION,
                 sql_ask(search->db, FIND_RANGE("phone_key"),
                         SQL_VALUES(sql_n(search->now), hits_wanted(search), sql_n(FIND_WIDEST),
                                    sql_t(key), sql_t(end))));
    by_entry(search, 2, begins, key);
}

/* Whose phone is the same with its country, or without: a caller tells either. */
static void by_same_phone(struct search *search, const char *key)
{
    struct sql_statement *rows = sql_ask(
        search->db, FIND_PHONES,
        SQL_VALUES(sql_n(search->now), sql_n(FIND_WIDEST), sql_t(key + strlen(key) - TAIL)));

    while (!hits_full(search) && sql_row(rows)) {
        if (text_phone_same(sql_text(rows, 1), key))
            hits_add(search, FOUND_RESERVATION, sql_number(rows, 0));
    }
    sql_done(rows);
    by_entry(search, 2, text_phone_same, key);
}

static void by_phone(struct search *search)
{
    char key[PHONE_SIZE + 1] = "+";
    size_t digits;
    bool abroad;

    if (!reads_as_phone(search->text, &digits) ||
        !text_phone_key(search->text, key + 1, sizeof key - 1))
        return;
    abroad = key[1] == '+';
    by_phone_prefix(search, key + 1);
    if (digits > TAIL)
        by_same_phone(search, key + 1);
    if (!abroad) /* typed without its plus, or with 00 for it */
        by_phone_prefix(search, key);
    if (!abroad && strncmp(key + 1, "00", 2) == 0) {
        key[2] = '+';
        by_phone_prefix(search, key + 2);
        return;
    }
    if (abroad || digits != TAIL)
        return;
    hits_collect(search, FOUND_RESERVATION,
                 sql_ask(search->db, FIND_TAIL,
                         SQL_VALUES(sql_n(search->now), hits_wanted(search), sql_n(FIND_WIDEST),
                                    sql_t(key + 1))));
    by_entry(search, 2, tail_matches, key + 1);
}

/* Both halves of a name as somebody tells it who was written down the other way round. */
static void by_turned_name(struct search *search)
{
    char key[FIND_KEY_ROOM], end[FIND_KEY_ROOM];
    size_t first;
    const char *half = person_half(search->key, &first);

    (void)snprintf(key, sizeof key, "%.*s", (int)first, search->key);
    if (half[0] == '\0' || !text_prefix_end(key, end, sizeof end))
        return;
    struct sql_statement *rows =
        sql_ask(search->db, FIND_HALVES,
                SQL_VALUES(sql_n(search->now), sql_n(FIND_WIDEST), sql_t(key), sql_t(end)));
    while (!hits_full(search) && sql_row(rows)) {
        if (turned_matches(sql_text(rows, 1), search->key))
            hits_add(search, FOUND_RESERVATION, sql_number(rows, 0));
    }
    sql_done(rows);
}

static void by_name(struct search *search)
{
    const struct sql_value values[] = {sql_n(search->now), hits_wanted(search), sql_n(FIND_WIDEST),
                                       sql_t(search->key), sql_t(search->end)};

    hits_collect(search, FOUND_RESERVATION, sql_ask(search->db, FIND_RANGE("name_key"), values, 5));
    hits_collect(search, FOUND_RESERVATION,
                 sql_ask(search->db, FIND_RANGE("name_given"), values, 5));
    by_turned_name(search);
    by_entry(search, 1, name_matches, search->key);
}

static void by_title(struct search *search)
{
    hits_collect(search, FOUND_SHOW,
                 sql_ask(search->db, FIND_TITLE,
                         SQL_VALUES(sql_n(search->now), hits_wanted(search), sql_t(search->key),
                                    sql_t(search->end))));
}

/* Texts that were checked at the door fit. */
static void copy(char *to, size_t size, const struct sql_statement *row, int column)
{
    (void)snprintf(to, size, "%s", sql_text(row, column));
}

static void fill_reservation(struct sql *db, when_ms now, int64_t id, struct found_row *found)
{
    enum booking_state state = BOOKING_LAPSED;
    struct sql_statement *row = sql_ask(
        db,
        "SELECT r.show_id, s.title, h.name, s.starts_at, r.code, r.name, r.phone, r.state,"
        " r.deadline, r.total,"
        " (SELECT count(*) FROM claims c WHERE c.reservation_id = r.id), r.changed_at, r.terminal"
        " FROM reservations r JOIN shows s ON s.id = r.show_id"
        " JOIN halls h ON h.id = s.hall_id WHERE r.id = $1",
        SQL_VALUES(sql_n(id)));

    if (!sql_row(row))
        return;
    found->reservation.n = id;
    found->show.n = sql_number(row, 0);
    copy(found->title, sizeof found->title, row, 1);
    copy(found->hall, sizeof found->hall, row, 2);
    found->starts_at = sql_number(row, 3);
    copy(found->code, sizeof found->code, row, 4);
    copy(found->name, sizeof found->name, row, 5);
    copy(found->phone, sizeof found->phone, row, 6);
    (void)booking_parse(sql_text(row, 7), &state); /* the schema knows no other words */
    if ((state == BOOKING_OFFERED || state == BOOKING_RESERVED) && !sql_is_null(row, 8) &&
        sql_number(row, 8) <= now)
        state = BOOKING_LAPSED;
    (void)snprintf(found->state, sizeof found->state, "%s", booking_word(state));
    found->changed_at = sql_number(row, 11);
    copy(found->terminal, sizeof found->terminal, row, 12);
    if (state != BOOKING_LAPSED) { /* whose seats are given back, tidied or not */
        found->total = sql_number(row, 9);
        found->seats = (int32_t)sql_number(row, 10);
    }
    sql_done(row);
}

/* Its state is as waiting_read sees it: an offer that ran out is none, and a show that sells no
 * more has no list. */
static void fill_entry(struct sql *db, when_ms now, int64_t id, struct found_row *found)
{
    struct sql_statement *row =
        sql_ask(db,
                "SELECT w.show_id, s.title, h.name, s.starts_at, w.name, w.phone,"
                " CASE WHEN w.state = 'offered' AND EXISTS (SELECT 1 FROM reservations r"
                "   WHERE r.entry_id = w.id AND r.state = 'offered' AND r.deadline > $2)"
                "  THEN 'offered' WHEN w.state NOT IN ('waiting', 'offered') THEN w.state"
                "  WHEN s.sale_stop <= $2 THEN 'closed' ELSE 'waiting' END, w.party"
                " FROM waiting_list w JOIN shows s ON s.id = w.show_id"
                " JOIN halls h ON h.id = s.hall_id WHERE w.id = $1",
                SQL_VALUES(sql_n(id), sql_n(now)));

    if (!sql_row(row))
        return;
    found->entry.n = id;
    found->show.n = sql_number(row, 0);
    copy(found->title, sizeof found->title, row, 1);
    copy(found->hall, sizeof found->hall, row, 2);
    found->starts_at = sql_number(row, 3);
    copy(found->name, sizeof found->name, row, 4);
    copy(found->phone, sizeof found->phone, row, 5);
    copy(found->state, sizeof found->state, row, 6);
    found->seats = (int32_t)sql_number(row, 7);
    sql_done(row);
}

static void fill_show(struct sql *db, int64_t id, struct found_row *found)
{
    struct sql_statement *row = sql_ask(db,
                                        "SELECT s.title, h.name, s.starts_at, s.state FROM shows s"
                                        " JOIN halls h ON h.id = s.hall_id WHERE s.id = $1",
                                        SQL_VALUES(sql_n(id)));

    if (!sql_row(row))
        return;
    found->show.n = id;
    copy(found->title, sizeof found->title, row, 0);
    copy(found->hall, sizeof found->hall, row, 1);
    found->starts_at = sql_number(row, 2);
    copy(found->state, sizeof found->state, row, 3);
    sql_done(row);
}

static bool search_all(struct sql *db, void *context)
{
    struct search *search = context;
    struct found_list *list = search->list;

    search->n = 0;
    by_code(search);
    find_by_seat(search);
    by_phone(search);
    by_name(search);
    by_title(search);
    find_by_clock(search);
    find_by_till(search);
    list->more = hits_full(search);
    list->n = search->n < search->most ? search->n : search->most;
    for (size_t i = 0; i < list->n; i++) {
        struct found_row *found = &list->rows[i];

        *found = (struct found_row){.kind = search->hits[i].kind};
        if (found->kind == FOUND_RESERVATION)
            fill_reservation(db, search->now, search->hits[i].id, found);
        else if (found->kind == FOUND_ENTRY)
            fill_entry(db, search->now, search->hits[i].id, found);
        else
            fill_show(db, search->hits[i].id, found);
    }
    return true;
}

enum rc find_read(struct sql *db, const char *text, when_ms now, size_t most,
                  struct found_list **list, struct fault *why)
{
    char tidy[NAME_SIZE];
    struct search search = {.db = db, .now = now, .text = tidy, .most = most};
    enum sql_rc rc = SQL_NO_MEMORY;

    *list = NULL;
    if (!text_tidy(text, tidy, sizeof tidy) || !text_key(tidy, search.key, sizeof search.key))
        return fault_set(why, RC_BAD_INPUT, _("what to find is too long or no valid text"));
    search.list = calloc(1, sizeof *search.list + most * sizeof search.list->rows[0]);
    search.hits = calloc(most + 1, sizeof *search.hits);
    if (search.list == NULL || search.hits == NULL)
        (void)fault_set(why, RC_NO_MEMORY, _("out of memory"));
    else if (tidy[0] == '\0' || !text_prefix_end(search.key, search.end, sizeof search.end))
        rc = SQL_OK; /* nothing is found by nothing */
    else
        rc = sql_read(db, search_all, &search);
    free(search.hits);
    if (rc == SQL_OK) {
        *list = search.list;
        return RC_OK;
    }
    free(search.list);
    return verb_storage_fault(db, rc, why);
}
