/* Customers of the demo, in the scripts that a counter meets. */
#ifndef BOXOFFICE_CORE_DESK_DEMO_NAMES_H
#define BOXOFFICE_CORE_DESK_DEMO_NAMES_H

#include <stdint.h>

struct demo_name {
    const char *name, *phone;
};

/* One of them, by any number. Static storage. */
const struct demo_name *demo_names_any(uint64_t number);

#endif
