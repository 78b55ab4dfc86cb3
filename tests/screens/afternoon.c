#include "tests/screens/afternoon.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/booking.h"
#include "core/desk/hold.h"
#include "core/desk/park.h"
#include "core/desk/waiting.h"

/* The baskets of who parked, who holds elsewhere, and who keeps two seats until offers are made. */
#define PARKED "00000000000000000000000000000001"
#define HELD   "00000000000000000000000000000002"
#define OURS   "00000000000000000000000000000003"

enum { MINUTE = 14 * 60 + 32, TOM = 2, SEATS = 16 };

static struct stage *stage; /* of the one that is being made */
static show_id paris;

const char *const afternoon_hall[AFTERNOON_ROWS] = {
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

static void do_as(const struct verb *verb, void *request, void *reply, const char *key,
                  int32_t number)
{
    struct fault why = {0};
    struct ask *ask = request;

    verb_ask(ask, stage->db, key, "counter-2", number);
    ask->till.n = 1;
    if (verb_do(stage->db, verb, request, reply, &why) != RC_OK)
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

    if (sql_tx(stage->db, run_change, &what) != SQL_OK)
        fail_msg("%s", sql_error(stage->db));
}

static show_id show_of(const char *title)
{
    return (show_id){sql_one_number(stage->db, 0,
                                    "SELECT id FROM shows WHERE title = $1 AND starts_at > $2"
                                    " AND starts_at < $3 ORDER BY starts_at DESC LIMIT 1",
                                    SQL_VALUES(sql_t(title), sql_n(sql_now(stage->db)),
                                               sql_n(sql_now(stage->db) + 6 * WHEN_HOUR)))};
}

static seat_id seat_of(show_id show, int row, int seat)
{
    char label[16];

    (void)snprintf(label, sizeof label, "%c%d", afternoon_hall[row][0], seat + 1);
    return (seat_id){sql_one_number(stage->db, 0,
                                    "SELECT s.id FROM seats s JOIN shows w ON w.hall_id = s.hall_id"
                                    " WHERE w.id = $1 AND s.label = $2",
                                    SQL_VALUES(sql_n(show.n), sql_t(label)))};
}

/* What is drawn at a seat: two aisles are two columns wide each. */
static char drawn_at(int row, int seat)
{
    return afternoon_hall[row][2 + 3 * seat + (seat >= 4 ? 2 : 0) + (seat >= 12 ? 2 : 0) + 2];
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

    do_as(&verb_hold, &held, &reply, HELD, TOM);
    do_as(&verb_hold, &ours, &reply, OURS, TOM);
}

static void fill_hall(void)
{
    change("DELETE FROM claims WHERE show_id = $1", paris.n, 0);
    for (int row = 0; row < AFTERNOON_ROWS; row++) {
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

    do_as(&verb_hold, &hold, &held, PARKED, TOM);
    do_as(&verb_park, &park, &parked, PARKED, TOM);
}

static bool given_free(struct pty *pty, void *context)
{
    (void)pty;
    (void)context;
    return sql_one_number(stage->db, -1,
                          "SELECT count(*) FROM claims WHERE show_id = $1"
                          " AND (seat_id = $2 OR seat_id = $3)",
                          SQL_VALUES(sql_n(paris.n), sql_n(seat_of(paris, 6, 8).n),
                                     sql_n(seat_of(paris, 6, 9).n))) == 0;
}

static bool both_offered(struct pty *pty, void *context)
{
    (void)pty;
    (void)context;
    return stage_number(stage, "SELECT count(*) FROM waiting_list WHERE state = 'offered'") == 2;
}

void afternoon_open(struct stage *made, struct pty *one)
{
    struct release_request release = {.show = {0}};
    struct release_reply released;
    struct entry_request call = {.present = 0};
    struct entry_reply called;

    stage = made;
    stage_init_at(stage, MINUTE);
    change("UPDATE venue SET demo = 0", 0, 0); /* nothing is drawn as one */
    paris = show_of("Paris, Texas");
    fill_hall();
    fill_list();
    call.entry = fill_close_up();
    park_two();
    stage->locked = true; /* as no demo, so that nobody stands on the form */
    stage_open(stage, one, "counter-1", NULL, NULL);
    pty_wait_text(one, "Number");
    pty_type(one, "1\t111111\r");
    pty_wait_text(one, "BASKET empty");
    pty_wait(one, both_offered, NULL, "two offers");
    do_as(&verb_call, &call, &called, NULL, TOM);
    release.show = paris;
    do_as(&verb_release, &release, &released, OURS, TOM);
    pty_wait(one, given_free, NULL, "two seats that nobody on the list can use");
}
