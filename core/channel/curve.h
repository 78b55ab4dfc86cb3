/* CURVE keys: as text (Z85, 40 characters for 32 bytes), and the file that the secret one is in. */
#ifndef BOXOFFICE_CORE_CHANNEL_CURVE_H
#define BOXOFFICE_CORE_CHANNEL_CURVE_H

#include <stdbool.h>

#include "core/base/rc.h"

enum { CURVE_KEY_SIZE = 40 + 1 };

struct curve_keys {
    char public_key[CURVE_KEY_SIZE], secret_key[CURVE_KEY_SIZE];
};

/* Is this a key's text: 40 characters that are 32 bytes in Z85? */
bool curve_key_valid(const char *text);

/*
 * Makes new keys and keeps the secret one in a new file of mode 0600; a missing directory for it is
 * made with mode 0700. The public one begins with no minus, so that a command takes it as a word.
 * RC_EXISTS when there is something at `path` already, RC_ENVIRONMENT with the reason. The caller
 * forgets the keys with curve_keys_forget.
 */
enum rc curve_keys_make(const char *path, struct curve_keys *keys, struct fault *why);

/*
 * Reads the keys of a file. RC_NOT_FOUND when it is missing; RC_ENVIRONMENT when it is not its
 * user's alone to read and write, when others may write its directory, or when it holds no key. No
 * fault repeats what is in it.
 */
enum rc curve_keys_read(const char *path, struct curve_keys *keys, struct fault *why);

/* Wipes them from memory. */
void curve_keys_forget(struct curve_keys *keys);

#endif
