#include "db/library.h"

#include <link.h>
#include <string.h>

struct library_search {
    const char *stem;
    size_t found;
};

static int library_look(struct dl_phdr_info *info, size_t size, void *context)
{
    struct library_search *search = context;
    const char *slash = strrchr(info->dlpi_name, '/');
    const char *name = slash ? slash + 1 : info->dlpi_name;

    (void)size;
    search->found += strncmp(name, search->stem, strlen(search->stem)) == 0;
    return 0;
}

size_t library_count(const char *stem)
{
    struct library_search search = {.stem = stem};

    dl_iterate_phdr(library_look, &search);
    return search.found;
}
