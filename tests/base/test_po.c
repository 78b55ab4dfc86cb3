/* What a translator must keep: the bars between the heads of a table, the words that a setting may
 * be, the options of a help. Both are texts that the program cuts, or that people type. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { TEXT = 4096, OPTION_CELLS = 27 };

/* An entry on its way in: what is read goes to the end of `at`. */
struct entry {
    char id[TEXT], told[TEXT];
    char *at;
};

static size_t bars(const char *text)
{
    size_t n = 0;

    for (; (text = strchr(text, '|')) != NULL; text++)
        n++;
    return n;
}

/* Does `told` keep what a program or a typist needs of `id`? */
static bool keeps(const char *id, const char *told)
{
    const char *end = strstr(id, ": ");

    if (bars(id) != bars(told))
        return false;
    if (strchr(id, '|') && end && strcspn(id, " ") >= (size_t)(end - id)) /* "map|runs: ..." */
        return strncmp(id, told, (size_t)(end - id) + 2) == 0;
    if (strncmp(id, "      --", 8) == 0 || strncmp(id, "  -", 3) == 0)
        return strncmp(id, told, OPTION_CELLS) == 0;
    return true;
}

/* Appends what stands in quotes in a line of the file; escapes stay as they are. */
static void append(struct entry *entry, const char *line)
{
    const char *from = strchr(line, '"'), *to = strrchr(line, '"');

    assert_non_null(entry->at);
    assert_true(from && to > from);
    assert_true(strlen(entry->at) + (size_t)(to - from) < TEXT);
    strncat(entry->at, from + 1, (size_t)(to - from) - 1);
}

static void judge(const char *path, struct entry *entry)
{
    if (entry->told[0] && entry->id[0] && !keeps(entry->id, entry->told))
        fail_msg("%s: \"%s\" is \"%s\"", path, entry->id, entry->told);
    entry->told[0] = '\0';
}

/* Reads all entries; returns how many are translated. */
static int read_all(const char *path)
{
    static struct entry entry;
    static char line[TEXT];
    FILE *file = fopen(path, "re");
    int n = 0;

    assert_non_null(file);
    memset(&entry, 0, sizeof entry);
    while (fgets(line, sizeof line, file)) {
        if (strncmp(line, "msgid ", 6) == 0 || strncmp(line, "msgstr", 6) == 0)
            judge(path, &entry);
        if (strncmp(line, "msgid", 5) == 0) { /* the plural is told like the singular */
            entry.at = entry.id;
            entry.id[0] = '\0';
        } else if (strncmp(line, "msgstr", 6) == 0) {
            entry.at = entry.told;
        }
        if (strchr(line, '"') && line[0] != '#') {
            append(&entry, line);
            n += entry.at == entry.told && line[0] == 'm' && entry.told[0];
        }
    }
    judge(path, &entry);
    fclose(file);
    return n;
}

static void catalogue__each_language__keeps_what_is_no_word(void **state)
{
    (void)state;
    assert_true(read_all(TOP_SRCDIR "/tui/po/de.po") > 0);
    assert_true(read_all(TOP_SRCDIR "/tui/po/fr.po") > 0);
}

static void judge__what_is_not_kept__is_seen(void **state)
{
    (void)state;
    assert_true(keeps("Id|Name", "Nr.|Name"));
    assert_false(keeps("Id|Name", "Nr. Name"));
    assert_true(keeps("map|runs: the hall", "map|runs: der Saal"));
    assert_false(keeps("map|runs: the hall", "karte|runs: der Saal"));
    assert_true(keeps("  -h, --help               this text", "  -h, --help               dies"));
    assert_false(keeps("  -h, --help               this text", "  -h, --hilfe              dies"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(judge__what_is_not_kept__is_seen),
        cmocka_unit_test(catalogue__each_language__keeps_what_is_no_word),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
