/* What the desk asks is written once for every engine: words that only one of them takes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <glob.h>

#include "tests/kit/kit.h"

/* Neither is SQL of PostgreSQL. A plus before a column is: before a number, not before a text. */
static const char *const foreign[] = {
    "INSERT OR ", "REPLACE INTO", "rowid",    "strftime(",  "datetime(", "julianday(",
    "ifnull(",    "IFNULL(",      " GLOB ",   "total(",     "+owner",    "+state",
    "+code",      "+name",        "?1",       "INDEXED BY", " MATCH ",   "group_concat(",
    "AUTOINC",    "json_",        "printf('", "iif(",       " == ",
};

/* Copies what stands between quotes on a line into `text`, or nothing. */
static void quoted(const char *line, size_t n, char *text)
{
    bool in = false;

    for (size_t i = 0; i < n; i++) {
        if (line[i] == '"' && (i == 0 || line[i - 1] != '\\'))
            in = !in;
        else if (in)
            *text++ = line[i];
    }
    *text = '\0';
}

/* A sum of whole numbers has another type there: it is cast, which opens before it. */
static bool sum_without_cast(const char *text)
{
    const char *sum = strstr(text, "sum(");

    if (sum == NULL)
        sum = strstr(text, "SUM(");
    return sum != NULL && (sum - text < 5 || strncmp(sum - 5, "CAST(", 5) != 0) &&
           strstr(text, "HAVING") == NULL;
}

static int look_at(const char *path)
{
    char *source = kit_read_file(path, NULL);
    char *text = malloc(strlen(source) + 1);
    int found = 0;

    assert_non_null(text);
    for (const char *line = source; *line != '\0';) {
        size_t n = strcspn(line, "\n");

        quoted(line, n, text);
        for (size_t i = 0; i < sizeof foreign / sizeof foreign[0]; i++) {
            if (strstr(text, foreign[i]) == NULL || line[0] == '#')
                continue;
            print_error("%s: %s in \"%s\"\n", path, foreign[i], text);
            found++;
        }
        if (sum_without_cast(text)) {
            print_error("%s: a sum without its cast in \"%s\"\n", path, text);
            found++;
        }
        line += n + (line[n] == '\n');
    }
    free(text);
    free(source);
    return found;
}

static void sql__of_the_desk__is_for_both_engines(void **state)
{
    glob_t files;
    int found = 0;

    (void)state;
    assert_int_equal(glob(TOP_SRCDIR "/core/desk/*.[ch]", 0, NULL, &files), 0);
    assert_true(files.gl_pathc > 40);
    for (size_t i = 0; i < files.gl_pathc; i++)
        found += look_at(files.gl_pathv[i]);
    globfree(&files);
    assert_int_equal(found, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(sql__of_the_desk__is_for_both_engines)};

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
