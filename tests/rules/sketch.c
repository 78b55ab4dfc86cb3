#include "tests/rules/sketch.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/kit/kit.h"

struct plan *sketch_plan(const char *text)
{
    struct plan *plan = NULL;
    struct fault why = {0};

    if (plan_parse(text, strlen(text), &plan, NULL, NULL, &why) != RC_OK) {
        fprintf(stderr, "a test's hall is unsound: %s\n", why.text);
        exit(99);
    }
    return plan;
}

struct plan *sketch_draw(const char *drawing, uint8_t **open)
{
    char text[4096] = "";
    size_t n = 0;
    size_t seats = 0;
    char row = 'A';
    struct plan *plan;

    *open = calloc(strlen(drawing) + 1, 1);
    if (*open == NULL)
        exit(99);
    text[n++] = row;
    text[n++] = '\t';
    for (const char *at = drawing; *at != '\0' && n + 4 < sizeof text; at++) {
        if (*at == '/') {
            text[n++] = '\n';
            text[n++] = ++row;
            text[n++] = '\t';
            continue;
        }
        text[n++] = (char)(*at == 'x' ? 'o' : tolower((unsigned char)*at));
        if (*at != '_')
            (*open)[seats++] = islower((unsigned char)*at) && *at != 'x';
    }
    text[n] = '\0';
    plan = sketch_plan(text);
    if (plan->n != seats)
        exit(99);
    return plan;
}

struct plan *sketch_random(uint64_t *state, int rows, int columns, int full, int accessible,
                           uint8_t **open)
{
    char drawing[1024];
    size_t n = 0;

    for (int row = 0; row < rows; row++) {
        if (row > 0)
            drawing[n++] = '/';
        for (int column = 0; column < columns; column++) {
            char seat = 'o';
            uint64_t dice = kit_below(state, 100);

            if (accessible && dice < 15)
                seat = dice < 8 ? 'w' : 'c';
            if ((int)kit_below(state, 100) < full)
                seat = (char)(seat == 'o' ? 'x' : toupper(seat));
            else if (column > 0 && kit_below(state, 8) == 0)
                seat = '_';
            drawing[n++] = seat;
        }
    }
    drawing[n] = '\0';
    return sketch_draw(drawing, open);
}

void sketch_print(const struct plan *plan, const uint8_t *open)
{
    int row = -1;
    int column = 0;

    for (size_t i = 0; i < plan->n; i++) {
        const struct plan_seat *seat = &plan->seats[i];
        char letter = seat_kind_letter((enum seat_kind)seat->kind);

        if (seat->row != row) {
            fprintf(stderr, "\n%s ", seat->row_name);
            row = seat->row;
            column = 0;
        }
        for (; column < seat->column; column++)
            fputc('_', stderr);
        fputc(open[i] ? letter : letter == 'o' ? 'x' : toupper(letter), stderr);
        column++;
    }
    fputc('\n', stderr);
}

char *sketch_labels(const struct plan *plan, const size_t *seats, int n, char *out, size_t size)
{
    size_t used = 0;

    out[0] = '\0';
    for (int i = 0; i < n && used < size; i++)
        used += (size_t)snprintf(out + used, size - used, i == 0 ? "%s" : " %s",
                                 plan->seats[seats[i]].label);
    return out;
}
