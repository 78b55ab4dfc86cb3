/*
 * Finds the functions, prototypes and data of a C file. It knows as much of the language as this
 * house writes, with its layout; it is no compiler.
 */
#ifndef BOXOFFICE_TESTS_HOUSE_HOUSE_DECL_H
#define BOXOFFICE_TESTS_HOUSE_HOUSE_DECL_H

#include "tests/house/house_file.h"

/* Fills the file's declarations from its code. */
void house_decl_read(struct house_file *file);

#endif
