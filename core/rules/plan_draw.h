/* A hall drawn by rows and counts, for who has no plan file. Pure. */
#ifndef BOXOFFICE_CORE_RULES_PLAN_DRAW_H
#define BOXOFFICE_CORE_RULES_PLAN_DRAW_H

#include "core/rules/plan.h"

enum { DRAWING_ROWS = 99, DRAWING_SEATS = 200, DRAWING_TEXT = 80 };

/* Equal rows, as a person says them. */
struct plan_drawing {
    char name[NAME_SIZE];
    char rows[DRAWING_TEXT];        /* "A-N", or how many: "14" gives rows 1 to 14 */
    int32_t seats;                  /* in each row */
    char aisles[DRAWING_TEXT];      /* behind which seats: "6", "6, 12"; "": none */
    char wheelchairs[DRAWING_TEXT]; /* labels: "A1, A2"; "": none */
};

/*
 * Makes the plan. RC_BAD_INPUT says what was not understood: rows that are neither, an aisle behind
 * the last seat or none, a place that is not in the hall. On success `*plan` is the caller's.
 */
enum rc plan_draw(const struct plan_drawing *drawing, struct plan **plan, struct fault *why);

#endif
