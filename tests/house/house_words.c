#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/house/house_check.h"
#include "tests/kit/kit.h"

/* Paths that exist on one machine only. In pieces, so that this file does not break the law. */
static const char *const machine_paths[] = {"/wor"
                                            "k/",
                                            "/tmp/br"
                                            "ief"};

static bool is_call(const struct house_file *file, const char *at, size_t size)
{
    const char *after = at + size;

    after += strspn(after, " ");
    bool member = at > file->words && (at[-1] == '.' || (at[-1] == '>' && at[-2] == '-'));
    return *after == '(' && !member;
}

static void check_rule(const struct house_rule *rule, const struct house_file *file,
                       struct house_finds *finds)
{
    for (const char *at = file->words; (at = house_find_word(at, rule->name)) != NULL; at++) {
        if (rule->law == HOUSE_FORBID && !is_call(file, at, strlen(rule->name)))
            continue;
        house_finds_add(finds, file->path, house_file_line(file, (size_t)(at - file->words)),
                        "%s%s is forbidden here", rule->name,
                        rule->law == HOUSE_FORBID ? "()" : "");
    }
}

static bool is_statement(const char *text)
{
    static const char *const verbs[] = {"SELECT ", "INSERT ", "UPDATE ", "DELETE "};

    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (strncmp(text, verbs[i], strlen(verbs[i])) == 0)
            return true;
    return false;
}

/* Where the string that opens at `at` closes. */
static const char *string_end(const char *at)
{
    for (at++; *at != '\0' && *at != '"';)
        at += at[0] == '\\' && at[1] != '\0' ? 2 : 1;
    return at;
}

static bool has_conversion(const char *from, const char *to)
{
    for (const char *at = from; at + 1 < to; at++)
        if (*at == '%' && at[1] != '\0' && strchr("sdiuxlzjPp.*0123456789", at[1]) != NULL)
            return true;
    return false;
}

/* A string that begins as a statement, with those that continue it, holds no conversion. */
static void check_sql(const struct house_file *file, struct house_finds *finds)
{
    bool statement = false;

    for (const char *at = file->bare; *at != '\0'; at++) {
        if (*at == '\'') { /* '"' opens no string */
            at += at[1] == '\\' ? 3 : 2;
            continue;
        }
        if (*at != '"') {
            statement = statement && isspace((unsigned char)*at);
            continue;
        }
        const char *end = string_end(at);
        statement = statement || is_statement(at + 1);
        if (statement && has_conversion(at, end))
            house_finds_add(finds, file->path, house_file_line(file, (size_t)(at - file->bare)),
                            "SQL made by formatting");
        if (*end == '\0')
            return;
        at = end;
    }
}

static void check_paths(const char *path, const char *text, struct house_finds *finds)
{
    for (size_t i = 0; i < sizeof machine_paths / sizeof *machine_paths; i++)
        if (strstr(text, machine_paths[i]) != NULL)
            house_finds_add(finds, path, 0, "names a path of one machine: %s", machine_paths[i]);
}

void house_check_words(const struct house_tree *tree, const struct house_book *book,
                       struct house_finds *finds)
{
    for (size_t i = 0; i < tree->n; i++) {
        const struct house_file *file = &tree->files[i];

        for (size_t j = 0; j < book->n; j++) {
            const struct house_rule *rule = &book->rules[j];

            if ((rule->law == HOUSE_FORBID || rule->law == HOUSE_WORD) &&
                house_book_covers(rule, file->path))
                check_rule(rule, file, finds);
        }
        if (!house_is_test(file->path))
            check_sql(file, finds);
        check_paths(file->path, file->raw, finds);
    }
    for (size_t i = 0; i < tree->n_texts; i++) {
        char whole[KIT_PATH * 2];

        if (snprintf(whole, sizeof whole, "%s/%s", tree->root, tree->texts[i]) >= (int)sizeof whole)
            exit(99);
        char *text = kit_read_file(whole, NULL);
        check_paths(tree->texts[i], text, finds);
        free(text);
    }
}
