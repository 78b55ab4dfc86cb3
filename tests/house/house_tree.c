#include <fts.h>
#include <stdlib.h>
#include <string.h>

#include "tests/house/house_check.h"
#include "tests/house/house_decl.h"

static bool ends(const char *path, const char *ending)
{
    size_t n = strlen(path), m = strlen(ending);

    return n >= m && strcmp(path + n - m, ending) == 0;
}

static int by_path(const void *a, const void *b)
{
    const struct house_file *x = a;
    const struct house_file *y = b;

    return strcmp(x->path, y->path);
}

static void take(struct house_tree *tree, const char *path)
{
    static const char *const others[] = {".am", ".ac", ".md", ".sh",   ".txt", ".sql",
                                         ".1",  ".5",  ".7",  ".bash", "/run", ".conf"};

    if (ends(path, ".c") || ends(path, ".h")) {
        tree->files = house_grow(tree->files, tree->n, sizeof *tree->files);
        house_file_read(&tree->files[tree->n], tree->root, path);
        house_decl_read(&tree->files[tree->n++]);
        return;
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (ends(path, others[i])) {
            tree->texts = house_grow(tree->texts, tree->n_texts, sizeof *tree->texts);
            tree->texts[tree->n_texts++] = strdup(path);
            return;
        }
    }
}

/* Directories of the root that are the house; a build in the tree is not. */
static bool is_house(const char *path)
{
    static const char *const tops[] = {"core", "db", "tui", "tests", "man", "migrations", ".ci"};
    size_t size = strcspn(path, "/");

    for (size_t i = 0; i < sizeof tops / sizeof *tops; i++)
        if (strlen(tops[i]) == size && strncmp(path, tops[i], size) == 0)
            return true;
    return false;
}

void house_tree_read(struct house_tree *tree, const char *root)
{
    *tree = (struct house_tree){.root = strdup(root)};
    char *const roots[] = {tree->root, NULL};
    FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);

    if (walk == NULL)
        exit(99);
    for (FTSENT *entry; (entry = fts_read(walk)) != NULL;) {
        const char *path = entry->fts_path + strlen(root);

        path += *path == '/';
        if (entry->fts_info == FTS_D && entry->fts_level == 1 && !is_house(path))
            fts_set(walk, entry, FTS_SKIP);
        else if (entry->fts_info == FTS_F)
            take(tree, path);
    }
    fts_close(walk);
    if (tree->n > 0)
        qsort(tree->files, tree->n, sizeof *tree->files, by_path);
}

void house_tree_fini(struct house_tree *tree)
{
    for (size_t i = 0; i < tree->n; i++)
        house_file_fini(&tree->files[i]);
    for (size_t i = 0; i < tree->n_texts; i++)
        free(tree->texts[i]);
    free(tree->files);
    free(tree->texts);
    free(tree->root);
}

const struct house_file *house_tree_find(const struct house_tree *tree, const char *path)
{
    struct house_file wanted = {.path = (char *)(size_t)path};

    return tree->n == 0 ? NULL
                        : bsearch(&wanted, tree->files, tree->n, sizeof *tree->files, by_path);
}

bool house_is_test(const char *path)
{
    return strncmp(path, "tests/", 6) == 0;
}
