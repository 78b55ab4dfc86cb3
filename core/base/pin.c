#include "core/base/pin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "core/base/words.h"

_Static_assert(PIN_HASH_SIZE == crypto_pwhash_STRBYTES, "libsodium's hashes have 128 bytes");

enum { SEASONED = 32 };

bool pin_formed(const char *pin)
{
    return strlen(pin) == PIN_DIGITS && strspn(pin, "0123456789") == PIN_DIGITS;
}

/* Does each digit follow the one before by the same small step (0, 1 or -1)? */
static bool guessed_first(const char *pin)
{
    int step = pin[1] - pin[0];

    if (step < -1 || step > 1)
        return false;
    for (int i = 2; i < PIN_DIGITS; i++)
        if (pin[i] - pin[i - 1] != step)
            return false;
    return true;
}

enum rc pin_check(const char *pin, struct fault *why)
{
    if (!pin_formed(pin))
        return fault_set(why, RC_BAD_INPUT, _("a PIN is six digits, no more and no fewer"));
    if (guessed_first(pin))
        return fault_set(why, RC_BAD_INPUT,
                         _("that PIN is the first that anybody would try: choose another"));
    return RC_OK;
}

/* What is hashed: the number and the PIN, keyed by the pepper. */
static void season(int32_t number, const char *pin, const struct pepper *pepper,
                   unsigned char out[SEASONED])
{
    char text[16 + PIN_SIZE];
    size_t n;

    (void)snprintf(text, sizeof text, "%d:%s", (int)number, pin);
    n = strlen(text);
    if (sodium_init() < 0)
        abort();
    (void)crypto_generichash(out, SEASONED, (const unsigned char *)text, n,
                             pepper ? pepper->bytes : NULL, pepper ? PEPPER_BYTES : 0);
    pin_wipe(text, sizeof text);
}

enum rc pin_hash(int32_t number, const char *pin, const struct pepper *pepper,
                 char hash[PIN_HASH_SIZE], struct fault *why)
{
    unsigned long long work =
        pepper ? crypto_pwhash_OPSLIMIT_INTERACTIVE : crypto_pwhash_OPSLIMIT_MIN;
    size_t memory = pepper ? crypto_pwhash_MEMLIMIT_INTERACTIVE : crypto_pwhash_MEMLIMIT_MIN;
    unsigned char seasoned[SEASONED];
    enum rc rc = RC_OK;

    if (!pin_formed(pin))
        return fault_set(why, RC_BAD_INPUT, _("a PIN is six digits, no more and no fewer"));
    season(number, pin, pepper, seasoned);
    memset(hash, 0, PIN_HASH_SIZE);
    if (crypto_pwhash_str(hash, (const char *)seasoned, sizeof seasoned, work, memory) != 0)
        rc = fault_set(why, RC_NO_MEMORY, _("out of memory for the PIN's hash"));
    pin_wipe(seasoned, sizeof seasoned);
    return rc;
}

bool pin_right(int32_t number, const char *pin, const struct pepper *pepper, const char *hash)
{
    unsigned char seasoned[SEASONED];

    if (!pin_formed(pin))
        return false;
    season(number, pin, pepper, seasoned);
    int differs = crypto_pwhash_str_verify(hash, (const char *)seasoned, sizeof seasoned);
    pin_wipe(seasoned, sizeof seasoned);
    return differs == 0;
}

void pin_wipe(void *bytes, size_t size)
{
    sodium_memzero(bytes, size);
}
