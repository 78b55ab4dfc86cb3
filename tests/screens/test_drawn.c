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

#include "core/desk/booking.h"
#include "core/desk/hold.h"
#include "core/desk/park.h"
#include "core/desk/waiting.h"
#include "tests/kit/stage.h"

#define RULE "────────────────────────────────────────────────────────────────────────────────"

#define OURS "00000000000000000000000000000003"

enum { MINUTE = 14 * 60 + 32, TOM = 2 };

static struct stage stage;
static struct pty one;
static show_id paris;

/* The hall as it is drawn, from the row nearest to the screen on. */
static const char *const hall[] = {
    "A w 1c 2  .  .    .  .  .  8  .  .  .  .    .  .  .  . A",
    "B   .  .  3  .    .  .  r  r  r  .  .  .    . 14  .  . B",
    "C   1  2  .  .    .  .  .  .  .  .  .  .    .  .  .  . C",
    "D   .  .  .  .    .  .  .  .  r  r  .  .    .  .  .  . D",
    "E   .  .  .  .    .  .  .  .  .  .  .  x    .  .  .  . E",
    "F   .  .  .  .  > o  o  .  .  .  .  .  .    .  .  .  . F",
    "G   .  .  .  .    .  .  .  .* 9*10  .  .    .  .  .  . G",
    "H   .  .  .  .    .  .  .  .  .  .  .  .    r  r  .  . H",
    "J   1  .  .  .    .  .  .  .  .  .  .  .    .  .  .  . J",
    "K   .  .  .  .    r  r  r  r  .  .  .  .    .  .  .  . K",
    "L   .  .  .  .    .  .  .  .  .  .  .  .    .  .  .  . L",
    "M   .  .  h  h    .  .  .  .  .  .  .  .    .  .  .  . M",
    "N   .  .  .  .    .  =  =  =  .  .  .  .    .  .  .  . N",
    "O   r  r  .  .    .  .  .  .  .  .  .  .    .  .  .  . O",
    "P   .  .  .  .    .  .  .  .  .  . 11  .    .  .  .  . P",
};
enum { HALL_ROWS = sizeof hall / sizeof hall[0], SEATS = 16 };

/* --- the state that is drawn ----------------------------------------------------------------- */

static void do_as(const struct verb *verb, void *request, void *reply, const char *key,
                  int32_t number)
{
    struct fault why = {0};
    struct ask *ask = request;

    verb_ask(ask, stage.db, key, "counter-2", number);
    ask->till.n = 1;
    if (verb_do(stage.db, verb, request, reply, &why) != RC_OK)
        fail_msg("%s: %s", verb->name, why.text);
}

/* A statement with up to two numbers in it, for what no verb makes. */
struct change {
    const char *text;
    struct sql_value values[2];
};

static bool run_change(struct sql *db, void *context)
{
    const struct change *change = context;
    size_t n = strstr(change->text, "$2") ? 2 : strstr(change->text, "$1") ? 1 : 0;

    return sql_run(db, change->text, change->values, n) >= 0;
}

static void change(const char *text, int64_t first, int64_t second)
{
    struct change what = {text, {sql_n(first), sql_n(second)}};

    if (sql_tx(stage.db, run_change, &what) != SQL_OK)
        fail_msg("%s", sql_error(stage.db));
}

static show_id show_of(const char *title)
{
    return (show_id){sql_one_number(stage.db, 0,
                                    "SELECT id FROM shows WHERE title = $1 AND starts_at > $2"
                                    " AND starts_at < $3 ORDER BY starts_at DESC LIMIT 1",
                                    SQL_VALUES(sql_t(title), sql_n(sql_now(stage.db)),
                                               sql_n(sql_now(stage.db) + 6 * WHEN_HOUR)))};
}

static seat_id seat_of(show_id show, int row, int seat)
{
    char label[16];

    (void)snprintf(label, sizeof label, "%c%d", hall[row][0], seat + 1);
    return (seat_id){sql_one_number(stage.db, 0,
                                    "SELECT s.id FROM seats s JOIN shows w ON w.hall_id = s.hall_id"
                                    " WHERE w.id = $1 AND s.label = $2",
                                    SQL_VALUES(sql_n(show.n), sql_t(label)))};
}

