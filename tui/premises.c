#include "tui/premises.h"

#include <errno.h>
#include <limits.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/words.h"
#include "db/sql.h"

/* A file that does not let this user in, and whose it is. */
static enum rc shut(const char *path, const struct stat *file, struct fault *why)
{
    const struct passwd *owner = getpwuid(file->st_uid);

    return fault_set(why, RC_ENVIRONMENT,
                     _("%s of %s is shut to this user: all who sell need one group and umask 007"),
                     path, owner != NULL ? owner->pw_name : _("another user"));
}

enum rc premises_writable(const char *path, struct fault *why)
{
    char directory[PATH_MAX];
    const char *slash = strrchr(path, '/');
    int n = slash == NULL ? snprintf(directory, sizeof directory, ".")
                          : snprintf(directory, sizeof directory, "%.*s",
                                     slash == path ? 1 : (int)(slash - path), path);

    if (n < 0 || (size_t)n >= sizeof directory || access(directory, W_OK | X_OK) == 0 ||
        errno != EACCES)
        return RC_OK; /* what else is wrong with it is told when it is opened */
    return fault_set(why, RC_ENVIRONMENT,
                     _("the directory %s is not writable for this user: the box office keeps files"
                       " beside its database"),
                     directory);
}

/* One of its files: shut to this user, or not there, which `missing` notes. */
static enum rc look_at(const char *database, const char *suffix, bool *missing, struct fault *why)
{
    char path[PATH_MAX];
    struct stat file;
    int n = snprintf(path, sizeof path, "%s%s", database, suffix);

    if (n < 0 || (size_t)n >= sizeof path)
        return RC_OK;
    if (stat(path, &file) != 0) {
        *missing = *missing || errno == ENOENT;
        return RC_OK;
    }
    if (file.st_mode & S_IWOTH)
        return fault_set(why, RC_ENVIRONMENT, _("%s: everybody may write this file; chmod o-w it"),
                         path);
    if (access(path, R_OK | W_OK) != 0 && errno == EACCES && file.st_uid != geteuid())
        return shut(path, &file, why);
    return RC_OK;
}

enum rc premises_look(const char *database, struct fault *why)
{
    static const char *const suffixes[] = {"", "-wal", "-shm", "-turn"};
    bool missing = false;
    enum rc rc = RC_OK;

    if (sql_is_server(database) || access(database, F_OK) != 0)
        return RC_OK;
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0] && rc == RC_OK; i++)
        rc = look_at(database, suffixes[i], &missing, why);
    return rc == RC_OK && missing ? premises_writable(database, why) : rc;
}
