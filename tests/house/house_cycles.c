#include <stdlib.h>
#include <string.h>

#include "tests/house/house_check.h"

/* A walk over units, a unit being a path without its ending. */
struct walk {
    const struct house_tree *tree;
    const struct house_book *book;
    struct house_finds *finds;
    enum { NEW, OPEN, DONE } * state; /* of each file; a unit's state is that of its first file */
    size_t *stack;
    size_t depth;
};

static size_t unit_size(const char *path)
{
    const char *dot = strrchr(path, '.');

    return dot != NULL ? (size_t)(dot - path) : strlen(path);
}

static bool same_unit(const char *a, const char *b)
{
    return unit_size(a) == unit_size(b) && strncmp(a, b, unit_size(a)) == 0;
}

static bool is_unit(const char *path, const char *unit)
{
    return strlen(unit) == unit_size(path) && strncmp(path, unit, strlen(unit)) == 0;
}

/* The first file of the unit that the path belongs to; `n` when it is none of the tree. */
static size_t unit_of(const struct house_tree *tree, const char *path)
{
    size_t i = 0;

    while (i < tree->n && !same_unit(tree->files[i].path, path))
        i++;
    return i;
}

/* True when the book lets these two know each other. */
static bool is_knot(const struct house_book *book, const char *a, const char *b)
{
    for (size_t i = 0; i < book->n; i++) {
        const struct house_rule *rule = &book->rules[i];

        if (rule->law == HOUSE_KNOT && ((is_unit(a, rule->name) && is_unit(b, rule->paths[0])) ||
                                        (is_unit(b, rule->name) && is_unit(a, rule->paths[0]))))
            return true;
    }
    return false;
}

static void tell(struct walk *walk, size_t unit)
{
    char text[400] = "";
    size_t from = walk->depth;

    while (from > 0 && walk->stack[from - 1] != unit)
        from--;
    for (size_t i = from - 1; i < walk->depth; i++) {
        const char *path = walk->tree->files[walk->stack[i]].path;
        size_t used = strlen(text), size = unit_size(path);

        if (used + size + 8 < sizeof text) {
            memcpy(text + used, path, size);
            memcpy(text + used + size, " -> ", 5);
        }
    }
    const char *path = walk->tree->files[unit].path;
    house_finds_add(walk->finds, path, 0, "a cycle of includes: %s%.*s", text, (int)unit_size(path),
                    path);
}

static void visit(struct walk *walk, size_t unit)
{
    const struct house_tree *tree = walk->tree;

    walk->state[unit] = OPEN;
    walk->stack[walk->depth++] = unit;
    for (size_t i = unit; i < tree->n; i++) {
        const struct house_file *file = &tree->files[i];

        for (size_t j = 0; same_unit(file->path, tree->files[unit].path) && j < file->n_includes;
             j++) {
            size_t next = unit_of(tree, file->includes[j].path);

            if (!file->includes[j].quoted || next == tree->n || next == unit ||
                is_knot(walk->book, file->path, tree->files[next].path))
                continue;
            if (walk->state[next] == OPEN)
                tell(walk, next);
            else if (walk->state[next] == NEW)
                visit(walk, next);
        }
    }
    walk->depth--;
    walk->state[unit] = DONE;
}

void house_check_cycles(const struct house_tree *tree, const struct house_book *book,
                        struct house_finds *finds)
{
    struct walk walk = {.tree = tree, .book = book, .finds = finds};

    walk.state = calloc(tree->n + 1, sizeof *walk.state);
    walk.stack = calloc(tree->n + 1, sizeof *walk.stack);
    for (size_t i = 0; walk.state != NULL && walk.stack != NULL && i < tree->n; i++)
        if (unit_of(tree, tree->files[i].path) == i && walk.state[i] == NEW)
            visit(&walk, i);
    free(walk.state);
    free(walk.stack);
}
