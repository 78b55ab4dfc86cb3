#include "core/rules/plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/utf8.h"
#include "core/base/words.h"

enum { NUMBER_DIGITS = 4 }; /* of PLAN_NUMBER_MAX */

/* A label as it is compared. Most are plain ASCII, which needs no tables. */
static bool fold(const char *label, char *out, size_t size)
{
    size_t n = 0;

    for (; label[n] != '\0' && (unsigned char)label[n] < 0x80 && n + 1 < size; n++) {
        char c = label[n];

        out[n] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    out[n] = '\0';
    return label[n] == '\0' || text_key(label, out, size);
}

static int by_place(const void *a, const void *b)
{
    const struct plan_seat *x = a;
    const struct plan_seat *y = b;

    return x->row != y->row ? x->row - y->row : x->column - y->column;
}

/* The greatest whole number whose square is not above `n`. */
static int64_t square_root(int64_t n)
{
    int64_t root = 0;

    for (int64_t bit = (int64_t)1 << 31; bit > 0; bit >>= 1) {
        if ((root + bit) * (root + bit) <= n)
            root += bit;
    }
    return root;
}

/* In twelfths of a seat all parts of the distance are whole numbers. */
static int32_t distance_of(const struct plan *plan, const struct plan_seat *seat)
{
    int64_t across = 12 * (int64_t)seat->column - 6 * (int64_t)(plan->columns - 1);
    int64_t along = 12 * (int64_t)seat->row - 8 * (int64_t)(plan->rows - 1);

    if (along < 0)
        along = along * 3 / 2;
    return (int32_t)(square_root((across * across + along * along) * 1000000) / 12);
}

static bool seat_valid(const struct plan *plan, const struct plan_seat *seat)
{
    return seat->row >= 0 && seat->row < PLAN_GRID_MAX && seat->column >= 0 &&
           seat->column < PLAN_GRID_MAX && seat->number > 0 && seat->zone < plan->n_zones &&
           seat->block < plan->n_blocks && seat->row_name[0] != '\0';
}

/* Sorts, and numbers the runs; seats on top of each other are refused. */
static enum rc place_seats(struct plan *plan, struct fault *why)
{
    int32_t run = -1;

    for (size_t i = 0; i < plan->n; i++) {
        const struct plan_seat *seat = &plan->seats[i];

        if (!seat_valid(plan, seat))
            return fault_set(why, RC_BAD_INPUT, _("seat %d of row %s is out of bounds"),
                             seat->number, seat->row_name);
        if (seat->row >= plan->rows)
            plan->rows = (int16_t)(seat->row + 1);
        if (seat->column >= plan->columns)
            plan->columns = (int16_t)(seat->column + 1);
    }
    qsort(plan->seats, plan->n, sizeof *plan->seats, by_place);
    for (size_t i = 0; i < plan->n; i++) {
        struct plan_seat *seat = &plan->seats[i];
        const struct plan_seat *left = i > 0 ? seat - 1 : NULL;

        if (left != NULL && left->row == seat->row && left->column == seat->column)
            return fault_set(why, RC_BAD_INPUT, _("seats %d and %d of row %s are in one place"),
                             left->number, seat->number, seat->row_name);
        if (left == NULL || left->row != seat->row || left->column + 1 != seat->column ||
            left->block != seat->block)
            run++;
        seat->run = run;
        seat->distance = distance_of(plan, seat);
    }
    plan->runs = run + 1;
    return RC_OK;
}

static bool same_row(const struct plan_seat *a, const struct plan_seat *b)
{
    return a->row == b->row && a->block == b->block && strcmp(a->row_name, b->row_name) == 0;
}

/* Is there a row of this name in another block? `firsts` are the first seats of all rows. */
static bool row_repeats(const struct plan *plan, const size_t *firsts, size_t n, size_t row)
{
    const struct plan_seat *seat = &plan->seats[firsts[row]];
    char name[2 * ROW_SIZE];
    char other[2 * ROW_SIZE];

    if (plan->n_blocks < 2 || !fold(seat->row_name, name, sizeof name))
        return false;
    for (size_t i = 0; i < n; i++) {
        const struct plan_seat *first = &plan->seats[firsts[i]];

        if (first->block != seat->block && fold(first->row_name, other, sizeof other) &&
            strcmp(name, other) == 0)
            return true;
    }
    return false;
}

/* Words of letters and digits, parted by single blanks and hyphens: "F", "3", "Loge 1", "Balcony".
 */
static bool name_well_formed(const char *name, const char *end)
{
    bool in_word = false;
    int32_t c;

    for (size_t step; name < end && (step = utf8_next(name, &c)) > 0; name += step) {
        bool parts = c == ' ' || c == '-';

        if (parts ? !in_word : !utf8_letter(c) && utf8_digit(c) < 0)
            return false;
        in_word = !parts;
    }
    return in_word;
}

bool plan_label_well_formed(const char *label)
{
    const char *slash = strchr(label, '/');
    const char *row = slash != NULL ? slash + 1 : label;
    size_t n = strlen(row);
    size_t name = n; /* of the row, in bytes */

    if (text_check("seat", label, LABEL_SIZE - 1, NULL) != RC_OK)
        return false;
    while (name > 0 && row[name - 1] >= '0' && row[name - 1] <= '9')
        name--;
    if (name == 0 || name == n || n - name > NUMBER_DIGITS || row[name] == '0')
        return false;
    /* The hyphen stands between two digits and nowhere else, so that a seat has one label. */
    if (row[name - 1] == '-' && name > 1 && row[name - 2] >= '0' && row[name - 2] <= '9')
        name--;
    return name_well_formed(row, row + name) && (slash == NULL || name_well_formed(label, slash));
}

static enum rc make_label(const struct plan *plan, struct plan_seat *seat, bool repeats,
                          struct fault *why)
{
    const char *block = repeats ? plan->blocks[seat->block] : "";
    char last = seat->row_name[strlen(seat->row_name) - 1];
    int n =
        snprintf(seat->label, sizeof seat->label, "%s%s%s%s%d", block, block[0] != '\0' ? "/" : "",
                 seat->row_name, last >= '0' && last <= '9' ? "-" : "", seat->number);

    if (n < 0 || (size_t)n >= sizeof seat->label)
        return fault_set(why, RC_BAD_INPUT, _("the label of seat %d of row %s is over %d bytes"),
                         seat->number, seat->row_name, LABEL_SIZE - 1);
    if (!plan_label_well_formed(seat->label))
        return fault_set(why, RC_BAD_INPUT,
                         _("%s can be no seat's label: rows and blocks have names of letters and "
                           "digits, with single blanks and hyphens between them"),
                         seat->label);
    return RC_OK;
}

static enum rc make_labels(struct plan *plan, struct fault *why)
{
    enum rc rc = RC_OK;
    size_t n = 0;
    size_t *firsts = malloc((plan->n + 1) * sizeof *firsts);

    if (firsts == NULL)
        return fault_set(why, RC_NO_MEMORY, _("out of memory"));
    for (size_t i = 0; i < plan->n; i++) {
        if (i == 0 || !same_row(&plan->seats[i - 1], &plan->seats[i]))
            firsts[n++] = i;
    }
    firsts[n] = plan->n;
    for (size_t row = 0; row < n && rc == RC_OK; row++) {
        bool repeats = row_repeats(plan, firsts, n, row);

        for (size_t i = firsts[row]; i < firsts[row + 1] && rc == RC_OK; i++)
            rc = make_label(plan, &plan->seats[i], repeats, why);
    }
    free(firsts);
    return rc;
}

struct folded {
    char text[2 * LABEL_SIZE];
    size_t seat;
};

static int by_text(const void *a, const void *b)
{
    return strcmp(((const struct folded *)a)->text, ((const struct folded *)b)->text);
}

/* No two seats may answer to one label. */
static enum rc check_labels(const struct plan *plan, struct fault *why)
{
    enum rc rc = RC_OK;
    struct folded *all = malloc((plan->n + 1) * sizeof *all);

    if (all == NULL)
        return fault_set(why, RC_NO_MEMORY, _("out of memory"));
    for (size_t i = 0; i < plan->n && rc == RC_OK; i++) {
        all[i].seat = i;
        if (!fold(plan->seats[i].label, all[i].text, sizeof all[i].text))
            rc = fault_set(why, RC_BAD_INPUT, _("a seat's label is no text"));
    }
    if (rc == RC_OK)
        qsort(all, plan->n, sizeof *all, by_text);
    for (size_t i = 1; i < plan->n && rc == RC_OK; i++) {
        if (strcmp(all[i - 1].text, all[i].text) == 0)
            rc = fault_set(why, RC_BAD_INPUT, _("seat %s is there twice"),
                           plan->seats[all[i].seat].label);
    }
    free(all);
    return rc;
}

enum rc plan_finish(struct plan *plan, struct fault *why)
{
    enum rc rc;

    if (plan->n == 0)
        return fault_set(why, RC_BAD_INPUT, _("the hall has no seats"));
    if (plan->n > PLAN_SEATS_MAX)
        return fault_set(why, RC_BAD_INPUT, _("the hall has more than %d seats"), PLAN_SEATS_MAX);
    if (plan->n_zones == 0)
        plan->n_zones = 1;
    if (plan->n_blocks == 0)
        plan->n_blocks = 1;
    rc = place_seats(plan, why);
    if (rc == RC_OK)
        rc = make_labels(plan, why);
    if (rc == RC_OK)
        rc = check_labels(plan, why);
    return rc;
}

void plan_free(struct plan **plan)
{
    if (*plan != NULL)
        free((*plan)->seats);
    free(*plan);
    *plan = NULL;
}

size_t plan_find_label(const struct plan *plan, const char *label)
{
    char wanted[2 * LABEL_SIZE];
    char other[2 * LABEL_SIZE];

    for (size_t i = 0; i < plan->n; i++) {
        if (strcmp(plan->seats[i].label, label) == 0)
            return i;
    }
    if (!fold(label, wanted, sizeof wanted))
        return PLAN_NONE;
    for (size_t i = 0; i < plan->n; i++) {
        if (fold(plan->seats[i].label, other, sizeof other) && strcmp(other, wanted) == 0)
            return i;
    }
    return PLAN_NONE;
}

size_t plan_find_id(const struct plan *plan, seat_id id)
{
    size_t from = 0;
    size_t to = plan->n;

    /* Ids mostly rise in seat order, as a hall is stored; where they do not, look everywhere. */
    while (from < to) {
        size_t middle = from + (to - from) / 2;

        if (plan->seats[middle].id.n == id.n)
            return middle;
        if (plan->seats[middle].id.n < id.n)
            from = middle + 1;
        else
            to = middle;
    }
    for (size_t i = 0; i < plan->n; i++) {
        if (plan->seats[i].id.n == id.n)
            return i;
    }
    return PLAN_NONE;
}

const char *plan_label(const struct plan *plan, seat_id id)
{
    size_t i = plan_find_id(plan, id);

    return i == PLAN_NONE ? "?" : plan->seats[i].label;
}

int32_t plan_distance(const struct plan *plan, size_t seat)
{
    return plan->seats[seat].distance;
}

const char *seat_kind_text(enum seat_kind kind)
{
#define TEXT(name, letter, text) text,
    static const char *const texts[] = {SEAT_KINDS(TEXT)};
#undef TEXT

    return (size_t)kind < sizeof texts / sizeof texts[0] ? texts[kind] : "?";
}

char seat_kind_letter(enum seat_kind kind)
{
#define LETTER(name, letter, text) letter,
    static const char letters[] = {SEAT_KINDS(LETTER)};
#undef LETTER

    return (size_t)kind < sizeof letters ? letters[kind] : '?';
}
