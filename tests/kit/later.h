/*
 * Time that passes when a test says so: screens whose clocks run ahead, by as much as the test
 * lets pass. All that run on one `later` agree. The test's own clocks stay as they are.
 */
#ifndef BOXOFFICE_TESTS_KIT_LATER_H
#define BOXOFFICE_TESTS_KIT_LATER_H

#include <stdint.h>

#include "tests/kit/kit.h"

struct later {
    _Atomic int64_t *ms; /* in a page that the programs map: how far ahead */
    char *before;        /* the program of BOXOFFICE until then; NULL: none */
};

/* The path of the page, for the program. */
#define LATER_ENV "BOXOFFICE_TEST_LATER"

/* From now on stage_open and its like start the program with such clocks; its page is kept in
 * `dir`. What fails fails the test. */
void later_init(struct later *later, const char *dir);
void later_fini(struct later *later);

/* Lets so much time pass at once, as in a process that was suspended. */
void later_pass(struct later *later, int64_t ms);

#endif
