#include "core/desk/till.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"

static const char *const words[] = {
#define TILL_WORD(name, word) word,
    TILL_STATES(TILL_WORD)
#undef TILL_WORD
};
enum { WORDS = sizeof words / sizeof words[0] };

const char *till_word(enum till_state state)
{
    return (unsigned)state < WORDS ? words[state] : "?";
}

bool till_parse(const char *word, enum till_state *state)
{
    for (unsigned i = 0; i < WORDS; i++) {
        if (strcmp(words[i], word) == 0) {
            *state = (enum till_state)i;
            return true;
        }
    }
    return false;
}

/* --- reading --------------------------------------------------------------------------------- */

#define TILL_COLUMNS                                                                    \
    "t.id, t.drawer, t.state, t.counts, t.opening, t.expected, t.counted, t.opened_at," \
    " t.opened_by, t.closed_at, t.closed_by, t.signed_by, t.z_number, t.terminal"
enum { BOOK_LENGTH = 14, BOOK_HEAD };

static void fill(const struct sql_statement *row, struct till *till)
{
    *till = (struct till){.id = {sql_number(row, 0)},
                          .drawer = (int32_t)sql_number(row, 1),
                          .counts = (int32_t)sql_number(row, 3),
                          .opening = sql_number(row, 4),
                          .expected = sql_number(row, 5),
                          .counted = sql_number(row, 6),
                          .opened_at = sql_number(row, 7),
                          .opened_by = (int32_t)sql_number(row, 8),
                          .closed_at = sql_number(row, 9),
                          .closed_by = (int32_t)sql_number(row, 10),
                          .signed_by = (int32_t)sql_number(row, 11),
                          .z_number = sql_number(row, 12)};
    (void)till_parse(sql_text(row, 2), &till->state);
    snprintf(till->terminal, sizeof till->terminal, "%s", sql_text(row, 13));
}

struct sql_statement *till_ask(struct sql *db, till_id id)
{
    if (id.n == 0)
        return NULL;
    sql_post(db, "UPDATE till_sessions SET rev = rev + 1 WHERE id = $1", SQL_VALUES(sql_n(id.n)));
    return sql_ask(db,
                   "SELECT " TILL_COLUMNS ", b.length, b.head FROM till_sessions t"
                   " LEFT JOIN books b ON b.name = 'till:' || t.id WHERE t.id = $1",
                   SQL_VALUES(sql_n(id.n)));
}

enum rc till_hear(struct sql_statement *asked, till_id id, struct till *till,
                  struct journal_end *end, struct fault *why)
{
    *till = (struct till){.id = {0}};
    if (!sql_row(asked))
        return fault_set(why, RC_NOT_FOUND, _("there is no till %" PRId64), id.n);
    fill(asked, till);
    journal_end_at(end, sql_number(asked, BOOK_LENGTH), sql_text(asked, BOOK_HEAD));
    sql_done(asked);
    return RC_OK;
}

enum rc till_enter(struct sql_statement *asked, till_id id, struct till *till,
                   struct journal_end *end, struct fault *why)
{
    enum rc rc = till_hear(asked, id, till, end, why);

    if (rc != RC_OK || till->state == TILL_OPEN)
        return rc;
    return fault_set(why, RC_WRONG_STATE, _("the till of drawer %" PRId32 " was %s meanwhile"),
                     till->drawer, _(till_word(till->state)));
}

enum rc till_of_drawer(struct sql *db, int32_t drawer, struct till *till, struct fault *why)
{
    struct sql_statement *row = sql_ask(db,
                                        "SELECT " TILL_COLUMNS " FROM till_sessions t"
                                        " WHERE t.drawer = $1 AND t.state <> 'closed'",
                                        SQL_VALUES(sql_n(drawer)));

    *till = (struct till){.id = {0}, .drawer = drawer};
    if (sql_row(row))
        fill(row, till);
    sql_done(row);
    return verb_storage_fault(db, sql_failed(db), why);
}

