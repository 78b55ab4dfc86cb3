/* Seat labels as staff read them: runs joined, "G9-10, H3". */
#ifndef BOXOFFICE_TUI_SEAT_NAMES_H
#define BOXOFFICE_TUI_SEAT_NAMES_H

#include <stdbool.h>
#include <stddef.h>

/* Joins `n` labels, the first at `first` and each next one `stride` bytes on. Cut when `size` is
 * short. Returns buffer. */
char *seat_names_join(const char *first, size_t stride, int n, char *buffer, size_t size);

#endif
