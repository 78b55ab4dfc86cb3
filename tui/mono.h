/* The clock that never steps: for waiting, never for facts. */
#ifndef BOXOFFICE_TUI_MONO_H
#define BOXOFFICE_TUI_MONO_H

#include <stdint.h>

/* CLOCK_MONOTONIC in milliseconds. */
int64_t mono_ms(void);

#endif
