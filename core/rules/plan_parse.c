#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"
#include "core/rules/plan.h"
#include "core/rules/plan_numbers.h"

enum { WHAT_SIZE = 200 };
enum named { NAMED_HALL, NAMED_ZONE, NAMED_BLOCK }; /* by a directive */

struct row_seen {
    uint8_t block;
    int line;
    char name[ROW_SIZE];
};

struct parser {
    struct plan *plan;
    size_t seats; /* met so far; no more than the most are stored */
    size_t room;
    int line;
    uint8_t zone; /* of the row being read, as is `block` */
    uint8_t block;
    char zone_name[ZONE_SIZE]; /* in force */
    char block_name[ZONE_SIZE];
    int16_t rows;
    int16_t n_seen;
    bool bad;
    bool full; /* no more rows: the rest is not read */
    bool no_memory;
    void (*problem)(void *context, int line, const char *what);
    void *context;
    struct fault *why;
    int16_t numbers[PLAN_GRID_MAX];
    struct row_seen seen[PLAN_GRID_MAX];
};

__attribute__((format(printf, 2, 3))) static void complain(struct parser *parser,
                                                           const char *format, ...)
{
    char what[WHAT_SIZE];
    va_list list;

    va_start(list, format);
    (void)vsnprintf(what, sizeof what, format, list); /* a long complaint may be cut */
    va_end(list);
    if (!parser->bad)
        (void)fault_set(parser->why, RC_BAD_INPUT, _("line %d: %s"), parser->line, what);
    parser->bad = true;
    if (parser->problem != NULL)
        parser->problem(parser->context, parser->line, what);
}

static int kind_of(char letter)
{
    for (int kind = 0; kind <= SEAT_COMPANION; kind++) {
        if (seat_kind_letter((enum seat_kind)kind) == letter)
            return kind;
    }
    return -1;
}

/* Counts the seats of a row's grid; -1 after a complaint. */
static int check_grid(struct parser *parser, const char *name, const char *grid)
{
    int n = 0;
    size_t width = strlen(grid);

    if (width > PLAN_GRID_MAX) {
        complain(parser, _("row %s is wider than %d"), name, PLAN_GRID_MAX);
        return -1;
    }
    for (size_t i = 0; i < width; i++) {
        unsigned char c = (unsigned char)grid[i];

        if (kind_of(grid[i]) >= 0) {
            n++;
        } else if (c != '_' && c != ' ') {
            complain(parser,
                     c > ' ' && c < 0x7f
                         ? _("row %s, column %zu: %c is no kind of seat")
                         : _("row %s, column %zu: character %02x is no kind of seat"),
                     name, i + 1, c);
            return -1;
        }
    }
    if (n == 0)
        complain(parser, _("row %s has no seats"), name);
    return n == 0 ? -1 : n;
}

static bool check_name(struct parser *parser, const char *name)
{
    struct fault fault;
    struct row_seen *seen = parser->seen;

    if (name[0] == '\0') {
        complain(parser, _("the row has no name"));
        return false;
    }
    if (text_check(_("row name"), name, ROW_SIZE - 1, &fault) != RC_OK) {
        complain(parser, "%s", fault.text);
        return false;
    }
    if (strchr(name, '/') != NULL || name[strlen(name) - 1] == '-') {
        complain(parser, _("row name %s: no / in it and no - at its end"), name);
        return false;
    }
    for (int i = 0; i < parser->n_seen; i++) {
        if (seen[i].block == parser->block && strcmp(seen[i].name, name) == 0) {
            complain(parser, _("row %s is there already, in line %d"), name, seen[i].line);
            return false;
        }
    }
    seen += parser->n_seen++;
    seen->block = parser->block;
    seen->line = parser->line;
    (void)snprintf(seen->name, sizeof seen->name, "%s", name); /* its length was checked */
    return true;
}

static bool numbers_differ(struct parser *parser, const char *name, int n)
{
    bool used[PLAN_NUMBER_MAX + 1] = {false};

    for (int i = 0; i < n; i++) {
        bool *mark = &used[parser->numbers[i]];

        if (*mark) {
            complain(parser, _("row %s has seat %d twice"), name, parser->numbers[i]);
            return false;
        }
        *mark = true;
    }
    return true;
}