enum rc till_closed_before(struct sql *db, int32_t drawer, till_id before, struct till *till,
                           struct fault *why)
{
    struct sql_statement *row = sql_ask(
        db,
        "SELECT " TILL_COLUMNS " FROM till_sessions t WHERE t.drawer = $1 AND t.state = 'closed'"
        " AND ($2 = 0 OR t.id < $2) ORDER BY t.id DESC LIMIT 1",
        SQL_VALUES(sql_n(drawer), sql_n(before.n)));

    *till = (struct till){.id = {0}, .drawer = drawer};
    if (sql_row(row))
        fill(row, till);
    sql_done(row);
    return verb_storage_fault(db, sql_failed(db), why);
}

enum rc till_read(struct sql *db, till_id id, struct till *till, struct fault *why)
{
    struct sql_statement *row =
        sql_ask(db, "SELECT " TILL_COLUMNS " FROM till_sessions t WHERE t.id = $1",
                SQL_VALUES(sql_n(id.n)));
    bool there = sql_row(row);

    if (there)
        fill(row, till);
    sql_done(row);
    if (there)
        return RC_OK;
    if (sql_failed(db) != SQL_OK)
        return verb_storage_fault(db, sql_failed(db), why);
    return fault_set(why, RC_NOT_FOUND, _("there is no till %" PRId64), id.n);
}

money till_cash(struct sql *db, till_id id)
{
    struct cash_flow flow = {0};
    struct sql_statement *row = sql_ask(
        db,
        "SELECT t.opening,"
        " (SELECT CAST(sum(amount + rounding) AS BIGINT) FROM payments WHERE till_id = $1"
        "  AND tender = 'cash' AND kind = 'pay'),"
        " (SELECT CAST(sum(amount + rounding) AS BIGINT) FROM payments WHERE till_id = $1"
        "  AND tender = 'cash' AND kind = 'refund' AND due = 0),"
        " (SELECT CAST(sum(amount) AS BIGINT) FROM till_moves WHERE till_id = $1 AND kind = 'in'),"
        " (SELECT CAST(sum(amount) AS BIGINT) FROM till_moves WHERE till_id = $1 AND kind = 'out')"
        " FROM till_sessions t WHERE t.id = $1",
        SQL_VALUES(sql_n(id.n)));

    if (sql_row(row))
        flow = (struct cash_flow){.opening = sql_number(row, 0),
                                  .sales = sql_number(row, 1),
                                  .refunds = sql_number(row, 2),
                                  .put_in = sql_number(row, 3),
                                  .taken_out = sql_number(row, 4)};
    sql_done(row);
    return cash_expected(&flow);
}

/* --- opening, and cash in and out ------------------------------------------------------------ */

void till_tell(const struct till *till, struct till_reply *reply)
{
    reply->till = till->id;
    reply->drawer = till->drawer;
    reply->state = (int32_t)till->state;
    reply->counts = till->counts;
    reply->z_number = till->z_number;
    reply->opening = till->opening;
    reply->expected = till->expected;
    reply->counted = till->counted;
    told_add(&reply->told, HINT_TILL, (show_id){0}, 0);
}

/* Who has the drawer's till, when it could not be opened. */
static enum rc open_already(struct sql *db, int32_t drawer, struct fault *why)
{
    struct till till;
    char clock[WHEN_TEXT];
    enum rc rc = till_of_drawer(db, drawer, &till, why);

    if (rc != RC_OK)
        return rc;
    return fault_set(
        why, RC_EXISTS, _("the till of drawer %" PRId32 " is %s already (%s, since %s)"), drawer,
        _(till_word(till.state)), till.terminal, when_clock(till.opened_at, clock, sizeof clock));
}

enum rc till_begin(struct sql *db, const struct till_open_request *request,
                   struct till_reply *reply, struct fault *why)
{
    const struct ask *ask = &request->ask;
    char book[BOOK_SIZE];
    struct journal_end end;
    struct till till;
    struct sql_statement *row;
    bool opened;

