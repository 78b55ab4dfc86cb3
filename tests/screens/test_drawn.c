/*
 * The three screens that staff live in, line by line as they were drawn: at half past two, with a
 * party called, another on the list, a basket and a parked one. In what is expected `?` stands for
 * any character, `%` for any number of them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/screens/afternoon.h"

#define RULE "────────────────────────────────────────────────────────────────────────────────"

static struct stage stage;
static struct pty one;

static int setup(void **state)
{
    (void)state;
    afternoon_open(&stage, &one);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    if (one.vterm)
        pty_fini(&one);
    stage_fini(&stage);
    return 0;
}

/* --- line by line ---------------------------------------------------------------------------- */

static size_t character(const char *text)
{
    size_t n = 1;

    while (((unsigned char)text[n] & 0xC0) == 0x80)
        n++;
    return n;
}

/* Is the text as it was drawn? */
static bool as_drawn(const char *drawn, const char *text)
{
    if (*drawn == '%')
        return as_drawn(drawn + 1, text) || (*text && as_drawn(drawn, text + character(text)));
    if (!*drawn || !*text)
        return !*drawn && !*text;
    if (*drawn != '?' && strncmp(drawn, text, character(drawn)) != 0)
        return false;
    return as_drawn(drawn + character(drawn), text + character(text));
}

struct drawing {
    const char *const *lines;
    int row; /* the first that is not so, and what stands there */
    char text[PTY_LINE];
    char what[3 * PTY_LINE];
};

static bool is_drawn(struct pty *pty, void *context)
{
    struct drawing *drawing = context;

    for (int row = 0; row < pty->rows; row++) {
        (void)snprintf(drawing->text, sizeof drawing->text, "%s", pty_row(pty, row));
        if (as_drawn(drawing->lines[row], drawing->text))
            continue;
        (void)snprintf(drawing->what, sizeof drawing->what, "row %d\ndrawn: %s\nis:    %s", row,
                       drawing->lines[row], drawing->text);
        return false;
    }
    return true;
}

static void want_drawn(const char *const *lines)
{
    static struct drawing drawing;

    drawing.lines = lines;
    pty_wait(&one, is_drawn, &drawing, drawing.what);
}

/* The cursor on the show at 19:45, the eighth of the day. */
static void go_to_paris(void)
{
    pty_type(&one, "\033[Hjjjjjjj");
    pty_wait_text(&one, "> 19:45 ");
}

static void drawn__today(void **state)
{
    static const char *const lines[] = {
        " TODAY ??? %? ???  14:3?%counter-1  Mira  drawer 1",
        " < ??? %??? % >",
        "  Starts     in  Title                Hall    Full    Free Together  List   From",
        RULE,
        "  14:15  ?? ago  Ponyo                Studio  ██░░░░    3?       ??         7.00",
        "  14:30  ?? ago  Some Like It Hot     Grand   ██░░░░   61?       ??         9.50",
        "  15:00  2? min  Paris, Texas         Saal 1  ███░░░    8?       ??        11.00",
        "  16:30  1 h 5?  The Third Man        Studio  █████░     9       ??         9.50",
        "  17:00  2 h 2?  Ran                  Grand   █░░░░░   87?       ??         9.50",
        "  17:45  3 h 1?  Persepolis           Saal 1  █░░░░░   17?       ??         9.50",
        "  18:45  4 h 1?  Close-Up             Studio  ██████     0        0     1   9.50",
        "> 19:45  5 h 1?  Paris, Texas         Saal 1  █████░    11        2     4  11.00",
        "  20:15  5 h 4?  Stalker              Grand   ███░░░   38?       ??         9.50",
        "  20:45  6 h 1?  In the Mood for Love Studio  ███░░░    2?       ??         9.50",
        "  22:30  7 h 5?  Eraserhead           Saal 1  █░░░░░   23?       ??         9.50",
        "",
        " 19:45: 11 free, no 3 together, 4 parties wait.  Also: 15:00 8?, %",
        RULE,
        " CALL 18:45 C1-4  Mensah, 4 people    until 15:0?   ?? min   Tom is calling   c",
        "      19:45 F5-6  Ødegård, 2 people   until 15:0?   ?? min   nobody calls yet",
        " BASKET empty         PARKED 1: 2 x Stalker 20:15, Tom, 9:?? left             g",
        " 2_  Enter holds the best 2 together: Paris, Texas, TODAY 19:45, Saal 1",
        RULE,
        " Enter map  2 Enter best 2  / find  w list  c calls  s last sale  m menu  ? help",
    };

    (void)state;
    go_to_paris();
    pty_type(&one, "2");
    want_drawn(lines);
}

/* The map with the panel beside it: the parts that are under the cursor stand in capitals. */
static void add_map(const char **lines, char rows[][PTY_LINE])
{
    static const char *const panel[AFTERNOON_ROWS] = {
        " Ødegård, 2 people",       " until 15:0?.  You may",
        " say: \"promised, but I",  " can put you on the",
        " list, 5th.\"   2 w adds", "",
        " BASKET      keeps 2:??",  " G9   1 adult     11.00",
        " G10  2 child      7.00",  "",
        "          Enter pays it",  "",
        " other shows: none",       " PARKED 1          9:??",
        " Tom, 2 x Stalker     g"};

    for (int i = 0; i < AFTERNOON_ROWS; i++) {
        (void)snprintf(rows[i], PTY_LINE, "%s│%s", afternoon_hall[i], panel[i]);
        for (char *o = strstr(rows[i], "> o"); o && o < strstr(rows[i], " F│"); o++)
            *o = *o == 'o' ? 'O' : *o;
        lines[i < 10 ? 2 + i : 3 + i] = rows[i]; /* the cross aisle lies behind K */
    }
}