/* What is drawn at a seat: two aisles are two columns wide each. */
static char drawn_at(int row, int seat)
{
    return hall[row][2 + 3 * seat + (seat >= 4 ? 2 : 0) + (seat >= 12 ? 2 : 0) + 2];
}

static struct booking_reply book(const struct verb *verb, const struct book_request *seats)
{
    struct book_request request = *seats;
    struct booking_reply reply = {.total = 0};

    request.show = paris;
    request.expected = -1;
    request.collect_min = 30;
    (void)snprintf(request.name, sizeof request.name, "Berg");
    if (request.n > 0)
        do_as(verb, &request, &reply, NULL, TOM);
    return reply;
}

/* Sells or reserves the seats of a row that are drawn with one of these. */
static void book_row(const struct verb *verb, int row, const char *glyphs)
{
    struct book_request request = {.n = 0};

    for (int seat = 0; seat < SEATS; seat++)
        if (strchr(glyphs, drawn_at(row, seat)))
            request.seats[request.n++] = seat_of(paris, row, seat);
    (void)book(verb, &request);
}

/* G9 and G10 are drawn in the own basket; until offers are made somebody else holds them. */
static void hold_elsewhere(void)
{
    struct hold_request held = {
        .show = paris, .n = 2, .seats = {seat_of(paris, 11, 2), seat_of(paris, 11, 3)}};
    struct hold_request ours = {
        .show = paris, .n = 2, .seats = {seat_of(paris, 6, 8), seat_of(paris, 6, 9)}};
    struct hold_reply reply;

    do_as(&verb_hold, &held, &reply, "00000000000000000000000000000002", TOM);
    do_as(&verb_hold, &ours, &reply, OURS, TOM);
}

static void fill_hall(void)
{
    change("DELETE FROM claims WHERE show_id = $1", paris.n, 0);
    for (int row = 0; row < HALL_ROWS; row++) {
        book_row(&verb_sell, row, ".=");
        book_row(&verb_reserve, row, "r");
    }
    change("INSERT INTO claims (show_id, seat_id, state, since, reason)"
           " VALUES ($1, $2, 'blocked', 1, 'broken')",
           paris.n, seat_of(paris, 4, 11).n);
    hold_elsewhere();
}

static entry_id put_on_the_list(show_id show, const char *name, const char *phone, int party,
                                enum fit fit)
{
    struct wait_request request = {.show = show, .party = party, .fit = (int32_t)fit};
    struct entry_reply reply;

    (void)snprintf(request.name, sizeof request.name, "%s", name);
    (void)snprintf(request.phone, sizeof request.phone, "%s", phone);
    do_as(&verb_wait, &request, &reply, NULL, TOM);
    return reply.entry;
}

/* F5 and F6 come back by a refund; N6 to N8 are kept for the second party, which needs one more. */
static void fill_list(void)
{
    struct book_request pair = {.n = 2, .seats = {seat_of(paris, 5, 4), seat_of(paris, 5, 5)}};
    struct cancel_request cancel = {
        .reservation = book(&verb_sell, &pair).reservation, .limit = 100000, .reason = "customer"};
    struct booking_reply reply;

    (void)put_on_the_list(paris, "Ødegård, Kari", "+47 55 01 12 12", 2, FIT_TOGETHER);
    entry_id second = put_on_the_list(paris, "Nguyen Thi Lan", "+47 40 22 18 90", 4, FIT_TOGETHER);
    (void)put_on_the_list(paris, "Σταύρου, Ελένη", "+30 210 55 0104", 3, FIT_TOGETHER);
    (void)put_on_the_list(paris, "Okafor, Ngozi", "+47 91 20 33 47", 6, FIT_PAIRS);
    do_as(&verb_cancel, &cancel, &reply, NULL, TOM);
    change("UPDATE waiting_list SET passes = 2 WHERE id = $1", second.n, 0);
    for (int seat = 5; seat < 8; seat++) {
        change("UPDATE claims SET state = 'returned', reservation_id = NULL, entry_id = $1 WHERE "
               "seat_id = $2",
               second.n, seat_of(paris, 12, seat).n);
        change("UPDATE shows SET rev = rev + 1 WHERE id = $1", paris.n, 0);
    }
}

