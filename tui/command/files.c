#include "tui/command/files.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"

enum { FILE_MOST = 16 << 20, FIRST_ROOM = 1 << 16 };

/* Reads to the end. The buffer is `*bytes` also on failure. */
static enum rc read_all(FILE *file, const char *path, char **bytes, size_t *size, struct fault *why)
{
    size_t room = 0, used = 0, n;

    do {
        if (used + 1 >= room) {
            char *more;

            room = room == 0 ? FIRST_ROOM : 2 * room;
            more = realloc(*bytes, room);
            if (more == NULL)
                return fault_set(why, RC_NO_MEMORY, _("out of memory for %s"), path);
            *bytes = more;
        }
        n = fread(*bytes + used, 1, room - used - 1, file);
        used += n;
        if (used > FILE_MOST)
            return fault_set(why, RC_BAD_INPUT, _("%s is larger than 16 MB"), path);
    } while (n > 0);
    if (ferror(file))
        return fault_set(why, RC_ENVIRONMENT, "%s: %s", path, strerror(errno));
    (*bytes)[used] = '\0';
    *size = used;
    return RC_OK;
}

enum rc files_read(const char *path, char **bytes, size_t *size, struct fault *why)
{
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "re");
    enum rc rc;

    *bytes = NULL;
    if (file == NULL)
        return fault_set(why, RC_ENVIRONMENT, "%s: %s", path, strerror(errno));
    rc = read_all(file, path, bytes, size, why);
    if (file != stdin)
        fclose(file);
    if (rc != RC_OK) {
        free(*bytes);
        *bytes = NULL;
    }
    return rc;
}