/* The numbers of a row's `n` seats into parser->numbers; false after a complaint. */
static bool number_seats(struct parser *parser, const char *name, const char *field, int n)
{
    int given = n;

    if (field == NULL || field[0] == '\0') {
        for (int i = 0; i < n; i++)
            parser->numbers[i] = (int16_t)(i + 1);
    } else {
        given = plan_numbers_read(field, parser->numbers, PLAN_GRID_MAX);
    }
    if (given < 0)
        complain(parser, _("row %s: numbers are 1..15, 15..1, 2..30/2 or 1,3,5, each from 1 to %d"),
                 name, PLAN_NUMBER_MAX);
    else if (given != n)
        complain(parser, _("row %s has %d seats and %d numbers"), name, n, given);
    if (given != n)
        return false;
    return numbers_differ(parser, name, n);
}

/* Room for `n` more seats. */
static bool reserve(struct parser *parser, int n)
{
    struct plan *plan = parser->plan;
    size_t wanted = plan->n + (size_t)n;

    if (wanted > parser->room) {
        size_t room = 2 * wanted + 256;
        struct plan_seat *seats = realloc(plan->seats, room * sizeof *seats);

        if (seats == NULL) {
            parser->no_memory = true;
            return false;
        }
        plan->seats = seats;
        parser->room = room;
    }
    return true;
}

static void add_seats(struct parser *parser, const char *name, const char *grid, int n)
{
    struct plan *plan = parser->plan;
    int16_t width = (int16_t)strlen(grid);
    int i = 0;

    parser->seats += (size_t)n;
    if (parser->seats > PLAN_SEATS_MAX || !reserve(parser, n))
        return;
    for (int16_t column = 0; column < width; column++) {
        struct plan_seat *seat = &plan->seats[plan->n];
        int kind = kind_of(grid[column]);

        if (kind < 0)
            continue;
        memset(seat, 0, sizeof *seat);
        seat->row = parser->rows;
        seat->column = column;
        seat->number = parser->numbers[i++];
        seat->kind = (uint8_t)kind;
        seat->zone = parser->zone;
        seat->block = parser->block;
        (void)snprintf(seat->row_name, sizeof seat->row_name, "%s", name); /* checked */
        plan->n++;
    }
    if (width > plan->columns)
        plan->columns = width;
}

/* Is there room for one more row of the grid? Complains and ends the reading when not. */
static bool row_fits(struct parser *parser)
{
    if (parser->rows < PLAN_GRID_MAX)
        return true;
    parser->full = true;
    complain(parser, _("more than %d rows"), PLAN_GRID_MAX);
    return false;
}

/* The index of `name` among the `n` names of a zone or block table, added when it is new. */
static uint8_t intern(struct parser *parser, char (*names)[ZONE_SIZE], uint8_t *n, const char *name)
{
    uint8_t i = 0;

    while (i < *n && strcmp(names[i], name) != 0)
        i++;
    if (i == PLAN_ZONES_MAX) {
        complain(parser,
                 names == parser->plan->zones ? _("more than %d zones") : _("more than %d blocks"),
                 PLAN_ZONES_MAX);
        return 0;
    }
    if (i == *n) {
        (void)snprintf(names[i], ZONE_SIZE, "%s", name); /* its length was checked */
        (*n)++;
    }
    return i;
}

static void read_row(struct parser *parser, char *line)
{
    char *grid = strchr(line, '\t');
    char *numbers = NULL, *rest = NULL;
    char name[ROW_SIZE];
    struct plan *plan = parser->plan;
    int n;

    if (!row_fits(parser))
        return;
    parser->zone = intern(parser, plan->zones, &plan->n_zones, parser->zone_name);
    parser->block = intern(parser, plan->blocks, &plan->n_blocks, parser->block_name);
    if (grid == NULL) {
        complain(parser, _("wanted: row name, tab, grid of seats"));
        return;
    }
    *grid++ = '\0';
    numbers = strchr(grid, '\t');
    if (numbers != NULL) {
        *numbers++ = '\0';
        rest = strchr(numbers, '\t');
    }
    if (rest != NULL)
        complain(parser, _("the row has more than three fields"));
    else if (!text_tidy(line, name, sizeof name))
        complain(parser, _("the row's name is over %d bytes"), ROW_SIZE - 1);
    else if (check_name(parser, name) && (n = check_grid(parser, name, grid)) > 0 &&
             number_seats(parser, name, numbers, n))
        add_seats(parser, name, grid, n);
    parser->rows++;
}

