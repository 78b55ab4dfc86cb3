/*
 * The checks of the house: each law over a tree of sources, every breach a finding.
 */
#ifndef BOXOFFICE_TESTS_HOUSE_HOUSE_CHECK_H
#define BOXOFFICE_TESTS_HOUSE_HOUSE_CHECK_H

#include "tests/house/house_book.h"
#include "tests/house/house_file.h"
#include "tests/house/house_finds.h"

/* The C files below a root's core, db, tui and tests, by path, and its other texts' paths. */
struct house_tree {
    char *root;
    struct house_file *files;
    size_t n;
    char **texts;
    size_t n_texts;
};

/* Reads the tree below `root`. Free it with house_tree_fini. */
void house_tree_read(struct house_tree *tree, const char *root);

/* Frees what house_tree_read made. */
void house_tree_fini(struct house_tree *tree);

/* The file of that path; NULL when there is none. */
const struct house_file *house_tree_find(const struct house_tree *tree, const char *path);

/* True for a path among the tests, which stand beside the house. */
bool house_is_test(const char *path);

/* Rooms: upward includes, denied and apart ones, gates, includes of nothing, files in no room. */
void house_check_rooms(const struct house_tree *tree, const struct house_book *book,
                       struct house_finds *finds);

/* Circles of includes among units (a header and its source) and among headers alone. */
void house_check_circles(const struct house_tree *tree, const struct house_book *book,
                         struct house_finds *finds);

/* Shape: lengths, stems, own header first, prototypes explained, data that changes. */
void house_check_shape(const struct house_tree *tree, const struct house_book *book,
                       struct house_finds *finds);

/* Lists: files that no room.am names, which would be missing from a distribution. */
void house_check_lists(const struct house_tree *tree, struct house_finds *finds);

/* Words: calls and words that are forbidden, SQL made by formatting, paths of one machine. */
void house_check_words(const struct house_tree *tree, const struct house_book *book,
                       struct house_finds *finds);

#endif
