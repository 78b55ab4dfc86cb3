#include "db/place.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

#include "core/base/words.h"

bool place_is_network(uint32_t type)
{
    static const uint32_t refused[] = {
        0x00006969, /* NFS */
        0x0000517b, /* SMB */
        0xff534d42, /* CIFS */
        0xfe534d42, /* SMB2 */
        0x65735546, /* FUSE: sshfs and its like */
        0x0000564c, /* NCP */
        0x01021997, /* 9P */
        0x5346414f, /* AFS */
        0x6b414653, /* AFS of the kernel */
        0x73757245, /* Coda */
        0x00c36400, /* Ceph */
        0x0bd00bd0, /* Lustre */
        0x47504653, /* GPFS */
        0x01161970, /* GFS2 */
        0x7461636f, /* OCFS2 */
        0xaad7aaea, /* Panasas */
    };

    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        if (refused[i] == type)
            return true;
    return false;
}

static enum sql_rc place_errno(struct engine_error *why, const char *path, int error)
{
    const enum sql_rc rc = error == EROFS || error == EACCES || error == EPERM ? SQL_READ_ONLY
                           : error == ENOSPC || error == EDQUOT                ? SQL_FULL
                           : error == ENOMEM                                   ? SQL_NO_MEMORY
                           : error == EIO                                      ? SQL_IO
                                                                               : SQL_ENVIRONMENT;

    return engine_fail(why, rc, "%s: %s", path, strerror(error));
}

/* The directory of `path`, resolved. */
static enum sql_rc place_directory(char directory[PATH_MAX], const char *path,
                                   struct engine_error *why)
{
    char copy[PATH_MAX];

    if (strlen(path) >= sizeof copy)
        return place_errno(why, path, ENAMETOOLONG);
    memcpy(copy, path, strlen(path) + 1);
    if (!realpath(dirname(copy), directory))
        return place_errno(why, path, errno);
    return SQL_OK;
}

static enum sql_rc place_check_file(struct place *place, const char *name, const struct stat *st,
                                    const char *directory, struct engine_error *why)
{
    char target[PATH_MAX];

    if (!S_ISREG(st->st_mode))
        return engine_fail(why, SQL_NOT_DATABASE, _("%s is not a regular file"), name);
    if (st->st_nlink > 1)
        return engine_fail(why, SQL_ENVIRONMENT, _("%s has a second name (hard link)"), name);
    if (!realpath(name, place->path))
        return place_errno(why, name, errno);
    if (place_directory(target, place->path, why) != SQL_OK)
        return SQL_ENVIRONMENT;
    if (strcmp(target, directory) != 0)
        return engine_fail(why, SQL_ENVIRONMENT, _("%s is a link to another directory: name %s"),
                           name, place->path);
    place->exists = true;
    place->mode = st->st_mode & 0777;
    return SQL_OK;
}

/* Where a file that does not exist yet would lie. A dangling link must not be written through. */
static enum sql_rc place_new_file(struct place *place, const char *name, const char *directory,
                                  struct engine_error *why)
{
    char copy[PATH_MAX];
    struct stat st;
    int n;

    if (lstat(name, &st) == 0)
        return engine_fail(why, SQL_ENVIRONMENT, _("%s is a link to nothing"), name);
    memcpy(copy, name, strlen(name) + 1);
    n = snprintf(place->path, sizeof place->path, "%s/%s", strcmp(directory, "/") ? directory : "",
                 basename(copy));
    return n > 0 && (size_t)n < sizeof place->path ? SQL_OK : place_errno(why, name, ENAMETOOLONG);
}

enum sql_rc place_find(struct place *place, const char *name, struct engine_error *why)
{
    char directory[PATH_MAX];
    struct statfs fs;
    struct stat st;
    enum sql_rc rc;

    *place = (struct place){.exists = false};
    rc = place_directory(directory, name, why);
    if (rc != SQL_OK)
        return rc;
    if (stat(name, &st) == 0)
        rc = place_check_file(place, name, &st, directory, why);
    else if (errno == ENOENT)
        rc = place_new_file(place, name, directory, why);
    else
        rc = place_errno(why, name, errno);
    if (rc != SQL_OK)
        return rc;
    if (statfs(directory, &fs) != 0)
        return place_errno(why, directory, errno);
    if (place_is_network((uint32_t)fs.f_type))
        return engine_fail(why, SQL_NETWORK_FILE, _("%s lies on a network file system"), name);
    return SQL_OK;
}

