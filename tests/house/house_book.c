#include "tests/house/house_book.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/house/house_file.h"
#include "tests/kit/kit.h"

/* Each law's name, and the fewest words that may follow it. */
static const struct {
    const char *name;
    size_t words_least;
} laws[] = {
    [HOUSE_ROOM] = {"room", 2}, [HOUSE_APART] = {"apart", 2},   [HOUSE_DENY] = {"deny", 2},
    [HOUSE_GATE] = {"gate", 1}, [HOUSE_LIMIT] = {"limit", 2},   [HOUSE_FORBID] = {"forbid", 2},
    [HOUSE_WORD] = {"word", 2}, [HOUSE_GLOBAL] = {"global", 1},
};

static bool find_law(const char *word, enum house_law *law)
{
    for (size_t i = 0; i < sizeof laws / sizeof *laws; i++) {
        if (strcmp(word, laws[i].name) == 0) {
            *law = (enum house_law)i;
            return true;
        }
    }
    return false;
}

/* Reads one line, which it cuts into words. Empty lines and comments make no rule. */
static bool read_line(struct house_book *book, char *line)
{
    struct house_rule rule = {0};
    size_t n = 0;
    bool but = false;

    line[strcspn(line, "#")] = '\0';
    for (char *word; (word = strsep(&line, " \t")) != NULL;) {
        if (*word == '\0')
            continue;
        if (n++ == 0) {
            if (!find_law(word, &rule.law))
                return false;
        } else if (n == 2 && rule.law != HOUSE_GLOBAL) {
            rule.name = word;
        } else if (strcmp(word, "but") == 0) {
            but = true;
        } else if (but && rule.n_but < HOUSE_PATHS) {
            rule.but[rule.n_but++] = word;
        } else if (!but && rule.n_paths < HOUSE_PATHS) {
            rule.paths[rule.n_paths++] = word;
        } else {
            return false;
        }
    }
    if (n == 0)
        return true;
    if (n - 1 < laws[rule.law].words_least)
        return false;
    book->rules = house_grow(book->rules, book->n, sizeof *book->rules);
    book->rules[book->n++] = rule;
    return true;
}

bool house_book_read(struct house_book *book, const char *path)
{
    *book = (struct house_book){.text = kit_read_file(path, NULL)};
    size_t number = 0;

    for (char *rest = book->text, *line; (line = strsep(&rest, "\n")) != NULL;) {
        number++;
        if (!read_line(book, line)) {
            fprintf(stderr, "%s:%zu: not understood\n", path, number);
            return false;
        }
    }
    return true;
}

void house_book_fini(struct house_book *book)
{
    free(book->rules);
    free(book->text);
    *book = (struct house_book){0};
}

static bool begins(const char *path, const char *prefix)
{
    return strcmp(prefix, ".") == 0 || strncmp(path, prefix, strlen(prefix)) == 0;
}

int house_book_room(const struct house_book *book, const char *path)
{
    int index = 0, found = -1;
    size_t longest = 0;

    for (size_t i = 0; i < book->n; i++) {
        const struct house_rule *rule = &book->rules[i];

        if (rule->law != HOUSE_ROOM)
            continue;
        if (begins(path, rule->paths[0]) && strlen(rule->paths[0]) > longest) {
            longest = strlen(rule->paths[0]);
            found = index;
        }
        index++;
    }
    return found;
}

const char *house_book_room_name(const struct house_book *book, int index)
{
    for (size_t i = 0; i < book->n; i++)
        if (book->rules[i].law == HOUSE_ROOM && index-- == 0)
            return book->rules[i].name;
    return "none";
}

size_t house_book_limit(const struct house_book *book, const char *name)
{
    for (size_t i = 0; i < book->n; i++)
        if (book->rules[i].law == HOUSE_LIMIT && strcmp(book->rules[i].name, name) == 0)
            return (size_t)strtoumax(book->rules[i].paths[0], NULL, 10);
    return 0;
}

size_t house_book_length(const struct house_book *book, const char *path, const char *otherwise)
{
    for (size_t i = 0; i < book->n; i++) {
        const struct house_rule *rule = &book->rules[i];
        if (rule->law == HOUSE_LIMIT && strchr(rule->name, '/') && begins(path, rule->name))
            return (size_t)strtoumax(rule->paths[0], NULL, 10);
    }
    return house_book_limit(book, otherwise);
}

bool house_book_covers(const struct house_rule *rule, const char *path)
{
    bool covered = false;

    for (size_t i = 0; i < rule->n_paths; i++)
        covered = covered || begins(path, rule->paths[i]);
    for (size_t i = 0; i < rule->n_but; i++)
        covered = covered && !begins(path, rule->but[i]);
    return covered;
}
