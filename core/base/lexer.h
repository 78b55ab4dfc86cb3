/*
 * The words of a configuration file, as far as libconfig must not be left alone with them: it wraps
 * integers that are too large, takes an unclosed comment, and names the wrong file for an error at
 * the end of an include. It still judges the grammar.
 */
#ifndef BOXOFFICE_CORE_BASE_LEXER_H
#define BOXOFFICE_CORE_BASE_LEXER_H

#include <stdbool.h>
#include <stddef.h>

enum lexer_kind {
    LEXER_END,
    LEXER_NAME,    /* a setting's name, or true and false */
    LEXER_INTEGER, /* fits in what libconfig keeps it in */
    LEXER_OVER,    /* an integer that does not */
    LEXER_SIGN,    /* one character: = : ; , { } [ ] ( ) or one that libconfig will refuse */
    LEXER_OTHER,   /* a string, a number with a fraction */
    LEXER_INCLUDE, /* @include "path" at the beginning of a line; the word is the path */
    LEXER_OPEN,    /* a string, comment or include that is never closed */
};

/* One word: where it begins, in what line, and its bytes in the text. */
struct lexer_word {
    enum lexer_kind kind;
    int line;
    size_t at;     /* first byte, of an include the @ */
    size_t end;    /* first byte behind it */
    size_t bytes;  /* first byte of what it says, without quotes and @include */
    size_t length; /* of what it says */
};

/* A reader in the middle of a text, which it borrows. */
struct lexer {
    const char *text;
    size_t size, at;
    int line;
    bool line_begins; /* nothing but blanks since the line began */
};

/* A reader at the beginning of `size` bytes. */
struct lexer lexer_begin(const char *text, size_t size);

/* Reads the next word; LEXER_END at the end, and LEXER_OPEN is the last as well. */
struct lexer_word lexer_next(struct lexer *lexer);

#endif
