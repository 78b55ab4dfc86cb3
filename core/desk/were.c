#include "core/desk/were.h"

#include <string.h>

void were_add(char were[static WERE_SIZE], const char *label)
{
    size_t used = strlen(were);
    size_t length = strlen(label);

    if (used + length + 2 > WERE_SIZE)
        return;
    if (used > 0)
        were[used++] = ' ';
    memcpy(were + used, label, length + 1);
}
