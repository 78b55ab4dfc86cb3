/*
 * What tests of the running program share: a stage and up to two terminals on it, one for all tests
 * of a file (cmocka runs them one after another). Pass live_setup and live_teardown to the group
 * and live_release to each test.
 */
#ifndef BOXOFFICE_TESTS_KIT_LIVE_H
#define BOXOFFICE_TESTS_KIT_LIVE_H

#include "tests/kit/stage.h"

extern struct live {
    struct stage stage;
    struct pty one, two;
} live;

/* For cmocka: the stage with its demo; ends the terminals that a test left open. */
int live_setup(void **state);
int live_teardown(void **state);
int live_release(void **state);
#define LIVE_TEST(test) cmocka_unit_test_teardown(test, live_release)

/* Opens a terminal and waits for today to stand there whole. */
void live_open(struct pty *pty, const char *terminal);

/* Seats that a terminal holds by the database; waits, reading `pty`, until they are `n`. */
int64_t live_held(const char *terminal);
void live_want_held(struct pty *pty, const char *terminal, int64_t n);

/* Writes the configuration with which terminals are opened from now on; "" takes it away. */
void live_configure(const char *text);

#endif
