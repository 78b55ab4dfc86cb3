/* Names in 19 scripts and languages: the columns behind them stay aligned in every list, and what
 * is typed and mended in a form is stored unchanged. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/text.h"
#include "core/desk/waiting.h"
#include "tests/kit/front.h"

enum { LOCALES = 19, SHOWN_CELLS = 7, COLUMNS_MOST = 3 };

/* A column of a list: where it begins, and with which character. */
struct column {
    int at;
    char first;
};

static struct front front;
static struct pty one;
static char names[LOCALES][NAME_SIZE];
static bool seen[LOCALES];

/* The first name of each locale. */
static void read_names(void)
{
    char *text = kit_read_file(TOP_SRCDIR "/tests/kit/names-nonlatin.tsv", NULL), *rest = text;
    char locale[16] = "locale";
    int n = 0;

    for (char *line; n < LOCALES && (line = strsep(&rest, "\n")) != NULL && *line;) {
        char *name = strchr(line, '\t');

        assert_non_null(name);
        *name++ = '\0';
        if (strcmp(line, locale) == 0)
            continue;
        (void)snprintf(locale, sizeof locale, "%s", line);
        (void)snprintf(names[n++], NAME_SIZE, "%s", name);
    }
    assert_int_equal(n, LOCALES);
    free(text);
}

static int setup(void **state)
{
    (void)state;
    memset(seen, 0, sizeof seen);
    read_names();
    front_init(&front);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    if (one.vterm)
        pty_fini(&one);
    front_fini(&front);
    return 0;
}

/* A party a name waits for today's show. */
static void put_on_the_list(int party)
{
    for (int i = 0; i < LOCALES; i++) {
        struct wait_request request = {.show = front.show, .party = party};
        struct entry_reply reply;

        memcpy(request.name, names[i], NAME_SIZE);
        (void)snprintf(request.phone, sizeof request.phone, "+47 555 %04d", i);
        front_do(&front, &verb_wait, &request, &reply);
    }
}

/* --- lists ----------------------------------------------------------------------------------- */

/* Notes the name that stands in a row; false: none does. */
static bool note_name(int row)
{
    const char *text = pty_row(&one, row);
    char beginning[NAME_SIZE];
    bool any = false;

    for (int i = 0; i < LOCALES; i++) {
        (void)snprintf(beginning, sizeof beginning, "%.*s", (int)text_fit(names[i], SHOWN_CELLS),
                       names[i]);
        if (strstr(text, beginning))
            seen[i] = any = true;
    }
    return any;
}

/* Every row of the list that is seen has a name, and the columns behind it where they belong. */
static void look(int from, int to, const struct column *columns)
{
    for (int row = from; row < to && pty_row(&one, row)[0] != '\0'; row++) {
        if (strncmp(pty_row(&one, row), "─", 3) == 0 || strncmp(pty_row(&one, row), "    ", 4) == 0)
            break; /* what stands below the list */
        if (!note_name(row))
            fail_msg("no name in: %s", pty_row(&one, row));
        for (int i = 0; i < COLUMNS_MOST && columns[i].first; i++) {
            if (pty_cell(&one, row, columns[i].at).chars[0] != (uint32_t)columns[i].first ||
                pty_cell(&one, row, columns[i].at - 1).chars[0] > ' ')
                fail_msg("no %c at %d in: %s", columns[i].first, columns[i].at, pty_row(&one, row));
        }
    }
}

static bool drew(struct pty *pty, void *context)
{
    (void)context;
    return pty->bytes > 0;
}

static bool all_seen(void)
{
    int n = 0;

    while (n < LOCALES && seen[n])
        n++;
    return n == LOCALES;
}

/* Looks at the list, a page after the other, until each name was seen. */
static void look_at_all(int from, int to, const struct column *columns)
{
    look(from, to, columns);
    while (!all_seen()) {
        one.bytes = 0;
        pty_type(&one, "\033[6~"); /* PgDn: at the list's end nothing is drawn any more */
        pty_wait(&one, drew, NULL, "the next page");
        look(from, to, columns);
    }
}

