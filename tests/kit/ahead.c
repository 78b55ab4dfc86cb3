/*
 * The clocks and the memory of the program that later.h starts: the linker puts these in the place
 * of what it calls (--wrap). Moments that it waits for are put back to what the system knows of.
 */
#include <errno.h>
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

void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_realloc(void *old, size_t size);

static struct later_page *page;

/* Before main, so that no thread is there yet. */
__attribute__((constructor)) static void map_page(void)
{
    const char *path = getenv(LATER_ENV);
    int fd = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    void *mapped =
        fd < 0 ? MAP_FAILED : mmap(NULL, sizeof *page, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

    if (fd >= 0)
        close(fd);
    if (mapped != MAP_FAILED)
        page = mapped;
}

static struct timespec moved(const struct timespec *at, int sign)
{
    int64_t ms = page ? sign * atomic_load(&page->ms) : 0;
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

/* Is this the allocation that is to fail? */
static bool fails(void)
{
    if (!page || atomic_load(&page->fail) <= 0 || atomic_fetch_sub(&page->fail, 1) != 1)
        return false;
    atomic_store(&page->fail, -1);
    errno = ENOMEM;
    return true;
}

void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t n, size_t size)
{
    return fails() ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return fails() ? NULL : __real_realloc(old, size);
}
