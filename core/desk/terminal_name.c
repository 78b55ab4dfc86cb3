#include "core/desk/terminal_name.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/digest.h"
#include "core/base/words.h"
#include "db/sql.h"

char *terminal_default_name(char *buffer, size_t size)
{
    char host[HOST_NAME_MAX + 1] = "";
    char process[16];
    int length = snprintf(process, sizeof process, "-%ld", (long)getpid());
    int room = (int)(size < TERMINAL_SIZE ? size : TERMINAL_SIZE) - 1 - length;

    if (gethostname(host, sizeof host) != 0 || host[0] == '\0')
        (void)snprintf(host, sizeof host, "host");
    host[strcspn(host, ".")] = '\0';
    /* A long host's name gives way: the process tells terminals of one host apart. */
    (void)snprintf(buffer, size, "%.*s%s", room > 0 ? room : 0, host, process);
    return buffer;
}

/* What the files of a database's terminals begin with. A server's have no file to lie beside. */
static int file_stem(const char *database, char path[static PATH_MAX])
{
    const struct digest_part part = {database, strlen(database)};
    char hex[DIGEST_HEX];

    if (!sql_is_server(database))
        return snprintf(path, PATH_MAX, "%s-at-", database);
    digest_hex(&part, 1, hex);
    return snprintf(path, PATH_MAX, "/tmp/boxoffice-%.16s-at-", hex);
}

/* The path of a name's file: `DATABASE-at-NAME`, bytes that do not suit a file's name as %XX. False
 * when it does not fit. */
static bool file_path(const char *database, const char *name, char path[static PATH_MAX])
{
    int used = file_stem(database, path);

    if (used < 0 || used >= PATH_MAX)
        return false;
    for (const char *byte = name; *byte != '\0'; byte++) {
        bool plain = isalnum((unsigned char)*byte) || strchr("-_.", *byte) != NULL;
        int more = snprintf(path + used, (size_t)(PATH_MAX - used), plain ? "%c" : "%%%02X",
                            (unsigned char)*byte);

        if (more < 0 || more >= PATH_MAX - used)
            return false;
        used += more;
    }
    return true;
}

/* Is the file that `fd` has open still the one at `path`? Its last owner may have removed it. */
static bool still_there(int fd, const char *path)
{
    struct stat open_one, named_one;

    return fstat(fd, &open_one) == 0 && stat(path, &named_one) == 0 &&
           open_one.st_dev == named_one.st_dev && open_one.st_ino == named_one.st_ino;
}

/* Refuses, with the process that the file names. */
static enum rc in_use(int fd, const char *name, struct fault *why)
{
    char process[24] = "";
    ssize_t length = pread(fd, process, sizeof process - 1, 0);

    if (length <= 0)
        return fault_set(why, RC_EXISTS, _("terminal %s is in use on this host"), name);
    process[strcspn(process, "\n")] = '\0';
    return fault_set(why, RC_EXISTS, _("terminal %s is in use on this host (process %s)"), name,
                     process);
}

/* Writes the own process into the file, for who finds the name in use. */
static bool sign(int fd)
{
    char process[24];
    int length = snprintf(process, sizeof process, "%ld\n", (long)getpid());

    return ftruncate(fd, 0) == 0 && pwrite(fd, process, (size_t)length, 0) == length;
}

enum rc terminal_name_claim(const char *database, const char *name, int *fd, struct fault *why)
{
    char path[PATH_MAX];

    *fd = -1;
    if (name[0] == '\0' || !file_path(database, name, path))
        return fault_set(why, RC_BAD_INPUT, _("a terminal can't have this name: %s"), name);
    for (;;) {
        int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY, 0660);

        if (file < 0)
            return fault_set(why, RC_ENVIRONMENT, "%s: %s", path, strerror(errno));
        if (flock(file, LOCK_EX | LOCK_NB) != 0) {
            enum rc rc = in_use(file, name, why);

            close(file);
            return rc;
        }
        if (still_there(file, path)) {
            if (!sign(file)) {
                enum rc rc = fault_set(why, RC_ENVIRONMENT, "%s: %s", path, strerror(errno));

                close(file);
                return rc;
            }
            *fd = file;
            return RC_OK;
        }
        close(file);
    }
}

void terminal_name_release(const char *database, const char *name, int *fd)
{
    char path[PATH_MAX];

    if (*fd < 0)
        return;
    /* Removed while still locked: who opened it meanwhile sees that it is gone and tries anew. */
    if (file_path(database, name, path) && still_there(*fd, path))
        (void)unlink(path);
    close(*fd);
    *fd = -1;
}