/* The other call: four of the 18:45, for Mensah alone. */
static entry_id fill_close_up(void)
{
    show_id show = show_of("Close-Up");

    change("UPDATE waiting_list SET state = 'left' WHERE show_id = $1", show.n, 0);
    for (int seat = 0; seat < 4; seat++)
        change("DELETE FROM claims WHERE show_id = $1 AND seat_id = $2", show.n,
               seat_of(show, 2, seat).n);
    return put_on_the_list(show, "Mensah, Kofi", "+47 90 00 00 01", 4, FIT_TOGETHER);
}

static void park_two(void)
{
    struct hold_request hold = {.show = show_of("Stalker"), .best = 2};
    struct hold_reply held;
    struct park_request park = {.keep_ms = 0};
    struct park_reply parked;

    do_as(&verb_hold, &hold, &held, "00000000000000000000000000000001", TOM);
    do_as(&verb_park, &park, &parked, "00000000000000000000000000000001", TOM);
}

static bool given_free(struct pty *pty, void *context)
{
    (void)pty;
    (void)context;
    return sql_one_number(stage.db, -1,
                          "SELECT count(*) FROM claims WHERE show_id = $1"
                          " AND (seat_id = $2 OR seat_id = $3)",
                          SQL_VALUES(sql_n(paris.n), sql_n(seat_of(paris, 6, 8).n),
                                     sql_n(seat_of(paris, 6, 9).n))) == 0;
}

static bool both_offered(struct pty *pty, void *context)
{
    (void)pty;
    (void)context;
    return stage_number(&stage, "SELECT count(*) FROM waiting_list WHERE state = 'offered'") == 2;
}

static int setup(void **state)
{
    struct release_request release = {.show = {0}};
    struct release_reply released;
    struct entry_request call = {.present = 0};
    struct entry_reply called;

    (void)state;
    stage_init_at(&stage, MINUTE);
    change("UPDATE venue SET demo = 0", 0, 0); /* nothing is drawn as one */
    paris = show_of("Paris, Texas");
    fill_hall();
    fill_list();
    call.entry = fill_close_up();
    park_two();
    stage.locked = true; /* as no demo, so that nobody stands on the form */
    stage_open(&stage, &one, "counter-1", NULL, NULL);
    pty_wait_text(&one, "Number");
    pty_type(&one, "1\t111111\r");
    pty_wait_text(&one, "BASKET empty");
    pty_wait(&one, both_offered, NULL, "two offers");
    do_as(&verb_call, &call, &called, NULL, TOM);
    release.show = paris;
    do_as(&verb_release, &release, &released, OURS, TOM);
    pty_wait(&one, given_free, NULL, "two seats that nobody on the list can use");
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
    static const char *const panel[HALL_ROWS] = {
        " Ødegård, 2 people",       " until 15:0?.  You may",
        " say: \"promised, but I",  " can put you on the",
        " list, 5th.\"   2 w adds", "",
        " BASKET      keeps 2:??",  " G9   1 adult     11.00",
        " G10  2 child      7.00",  "",
        "          Enter pays it",  "",
        " other shows: none",       " PARKED 1          9:??",
        " Tom, 2 x Stalker     g"};

    for (int i = 0; i < HALL_ROWS; i++) {
        (void)snprintf(rows[i], PTY_LINE, "%s│%s", hall[i], panel[i]);
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
    static char rows[HALL_ROWS][PTY_LINE];

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

#define DRAWN(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        DRAWN(drawn__today),
        DRAWN(drawn__hall),
        DRAWN(drawn__waiting),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
