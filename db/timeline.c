#include "db/timeline.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TIMELINE_TEXT = 24 };

char *timeline_path(char path[static PATH_MAX], const char *dir, const char *server)
{
    const int n = dir ? snprintf(path, PATH_MAX, "%s/timeline-%s", dir, server) : -1;

    if (n < 0 || n >= PATH_MAX)
        path[0] = '\0';
    return path;
}

/* Opens the file, with the directories above it made where they are missing; -1: it can't be. */
static int timeline_open(const char *path)
{
    const int flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW;
    char part[PATH_MAX];
    int fd = open(path, flags, 0660);

    if (fd >= 0 || errno != ENOENT)
        return fd;
    (void)snprintf(part, sizeof part, "%s", path);
    for (char *slash = strchr(part + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(part, 0770) != 0 && errno != EEXIST)
            return -1;
        *slash = '/';
    }
    return open(path, flags, 0660);
}

static int64_t timeline_read(int fd)
{
    char text[TIMELINE_TEXT] = "";

    return pread(fd, text, sizeof text - 1, 0) > 0 ? strtoll(text, NULL, 10) : 0;
}

/* Over the old number, which is never longer: a torn write would leave neither. */
static void timeline_write(int fd, int64_t timeline)
{
    char text[TIMELINE_TEXT];
    const int n = snprintf(text, sizeof text, "%" PRId64 "\n", timeline);

    if (pwrite(fd, text, (size_t)n, 0) == n)
        (void)fdatasync(fd);
}

int64_t timeline_seen(const char *path, int64_t timeline)
{
    int64_t highest = timeline;
    const int fd = path[0] != '\0' ? timeline_open(path) : -1;

    if (fd < 0)
        return highest;
    if (flock(fd, LOCK_EX) == 0) {
        const int64_t before = timeline_read(fd);

        if (before > highest)
            highest = before;
        else if (before < highest)
            timeline_write(fd, highest);
    }
    (void)close(fd);
    return highest;
}
