/* Lists on the heap that grow as they are read. */
#ifndef BOXOFFICE_CORE_BASE_GROW_H
#define BOXOFFICE_CORE_BASE_GROW_H

#include <stddef.h>

/*
 * Makes room for one row more in a list of `n` rows of `size` bytes behind `head` bytes of its own
 * (0: none). `list` may be NULL, `*room` is then 0. Returns the list, which may have moved and
 * whose new bytes are zero; NULL without memory: the old one is still the caller's.
 */
void *grow_list(void *list, size_t head, size_t size, size_t n, size_t *room);

#endif
