/*
 * What a check of the house found: one line a finding, in the form of a compiler's message.
 */
#ifndef BOXOFFICE_TESTS_HOUSE_HOUSE_FINDS_H
#define BOXOFFICE_TESTS_HOUSE_HOUSE_FINDS_H

#include <stdbool.h>
#include <stddef.h>

struct house_finds {
    char **lines;
    size_t n;
};

/* Adds "path:line: text"; the line number is left out when it is 0. */
void house_finds_add(struct house_finds *finds, const char *path, size_t line, const char *format,
                     ...) __attribute__((format(printf, 4, 5)));

/* True when some finding contains `text`. */
bool house_finds_has(const struct house_finds *finds, const char *text);

/* Prints every finding on stderr. */
void house_finds_print(const struct house_finds *finds);

/* Frees the lines; the struct may be used again. */
void house_finds_fini(struct house_finds *finds);

#endif
