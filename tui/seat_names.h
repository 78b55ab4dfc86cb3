/* Seat labels as staff read them: runs joined, "G9-10, H3". */
#ifndef BOXOFFICE_TUI_SEAT_NAMES_H
#define BOXOFFICE_TUI_SEAT_NAMES_H

#include <stdbool.h>
#include <stddef.h>

/* Joins `n` labels, the first at `first` and each next one `stride` bytes on. Cut when `size` is
 * short. Returns buffer. */
char *seat_names_join(const char *first, size_t stride, int n, char *buffer, size_t size);

/* A label in at most `cells` cells: what is too much is left out of its block's name, "Ba…/C18",
 * since row and number tell seats apart; of one without a block, out of its beginning. Returns
 * buffer. */
char *seat_name_short(const char *label, int cells, char *buffer, size_t size);

#endif
