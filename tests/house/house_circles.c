#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/house/house_check.h"

/* Who reaches whom by includes, a header and its source being one unit. */
struct reach {
    const struct house_tree *tree;
    size_t *unit; /* of each file: the first file of its unit */
    bool *to;     /* to[from * n + to] */
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

static bool is_header(const char *path)
{
    return path[strlen(path) - 1] == 'h';
}

/* Fills the relation with what is included straight; with `headers`, by headers alone. */
static void read_includes(struct reach *reach, bool headers)
{
    const struct house_tree *tree = reach->tree;

    for (size_t i = 0; i < tree->n; i++) {
        const struct house_file *file = &tree->files[i];

        reach->unit[i] = i;
        if (i > 0 && same_unit(tree->files[i - 1].path, file->path))
            reach->unit[i] = i - 1;
    }
    for (size_t i = 0; i < tree->n; i++) {
        const struct house_file *file = &tree->files[i];

        for (size_t j = 0; j < file->n_includes; j++) {
            const struct house_file *to = house_tree_find(tree, file->includes[j].path);

            if (to == NULL || !file->includes[j].quoted || (headers && !is_header(file->path)))
                continue;
            reach->to[reach->unit[i] * tree->n + reach->unit[to - tree->files]] = true;
        }
    }
}

static void close_over(struct reach *reach)
{
    size_t n = reach->tree->n;

    for (size_t k = 0; k < n; k++)
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; reach->to[i * n + k] && j < n; j++)
                reach->to[i * n + j] = reach->to[i * n + j] || reach->to[k * n + j];
}

/* Tells of each circle of more than `limit` units, at its first one. */
static void tell(const struct reach *reach, size_t limit, const char *what,
                 struct house_finds *finds)
{
    size_t n = reach->tree->n;

    for (size_t i = 0; i < n; i++) {
        char names[400] = "";
        size_t members = 0, used = 0;
        bool first = true;

        for (size_t j = 0; j < n; j++) {
            const char *path = reach->tree->files[j].path;
            bool in = j == i || (reach->to[i * n + j] && reach->to[j * n + i]);

            if (!in || reach->unit[j] != j)
                continue;
            first = first && j >= i;
            members++;
            if (used + unit_size(path) + 2 < sizeof names)
                used += (size_t)snprintf(names + used, sizeof names - used, " %.*s",
                                         (int)unit_size(path), path);
        }
        if (first && members > limit && reach->unit[i] == i)
            house_finds_add(finds, reach->tree->files[i].path, 0, "%s of %zu:%s", what, members,
                            names);
    }
}

void house_check_circles(const struct house_tree *tree, const struct house_book *book,
                         struct house_finds *finds)
{
    size_t limit = house_book_limit(book, "circle");

    for (int headers = 0; headers < 2; headers++) {
        struct reach reach = {.tree = tree};

        reach.unit = calloc(tree->n + 1, sizeof *reach.unit);
        reach.to = calloc(tree->n * tree->n + 1, sizeof *reach.to);
        if (reach.unit == NULL || reach.to == NULL)
            exit(99);
        read_includes(&reach, headers != 0);
        close_over(&reach);
        if (headers != 0)
            tell(&reach, 1, "a circle of headers", finds);
        else
            tell(&reach, limit > 0 ? limit : 1, "a circle of includes", finds);
        free(reach.unit);
        free(reach.to);
    }
}
