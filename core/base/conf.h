/*
 * Configuration files: libconfig's language, read so that every error names its own file and line.
 * Each file is parsed by itself; an include is found beside the file that names it.
 */
#ifndef BOXOFFICE_CORE_BASE_CONF_H
#define BOXOFFICE_CORE_BASE_CONF_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/rc.h"

enum conf_kind { CONF_TEXT, CONF_NUMBER, CONF_BOOL, CONF_OTHER };

/* One setting at the top of a file; all of it is borrowed for the time of the visit. */
struct conf_value {
    const char *file;
    int line;
    const char *key;
    enum conf_kind kind;
    const char *text;
    int64_t number;
    bool yes;
    bool over; /* the number does not fit in what it was read into */
};

/* Judges and keeps one setting; anything but RC_OK, with `why` filled, ends the reading. */
typedef enum rc conf_visit(void *context, const struct conf_value *value, struct fault *why);

/*
 * Reads `path` and its includes and shows each setting to `visit`. A key that stands twice, wrong
 * grammar, an include loop, an unreadable include and a file that others may write are RC_BAD_INPUT
 * with file and line; no value is ever repeated in `why`. A missing `path` is RC_NOT_FOUND, one
 * that may not be read RC_ENVIRONMENT.
 */
enum rc conf_read(const char *path, conf_visit *visit, void *context, struct fault *why);

/* Fills `why` with RC_BAD_INPUT and "FILE:LINE: REASON", and returns it. The reason is a
 * sentence that names the key. */
enum rc conf_refuse(const struct conf_value *value, const char *reason, struct fault *why);

#endif