    if (request->drawer < 1 || request->drawer > DRAWERS_MAX)
        return fault_set(why, RC_BAD_INPUT, _("a drawer is a number from 1 to %d"), DRAWERS_MAX);
    if (request->opening < 0 || request->opening > MONEY_MAX)
        return fault_set(why, RC_BAD_INPUT, _("a float is no less than 0.00"));
    row = sql_ask(db,
                  "INSERT INTO till_sessions (drawer, state, opening, opened_at, opened_by,"
                  " terminal) VALUES ($1, 'open', $2, $3, $4, $5)"
                  " ON CONFLICT (drawer) WHERE state <> 'closed' DO NOTHING RETURNING id",
                  SQL_VALUES(sql_n(request->drawer), sql_n(request->opening), sql_n(ask->now),
                             sql_n(ask->operator_number), sql_t(ask->terminal)));
    opened = sql_row(row);
    till = (struct till){.id = {opened ? sql_number(row, 0) : 0},
                         .drawer = request->drawer,
                         .opening = request->opening};
    sql_done(row);
    if (!opened)
        return open_already(db, request->drawer, why);
    journal_end_at(&end, 0, "");
    journal_add_at(
        db, &end, journal_till_book(till.id, book, sizeof book), ask, "till_open", NULL,
        json_pack("{s:i, s:I}", "drawer", (int)till.drawer, "float", (json_int_t)till.opening));
    till_tell(&till, reply);
    return RC_OK;
}

static enum rc open_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    return till_begin(db, request, reply, why);
}

static enum rc check_move(const struct till_move_request *move, char *reason, size_t size,
                          struct fault *why)
{
    enum rc rc = text_check(_("reason"), move->reason, NOTE_SIZE - 1, why);

    if (move->amount <= 0 || move->amount > MONEY_MAX)
        return fault_set(why, RC_BAD_INPUT, _("an amount above 0.00 is wanted"));
    if (rc == RC_OK && (!text_tidy(move->reason, reason, size) || reason[0] == '\0'))
        rc = fault_set(why, RC_BAD_INPUT, _("a reason is wanted"));
    return rc;
}

static enum rc move_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct till_move_request *move = request;
    const struct ask *ask = &move->ask;
    const char *kind = move->out ? "out" : "in";
    char reason[NOTE_SIZE] = "", book[BOOK_SIZE];
    struct journal_end end;
    struct till till;
    enum rc rc = check_move(move, reason, sizeof reason, why);

    if (rc == RC_OK)
        rc = till_enter(till_ask(db, move->till), move->till, &till, &end, why);
    if (rc == RC_OK && move->out && move->amount > till_cash(db, till.id))
        rc = fault_set(why, RC_REFUSED, _("there is not so much in drawer %" PRId32), till.drawer);
    if (rc != RC_OK)
        return rc;
    sql_post(db,
             "INSERT INTO till_moves (till_id, n, kind, amount, reason, terminal, operator,"
             " moved_at) VALUES ($1, (SELECT COALESCE(MAX(n), 0) + 1 FROM till_moves"
             "  WHERE till_id = $1), $2, $3, $4, $5, $6, $7)",
             SQL_VALUES(sql_n(till.id.n), sql_t(kind), sql_n(move->amount), sql_t(reason),
                        sql_t(ask->terminal), sql_n(ask->operator_number), sql_n(ask->now)));
    journal_add_at(db, &end, journal_till_book(till.id, book, sizeof book), ask,
                   move->out ? "paid_out" : "paid_in", NULL,
                   json_pack("{s:I, s:s}", "amount", (json_int_t)move->amount, "reason", reason));
    till_tell(&till, reply);
    return RC_OK;
}

const struct verb verb_till_open = {.name = "till_open",
                                    .request_size = sizeof(struct till_open_request),
                                    .reply_size = sizeof(struct till_reply),
                                    .keyed = true,
                                    .run = open_run};
const struct verb verb_till_move = {.name = "till_move",
                                    .request_size = sizeof(struct till_move_request),
                                    .reply_size = sizeof(struct till_reply),
                                    .keyed = true,
                                    .run = move_run};
