#include "tests/kit/longer.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/kit/kit.h"

enum { TEXT = 4096, MAGIC = (int32_t)0x950412DE, HEAD = 7 };

/* A text and its translation, either with its plural behind a NUL. */
struct pair {
    char *text[2];
    size_t size[2];
};

struct catalogue {
    struct pair *pairs;
    size_t n;
};

/* --- longer ---------------------------------------------------------------------------------- */

static bool letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* Bytes of the conversion at `at`, 0: there is none. */
static size_t conversion(const char *at)
{
    if (*at != '%')
        return 0;
    size_t n = 1 + strspn(at + 1, "-+ #0123456789.*hlzjt");
    return at[n] == '\0' ? n : n + 1;
}

/* Bytes at `at` that a program reads: a conversion, or of a layout a directive, a comment or what
 * stands in braces. */
static size_t kept(const char *text, const char *at)
{
    bool begins = at > text && at[-1] == '\n';

    if (*at == '{')
        return strcspn(at, "}");
    if ((begins && *at == '.') || (at == text && *at == '#'))
        return strcspn(at, "\n");
    return conversion(at);
}

/* Puts `n` marks into `out` at a place of it; what does not fit is left out. */
static void put_marks(char *out, size_t size, size_t at, size_t n, bool capitals)
{
    size_t rest = strlen(out + at) + 1;

    if (at + rest + 2 * n > size)
        return;
    memmove(out + at + 2 * n, out + at, rest);
    for (size_t i = 0; i < n; i++)
        memcpy(out + at + 2 * i, capitals ? "\xC3\x84" : "\xC3\xA4", 2);
}

char *longer_text(const char *text, char *out, size_t size)
{
    size_t cells = 0, marks = 0, behind = 0;

    (void)snprintf(out, size, "%s", text);
    for (size_t at = 0; out[at] != '\0';) {
        size_t n = kept(out, out + at), more;
        at += n;
        if (n > 0 || !letter(out[at])) {
            cells += n == 0 && (out[at] & 0xC0) != 0x80; /* the first byte of a character */
            at += n == 0;
            continue;
        }
        while (letter(out[at + n]))
            n++;
        more = n < 2 ? 0 : (4 * n + 9) / 10;
        put_marks(out, size, at + n / 2, more, capital(out[at + n / 2]));
        cells += n;
        marks += more;
        at += n + 2 * more;
        behind = more ? at : behind;
    }
    if (behind > 0 && 10 * marks < 4 * cells) /* what words alone lack goes to the last of them */
        put_marks(out, size, behind, (4 * cells - 10 * marks + 9) / 10, capital(out[behind - 1]));
    return out;
}

/* --- the texts ------------------------------------------------------------------------------- */

/* What the C compiler makes of a format's macro that the catalogue keeps by name. */
static void name_formats(char *text)
{
    static const struct {
        const char *name, *format;
    } macros[] = {{"<PRId64>", PRId64}, {"<PRIu64>", PRIu64}, {"<PRId32>", PRId32}};

    for (size_t i = 0; i < sizeof macros / sizeof macros[0]; i++)
        for (char *at; (at = strstr(text, macros[i].name)) != NULL;) {
            size_t n = strlen(macros[i].format);
            memcpy(at, macros[i].format, n);
            memmove(at + n, at + strlen(macros[i].name), strlen(at + strlen(macros[i].name)) + 1);
        }
}

/* Adds the string between quotes on a line to a text. */
static void unquote(const char *line, char text[static TEXT])
{
    size_t used = strlen(text);

    for (const char *at = line + strcspn(line, "\""); *at && *++at != '"' && used + 1 < TEXT;) {
        char c = *at;
        if (c == '\\')
            c = *++at == 'n' ? '\n' : *at == 't' ? '\t' : *at;
        text[used++] = c;
        text[used] = '\0';
    }
}

static char *copied(const char *bytes, size_t size)
{
    char *copy = malloc(size + 1);

    if (!copy)
        abort();
    memcpy(copy, bytes, size);
    copy[size] = '\0';
    return copy;
}

