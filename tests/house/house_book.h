/*
 * The law of the house as rooms.txt writes it.
 */
#ifndef BOXOFFICE_TESTS_HOUSE_HOUSE_BOOK_H
#define BOXOFFICE_TESTS_HOUSE_HOUSE_BOOK_H

#include <stdbool.h>
#include <stddef.h>

enum { HOUSE_PATHS = 8 };

enum house_law {
    HOUSE_ROOM,
    HOUSE_APART,
    HOUSE_DENY,
    HOUSE_GATE,
    HOUSE_LIMIT,
    HOUSE_FORBID,
    HOUSE_WORD,
    HOUSE_GLOBAL,
};

/* One line of the book: the law, its name, the paths it speaks of and those it excepts. */
struct house_rule {
    enum house_law law;
    const char *name;
    const char *paths[HOUSE_PATHS];
    const char *but[HOUSE_PATHS];
    size_t n_paths, n_but;
};

struct house_book {
    char *text; /* what the rules point into */
    struct house_rule *rules;
    size_t n;
};

/*
 * Reads the book at `path`. Returns false, with one line on stderr, when a line is not understood.
 * Free it with house_book_fini whatever is returned.
 */
bool house_book_read(struct house_book *book, const char *path);

/* Frees what house_book_read made. */
void house_book_fini(struct house_book *book);

/* The room that a path belongs to, counted from 0 at the bottom; -1 when it lies in none. */
int house_book_room(const struct house_book *book, const char *path);

/* The name of room `index`. */
const char *house_book_room_name(const struct house_book *book, int index);

/* The number of "limit NAME"; 0, no limit, when the book has none. */
size_t house_book_limit(const struct house_book *book, const char *name);

/* How many lines the file at `path` may have: by the first "limit PREFIX" with a slash that fits,
 * else by "limit OTHERWISE"; 0, no limit, when the book has none. */
size_t house_book_length(const struct house_book *book, const char *path, const char *otherwise);

/* True when the rule speaks of `path` and does not except it. "." speaks of every path. */
bool house_book_covers(const struct house_rule *rule, const char *path);

#endif
