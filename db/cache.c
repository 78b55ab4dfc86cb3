#include "db/cache.h"

#include <stdint.h>
#include <stdlib.h>

enum { CACHE_FIRST = 128 };

/* The entry of a key: its own or the empty one where it belongs. */
static struct cache_entry *cache_slot(const struct cache *cache, const void *key)
{
    const size_t mask = cache->size - 1;
    size_t i = (size_t)(((uintptr_t)key * UINT64_C(0x9e3779b97f4a7c15)) >> 32) & mask;

    while (cache->entries[i].key && cache->entries[i].key != key)
        i = (i + 1) & mask;
    return &cache->entries[i];
}

/* Keeps it at most half full, so that a search ends soon. */
static bool cache_grow(struct cache *cache)
{
    struct cache grown = {.size = cache->size == 0 ? CACHE_FIRST : cache->size * 2,
                          .used = cache->used};

    if (cache->used * 2 < cache->size)
        return true;
    grown.entries = calloc(grown.size, sizeof *grown.entries);
    if (!grown.entries)
        return false;
    for (size_t i = 0; i < cache->size; i++)
        if (cache->entries[i].key)
            *cache_slot(&grown, cache->entries[i].key) = cache->entries[i];
    free(cache->entries);
    *cache = grown;
    return true;
}

void cache_fini(struct cache *cache)
{
    free(cache->entries);
    *cache = (struct cache){.size = 0};
}

void *cache_find(const struct cache *cache, const void *key)
{
    return cache->size == 0 ? NULL : cache_slot(cache, key)->value;
}

bool cache_put(struct cache *cache, const void *key, void *value)
{
    if (!cache_grow(cache))
        return false;
    *cache_slot(cache, key) = (struct cache_entry){key, value};
    cache->used++;
    return true;
}
