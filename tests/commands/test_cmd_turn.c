/* Commands that cannot have the writers' turn: they say so and change nothing. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db/sql.h"
#include "tests/commands/scene.h"
#include "tui/office.h"

enum { PATIENCE_MS = 20000 };

/* What goes on while the test holds the turn. */
struct held {
    struct scene *scene;
    int busy, interrupted;
};

/* Does it hold SIGTERM back by now? One that came before that would simply end it. */
static bool holds_back(void *context)
{
    char path[64], line[256] = "";
    const pid_t *pid = context;
    FILE *status;
    unsigned long long blocked = 0;

    (void)snprintf(path, sizeof path, "/proc/%ld/status", (long)*pid);
    status = fopen(path, "re");
    while (status != NULL && fgets(line, sizeof line, status) != NULL)
        if (strncmp(line, "SigBlk:", 7) == 0)
            blocked = strtoull(line + 7, NULL, 16);
    if (status != NULL)
        fclose(status);
    return (blocked & 1ULL << (SIGTERM - 1)) != 0;
}

static bool hold(struct sql *db, void *context)
{
    struct held *held = context;
    pid_t busy = scene_start(held->scene, "sell 1 A1 --key k-a", "busy");
    pid_t cut = scene_start(held->scene, "sell 1 A2 --key k-b", "cut");

    (void)db;
    assert_true(kit_wait_until(holds_back, &cut, PATIENCE_MS));
    kill(cut, SIGTERM);
    held->interrupted = kit_reap(cut, PATIENCE_MS);
    held->busy = kit_reap(busy, PATIENCE_MS);
    return false;
}

static void hold_the_turn(struct held *held)
{
    struct sql_options options = {
        .name = held->scene->database, .journal = "wal", .application = OFFICE_APPLICATION};
    struct sql *db = NULL;

    assert_int_equal(sql_open(&db, &options), SQL_OK);
    assert_int_equal(sql_tx(db, hold, held), SQL_ROLLED_BACK);
    sql_close(&db);
}

static void fault_044__the_turn_is_not_to_be_had__busy_and_nothing_changed(void **state)
{
    struct held held = {.scene = *state};
    json_t *shows;

    hold_the_turn(&held);
    assert_int_equal(held.busy, 3);
    assert_true(scene_says(held.scene, "busy", "busy"));
    /* A key that was given may have been used before: this is no answer about that. */
    assert_true(scene_says(held.scene, "busy", "whether the key k-a was used before is not known"));
    assert_int_equal(held.interrupted, 3);
    assert_true(scene_says(held.scene, "cut", "interrupted: nothing was changed"));
    shows = scene_json(held.scene, "shows --all");
    assert_int_equal(scene_number(json_array_get(shows, 0), "sold"), 0);
    json_decref(shows);
    scene_want(held.scene, 0, "sell 1 A1 --key k-a");
    scene_want(held.scene, 0, "sell 1 A2 --key k-b");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(
        fault_044__the_turn_is_not_to_be_had__busy_and_nothing_changed, scene_setup,
        scene_teardown)};

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
