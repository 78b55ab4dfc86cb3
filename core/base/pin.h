/*
 * PINs: six digits, kept as Argon2id hashes (libsodium) of the PIN and its owner's number under a
 * pepper, which lies outside the database. So neither a stolen database nor a hash that was put
 * into another person's row is worth anything.
 */
#ifndef BOXOFFICE_CORE_BASE_PIN_H
#define BOXOFFICE_CORE_BASE_PIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/pepper.h"
#include "core/base/rc.h"

enum { PIN_DIGITS = 6, PIN_SIZE = PIN_DIGITS + 1, PIN_HASH_SIZE = 128 };

/* Is it six ASCII digits, no more and no fewer? */
bool pin_formed(const char *pin);

/* May it be somebody's PIN? RC_BAD_INPUT: not six digits, or the first that anybody would guess
 * (one digit six times, six in a row). No fault repeats it. */
enum rc pin_check(const char *pin, struct fault *why);

/*
 * Hashes it: 60 ms of work and 64 MiB on purpose, so never inside a transaction and never on the
 * loop's thread. `pepper` NULL makes a cheap hash without one, for PINs that everybody may see.
 * RC_NO_MEMORY.
 */
enum rc pin_hash(int32_t number, const char *pin, const struct pepper *pepper,
                 char hash[PIN_HASH_SIZE], struct fault *why);

/* Is it the PIN that the hash was made of? The same work. */
bool pin_right(int32_t number, const char *pin, const struct pepper *pepper, const char *hash);

/* Overwrites a secret so that no compiler leaves it out. */
void pin_wipe(void *bytes, size_t size);

#endif
