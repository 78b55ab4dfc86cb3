/*
 * Values found by an address, for the statements of a connection. Only db/ includes this.
 */
#ifndef BOXOFFICE_DB_CACHE_H
#define BOXOFFICE_DB_CACHE_H

#include <stdbool.h>
#include <stddef.h>

struct cache_entry {
    const void *key; /* NULL: empty */
    void *value;
};

/* Zeroed, it is empty. To visit all: the entries from 0 to size - 1 with a key. */
struct cache {
    struct cache_entry *entries;
    size_t size; /* 0 or a power of two */
    size_t used;
};

/* Ends it; the values are the caller's. It is empty then. */
void cache_fini(struct cache *cache);

/* The value put under `key`, borrowed; NULL when there is none. */
void *cache_find(const struct cache *cache, const void *key);

/* Puts a value under a key that is not there yet; false when out of memory. */
bool cache_put(struct cache *cache, const void *key, void *value);

#endif
