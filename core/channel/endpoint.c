#include "core/channel/endpoint.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/words.h"

enum { SOCKET_PATH_MOST = 107, DIR_MODE_SHARED = 0770, DIR_MODE_OWN = 0700 };
static const char ending[] = ".sock";

/* The process of NAME-PID.sock, 0 when the file is not one of ours. */
static pid_t socket_pid(const char *file)
{
    const char *dash = strrchr(file, '-');
    char *end = NULL;

    if (dash == NULL || !isdigit((unsigned char)dash[1]))
        return 0;
    long pid = strtol(dash + 1, &end, 10);
    return strcmp(end, ending) == 0 && pid > 0 ? (pid_t)pid : 0;
}

static void sweep(const char *dir)
{
    DIR *entries = opendir(dir);

    if (entries == NULL)
        return;
    for (const struct dirent *entry; (entry = readdir(entries)) != NULL;) {
        pid_t pid = socket_pid(entry->d_name);
        if (pid > 0 && kill(pid, 0) != 0 && errno == ESRCH)
            unlinkat(dirfd(entries), entry->d_name, 0);
    }
    closedir(entries);
}

/* Makes the directory; an existing one must be a directory, and with `own` must be the user's. */
static bool make_dir(const char *dir, mode_t mode, bool own)
{
    struct stat st;

    if (mkdir(dir, mode) != 0 && errno != EEXIST)
        return false;
    if (lstat(dir, &st) != 0 || !S_ISDIR(st.st_mode))
        return false;
    return !own || (st.st_uid == geteuid() && (st.st_mode & 077) == 0);
}

static void safe_name(const char *name, char *out, size_t size)
{
    size_t n = 0;

    for (; name[n] != '\0' && n + 1 < size; n++) {
        unsigned char c = (unsigned char)name[n];
        out[n] = (char)(isalnum(c) || c == '-' || c == '.' ? c : '_');
    }
    out[n] = '\0';
}

static bool place(const char *dir, const char *name, char *endpoint, size_t size)
{
    int n = snprintf(endpoint, size, "ipc://%s/%s-%ld%s", dir, name, (long)getpid(), ending);

    return n > 0 && (size_t)n < size && (size_t)n - strlen("ipc://") <= SOCKET_PATH_MOST;
}

enum rc endpoint_make(const char *dir, const char *name, char *endpoint, size_t size,
                      struct fault *why)
{
    char safe[33];
    char own[64];

    safe_name(name, safe, sizeof safe);
    if (dir[0] != '\0' && place(dir, safe, endpoint, size) &&
        make_dir(dir, DIR_MODE_SHARED, false)) {
        sweep(dir);
        return RC_OK;
    }
    int n = snprintf(own, sizeof own, "/tmp/boxoffice-%ld", (long)geteuid());
    if (n > 0 && make_dir(own, DIR_MODE_OWN, true) && place(own, safe, endpoint, size)) {
        sweep(own);
        return RC_OK;
    }
    endpoint[0] = '\0';
    return fault_set(why, RC_ENVIRONMENT,
                     _("no directory for the channel's socket: neither %s nor %s can be used"), dir,
                     own);
}

static const char tcp[] = "tcp://", ipc[] = "ipc://";

enum rc endpoint_tcp(const char *address, int port, char *endpoint, size_t size, struct fault *why)
{
    static const char marks[] = ".-_:[]";
    bool bare = strchr(address, ':') != NULL && address[0] != '['; /* IPv6 */
    char number[16] = "*";
    size_t n = strlen(address);

    for (size_t i = 0; i < n; i++)
        if (!isalnum((unsigned char)address[i]) && strchr(marks, address[i]) == NULL)
            n = 0;
    if (n == 0 || n > ADDRESS_MOST || strcmp(address, "0.0.0.0") == 0 ||
        strcmp(address, "::") == 0 || strcmp(address, "[::]") == 0)
        return fault_set(why, RC_BAD_INPUT,
                         _("channel_address is an address or an interface of this machine, as "
                           "192.168.1.5 or eth0"));
    if (port > 0)
        (void)snprintf(number, sizeof number, "%d", port);
    (void)snprintf(endpoint, size, "%s%s%s%s:%s", tcp, bare ? "[" : "", address, bare ? "]" : "",
                   number);
    return RC_OK;
}

enum endpoint_kind endpoint_kind(const char *endpoint)
{
    static const char digits[] = "0123456789abcdefABCDEF.:[]";

    if (strncmp(endpoint, ipc, strlen(ipc)) == 0)
        return ENDPOINT_IPC;
    if (strncmp(endpoint, tcp, strlen(tcp)) != 0)
        return ENDPOINT_OTHER;
    endpoint += strlen(tcp);
    return endpoint[0] != '\0' && endpoint[strspn(endpoint, digits)] == '\0' ? ENDPOINT_TCP
                                                                             : ENDPOINT_OTHER;
}
