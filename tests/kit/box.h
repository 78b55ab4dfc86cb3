/*
 * A box office to test on: a migrated database in a directory of its own, or on the server that the
 * environment names (tests/kit/server.h; `path` is then what libpq is told), with its venue and
 * three ticket types, a clock that stands, and short ways to halls, shows and asks. What fails here
 * fails the test.
 */
#ifndef BOXOFFICE_TESTS_KIT_BOX_H
#define BOXOFFICE_TESTS_KIT_BOX_H

#include "core/desk/house.h"
#include "tests/kit/kit.h"

/* Monday 2026-11-23, 13:00 in UTC, which is the zone of every box. */
#define BOX_NOW ((when_ms)1795438800000)

struct box {
    char dir[KIT_PATH], path[KIT_PATH];
    struct sql *db;
    when_ms now;    /* moved on by the test */
    int32_t asks;   /* made so far: their keys and random bits differ */
    bool unchecked; /* the test breaks an invariant on purpose: box_fini does not verify them */
};

/* Makes one. End it with box_fini, which verifies the invariants that `check` knows. */
void box_init(struct box *box);
/* The same without a venue: migrated, and nobody has said `init` yet. */
void box_init_bare(struct box *box);
void box_fini(struct box *box);

/* One more connection to it, the caller's; also for a child after fork, with its own. */
struct sql *box_connect(const struct box *box);

/* Who asks: counter-1, operator 1, at box->now, with a new key. */
struct ask box_ask(struct box *box);

/* Stores a hall from a plan file's text. */
hall_id box_hall(struct box *box, const char *text);

/* A hall "Small" of three rows A to C with eight seats each, an aisle behind the fourth, A1 a
 * wheelchair place and A2 its companion's. */
hall_id box_small_hall(struct box *box);

/* A show of two hours that sells until 20 minutes after its start; 10.00 everywhere. */
show_id box_show(struct box *box, hall_id hall, const char *title, when_ms starts_at);

/* The id of a seat by its label. */
seat_id box_seat(struct box *box, hall_id hall, const char *label);

/* Lets the journal's rows be changed and deleted, which its triggers refuse. */
void box_open_journal(struct box *box);

/* Verifies the invariants now; the first one broken fails the test with its row. */
void box_check(struct box *box);

/* cmocka's fixtures: a box in `*state`. */
int box_setup(void **state);
int box_teardown(void **state);

#endif
