#include "tests/kit/box.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/check.h"
#include "core/desk/map.h"
#include "db/migrate.h"
#include "tests/kit/server.h"

/* Fails with the line that says why. */
static void want_ok(enum rc rc, const struct fault *why)
{
    if (rc != RC_OK)
        fail_msg("%s: %s", rc_name(rc), why->text);
}

static struct sql *open_file(const struct box *box, bool create)
{
    struct sql *db = NULL;
    const struct sql_options options = {.name = box->path, .create = create, .journal = "wal"};

    if (sql_open(&db, &options) != SQL_OK)
        fail_msg("%s", sql_error(db));
    return db;
}

void box_init_bare(struct box *box)
{
    struct fault why;
    size_t n = 0;
    const struct migration *steps;

    *box = (struct box){.now = BOX_NOW};
    kit_tempdir(box->dir);
    want_ok(when_zone_set("UTC", &why), &why);
    if (server_there()) {
        server_database(box->path, box->dir);
        box->db = open_file(box, false);
        return;
    }
    kit_path(box->path, box->dir, "box.db");
    steps = migrations_builtin("sqlite", &n);
    box->db = open_file(box, true);
    assert_int_equal(migrate_up(box->db, steps, n, NULL), SQL_OK);
}

void box_init(struct box *box)
{
    struct fault why;
    struct ask ask;

    box_init_bare(box);
    ask = box_ask(box);
    want_ok(house_init(box->db, &ask, "EUR", false, &why), &why);
}

void box_check(struct box *box)
{
    struct check_result result;
    struct fault why;

    want_ok(check_run(box->db, &result, &why), &why);
    for (int i = 0; i < result.n; i++) {
        if (!result.rows[i].holds)
            fail_msg("invariant %d, %s: %s", result.rows[i].number, result.rows[i].text,
                     result.rows[i].first);
    }
}

void box_fini(struct box *box)
{
    if (!box->unchecked)
        box_check(box);
    sql_close(&box->db);
    if (server_there())
        server_drop(box->path, box->dir);
    kit_remove_tree(box->dir);
}

struct sql *box_connect(const struct box *box)
{
    return open_file(box, false);
}

struct ask box_ask(struct box *box)
{
    struct ask ask = {.now = box->now, .terminal = "counter-1", .operator_number = 1};
    int32_t nth = ++box->asks;

    (void)snprintf(ask.key, sizeof ask.key, "key-%d", nth);
    for (size_t i = 0; i < sizeof ask.random; i++)
        ask.random[i] = (uint8_t)((unsigned)nth * 2654435761U >> (i % 4 * 8)) ^ (uint8_t)i;
    return ask;
}

hall_id box_hall(struct box *box, const char *text)
{
    struct plan *plan = NULL;
    struct fault why;
    struct told told;
    struct ask ask = box_ask(box);
    hall_id hall = {0};

    want_ok(plan_parse(text, strlen(text), &plan, NULL, NULL, &why), &why);
    want_ok(hall_add(box->db, &ask, plan, &hall, &told, &why), &why);
    plan_free(&plan);
    return hall;
}

hall_id box_small_hall(struct box *box)
{
    return box_hall(box, "@hall Small\n@zone stalls\n"
                         "A\twcoo_oooo\n"
                         "B\toooo_oooo\n"
                         "C\toooo_oooo\n");
}

show_id box_show(struct box *box, hall_id hall, const char *title, when_ms starts_at)
{
    struct fault why;
    struct show_reply reply;
    struct show_add_request request = {.ask = box_ask(box),
                                       .hall = hall,
                                       .starts_at = starts_at,
                                       .minutes = 120,
                                       .sale_stop_min = 20,
                                       .n_prices = 1,
                                       .prices[0].amount = 1000};

    (void)snprintf(request.title, sizeof request.title, "%s", title);
    want_ok(verb_do(box->db, &verb_show_add, &request, &reply, &why), &why);
    return reply.show;
}

seat_id box_seat(struct box *box, hall_id hall, const char *label)
{
    const struct plan *plan = map_plan_kept(box->db, hall);
    size_t i = plan != NULL ? plan_find_label(plan, label) : PLAN_NONE;

    if (i == PLAN_NONE)
        fail_msg("no seat %s", label);
    return plan->seats[i].id;
}

static bool drop_triggers(struct sql *db, void *context)
{
    (void)context;
    return sql_script(db, server_there() ? "DROP TRIGGER IF EXISTS journal_keeps_rows ON journal;"
                                           "DROP TRIGGER IF EXISTS journal_keeps_words ON journal;"
                                         : "DROP TRIGGER IF EXISTS journal_keeps_rows;"
                                           "DROP TRIGGER IF EXISTS journal_keeps_words;") == SQL_OK;
}

void box_open_journal(struct box *box)
{
    if (sql_tx(box->db, drop_triggers, NULL) != SQL_OK)
        fail_msg("%s", sql_error(box->db));
}

int box_setup(void **state)
{
    struct box *box = calloc(1, sizeof *box);

    assert_non_null(box);
    box_init(box);
    *state = box;
    return 0;
}

int box_teardown(void **state)
{
    box_fini(*state);
    free(*state);
    return 0;
}