/* One text, and its plural ("": it has none). */
static void add(struct catalogue *catalogue, char one[static TEXT], char many[static TEXT])
{
    char text[2 * TEXT], longer[2][2 * TEXT];
    struct pair pair;

    if (one[0] == '\0')
        return;
    name_formats(one);
    name_formats(many);
    catalogue->pairs = realloc(catalogue->pairs, (catalogue->n + 1) * sizeof pair);
    if (!catalogue->pairs)
        abort();
    size_t first = strlen(one) + 1, both = many[0] ? first + strlen(many) : first - 1;
    memcpy(text, one, first);
    memcpy(text + first, many, strlen(many));
    pair.text[0] = copied(text, both);
    pair.size[0] = both;
    longer_text(one, longer[0], sizeof longer[0]);
    longer_text(many, longer[1], sizeof longer[1]);
    first = strlen(longer[0]) + 1;
    size_t second = strlen(longer[1]);
    char *whole = malloc(first + second + 1);
    if (!whole)
        abort();
    memcpy(whole, longer[0], first);
    memcpy(whole + first, longer[1], second + 1);
    pair.text[1] = whole;
    pair.size[1] = second ? first + second : first - 1;
    catalogue->pairs[catalogue->n++] = pair;
}

static void read_texts(struct catalogue *catalogue)
{
    char *pot = kit_read_file(TOP_SRCDIR "/tui/po/boxoffice.pot", NULL), *rest = pot, *into = NULL;
    static char one[TEXT], many[TEXT], ignored[TEXT];

    one[0] = many[0] = '\0';
    for (char *line; (line = strsep(&rest, "\n")) != NULL;) {
        if (strncmp(line, "msgid_plural ", 13) == 0)
            into = many;
        else if (strncmp(line, "msgid ", 6) == 0)
            into = one;
        else if (strncmp(line, "msgstr", 6) == 0)
            into = ignored;
        else if (line[0] == '\0') {
            add(catalogue, one, many);
            one[0] = many[0] = '\0';
            into = NULL;
        }
        ignored[0] = '\0';
        if (into && line[0] != '#')
            unquote(line, into);
    }
    add(catalogue, one, many);
    free(pot);
}

/* --- the file -------------------------------------------------------------------------------- */

static int by_text(const void *a, const void *b)
{
    return strcmp(((const struct pair *)a)->text[0], ((const struct pair *)b)->text[0]);
}

static void put_number(FILE *out, size_t number)
{
    uint32_t n = (uint32_t)number;

    (void)fwrite(&n, sizeof n, 1, out);
}

/* The form that gettext's manual describes, without its table for hashing. */
static void write_file(const struct catalogue *catalogue, const char *path)
{
    size_t n = catalogue->n, at = 4 * (HEAD + 4 * n);
    FILE *out = fopen(path, "w");

    if (!out)
        abort();
    put_number(out, (uint32_t)MAGIC);
    put_number(out, 0);
    put_number(out, n);
    put_number(out, 4 * HEAD);
    put_number(out, 4 * (HEAD + 2 * n));
    put_number(out, 0);
    put_number(out, at);
    for (int side = 0; side < 2; side++)
        for (size_t i = 0; i < n; i++) {
            put_number(out, catalogue->pairs[i].size[side]);
            put_number(out, at);
            at += catalogue->pairs[i].size[side] + 1;
        }
    for (int side = 0; side < 2; side++)
        for (size_t i = 0; i < n; i++)
            (void)fwrite(catalogue->pairs[i].text[side], catalogue->pairs[i].size[side] + 1, 1,
                         out);
    if (fclose(out) != 0)
        abort();
}

size_t longer_make(const char *directory)
{
    static const char head[] =
        "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=n != 1;\n";
    struct catalogue catalogue = {0};
    char path[KIT_PATH];

    read_texts(&catalogue);
    catalogue.pairs = realloc(catalogue.pairs, (catalogue.n + 1) * sizeof *catalogue.pairs);
    if (!catalogue.pairs)
        abort();
    catalogue.pairs[catalogue.n++] =
        (struct pair){{copied("", 0), copied(head, sizeof head - 1)}, {0, sizeof head - 1}};
    qsort(catalogue.pairs, catalogue.n, sizeof *catalogue.pairs, by_text);
    (void)mkdir(kit_path(path, directory, "de"), 0700);
    (void)mkdir(kit_path(path, directory, "de/LC_MESSAGES"), 0700);
    write_file(&catalogue, kit_path(path, directory, "de/LC_MESSAGES/boxoffice.mo"));
    for (size_t i = 0; i < catalogue.n; i++) {
        free(catalogue.pairs[i].text[0]);
        free(catalogue.pairs[i].text[1]);
    }
    free(catalogue.pairs);
    return catalogue.n - 1;
}