static void drawn__hall(void **state)
{
    static const char *lines[] = {
        [0] = " Paris, Texas   TODAY 19:45  Saal 1   in 5 h 1? CALLS 2  14:3?  counter-1  Mira",
        [1] = "                     S C R E E N %stalls 11.00%│ F5 offered to the list",
        [12] = "%cross aisle  raised block 13.00%│ 2 seats  TOTAL   18.00",
        [18] = " 7 free   w wheelchair   c companion   * mine   > cursor   . sold   r reserved",
        [19] = " h held elsewhere   o offered to the list   = kept for the list   x blocked",
        [20] = RULE,
        [21] = " Best 2 together: G9-10, no single seat left.  b shows the next best.",
        [22] = " Space take/leave  2 Enter best 2  b next best  t type  x drop  u undo  / seat",
        [23] = " Enter PAY 18.00  r reserve  w list  n next customer  Esc shows  ? help",
    };
    static char rows[AFTERNOON_ROWS][PTY_LINE];

    (void)state;
    add_map(lines, rows);
    go_to_paris();
    pty_type(&one, "2\r");
    pty_wait_text(&one, "2 seats  TOTAL   22.00");
    pty_type(&one, "t2");
    pty_wait_text(&one, "2 seats  TOTAL   18.00");
    pty_type(&one, "/F5\r");
    want_drawn(lines);
}

static void drawn__waiting(void **state)
{
    static const char *const lines[] = {
        " WAITING  Paris, Texas   TODAY 19:45  Saal 1   in 5 h 1? 14:3?  counter-1  Mira",
        " 4 parties, 15 people   11 free, at most 2 together   N6-8 kept until 18:45",
        RULE,
        " No Size  Name            Phone            Wants     Joined     Now",
        "> 1    2  Ødegård, Kari   +47 55 01 12 12  together  ??? 14:3?  CALL F5-6 ??min",
        "  2    4  Nguyen Thi Lan  +47 40 22 18 90  together  ??? 14:3?  3 kept, needs 4",
        "  3    3  Σταύρου, Ελένη  +30 210 55 0104  together  ??? 14:3?  N6-8 kept for 2",
        "  4    6  Okafor, Ngozi   +47 91 20 33 47  pairs     ??? 14:3?  needs 3 pairs",
        "",
        "    no more parties.  w puts one on the list: it would be number 5.",
        "",
        "─ 1  Ødegård, Kari ─────────────────────────────────────────────────────────────",
        " F5, F6 together, stalls, 2 x adult 22.00            offer ends 15:0?, in ?? min",
        " Tried: nobody yet.  Seats from a refund on counter-2, 14:3?.",
        "",
        " SAY  \"Two seats have come back for Paris, Texas at 19:45 today: row F, 5 and 6,",
        "      22.00 for both. Shall I keep them? Please collect them by 19:15.\"",
        " IF NOT REACHED  v: stays number 1; these seats go to the next party that fits.",
        " IF STANDING HERE  p: accepts and pays now.",
        RULE,
        " CALLS 1 more:  18:45 Close-Up, Mensah, until 15:0?, Tom is calling           c",
        " Mira is not calling yet: c first, so that no second person rings.",
        " c I call  y accepted  d declined  v no answer  p pay now  u undo",
        " w add a party  o open, change  x leaves the list  / find  Esc back  ? help",
    };

    (void)state;
    go_to_paris();
    pty_type(&one, "w");
    want_drawn(lines);
}

/* Cells from the first seat of row B to its last. */
static int row_cells(void)
{
    for (int row = 0; row < one.rows; row++) {
        const char *text = pty_row(&one, row);
        const char *end = strstr(text, "B│");

        if (text[0] != 'B' || !end)
            continue;
        for (text++; *text == ' ';)
            text++;
        while (end > text && end[-1] == ' ')
            end--;
        return (int)(end - text);
    }
    return 0;
}

static bool is_so_wide(struct pty *pty, void *context)
{
    (void)pty;
    return row_cells() == *(const int *)context;
}

/* A hall wider than the map's room: 34 seats a row and two aisles, in one column a seat, in two
 * and in four; what is free in its blocks stands above it when no aisle is seen that tells it. */
static void drawn__large_hall(void **state)
{
    static const struct {
        int rows, columns, cells;
    } sizes[] = {{24, 80, 36}, {43, 132, 71}, {60, 200, 141}};

    (void)state;
    pty_type(&one, "\033[Hjjjjjjjj"); /* Stalker, in the Grand */
    pty_wait_text(&one, "> 20:15 ");
    pty_type(&one, "\r");
    pty_wait_text(&one, "S C R E E N");
    pty_type(&one, "\t");
    pty_wait_text(&one, "│ Balcony/A1 ");
    pty_type(&one, "\t");
    pty_wait_text(&one, "│ A1 ");
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        pty_resize(&one, sizes[i].rows, sizes[i].columns);
        pty_wait(&one, is_so_wide, (void *)&sizes[i].cells, "seats as wide as there is room");
        const char *head = strstr(pty_row(&one, 1), "stalls ");
        assert_non_null(head);
        if (sizes[i].rows == 24)
            assert_non_null(strstr(head, "  balcony "));
        else
            assert_true(pty_find(&one, "cross aisle  balcony ") > 1);
    }
}

#define DRAWN(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        DRAWN(drawn__today),
        DRAWN(drawn__hall),
        DRAWN(drawn__waiting),
        DRAWN(drawn__large_hall),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
