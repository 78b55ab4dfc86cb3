/* Terminals that die at their work, and come again with the key that they had. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/desk/day.h"

enum { CRASH_MS = 20000, FAILED = 99 };

/* The sale is written, its COMMIT is not. */
static enum rc die_before_commit(struct sql *db, const void *request, void *reply,
                                 struct fault *why)
{
    if (verb_sell.run(db, request, reply, why) == RC_OK)
        (void)raise(SIGKILL);
    return RC_REFUSED;
}

/* A process of its own does a verb and is killed in it or behind it. */
static void crash(struct day *day, const struct verb *verb, const void *request)
{
    pid_t pid;

    sql_close(&day->box.db);
    pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        struct booking_reply reply;
        struct fault why;
        struct sql *db;

        (void)prctl(PR_SET_DUMPABLE, 0); /* no core file */
        db = box_connect(&day->box);
        if (verb_do(db, verb, request, &reply, &why) == RC_OK)
            (void)raise(SIGKILL);
        _exit(FAILED);
    }
    assert_int_equal(kit_reap(pid, CRASH_MS), 128 + SIGKILL);
    day->box.db = box_connect(&day->box);
    day->crashes++;
}

void day_crash_in_sale(struct day *day)
{
    struct book_request request = {
        .ask = day_ask(day, 3, 4), .show = day->shows[DAY_SHOWS - 1], .best = 2, .expected = -1};
    struct day_sale sale = {.show = DAY_SHOWS - 1, .n = 2};
    struct day_bill bill = {.n = 1};
    struct verb dying = verb_sell;
    struct booking_reply reply;

    request.n_tenders = bill.n;
    request.tenders[0] = bill.tenders[0] = (struct tender){.kind = TENDER_CARD, .amount = -1};
    dying.run = die_before_commit;
    crash(day, &dying, &request);
    day_must(day, &verb_sell, &request, &reply);
    assert_int_equal(reply.told.replayed, 0);
    sale.id = reply.reservation;
    memcpy(sale.seats, reply.seats, sizeof sale.seats);
    day_enter_sale(day, 3, 4, &sale, &bill);
}

void day_crash_in_refund(struct day *day)
{
    struct day_sale *sale = &day->sales[day->n_sales - 1];
    struct cancel_request request = {.ask = day_ask(day, 5, 6),
                                     .reservation = sale->id,
                                     .limit = MONEY_MAX,
                                     .reason = "the show changed"};
    money amount = day_due(day, sale);
    struct booking_reply reply;

    crash(day, &verb_cancel, &request);
    day_must(day, &verb_cancel, &request, &reply);
    assert_int_equal(reply.told.replayed, 1);
    assert_int_equal(reply.refunded, amount);
    day_enter_all_back(day, 5, 6, sale, DAY_REFUND);
    day_enter_money_back(day, 5, sale, amount);
    day->refunds++;
}