/* Reads a checked name into `name` of `size` bytes, untouched after a complaint. */
static void read_name(struct parser *parser, enum named what, const char *text, char *name,
                      size_t size)
{
    static const struct {
        const char *what, *nameless, *parted;
    } words[] = {
        {N_("hall"), N_("the hall has no name"), NULL},
        {N_("zone"), N_("the zone has no name"), N_("a / is in the zone's name")},
        {N_("block"), N_("the block has no name"), N_("a / is in the block's name")},
    };
    struct fault fault;
    char tidy[NAME_SIZE];

    if (text_check(_(words[what].what), text, size - 1, &fault) != RC_OK)
        complain(parser, "%s", fault.text);
    else if (!text_tidy(text, tidy, sizeof tidy) || tidy[0] == '\0')
        complain(parser, "%s", _(words[what].nameless));
    else if (words[what].parted != NULL && strchr(tidy, '/') != NULL)
        complain(parser, "%s", _(words[what].parted));
    else
        (void)snprintf(name, size, "%s", tidy); /* its length was checked */
}

static void read_directive(struct parser *parser, char *line)
{
    size_t word = strcspn(line, " \t");
    const char *rest = line + word;
    struct plan *plan = parser->plan;

    if (*rest != '\0') {
        line[word] = '\0';
        rest++;
    }
    if (strcmp(line, "@aisle") == 0 && *rest == '\0')
        parser->rows = (int16_t)(parser->rows + row_fits(parser));
    else if (strcmp(line, "@hall") == 0)
        read_name(parser, NAMED_HALL, rest, plan->name, sizeof plan->name);
    else if (strcmp(line, "@zone") == 0)
        read_name(parser, NAMED_ZONE, rest, parser->zone_name, sizeof parser->zone_name);
    else if (strcmp(line, "@block") == 0)
        read_name(parser, NAMED_BLOCK, rest, parser->block_name, sizeof parser->block_name);
    else
        complain(parser, _("wanted: @hall NAME, @block NAME, @zone NAME or @aisle"));
}

static void read_line(struct parser *parser, char *line, size_t size)
{
    if (size > 0 && line[size - 1] == '\r')
        line[--size] = '\0';
    if (strlen(line) != size)
        complain(parser, _("a NUL byte"));
    else if (line[0] == '@')
        read_directive(parser, line);
    else if (line[0] != '#' && line[strspn(line, " \t")] != '\0')
        read_row(parser, line);
}

/* Reads all lines of `text`, which is ours to cut up and ends in NUL. */
static void read_lines(struct parser *parser, char *text, size_t size)
{
    size_t at = size >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

    while (at < size && !parser->no_memory && !parser->full) {
        char *end = memchr(text + at, '\n', size - at);
        size_t length = end != NULL ? (size_t)(end - text) - at : size - at;

        text[at + length] = '\0';
        parser->line++;
        read_line(parser, text + at, length);
        at += length + 1;
    }
}

/* What only the whole file shows. */
static enum rc finish(struct parser *parser)
{
    struct plan *plan = parser->plan;
    struct fault fault;
    enum rc rc;

    if (parser->seats > PLAN_SEATS_MAX)
        complain(parser, _("%zu seats, more than %d"), parser->seats, PLAN_SEATS_MAX);
    else if (parser->seats == 0)
        complain(parser, _("the hall has no seats"));
    if (parser->bad)
        return RC_BAD_INPUT;
    plan->rows = parser->rows;
    rc = plan_finish(plan, &fault);
    if (rc == RC_BAD_INPUT)
        complain(parser, "%s", fault.text);
    return rc;
}

enum rc plan_parse(const char *text, size_t size, struct plan **plan,
                   void (*problem)(void *context, int line, const char *what), void *context,
                   struct fault *why)
{
    struct parser *parser = calloc(1, sizeof *parser);
    struct plan *made = calloc(1, sizeof *made);
    char *copy = malloc(size + 1);
    enum rc rc = RC_NO_MEMORY;

    *plan = NULL;
    if (parser == NULL || made == NULL || copy == NULL)
        goto out;
    if (size > 0)
        memcpy(copy, text, size);
    copy[size] = '\0';
    parser->plan = made;
    parser->problem = problem;
    parser->context = context;
    parser->why = why;
    read_lines(parser, copy, size);
    if (!parser->no_memory)
        rc = finish(parser);
    if (rc == RC_OK) {
        *plan = made;
        made = NULL;
    }
out:
    if (rc == RC_NO_MEMORY)
        (void)fault_set(why, rc, _("out of memory"));
    plan_free(&made);
    free(copy);
    free(parser);
    return rc;
}
