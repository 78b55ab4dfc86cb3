#include "core/base/grow.h"

#include <stdlib.h>
#include <string.h>

void *grow_list(void *list, size_t head, size_t size, size_t n, size_t *room)
{
    size_t wanted = 2 * *room + 16;
    size_t used = list != NULL ? head + *room * size : 0;
    char *more;

    if (list != NULL && n < *room)
        return list;
    more = realloc(list, head + wanted * size);
    if (more == NULL)
        return NULL;
    memset(more + used, 0, head + wanted * size - used);
    *room = wanted;
    return more;
}
