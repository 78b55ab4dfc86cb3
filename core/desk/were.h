/* The labels of seats that a reservation had and gave back, parted by blanks: "B3 B4". */
#ifndef BOXOFFICE_CORE_DESK_WERE_H
#define BOXOFFICE_CORE_DESK_WERE_H

#include "core/base/ids.h"

/* A reservation never has more seats than one request takes, and none comes back to it. */
enum { WERE_SIZE = SEATS_MAX * LABEL_SIZE + 1 };

/* Adds a label to the text, which begins as "". One that does not fit whole is left out. */
void were_add(char were[static WERE_SIZE], const char *label);

#endif
