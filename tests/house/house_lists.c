#include <stdlib.h>
#include <string.h>

#include "tests/house/house_check.h"
#include "tests/kit/kit.h"

/* A file name in a list stands between blanks or at a line's end. */
static bool has_entry(const char *text, const char *path)
{
    size_t size = strlen(path);

    for (const char *at = text; (at = strstr(at, path)) != NULL; at += size)
        if ((at == text || strchr(" \t\n", at[-1]) != NULL) && strchr(" \t\n", at[size]) != NULL)
            return true;
    return false;
}

void house_check_lists(const struct house_tree *tree, struct house_finds *finds)
{
    char **lists = NULL;
    size_t n = 0;

    for (size_t i = 0; i < tree->n_texts; i++) {
        char path[KIT_PATH];
        size_t size = strlen(tree->texts[i]);

        if (size > 3 && strcmp(tree->texts[i] + size - 3, ".am") == 0) {
            lists = house_grow(lists, n, sizeof *lists);
            lists[n++] = kit_read_file(kit_path(path, tree->root, tree->texts[i]), NULL);
        }
    }
    for (size_t i = 0; i < tree->n; i++) {
        bool listed = false;

        for (size_t j = 0; j < n; j++)
            listed = listed || has_entry(lists[j], tree->files[i].path);
        if (!listed)
            house_finds_add(finds, tree->files[i].path, 0, "is in no room.am");
    }
    for (size_t i = 0; i < n; i++)
        free(lists[i]);
    free(lists);
}
