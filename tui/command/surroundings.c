#include "tui/command/surroundings.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>

#include <dirent.h>

#include "core/base/words.h"

enum { PATH_SIZE = 64, WORD = 32 };

/* The name of a file system, its number when it is not one of the common ones. */
static const char *system_name(uint32_t type, char number[static WORD])
{
    static const struct {
        uint32_t type;
        const char *name;
    } names[] = {{0x0000ef53, "ext4"},    {0x58465342, "xfs"},     {0x9123683e, "btrfs"},
                 {0x2fc12fc1, "zfs"},     {0x01021994, "tmpfs"},   {0xf2f52010, "f2fs"},
                 {0x794c7630, "overlay"}, {0x52654973, "reiserfs"}};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (names[i].type == type)
            return names[i].name;
    (void)snprintf(number, WORD, _("of type 0x%08" PRIx32), type);
    return number;
}

static void look_at_disk(const char *path, struct findings *findings)
{
    struct statvfs space;
    struct statfs about;
    char number[WORD];
    uint64_t mib;
    const char *name;

    if (statvfs(path, &space) != 0 || statfs(path, &about) != 0) {
        findings_add(findings, HEALTH_FAIL, N_("disk"), "%s: %s", path, strerror(errno));
        return;
    }
    mib = (uint64_t)space.f_bavail * space.f_frsize / 1048576;
    name = system_name((uint32_t)about.f_type, number);
    if (space.f_flag & ST_RDONLY)
        findings_add(findings, HEALTH_FAIL, N_("disk"), _("%s, read-only: nothing can be sold"),
                     name);
    else if (strcmp(name, "tmpfs") == 0)
        findings_add(findings, HEALTH_WARN, N_("disk"),
                     _("tmpfs: all is gone when the host restarts"));
    else
        findings_add(findings, health_of_space(mib), N_("disk"), _("%s, %" PRIu64 " MiB free"),
                     name, mib);
}

void surroundings_file(const char *path, struct findings *findings)
{
    struct stat file;

    if (stat(path, &file) != 0) {
        findings_add(findings, HEALTH_FAIL, N_("database"), "%s: %s", path, strerror(errno));
        return;
    }
    if (file.st_mode & S_IWOTH)
        findings_add(findings, HEALTH_FAIL, N_("database"), _("%s may be written by everybody"),
                     path);
    else if (file.st_mode & S_IROTH)
        findings_add(findings, HEALTH_WARN, N_("database"),
                     _("%s may be read by everybody, with customers' names: chmod o-r"), path);
    else
        findings_add(findings, HEALTH_OK, N_("database"), _("%s, mode %04o"), path,
                     (unsigned)(file.st_mode & 07777));
    look_at_disk(path, findings);
}

void surroundings_configuration(const char *path, bool secret, struct findings *findings)
{
    struct stat file;

    if (stat(path, &file) != 0)
        return;
    if (file.st_mode & S_IWOTH)
        findings_add(findings, HEALTH_FAIL, N_("settings"), _("%s may be written by everybody"),
                     path);
    else if (secret && file.st_mode & S_IROTH)
        findings_add(findings, HEALTH_FAIL, N_("settings"),
                     _("%s names a password and may be read by everybody: use ~/.pgpass"), path);
    else
        findings_add(findings, HEALTH_OK, N_("settings"), _("%s, mode %04o"), path,
                     (unsigned)(file.st_mode & 07777));
}

/* What a process is called; "" when it is gone. */
static void program_of(const char *pid, char name[static WORD])
{
    char path[PATH_SIZE];
    FILE *file;

    name[0] = '\0';
    (void)snprintf(path, sizeof path, "/proc/%.20s/comm", pid);
    file = fopen(path, "re");
    if (!file)
        return;
    if (!fgets(name, WORD, file))
        name[0] = '\0';
    name[strcspn(name, "\n")] = '\0';
    (void)fclose(file);
}

/* Has that process the file open? `*hidden`: it may not be looked at. */
static bool has_open(const char *pid, const struct stat *wanted, bool *hidden)
{
    char path[PATH_SIZE + NAME_MAX];
    DIR *all;
    bool found = false;

    (void)snprintf(path, sizeof path, "/proc/%.20s/fd", pid);
    all = opendir(path);
    *hidden = !all && errno == EACCES;
    if (!all)
        return false;
    for (struct dirent *entry; !found && (entry = readdir(all)) != NULL;) {
        struct stat file;

        (void)snprintf(path, sizeof path, "/proc/%.20s/fd/%s", pid, entry->d_name);
        found = entry->d_name[0] != '.' && stat(path, &file) == 0 &&
                file.st_dev == wanted->st_dev && file.st_ino == wanted->st_ino;
    }
    (void)closedir(all);
    return found;
}

/* Looks at every process; what it finds goes into `names`. Returns how many may not be looked at.
 */
static int look_around(const struct stat *wanted, const char *self, char *names, size_t size)
{
    DIR *all = opendir("/proc");
    int hidden = 0;

    if (!all)
        return 1;
    for (struct dirent *entry; (entry = readdir(all)) != NULL;) {
        char name[WORD];
        bool closed = false;
        const size_t used = strlen(names);

        if (strspn(entry->d_name, "0123456789") != strlen(entry->d_name))
            continue;
        const bool opened = has_open(entry->d_name, wanted, &closed);
        hidden += closed;
        program_of(entry->d_name, name);
        if (opened && strcmp(name, self) != 0)
            (void)snprintf(names + used, size - used, _("%s%s (process %.20s)"),
                           used > 0 ? ", " : "", name, entry->d_name);
    }
    (void)closedir(all);
    return hidden;
}

void surroundings_foreign(const char *path, struct findings *findings)
{
    char names[FINDING_TEXT / 2] = "", self[WORD];
    struct stat wanted;
    int hidden;

    if (stat(path, &wanted) != 0)
        return;
    program_of("self", self);
    hidden = look_around(&wanted, self, names, sizeof names);
    if (names[0] != '\0')
        findings_add(findings, HEALTH_FAIL, N_("others"),
                     _("%s: has the file open and takes no turn; end it"), names);
    else if (hidden > 0)
        findings_add(findings, HEALTH_WARN, N_("others"),
                     _("no other program is seen to have the file open; %d processes may not be"
                       " looked at: run this as root to be sure"),
                     hidden);
    else
        findings_add(findings, HEALTH_OK, N_("others"), _("no other program has the file open"));
}
