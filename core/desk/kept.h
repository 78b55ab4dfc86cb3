/* A reply as it is kept with its key. Most of it is zeros (seats that were not asked for, ends of
 * texts), and each byte less is a page less to split and to sync. */
#ifndef BOXOFFICE_CORE_DESK_KEPT_H
#define BOXOFFICE_CORE_DESK_KEPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The most bytes that `size` bytes can become. */
#define KEPT_MOST(size) ((size) + 2 * ((size) / 255 + 1))

/* Leaves the runs of zeros out. `packed` has room for KEPT_MOST(size) bytes; returns those used. */
size_t kept_pack(const void *bytes, size_t size, uint8_t *packed);

/* Puts them back: exactly `size` bytes. False, and `bytes` undefined, when they do not become so
 * many. */
bool kept_unpack(const void *packed, size_t n, void *bytes, size_t size);

#endif
