#include "core/rules/scan.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { BASE = 36 };

static const char characters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/* The place of a character, -1 for others. */
static int value_of(char c)
{
    const char *at = c != '\0' ? strchr(characters, c) : NULL;

    return at != NULL ? (int)(at - characters) : -1;
}

/* ISO 7064 MOD 37,36 over `n` characters that are all known. */
static char check_of(const char *text, size_t n)
{
    int p = BASE;

    for (size_t i = 0; i < n; i++) {
        p = (p + value_of(text[i])) % BASE;
        p = (p == 0 ? BASE : p) * 2 % (BASE + 1);
    }
    return characters[(BASE + 1 - p) % BASE];
}

static bool is_code(const char *code)
{
    for (size_t i = 0; i < SCAN_CODE; i++)
        if (value_of(code[i]) < 0)
            return false;
    return code[SCAN_CODE] == '\0';
}

bool scan_make(int64_t serial, const char *code, char text[static SCAN_SIZE])
{
    char plain[SCAN_SIZE];
    int n =
        snprintf(plain, sizeof plain, "%0*" PRId64 "%.*s", SCAN_DIGITS, serial, SCAN_CODE, code);

    text[0] = '\0';
    if (serial < 0 || n != SCAN_DIGITS + SCAN_CODE || !is_code(code))
        return false;
    text[0] = SCAN_PREFIX;
    memcpy(text + 1, plain, (size_t)n);
    text[n + 1] = check_of(plain, (size_t)n);
    text[n + 2] = '\0';
    return true;
}

bool scan_parse(const char *text, struct scan *scan)
{
    char plain[SCAN_LENGTH + 1];

    if (strlen(text) != SCAN_LENGTH || text[0] != SCAN_PREFIX)
        return false;
    for (size_t i = 1; i <= SCAN_LENGTH; i++)
        plain[i - 1] = (char)toupper((unsigned char)text[i]);
    for (size_t i = 0; i < SCAN_LENGTH - 1; i++)
        if (value_of(plain[i]) < 0 || (i < SCAN_DIGITS && !isdigit((unsigned char)plain[i])))
            return false;
    if (check_of(plain, SCAN_LENGTH - 2) != plain[SCAN_LENGTH - 2])
        return false;
    *scan = (struct scan){0};
    for (size_t i = 0; i < SCAN_DIGITS; i++)
        scan->serial = scan->serial * 10 + (plain[i] - '0');
    memcpy(scan->code, plain + SCAN_DIGITS, SCAN_CODE);
    return true;
}

void scan_begin(struct scan_reader *reader)
{
    reader->prefixed = false;
    reader->n = 0;
    reader->text[0] = '\0';
}

bool scan_waits(const struct scan_reader *reader)
{
    return reader->prefixed || reader->n > 0;
}

/* May `c` stand at place `at` of a ticket's text? */
static bool fits(size_t at, char c)
{
    if (at == 0)
        return c == SCAN_PREFIX;
    if (at <= SCAN_DIGITS)
        return isdigit((unsigned char)c);
    return value_of((char)toupper((unsigned char)c)) >= 0;
}

enum scan_step scan_take(struct scan_reader *reader, char c)
{
    struct scan scan;

    if (!scan_waits(reader) && reader->prefix != '\0' && c == reader->prefix) {
        reader->prefixed = true;
        return SCAN_MORE;
    }
    if (reader->n == SCAN_SIZE - 1 || (!reader->prefixed && !fits(reader->n, c)))
        return SCAN_NONE;
    reader->text[reader->n++] = c;
    reader->text[reader->n] = '\0';
    if (reader->n == SCAN_LENGTH && scan_parse(reader->text, &scan))
        return SCAN_WHOLE;
    return reader->n < SCAN_LENGTH || reader->prefixed ? SCAN_MORE : SCAN_NONE;
}

enum scan_step scan_enter(struct scan_reader *reader)
{
    return reader->prefixed && reader->n > 0 ? SCAN_WHOLE : SCAN_NONE;
}
