/*
 * Time that passes, and memory that ends, when a test says so: screens whose clocks run ahead by as
 * much as the test lets pass, and whose own allocations can be made to fail. All that run on one
 * `later` agree. The test's own clocks and memory stay as they are.
 */
#ifndef BOXOFFICE_TESTS_KIT_LATER_H
#define BOXOFFICE_TESTS_KIT_LATER_H

#include <stdbool.h>
#include <stdint.h>

#include "tests/kit/kit.h"

/* What the programs map. */
struct later_page {
    _Atomic int64_t ms; /* how far ahead */
    _Atomic int64_t
        fail; /* allocations until the one that fails; 0: none does, -1: it has failed */
};

struct later {
    struct later_page *page;
    char *before; /* the program of BOXOFFICE until then; NULL: none */
};

/* The path of the page, for the program. */
#define LATER_ENV "BOXOFFICE_TEST_LATER"

/* From now on stage_open and its like start the program with such clocks; its page is kept in
 * `dir`. What fails fails the test. */
void later_init(struct later *later, const char *dir);
void later_fini(struct later *later);

/* Lets so much time pass at once, as in a process that was suspended. */
void later_pass(struct later *later, int64_t ms);

/* Lets the nth allocation from now on fail, once (0: none any more), of what the program itself
 * allocates, not its libraries; and tells whether it has. */
void later_fail(struct later *later, int64_t nth);
bool later_failed(const struct later *later);

#endif
