/* Sketches of halls for tests: drawn as text, or made at random. */
#ifndef BOXOFFICE_TESTS_RULES_SKETCH_H
#define BOXOFFICE_TESTS_RULES_SKETCH_H

#include <stdint.h>

#include "core/rules/plan.h"

/* The plan of a text, which must be sound; the caller's, to be freed with plan_free. */
struct plan *sketch_plan(const char *text);

/*
 * A plan from a drawing whose rows are parted by '/': o w c seats, capitals and x the same seats,
 * not open (x a standard one), _ a gap. `*open` (heap, plan->n bytes) is the caller's as well.
 */
struct plan *sketch_draw(const char *drawing, uint8_t **open);

/*
 * A random hall of `rows` rows of at most `columns` seats, with aisles; `accessible`: with
 * wheelchair and companion places. About `full` of 100 seats are not open.
 */
struct plan *sketch_random(uint64_t *state, int rows, int columns, int full, int accessible,
                           uint8_t **open);

/* Prints the hall with its open seats, for a failure. */
void sketch_print(const struct plan *plan, const uint8_t *open);

/* "A1 A2 B7" of the seats, into `out`. */
char *sketch_labels(const struct plan *plan, const size_t *seats, int n, char *out, size_t size);

#endif
