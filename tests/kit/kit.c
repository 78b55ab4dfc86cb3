#include "tests/kit/kit.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Ends the test program: its scene cannot be set. */
static _Noreturn void give_up(const char *what, const char *which)
{
    fprintf(stderr, "kit: %s %s: %s\n", what, which, strerror(errno));
    exit(99);
}

char *kit_path(char path[static KIT_PATH], const char *dir, const char *name)
{
    int n = snprintf(path, KIT_PATH, "%s/%s", dir, name);

    if (n < 0 || n >= KIT_PATH) {
        errno = ENAMETOOLONG;
        give_up("name", name);
    }
    return path;
}

void kit_tempdir(char path[static KIT_PATH])
{
    const char *base = getenv("TMPDIR");

    kit_path(path, base && *base ? base : "/tmp", "boxoffice-test-XXXXXX");
    if (!mkdtemp(path))
        give_up("make", path);
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *where)
{
    (void)st;
    (void)kind;
    (void)where;
    if (remove(path) != 0 && errno != ENOENT)
        give_up("remove", path);
    return 0;
}

void kit_remove_tree(const char *path)
{
    if (nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS) != 0 && errno != ENOENT)
        give_up("walk", path);
}

void kit_write_file(const char *path, const void *bytes, size_t size)
{
    FILE *file = fopen(path, "we");

    if (!file || fwrite(bytes, 1, size, file) != size || fclose(file) != 0 ||
        chmod(path, 0644) != 0)
        give_up("write", path);
}

char *kit_read_file(const char *path, size_t *size)
{
    FILE *file = fopen(path, "re");
    struct stat st;

    if (!file || fstat(fileno(file), &st) != 0)
        give_up("read", path);
    size_t room = (size_t)st.st_size;
    char *bytes = malloc(room + 1);
    if (!bytes)
        give_up("read", path);
    size_t n = fread(bytes, 1, room, file);
    bytes[n] = '\0';
    fclose(file);
    if (size)
        *size = n;
    return bytes;
}

/* POSIX signs zones the other way round: Etc/GMT-3 is three hours ahead. */
char *kit_noon_zone(char zone[static 24])
{
    time_t now = time(NULL);
    struct tm utc;

    gmtime_r(&now, &utc);
    snprintf(zone, 24, "Etc/GMT%+d", utc.tm_hour - 12);
    return zone;
}

uint64_t kit_seed(void)
{
    const char *given = getenv("SEED");
    uint64_t seed = 0;

    if (given && *given)
        seed = strtoull(given, NULL, 0);
    else if (getrandom(&seed, sizeof seed, 0) != sizeof seed)
        give_up("take", "random bits");
    printf("SEED=%" PRIu64 "\n", seed);
    fflush(stdout);
    return seed;
}

/* splitmix64: one word of state, and good enough to choose cases with. */
uint64_t kit_random(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u;

    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

uint64_t kit_below(uint64_t *state, uint64_t n)
{
    return kit_random(state) % n;
}

static int64_t monotonic_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

bool kit_wait_until(bool (*reached)(void *), void *context, int limit_ms)
{
    int64_t end = monotonic_ms() + limit_ms;

    while (!reached(context)) {
        if (monotonic_ms() >= end)
            return reached(context);
        poll(NULL, 0, 1);
    }
    return true;
}

/* In the child: makes `path` (NULL: /dev/null) its descriptor `fd`. */
static void redirect(int fd, const char *path, int flags)
{
    int opened = open(path ? path : "/dev/null", flags | O_CLOEXEC, 0600);

    if (opened < 0 || dup2(opened, fd) < 0)
        _exit(126);
}

/* Makes the file of a child's output, which may be killed before it has opened it. */
static void make_file(const char *path)
{
    int fd = path ? open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;

    if (path && fd < 0)
        give_up("write", path);
    if (fd >= 0)
        close(fd);
}

pid_t kit_spawn(const char *const argv[], const char *out, const char *err)
{
    make_file(out);
    make_file(err);
    fflush(NULL);
    pid_t pid = fork();
    if (pid < 0)
        give_up("fork for", argv[0]);
    if (pid > 0)
        return pid;
    redirect(STDIN_FILENO, NULL, O_RDONLY);
    redirect(STDOUT_FILENO, out, O_WRONLY | O_CREAT | O_APPEND);
    redirect(STDERR_FILENO, err, O_WRONLY | O_CREAT | O_APPEND);
    execvp(argv[0], (char *const *)argv);
    _exit(127);
}

/* A process that is waited for, and what waitpid said of it. */
struct awaited {
    pid_t pid, got;
    int status;
};

static bool ended(void *context)
{
    struct awaited *a = context;

    a->got = waitpid(a->pid, &a->status, WNOHANG);
    return a->got != 0;
}

int kit_reap(pid_t pid, int limit_ms)
{
    struct awaited a = {.pid = pid};

    if (!kit_wait_until(ended, &a, limit_ms)) {
        kill(pid, SIGKILL);
        waitpid(pid, &a.status, 0);
        return -1;
    }
    if (a.got != pid)
        give_up("wait for", "a process");
    return WIFSIGNALED(a.status) ? 128 + WTERMSIG(a.status) : WEXITSTATUS(a.status);
}

struct kit_run kit_run(const char *dir, const char *const argv[], int limit_ms)
{
    struct kit_run run = {0};
    char scratch[KIT_PATH], out[KIT_PATH], err[KIT_PATH];

    kit_path(scratch, dir, "run-XXXXXX");
    if (!mkdtemp(scratch))
        give_up("make", scratch);
    kit_path(out, scratch, "out");
    kit_path(err, scratch, "err");
    kit_write_file(out, "", 0);
    kit_write_file(err, "", 0);
    run.status = kit_reap(kit_spawn(argv, out, err), limit_ms);
    run.out = kit_read_file(out, NULL);
    run.err = kit_read_file(err, NULL);
    kit_remove_tree(scratch);
    return run;
}

void kit_run_fini(struct kit_run *run)
{
    free(run->out);
    free(run->err);
    *run = (struct kit_run){0};
}
