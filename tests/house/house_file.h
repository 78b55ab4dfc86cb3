/*
 * A C file as the checks of the house read it: its text, the same text with comments, strings or
 * directives blanked out (so that offsets and lines agree), its includes and its declarations.
 */
#ifndef BOXOFFICE_TESTS_HOUSE_HOUSE_FILE_H
#define BOXOFFICE_TESTS_HOUSE_HOUSE_FILE_H

#include <stdbool.h>
#include <stddef.h>

struct house_include {
    char *path; /* as written */
    size_t line;
    bool quoted;
};

enum house_kind { HOUSE_FUNCTION, HOUSE_PROTOTYPE, HOUSE_DATA };

/* A function with its body, a prototype, or data outside of functions. */
struct house_decl {
    enum house_kind kind;
    char *name;
    size_t first, last; /* lines */
    bool is_const;      /* data that nobody can change */
};

struct house_file {
    char *path;  /* from the root */
    char *raw;   /* the text */
    char *bare;  /* without comments */
    char *words; /* and without what strings and characters say */
    char *code;  /* and without directives */
    size_t n_lines;
    struct house_include *includes;
    size_t n_includes;
    struct house_decl *decls;
    size_t n_decls;
};

/*
 * Makes room for one more item after the `n` of `size` bytes in `items` (NULL when n is 0). Returns
 * the list, which may have moved; ends the program when there is no memory.
 */
void *house_grow(void *items, size_t n, size_t size);

/* Reads root/path but for its declarations (house_decl_read). Free it with house_file_fini. */
void house_file_read(struct house_file *file, const char *root, const char *path);

/* Frees what house_file_read made. */
void house_file_fini(struct house_file *file);

/* The line, from 1, that the character at `offset` stands in. */
size_t house_file_line(const struct house_file *file, size_t offset);

/* Line `number` of the text, without blanks at both ends; free it. "" when there is no such line.
 */
char *house_file_text(const struct house_file *file, size_t number);

/* True for characters that a C name is made of. */
bool house_is_name(char c);

/* The next place in `text` where `word` stands as a word of its own; NULL when there is none. */
const char *house_find_word(const char *text, const char *word);

/* The file's name without directories and ending; free it. */
char *house_stem(const char *path);

#endif
