#include "tests/house/house_decl.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Where a declaration's head ends: before its initialiser or its body. */
static size_t head_size(const char *text, size_t size)
{
    size_t n = strcspn(text, "={;");

    return n < size ? n : size;
}

static bool head_has(const char *head, const char *word)
{
    return house_find_word(head, word) != NULL;
}

/* The name before the first parenthesis that is not an attribute's; NULL when there is none. */
static char *called_name(const char *head)
{
    for (const char *at = head; (at = strchr(at, '(')) != NULL; at++) {
        const char *end = at;

        while (end > head && isspace((unsigned char)end[-1]))
            end--;
        const char *begin = end;
        while (begin > head && house_is_name(begin[-1]))
            begin--;
        if (end == begin || at[1] == '*')
            return NULL;
        char *name = strndup(begin, (size_t)(end - begin));
        if (strncmp(name, "__attribute", 11) != 0)
            return name;
        free(name);
        at = strstr(at, "))");
        if (at == NULL)
            return NULL;
    }
    return NULL;
}

/* The last name in a head without brackets: what data is called. */
static char *data_name(const char *head)
{
    size_t end = strcspn(head, "[:");

    while (end > 0 && !house_is_name(head[end - 1]))
        end--;
    size_t begin = end;
    while (begin > 0 && house_is_name(head[begin - 1]))
        begin--;
    return strndup(head + begin, end - begin);
}

static size_t count_words(const char *head)
{
    size_t n = 0;

    for (const char *at = head; *at != '\0'; at++)
        n += house_is_name(*at) && !house_is_name(at[1]);
    return n;
}

/* Const where it counts: what lies behind the last star, or all of it when there is no star. */
static bool is_const(const char *head)
{
    const char *star = strrchr(head, '*');

    return head_has(star != NULL ? star : head, "const");
}

static void add(struct house_file *file, enum house_kind kind, char *name, const char *head,
                const char *begin, const char *end)
{
    file->decls = house_grow(file->decls, file->n_decls, sizeof *file->decls);
    file->decls[file->n_decls++] = (struct house_decl){
        .kind = kind,
        .name = name,
        .first = house_file_line(file, (size_t)(begin - file->code)),
        .last = house_file_line(file, (size_t)(end - file->code)),
        .is_const = is_const(head),
    };
}

/*
 * Data, as far as a head tells. "struct x" by itself declares a type, and "check_test sound;" a
 * function, since types with names of their own are functions' (or money) in this house.
 */
static bool is_data(const char *head, bool initialised)
{
    static const char *const plain[] = {"int",     "char",     "long",     "unsigned", "bool",
                                        "int64_t", "uint64_t", "volatile", "money",    "size_t"};
    bool type = head_has(head, "struct") || head_has(head, "union") || head_has(head, "enum");
    bool known = initialised || (type && count_words(head) > 2);

    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        known = known || head_has(head, plain[i]);
    return known && !head_has(head, "extern") && count_words(head) > 1;
}

/* Sorts out one statement outside of functions, from its first character to its last. */
static void classify(struct house_file *file, const char *begin, const char *end, bool body)
{
    size_t size = head_size(begin, (size_t)(end - begin));
    char *head = strndup(begin, size);
    bool type = begin[size] == '{' && !body;

    if (!head_has(head, "typedef") && !head_has(head, "_Static_assert") &&
        !head_has(head, "static_assert")) {
        char *name = called_name(head);

        if (name != NULL)
            add(file, body ? HOUSE_FUNCTION : HOUSE_PROTOTYPE, name, head, begin, end);
        else if (!type && is_data(head, begin[size] == '='))
            add(file, HOUSE_DATA, data_name(head), head, begin, end);
    }
    free(head);
}

/* COMMANDS(COMMAND_DECLARE) on a line of its own: a macro that makes declarations of its own. */
static bool is_macro_line(const char *begin, const char *end)
{
    size_t n = strspn(begin, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789");

    return n > 0 && begin[n] == '(' && *end == ')' && end[1] == '\n';
}

void house_decl_read(struct house_file *file)
{
    const char *begin = NULL;
    bool body = false;
    int depth = 0;

    for (const char *at = file->code; *at != '\0'; at++) {
        if (begin == NULL && !isspace((unsigned char)*at) && *at != ';')
            begin = at;
        if (begin == NULL)
            continue;
        if (depth == 0 && is_macro_line(begin, at)) {
            begin = NULL;
            continue;
        }
        if (*at == '{' && depth++ == 0) {
            /* A body follows a closing parenthesis; a type's or an initialiser's brace does not. */
            size_t size = head_size(begin, (size_t)(at - begin));

            body = begin + size == at && memchr(begin, '(', size) != NULL;
        } else if (*at == '}' && --depth == 0 && body) {
            classify(file, begin, at, true);
            begin = NULL;
            body = false;
        } else if (*at == ';' && depth == 0) {
            classify(file, begin, at, false);
            begin = NULL;
        }
    }
}
