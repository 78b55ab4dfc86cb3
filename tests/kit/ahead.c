/*
 * The clocks of the program that later.h starts: the linker puts these in the place of what it
 * calls (--wrap). Moments that it waits for are put back to what the system knows of.
 */
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "tests/kit/later.h"

enum { MS = 1000, NS = 1000000000, NS_MS = 1000000 };

int __real_clock_gettime(clockid_t clock, struct timespec *at);
int __wrap_clock_gettime(clockid_t clock, struct timespec *at);
int __real_pthread_cond_timedwait(pthread_cond_t *cond, pthread_mutex_t *mutex,
                                  const struct timespec *until);
int __wrap_pthread_cond_timedwait(pthread_cond_t *cond, pthread_mutex_t *mutex,
                                  const struct timespec *until);
int __real_pthread_mutex_timedlock(pthread_mutex_t *mutex, const struct timespec *until);
int __wrap_pthread_mutex_timedlock(pthread_mutex_t *mutex, const struct timespec *until);
int __real_pthread_mutex_clocklock(pthread_mutex_t *mutex, clockid_t clock,
                                   const struct timespec *until);
int __wrap_pthread_mutex_clocklock(pthread_mutex_t *mutex, clockid_t clock,
                                   const struct timespec *until);

static _Atomic int64_t *page;

/* Before main, so that no thread is there yet. */
__attribute__((constructor)) static void map_page(void)
{
    const char *path = getenv(LATER_ENV);
    int fd = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    void *mapped = fd < 0 ? MAP_FAILED : mmap(NULL, sizeof *page, PROT_READ, MAP_SHARED, fd, 0);

    if (fd >= 0)
        close(fd);
    if (mapped != MAP_FAILED)
        page = mapped;
}

static struct timespec moved(const struct timespec *at, int sign)
{
    int64_t ms = page ? sign * atomic_load(page) : 0;
    struct timespec there = {.tv_sec = at->tv_sec + ms / MS,
                             .tv_nsec = at->tv_nsec + ms % MS * NS_MS};

    if (there.tv_nsec >= NS) {
        there.tv_sec++;
        there.tv_nsec -= NS;
    } else if (there.tv_nsec < 0) {
        there.tv_sec--;
        there.tv_nsec += NS;
    }
    return there;
}

int __wrap_clock_gettime(clockid_t clock, struct timespec *at)
{
    int rc = __real_clock_gettime(clock, at);

    *at = moved(at, 1);
    return rc;
}

int __wrap_pthread_cond_timedwait(pthread_cond_t *cond, pthread_mutex_t *mutex,
                                  const struct timespec *until)
{
    struct timespec known = moved(until, -1);

    return __real_pthread_cond_timedwait(cond, mutex, &known);
}

int __wrap_pthread_mutex_timedlock(pthread_mutex_t *mutex, const struct timespec *until)
{
    struct timespec known = moved(until, -1);

    return __real_pthread_mutex_timedlock(mutex, &known);
}

int __wrap_pthread_mutex_clocklock(pthread_mutex_t *mutex, clockid_t clock,
                                   const struct timespec *until)
{
    struct timespec known = moved(until, -1);

    return __real_pthread_mutex_clocklock(mutex, clock, &known);
}
