#include <stdlib.h>
#include <string.h>

#include "tests/house/house_check.h"

static bool stem_begins(const char *path, const char *prefix)
{
    char *stem = house_stem(path);
    bool begins = strncmp(stem, prefix, strlen(prefix)) == 0;

    free(stem);
    return begins;
}

static bool same_stem(const char *a, const char *b)
{
    char *x = house_stem(a);
    char *y = house_stem(b);
    bool same = strcmp(x, y) == 0;

    free(x);
    free(y);
    return same;
}

/* "ncursesw/curses.h" passes the gate of curses.h. */
static bool is_header(const char *path, const char *header)
{
    size_t n = strlen(path), m = strlen(header);

    return n >= m && strcmp(path + n - m, header) == 0 && (n == m || path[n - m - 1] == '/');
}

static void check_gates(const struct house_book *book, const struct house_file *file,
                        const struct house_include *include, struct house_finds *finds)
{
    for (size_t i = 0; i < book->n; i++) {
        const struct house_rule *rule = &book->rules[i];

        if (rule->law == HOUSE_GATE && is_header(include->path, rule->name) &&
            !house_book_covers(rule, file->path))
            house_finds_add(finds, file->path, include->line, "includes %s past its gate",
                            include->path);
    }
}

static void check_neighbours(const struct house_book *book, const struct house_file *file,
                             const struct house_include *include, struct house_finds *finds)
{
    const char *room = house_book_room_name(book, house_book_room(book, file->path));
    bool same_room = house_book_room(book, file->path) == house_book_room(book, include->path);

    for (size_t i = 0; i < book->n; i++) {
        const struct house_rule *rule = &book->rules[i];

        if ((rule->law != HOUSE_DENY && rule->law != HOUSE_APART) || strcmp(rule->name, room) != 0)
            continue;
        if (rule->law == HOUSE_DENY && house_book_covers(rule, include->path))
            house_finds_add(finds, file->path, include->line, "%s must not see %s", room,
                            include->path);
        if (rule->law == HOUSE_APART && same_room && stem_begins(file->path, rule->paths[0]) &&
            stem_begins(include->path, rule->paths[0]) && !same_stem(file->path, include->path))
            house_finds_add(finds, file->path, include->line,
                            "%s must know nothing of another one: %s", room, include->path);
    }
}

static void check_include(const struct house_tree *tree, const struct house_book *book,
                          const struct house_file *file, const struct house_include *include,
                          struct house_finds *finds)
{
    int from = house_book_room(book, file->path);
    int to = house_book_room(book, include->path);

    if (!include->quoted)
        return;
    if (house_tree_find(tree, include->path) == NULL) {
        house_finds_add(finds, file->path, include->line, "no such file, counted from the root: %s",
                        include->path);
    } else if (!house_is_test(file->path)) {
        if (house_is_test(include->path))
            house_finds_add(finds, file->path, include->line, "the house includes a test: %s",
                            include->path);
        else if (to > from)
            house_finds_add(finds, file->path, include->line, "%s is above %s: %s",
                            house_book_room_name(book, to), house_book_room_name(book, from),
                            include->path);
        check_neighbours(book, file, include, finds);
    }
}

void house_check_rooms(const struct house_tree *tree, const struct house_book *book,
                       struct house_finds *finds)
{
    for (size_t i = 0; i < tree->n; i++) {
        const struct house_file *file = &tree->files[i];

        if (!house_is_test(file->path) && house_book_room(book, file->path) < 0)
            house_finds_add(finds, file->path, 0, "lies in no room");
        for (size_t j = 0; j < file->n_includes; j++) {
            check_include(tree, book, file, &file->includes[j], finds);
            if (!house_is_test(file->path) && house_tree_find(tree, file->includes[j].path) == NULL)
                check_gates(book, file, &file->includes[j], finds);
        }
    }
}
