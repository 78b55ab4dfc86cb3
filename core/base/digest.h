/* Digests in hex and random bits (libsodium). */
#ifndef BOXOFFICE_CORE_BASE_DIGEST_H
#define BOXOFFICE_CORE_BASE_DIGEST_H

#include <stddef.h>
#include <stdint.h>

enum { DIGEST_BYTES = 32, DIGEST_HEX = 64 + 1 };

/* A run of bytes to be hashed; borrowed. */
struct digest_part {
    const void *bytes;
    size_t size;
};

/* Hashes the parts with SHA-256, each preceded by its length (64 bits, big endian), and writes hex.
 */
void digest_hex(const struct digest_part *parts, size_t n, char hex[static DIGEST_HEX]);

/*
 * The same with BLAKE2b of 256 bits, which takes a tenth of the time: for what is only compared
 * within one house and never printed.
 */
void digest_quick(const struct digest_part *parts, size_t n, char hex[static DIGEST_HEX]);

/* Fills `bytes` with random bits from the system. Aborts when there are none. */
void digest_random(void *bytes, size_t size);

/* A new random key of 128 bits as 32 hex digits. `key` holds at least 33 bytes. */
void digest_key(char *key, size_t size);

/*
 * The same behind 12 digits that tell when it was made: later keys sort behind earlier ones, so
 * that their rows come to lie side by side. For what is kept by the thousands; at least 45 bytes.
 */
void digest_key_in_time(char *key, size_t size);

#endif
