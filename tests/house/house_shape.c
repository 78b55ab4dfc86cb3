#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "tests/house/house_check.h"

static bool is_header(const char *path)
{
    size_t n = strlen(path);

    return n > 2 && strcmp(path + n - 2, ".h") == 0;
}

static void check_lengths(const struct house_book *book, const struct house_file *file,
                          struct house_finds *finds)
{
    size_t file_limit =
        house_book_length(book, file->path, house_is_test(file->path) ? "test" : "file");
    size_t function_limit = house_book_limit(book, "function");

    if (file_limit > 0 && file->n_lines > file_limit)
        house_finds_add(finds, file->path, 0, "has %zu lines, over %zu", file->n_lines, file_limit);
    for (size_t i = 0; i < file->n_decls; i++) {
        const struct house_decl *decl = &file->decls[i];
        size_t lines = decl->last - decl->first + 1;

        if (decl->kind == HOUSE_FUNCTION && function_limit > 0 && lines > function_limit)
            house_finds_add(finds, file->path, decl->first, "%s() has %zu lines, over %zu",
                            decl->name, lines, function_limit);
    }
}

/* A header and its source pair in one directory; nothing else shares a stem. */
static void check_stems(const struct house_tree *tree, struct house_finds *finds)
{
    for (size_t i = 0; i < tree->n; i++) {
        const char *path = tree->files[i].path;
        char *stem = house_stem(path);

        for (size_t j = 0; j < i; j++) {
            const char *other = tree->files[j].path;
            char *other_stem = house_stem(other);

            if (strcmp(stem, other_stem) == 0 &&
                (strlen(path) != strlen(other) || strncmp(path, other, strlen(path) - 1) != 0)) {
                house_finds_add(finds, path, 0, "shares its stem with %s", other);
                j = i;
            }
            free(other_stem);
        }
        free(stem);
    }
}

static void check_own_header(const struct house_tree *tree, const struct house_file *file,
                             struct house_finds *finds)
{
    char *own = strdup(file->path);
    size_t n = strlen(own);

    if (!is_header(own)) {
        own[n - 1] = 'h';
        if (house_tree_find(tree, own) != NULL &&
            (file->n_includes == 0 || strcmp(file->includes[0].path, own) != 0))
            house_finds_add(finds, file->path, 0, "does not include its own header first");
    }
    free(own);
}

/* The line ends a comment. */
static bool ends_comment(const struct house_file *file, size_t line)
{
    char *text = house_file_text(file, line);
    size_t n = strlen(text);
    bool ends = (n >= 2 && strcmp(text + n - 2, "*/") == 0) || strncmp(text, "//", 2) == 0;

    free(text);
    return ends;
}

/* The lines around `line` without a blank one between begin with a comment. */
static bool in_explained_block(const struct house_file *file, size_t line)
{
    bool comment = false;

    for (bool blank = false; line > 0 && !blank; line--) {
        char *text = house_file_text(file, line);

        blank = *text == '\0';
        if (!blank)
            comment = strncmp(text, "/*", 2) == 0 || strncmp(text, "//", 2) == 0;
        free(text);
    }
    return comment;
}

/* A comment stands right above it, above its group, or above the one that it follows at once. */
static bool is_explained(const struct house_file *file, size_t index)
{
    size_t above = file->decls[index].first - 1;

    return ends_comment(file, above) || in_explained_block(file, above) ||
           (index > 0 && file->decls[index - 1].last == above && is_explained(file, index - 1));
}

static void check_explained(const struct house_file *file, struct house_finds *finds)
{
    for (size_t i = 0; is_header(file->path) && i < file->n_decls; i++) {
        const struct house_decl *decl = &file->decls[i];

        if (decl->kind != HOUSE_DATA && !is_explained(file, i))
            house_finds_add(finds, file->path, decl->first, "%s() is not explained", decl->name);
    }
}

static bool may_change(const struct house_book *book, const char *path)
{
    for (size_t i = 0; i < book->n; i++)
        if (book->rules[i].law == HOUSE_GLOBAL && house_book_covers(&book->rules[i], path))
            return true;
    return false;
}

/* A "static" in a function's body whose declaration is not const. */
static void check_static(const struct house_file *file, const struct house_decl *decl,
                         struct house_finds *finds)
{
    for (const char *at = file->code; (at = house_find_word(at, "static")) != NULL; at++) {
        size_t line = house_file_line(file, (size_t)(at - file->code));
        const char *before = at;

        while (before > file->code && isspace((unsigned char)before[-1]))
            before--;
        if (line <= decl->first || line > decl->last || (before > file->code && before[-1] == '['))
            continue;
        char *head = strndup(at, strcspn(at, "={;"));
        const char *star = strrchr(head, '*');
        if (house_find_word(star != NULL ? star : head, "const") == NULL)
            house_finds_add(finds, file->path, line, "%s() keeps data that changes", decl->name);
        free(head);
    }
}

static void check_globals(const struct house_book *book, const struct house_file *file,
                          struct house_finds *finds)
{
    if (house_is_test(file->path) || may_change(book, file->path))
        return;
    for (size_t i = 0; i < file->n_decls; i++) {
        const struct house_decl *decl = &file->decls[i];

        if (decl->kind == HOUSE_DATA && !decl->is_const)
            house_finds_add(finds, file->path, decl->first, "%s is a global that changes",
                            decl->name);
        if (decl->kind == HOUSE_FUNCTION)
            check_static(file, decl, finds);
    }
}

void house_check_shape(const struct house_tree *tree, const struct house_book *book,
                       struct house_finds *finds)
{
    check_stems(tree, finds);
    for (size_t i = 0; i < tree->n; i++) {
        const struct house_file *file = &tree->files[i];

        check_lengths(book, file, finds);
        check_own_header(tree, file, finds);
        check_explained(file, finds);
        check_globals(book, file, finds);
    }
}
