#include "core/base/lexer.h"

#include <ctype.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct lexer lexer_begin(const char *text, size_t size)
{
    return (struct lexer){.text = text, .size = size, .line = 1, .line_begins = true};
}

/* The character `ahead` of the reader, NUL behind the end. */
static char peek(const struct lexer *l, size_t ahead)
{
    return l->at + ahead < l->size ? l->text[l->at + ahead] : '\0';
}

static bool follows(const struct lexer *l, const char *what)
{
    size_t n = strlen(what);

    return l->size - l->at >= n && memcmp(l->text + l->at, what, n) == 0;
}

static void step(struct lexer *l)
{
    char c = l->text[l->at++];

    if (c == '\n') {
        l->line++;
        l->line_begins = true;
    } else if (c != ' ' && c != '\t') {
        l->line_begins = false;
    }
}

/* Steps behind the next `what`; false when there is none, and all is read then. */
static bool step_behind(struct lexer *l, const char *what)
{
    while (l->at < l->size && !follows(l, what))
        step(l);
    if (l->at >= l->size)
        return false;
    for (size_t n = strlen(what); n > 0; n--)
        step(l);
    return true;
}

/* Steps over blanks and comments; false at a comment that is never closed, begun in `*line`. */
static bool step_over_blanks(struct lexer *l, int *line)
{
    while (l->at < l->size) {
        if (strchr(" \t\r\n\f", peek(l, 0)) && peek(l, 0)) {
            step(l);
        } else if (peek(l, 0) == '#' || follows(l, "//")) {
            step_behind(l, "\n");
        } else if (follows(l, "/*")) {
            *line = l->line;
            step(l);
            step(l);
            if (!step_behind(l, "*/"))
                return false;
        } else {
            break;
        }
    }
    return true;
}

/* Reads from an opening quote to behind the closing one. */
static void read_string(struct lexer *l, struct lexer_word *word)
{
    step(l);
    word->bytes = l->at;
    while (l->at < l->size && peek(l, 0) != '"') {
        if (peek(l, 0) == '\\')
            step(l);
        if (l->at < l->size)
            step(l);
    }
    word->length = l->at - word->bytes;
    if (l->at >= l->size)
        word->kind = LEXER_OPEN;
    else
        step(l);
}

/* At an @ that begins a line: reads @include "path". False, and nothing read, when it is not. */
static bool read_include(struct lexer *l, struct lexer_word *word)
{
    size_t n = strlen("@include");

    if (!follows(l, "@include"))
        return false;
    while (peek(l, n) == ' ' || peek(l, n) == '\t')
        n++;
    if (n == strlen("@include") || peek(l, n) != '"')
        return false;
    while (n-- > 0)
        step(l);
    word->kind = LEXER_INCLUDE;
    read_string(l, word);
    return true;
}

/* Does the integer at `text` fit: 32 bits, or 64 when it ends with L? Others are no integers. */
static enum lexer_kind judge_number(const char *text, size_t length)
{
    char digits[32], *end;
    size_t sign = text[0] == '-' || text[0] == '+';
    bool hex = length > sign + 2 && text[sign] == '0' && (text[sign + 1] | 0x20) == 'x';

    for (size_t i = sign + (hex ? 2 : 0); i < length; i++)
        if (!(hex ? isxdigit((unsigned char)text[i]) : isdigit((unsigned char)text[i])) &&
            text[i] != 'L')
            return LEXER_OTHER;
    if (length >= sizeof digits)
        return LEXER_OVER;
    memcpy(digits, text, length);
    digits[length] = '\0';
    errno = 0;
    long long value = strtoll(digits, &end, hex ? 16 : 10);
    if (errno != 0 || (*end != 'L' && (value > INT32_MAX || value < INT32_MIN)))
        return LEXER_OVER;
    return LEXER_INTEGER;
}

static bool in_name(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '-' || c == '*';
}

static void read_plain(struct lexer *l, struct lexer_word *word)
{
    char c = peek(l, 0), next = peek(l, 1);
    bool signed_number = (c == '-' || c == '+') && (isdigit((unsigned char)next) || next == '.');

    if (isalpha((unsigned char)c) || c == '*') {
        word->kind = LEXER_NAME;
        while (in_name(peek(l, 0)))
            step(l);
    } else if (isdigit((unsigned char)c) || c == '.' || signed_number) {
        step(l);
        while (isalnum((unsigned char)peek(l, 0)) || peek(l, 0) == '.')
            step(l);
        word->kind = judge_number(l->text + word->at, l->at - word->at);
    } else {
        word->kind = LEXER_SIGN;
        step(l);
    }
    word->bytes = word->at;
    word->length = l->at - word->at;
}

struct lexer_word lexer_next(struct lexer *l)
{
    struct lexer_word word = {.kind = LEXER_OTHER};

    bool closed = step_over_blanks(l, &word.line);
    word.at = l->at;
    if (closed)
        word.line = l->line;
    if (!closed)
        word.kind = LEXER_OPEN;
    else if (l->at >= l->size)
        word.kind = LEXER_END;
    else if (peek(l, 0) == '"')
        read_string(l, &word);
    else if (!l->line_begins || peek(l, 0) != '@' || !read_include(l, &word))
        read_plain(l, &word);
    word.end = l->at;
    return word;
}
