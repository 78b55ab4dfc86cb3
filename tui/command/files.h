/* Whole files that a command reads. */
#ifndef BOXOFFICE_TUI_COMMAND_FILES_H
#define BOXOFFICE_TUI_COMMAND_FILES_H

#include <stddef.h>

#include "core/base/rc.h"

/*
 * Reads a file, or standard input for "-", at most 16 MB. On success `*bytes` is the caller's, to
 * be freed, with a NUL behind it. RC_ENVIRONMENT with the reason, RC_BAD_INPUT when it is larger.
 */
enum rc files_read(const char *path, char **bytes, size_t *size, struct fault *why);

#endif
