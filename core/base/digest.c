#include "core/base/digest.h"

#include <stdlib.h>
#include <time.h>

#include <sodium.h>

_Static_assert(DIGEST_BYTES == crypto_hash_sha256_BYTES, "SHA-256 has 32 bytes");

enum { KEY_BYTES = 16, TIME_BYTES = 6 };

/* sodium_init may be called again, and from several threads. */
static void need_sodium(void)
{
    if (sodium_init() < 0)
        abort();
}

enum { LENGTH_BYTES = 8 };

static void put_length(unsigned char length[static LENGTH_BYTES], size_t size)
{
    for (size_t i = 0; i < LENGTH_BYTES; i++)
        length[i] = (unsigned char)((uint64_t)size >> (8 * (LENGTH_BYTES - 1 - i)));
}

void digest_hex(const struct digest_part *parts, size_t n, char hex[static DIGEST_HEX])
{
    crypto_hash_sha256_state state;
    unsigned char bytes[DIGEST_BYTES], length[LENGTH_BYTES];

    need_sodium();
    crypto_hash_sha256_init(&state);
    for (size_t i = 0; i < n; i++) {
        put_length(length, parts[i].size);
        crypto_hash_sha256_update(&state, length, sizeof length);
        if (parts[i].size > 0)
            crypto_hash_sha256_update(&state, parts[i].bytes, parts[i].size);
    }
    crypto_hash_sha256_final(&state, bytes);
    sodium_bin2hex(hex, DIGEST_HEX, bytes, sizeof bytes);
}

void digest_quick(const struct digest_part *parts, size_t n, char hex[static DIGEST_HEX])
{
    crypto_generichash_state state;
    unsigned char bytes[DIGEST_BYTES], length[LENGTH_BYTES];

    need_sodium();
    (void)crypto_generichash_init(&state, NULL, 0, sizeof bytes);
    for (size_t i = 0; i < n; i++) {
        put_length(length, parts[i].size);
        (void)crypto_generichash_update(&state, length, sizeof length);
        if (parts[i].size > 0)
            (void)crypto_generichash_update(&state, parts[i].bytes, parts[i].size);
    }
    (void)crypto_generichash_final(&state, bytes, sizeof bytes);
    sodium_bin2hex(hex, DIGEST_HEX, bytes, sizeof bytes);
}

void digest_random(void *bytes, size_t size)
{
    need_sodium();
    randombytes_buf(bytes, size);
}

void digest_key(char *key, size_t size)
{
    unsigned char bytes[KEY_BYTES];

    if (size < 2 * sizeof bytes + 1)
        abort();
    digest_random(bytes, sizeof bytes);
    sodium_bin2hex(key, size, bytes, sizeof bytes);
}

void digest_key_in_time(char *key, size_t size)
{
    unsigned char bytes[TIME_BYTES];
    struct timespec now;
    uint64_t ms;

    if (size < 2 * sizeof bytes + 1)
        abort();
    clock_gettime(CLOCK_REALTIME, &now);
    ms = (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(ms >> (8 * (sizeof bytes - 1 - i)));
    sodium_bin2hex(key, size, bytes, sizeof bytes);
    digest_key(key + 2 * sizeof bytes, size - 2 * sizeof bytes);
}
