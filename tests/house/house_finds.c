#include "tests/house/house_finds.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/house/house_file.h"

void house_finds_add(struct house_finds *finds, const char *path, size_t line, const char *format,
                     ...)
{
    char text[512];
    char *whole = NULL;
    va_list args;

    va_start(args, format);
    int n = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (n < 0)
        text[0] = '\0';
    if (line > 0)
        n = asprintf(&whole, "%s:%zu: %s", path, line, text);
    else
        n = asprintf(&whole, "%s: %s", path, text);
    if (n < 0)
        exit(99);
    finds->lines = house_grow(finds->lines, finds->n, sizeof *finds->lines);
    finds->lines[finds->n++] = whole;
}

bool house_finds_has(const struct house_finds *finds, const char *text)
{
    for (size_t i = 0; i < finds->n; i++)
        if (strstr(finds->lines[i], text) != NULL)
            return true;
    return false;
}

void house_finds_print(const struct house_finds *finds)
{
    for (size_t i = 0; i < finds->n; i++)
        fprintf(stderr, "%s\n", finds->lines[i]);
}

void house_finds_fini(struct house_finds *finds)
{
    for (size_t i = 0; i < finds->n; i++)
        free(finds->lines[i]);
    free(finds->lines);
    *finds = (struct house_finds){0};
}