enum sql_rc place_temporary(const char *path, char temporary[PATH_MAX], struct engine_error *why)
{
    for (int i = 0; i < 100; i++) {
        const int n = snprintf(temporary, PATH_MAX, "%s.new-%d-%d", path, (int)getpid(), i);
        int fd;

        if (n < 0 || n >= PATH_MAX)
            return place_errno(why, path, ENAMETOOLONG);
        fd = open(temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0660);
        if (fd >= 0) {
            close(fd);
            return SQL_OK;
        }
        if (errno != EEXIST)
            break;
    }
    return place_errno(why, temporary, errno);
}

static int place_sync_directory(const char *path)
{
    struct engine_error ignored;
    char directory[PATH_MAX];
    int fd, error = 0;

    if (place_directory(directory, path, &ignored) != SQL_OK)
        return EIO;
    fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return errno;
    if (fsync(fd) != 0)
        error = errno;
    close(fd);
    return error;
}

enum sql_rc place_publish(const char *temporary, const char *path, struct engine_error *why)
{
    int error = 0;

    if (renameat2(AT_FDCWD, temporary, AT_FDCWD, path, RENAME_NOREPLACE) != 0) {
        error = errno;
        if (error == EINVAL || error == ENOSYS) /* a file system without it: link is as exclusive */
            error = link(temporary, path) == 0 ? 0 : errno;
        unlink(temporary);
    }
    if (error == 0)
        error = place_sync_directory(path);
    if (error == EEXIST)
        return engine_fail(why, SQL_EXISTS, _("%s exists already"), path);
    return error == 0 ? SQL_OK : place_errno(why, path, error);
}

enum sql_rc place_replace(const char *temporary, const char *path, struct engine_error *why)
{
    int error = rename(temporary, path) == 0 ? 0 : errno;

    if (error == 0)
        error = place_sync_directory(path);
    else
        unlink(temporary);
    return error == 0 ? SQL_OK : place_errno(why, path, error);
}

static const char *const place_logs[] = {"-wal", "-journal"};

static bool place_name(char name[PATH_MAX], const char *path, const char *suffix)
{
    const int n = snprintf(name, PATH_MAX, "%s%s", path, suffix);

    return n > 0 && n < PATH_MAX;
}

bool place_has_log(const char *path, char found[PATH_MAX])
{
    struct stat st;

    for (size_t i = 0; i < sizeof place_logs / sizeof *place_logs; i++)
        if (place_name(found, path, place_logs[i]) && lstat(found, &st) == 0 && st.st_size > 0)
            return true;
    found[0] = '\0';
    return false;
}

/* A name beside `path` that nothing has, made of the day and the time. */
static int place_aside(const char *path, char aside[PATH_MAX])
{
    char log[PATH_MAX], suffix[64];
    time_t now = time(NULL);
    struct stat st;
    struct tm utc;

    if (!gmtime_r(&now, &utc))
        return EOVERFLOW;
    for (int i = 0; i < 100; i++) {
        size_t n = strftime(suffix, sizeof suffix, ".replaced-%Y%m%dT%H%M%SZ", &utc);

        if (i > 0)
            (void)snprintf(suffix + n, sizeof suffix - n, "-%d", i);
        if (!place_name(aside, path, suffix))
            return ENAMETOOLONG;
        if (lstat(aside, &st) < 0 && errno == ENOENT && !place_has_log(aside, log))
            return 0;
    }
    return EEXIST;
}

/* The database first: without it nobody reads the log, and without its log it would be an older
 * state that looks sound. */
static int place_set_aside(const char *path, const char *aside)
{
    char from[PATH_MAX], to[PATH_MAX];

    if (rename(path, aside) != 0 && errno != ENOENT)
        return errno;
    for (size_t i = 0; i < sizeof place_logs / sizeof *place_logs; i++)
        if (!place_name(from, path, place_logs[i]) || !place_name(to, aside, place_logs[i]) ||
            (rename(from, to) != 0 && errno != ENOENT))
            return errno;
    if (place_name(from, path, "-shm"))
        unlink(from); /* made anew from the log */
    return place_sync_directory(path);
}

enum sql_rc place_swap(const char *temporary, const char *path, char aside[PATH_MAX],
                       struct engine_error *why)
{
    char log[PATH_MAX];
    struct stat st;
    const bool there = lstat(path, &st) == 0;
    int error = 0;

    aside[0] = '\0';
    if (there || place_has_log(path, log))
        error = place_aside(path, aside);
    if (error == 0 && aside[0] != '\0')
        error = place_set_aside(path, aside);
    return error == 0 ? place_publish(temporary, path, why) : place_errno(why, path, error);
}
