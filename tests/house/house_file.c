#include "tests/house/house_file.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/kit/kit.h"

void *house_grow(void *items, size_t n, size_t size)
{
    if (n > 0 && (n & (n - 1)) != 0)
        return items;
    void *grown = reallocarray(items, n == 0 ? 1 : 2 * n, size);
    if (grown == NULL)
        exit(99);
    return grown;
}

bool house_is_name(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

const char *house_find_word(const char *text, const char *word)
{
    size_t size = strlen(word);

    for (const char *at = text; (at = strstr(at, word)) != NULL; at += size)
        if ((at == text || !house_is_name(at[-1])) && !house_is_name(at[size]))
            return at;
    return NULL;
}

char *house_stem(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;

    return strndup(name, strcspn(name, "."));
}

static void blank(char *from, const char *to)
{
    for (; from < to; from++)
        if (*from != '\n')
            *from = ' ';
}

/* Past the end of the comment, string or character that begins at `at`; `at` when none does. */
static char *skip_quoted(char *at)
{
    if (at[0] == '/' && at[1] == '*') {
        char *end = strstr(at + 2, "*/");
        return end != NULL ? end + 2 : at + strlen(at);
    }
    if (at[0] == '/' && at[1] == '/')
        return at + strcspn(at, "\n");
    if (*at != '"' && *at != '\'')
        return at;
    char *end = at + 1;
    while (*end != '\0' && *end != *at)
        end += end[0] == '\\' && end[1] != '\0' ? 2 : 1;
    return *end != '\0' ? end + 1 : end;
}

/* Blanks comments in `text`, and what stands between quotes too when `strings` says so. */
static void blank_quoted(char *text, bool strings)
{
    for (char *at = text; *at != '\0';) {
        char *end = skip_quoted(at);

        if (end == at) {
            at++;
            continue;
        }
        if (*at == '/')
            blank(at, end);
        else if (strings && end - at > 2)
            blank(at + 1, end - 1);
        at = end;
    }
}

static void blank_directives(char *text)
{
    for (char *line = text; *line != '\0';) {
        char *end = line + strcspn(line, "\n");

        if (line[strspn(line, " \t")] == '#') {
            while (*end == '\n' && end > line && end[-1] == '\\')
                end += 1 + strcspn(end + 1, "\n");
            blank(line, end);
        }
        line = *end == '\n' ? end + 1 : end;
    }
}

size_t house_file_line(const struct house_file *file, size_t offset)
{
    size_t line = 1;

    for (size_t i = 0; i < offset && file->raw[i] != '\0'; i++)
        line += file->raw[i] == '\n';
    return line;
}

char *house_file_text(const struct house_file *file, size_t number)
{
    const char *at = file->raw;

    for (; number > 1 && *at != '\0'; number--) {
        at += strcspn(at, "\n");
        at += *at == '\n';
    }
    size_t size = number == 0 ? 0 : strcspn(at, "\n");
    while (size > 0 && isspace((unsigned char)*at)) {
        at++;
        size--;
    }
    while (size > 0 && isspace((unsigned char)at[size - 1]))
        size--;
    return strndup(at, size);
}

static void read_includes(struct house_file *file)
{
    for (const char *at = file->bare; (at = strstr(at, "include")) != NULL; at++) {
        const char *hash = at;
        const char *open = at + strlen("include");

        while (hash > file->bare && (hash[-1] == ' ' || hash[-1] == '\t'))
            hash--;
        open += strspn(open, " \t");
        if (hash == file->bare || hash[-1] != '#' || (*open != '"' && *open != '<'))
            continue;
        file->includes = house_grow(file->includes, file->n_includes, sizeof *file->includes);
        file->includes[file->n_includes++] = (struct house_include){
            .path = strndup(open + 1, strcspn(open + 1, "\">\n")),
            .line = house_file_line(file, (size_t)(at - file->bare)),
            .quoted = *open == '"',
        };
    }
}

void house_file_read(struct house_file *file, const char *root, const char *path)
{
    char whole[KIT_PATH * 2];

    if (snprintf(whole, sizeof whole, "%s/%s", root, path) >= (int)sizeof whole)
        exit(99);
    *file = (struct house_file){.path = strdup(path), .raw = kit_read_file(whole, NULL)};
    file->bare = strdup(file->raw);
    blank_quoted(file->bare, false);
    file->words = strdup(file->raw);
    blank_quoted(file->words, true);
    file->code = strdup(file->words);
    blank_directives(file->code);
    file->n_lines = house_file_line(file, strlen(file->raw)) - 1;
    read_includes(file);
}

void house_file_fini(struct house_file *file)
{
    for (size_t i = 0; i < file->n_includes; i++)
        free(file->includes[i].path);
    for (size_t i = 0; i < file->n_decls; i++)
        free(file->decls[i].name);
    free(file->includes);
    free(file->decls);
    free(file->path);
    free(file->raw);
    free(file->bare);
    free(file->words);
    free(file->code);
}