static void waiting__names_of_19_scripts__columns_stay_aligned(void **state)
{
    static const struct column columns[COLUMNS_MOST] = {{26, '+'}, {43, 't'}, {64, 'n'}};

    (void)state;
    front_sell(&front, "A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 B1 B2 B3 B4 B5 B6 B7 B8 B9 B10");
    front_sell(&front, "C1 C2 C3 C4 C5 C6 C7 C8");
    put_on_the_list(2);
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "w");
    pty_wait_text(&one, "WAITING  Ran");
    pty_wait_text(&one, " needs 2 ");
    look_at_all(4, 11, columns);
}

static void waiting__name_typed__goes_to_its_party(void **state)
{
    char keys[NAME_SIZE + 8];

    (void)state;
    put_on_the_list(2);
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "w");
    pty_wait_text(&one, "WAITING  Ran");
    for (int i = 0; i < LOCALES; i++) {
        (void)snprintf(keys, sizeof keys, "/%.*s\r", NAME_SIZE - 1, names[i]);
        pty_type(&one, keys);
        (void)snprintf(keys, sizeof keys, ">%2d", i + 1);
        pty_wait_text(&one, keys);
    }
}

static void calls__names_of_19_scripts__columns_stay_aligned(void **state)
{
    static const struct column columns[COLUMNS_MOST] = {{35, '+'}};

    (void)state;
    put_on_the_list(1);
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_wait_text(&one, "CALL ");
    pty_type(&one, "c");
    pty_wait_text(&one, "CALLS to make");
    front_wait_number(&front, &one, "SELECT count(*) FROM waiting_list WHERE state = 'offered'",
                      19);
    pty_quiet(&one, 100);
    look_at_all(3, 12, columns);
}

/* --- found and booked ------------------------------------------------------------------------ */

/* Types a name, goes back over two graphemes, takes the one before them away and types it anew. */
static void type_and_mend(const char *name)
{
    size_t marks[4] = {0}, bytes; /* where the last three graphemes begin, and the last one ends */

    while ((bytes = text_grapheme(name + marks[3], NULL)) > 0) {
        memmove(marks, marks + 1, 3 * sizeof marks[0]);
        marks[3] += bytes;
    }
    assert_true(marks[0] < marks[1]);
    pty_type(&one, name);
    pty_type(&one, "\033[D\033[D\177");
    pty_type_bytes(&one, name + marks[0], marks[1] - marks[0]);
}

static void reserve(int i)
{
    char phone[PHONE_SIZE + 2], stored[64];

    pty_type(&one, "1\r");
    pty_wait_text(&one, "1 seat   TOTAL ");
    pty_type(&one, "r");
    pty_wait_text(&one, "RESERVE ");
    type_and_mend(names[i]);
    (void)snprintf(phone, sizeof phone, "\t+47 555 %04d\r", i);
    pty_type(&one, phone);
    pty_wait_text(&one, "Reserved for");
    (void)snprintf(stored, sizeof stored, "+47 555 %04d", i);
    struct sql_statement *rows =
        sql_ask(front.stage.db, "SELECT name FROM reservations WHERE phone = $1",
                SQL_VALUES(sql_t(stored)));
    assert_true(sql_row(rows));
    assert_string_equal(sql_text(rows, 0), names[i]);
    sql_done(rows);
    pty_type(&one, "\r");
    pty_wait_text(&one, "BASKET empty");
}

static void reserve__names_of_19_scripts__come_back_unchanged(void **state)
{
    static const struct column columns[COLUMNS_MOST] = {{20, 'T'}, {34, 'R'}, {55, '1'}};

    (void)state;
    front_open(&front, &one, "till-1", 0, 0, NULL);
    for (int i = 0; i < LOCALES; i++)
        reserve(i);
    pty_type(&one, "/+47 555");
    pty_wait_text(&one, "19 found");
    look_at_all(5, 21, columns);
    pty_type(&one, "\r");
    pty_wait_text(&one, "RESERVATION");
    pty_wait_text(&one, "  +47 555 00");
}

#define SCRIPTS(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCRIPTS(waiting__names_of_19_scripts__columns_stay_aligned),
        SCRIPTS(waiting__name_typed__goes_to_its_party),
        SCRIPTS(calls__names_of_19_scripts__columns_stay_aligned),
        SCRIPTS(reserve__names_of_19_scripts__come_back_unchanged),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
