#include <stdio.h>
#include <stdlib.h>

#include "core/rules/plan.h"
#include "core/rules/plan_numbers.h"

struct printer {
    const struct plan *plan;
    FILE *out;
    int row;  /* of the grid, written so far */
    int zone; /* in force, -1: none yet */
    int block;
};

static void print_aisles(struct printer *printer, int to)
{
    for (; printer->row < to; printer->row++)
        fputs("@aisle\n", printer->out);
}

static void print_names(struct printer *printer, const struct plan_seat *seat)
{
    const struct plan *plan = printer->plan;

    /* The unnamed zone and block need no line; they are in force until one is named. */
    if (printer->block != seat->block && plan->blocks[seat->block][0] != '\0')
        fprintf(printer->out, "@block %s\n", plan->blocks[seat->block]);
    if (printer->zone != seat->zone && plan->zones[seat->zone][0] != '\0')
        fprintf(printer->out, "@zone %s\n", plan->zones[seat->zone]);
    printer->block = seat->block;
    printer->zone = seat->zone;
}

/* Prints the row that begins at `from`; returns the first seat behind it. */
static size_t print_row(struct printer *printer, size_t from)
{
    const struct plan *plan = printer->plan;
    const struct plan_seat *first = &plan->seats[from];
    int16_t numbers[PLAN_GRID_MAX];
    size_t i = from;
    int n = 0;

    print_aisles(printer, first->row);
    print_names(printer, first);
    fprintf(printer->out, "%s\t", first->row_name);
    for (int column = 0; column < plan->columns; column++) {
        const struct plan_seat *seat = &plan->seats[i];

        if (i < plan->n && seat->row == first->row && seat->column == column) {
            fputc(seat_kind_letter((enum seat_kind)seat->kind), printer->out);
            numbers[n++] = seat->number;
            i++;
        } else {
            fputc('_', printer->out);
        }
    }
    fputc('\t', printer->out);
    plan_numbers_write(numbers, n, printer->out);
    fputc('\n', printer->out);
    printer->row++;
    return i;
}

enum rc plan_print(const struct plan *plan, char **text)
{
    struct printer printer = {.plan = plan, .zone = -1, .block = -1};
    size_t size = 0;

    *text = NULL;
    printer.out = open_memstream(text, &size);
    if (printer.out == NULL)
        return RC_NO_MEMORY;
    if (plan->name[0] != '\0')
        fprintf(printer.out, "@hall %s\n", plan->name);
    for (size_t i = 0; i < plan->n;)
        i = print_row(&printer, i);
    print_aisles(&printer, plan->rows);
    if (fclose(printer.out) != 0) {
        free(*text);
        *text = NULL;
        return RC_NO_MEMORY;
    }
    return RC_OK;
}
