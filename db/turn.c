#include "db/turn.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/base/words.h"
#include "db/waiters.h"

#define TURN_SUFFIX "-turn"

enum {
    TURN_LAYOUT = 2,
    TURN_SLICE_MS = 50, /* a wake-up may be lost on a stopped waiter: look again this often */
    TURN_OPEN_TRIES = 1000,
};

/* ThreadSanitizer of the compilers that we know does not see pthread_mutex_clocklock. Elsewhere the
 * wall clock would not do: set back in a slice, it would make that slice as long as the step. */
#ifdef __SANITIZE_THREAD__
#define TURN_CLOCK                    CLOCK_REALTIME
#define turn_timed_lock(mutex, until) pthread_mutex_timedlock(mutex, until)
#else
#define TURN_CLOCK                    CLOCK_MONOTONIC
#define turn_timed_lock(mutex, until) pthread_mutex_clocklock(mutex, CLOCK_MONOTONIC, until)
#endif

static const uint64_t turn_magic = UINT64_C(0x6e727574786f62); /* "boxturn" */

/* What all processes map. The fields before the mutex keep their place in every layout. */
struct turn_page {
    _Atomic uint64_t magic; /* written last: a page without it is unfinished */
    uint32_t layout;
    uint32_t page_size;
    uint32_t mutex_size;
    _Atomic uint32_t stopped;
    _Atomic int64_t since_ms; /* monotonic clock, when the holder took it */
    _Atomic int32_t holder;   /* process id, 0: nobody */
    pthread_mutex_t mutex;
    struct waiters line;
    _Atomic uint64_t written; /* commits, counted in the turn */
    _Atomic uint64_t synced;  /* so many of them are on disk */
    _Atomic uint32_t doubt;   /* a sync failed, and nobody has settled that yet */
};

struct turn {
    struct turn_page *page;
    int fd;
    dev_t device;
    ino_t inode;
    bool held;
    uint64_t number; /* in the line, of the turn that is held; 0: it was free */
    uint64_t seen;   /* what was written when the last turn ended */
    char path[];
};

static int64_t turn_clock_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void turn_pause(int ms)
{
    const struct timespec t = {.tv_nsec = ms * 1000000L};

    nanosleep(&t, NULL);
}

/* An open-file lock, without waiting: true when it was got. */
static bool turn_lock_file(int fd, short type)
{
    struct flock lock = {.l_type = type, .l_whence = SEEK_SET};

    return fcntl(fd, F_OFD_SETLK, &lock) == 0;
}

/* Whether the path still leads to the file that is mapped. */
static bool turn_in_place(const struct turn *turn)
{
    struct stat st;

    return stat(turn->path, &st) == 0 && st.st_dev == turn->device && st.st_ino == turn->inode;
}

static int turn_mutex_make(pthread_mutex_t *mutex)
{
    pthread_mutexattr_t attr;
    int error = pthread_mutexattr_init(&attr);

    if (error != 0)
        return error;
    error = pthread_mutexattr_setpshared(&attr, PTHREAD_PROCESS_SHARED);
    if (error == 0)
        error = pthread_mutexattr_setrobust(&attr, PTHREAD_MUTEX_ROBUST);
    if (error == 0)
        error = pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_ERRORCHECK);
    if (error == 0)
        error = pthread_mutex_init(mutex, &attr);
    pthread_mutexattr_destroy(&attr);
    return error;
}

/* An empty page with its room on disk: a hole would end in SIGBUS when the disk is full. */
static int turn_size(int fd)
{
    if (ftruncate(fd, 0) != 0)
        return errno;
    return posix_fallocate(fd, 0, (off_t)sizeof(struct turn_page));
}

/* Maps the page; with `anew` it is sized and made first. Returns an errno. */
static int turn_map(struct turn *turn, bool anew)
{
    struct stat st;
    void *map;

    if (anew) {
        const int error = turn_size(turn->fd);

        if (error != 0)
            return error;
    }
    if (fstat(turn->fd, &st) != 0)
        return errno;
    if (st.st_size != (off_t)sizeof(struct turn_page))
        return EPROTO;
    turn->device = st.st_dev;
    turn->inode = st.st_ino;
    map = mmap(NULL, sizeof(struct turn_page), PROT_READ | PROT_WRITE, MAP_SHARED, turn->fd, 0);
    if (map == MAP_FAILED)
        return errno;
    turn->page = map;
    if (anew) {
        int error = turn_mutex_make(&turn->page->mutex);

        if (error != 0)
            return error;
        turn->page->layout = TURN_LAYOUT;
        turn->page->page_size = (uint32_t)sizeof(struct turn_page);
        turn->page->mutex_size = (uint32_t)sizeof(pthread_mutex_t);
        turn->page->written = 1; /* of a process that was killed before its sync, perhaps */
        atomic_store(&turn->page->magic, turn_magic);
    }
    return atomic_load(&turn->page->magic) == turn_magic && turn->page->layout == TURN_LAYOUT &&
                   turn->page->page_size == sizeof(struct turn_page) &&
                   turn->page->mutex_size == sizeof(pthread_mutex_t)
               ? 0
               : EPROTO;
}

/* Joins the processes that share the page, or makes it anew when there are none. */
static int turn_join(struct turn *turn)
{
    for (int i = 0; i < TURN_OPEN_TRIES; i++) {
        if (turn_lock_file(turn->fd, F_WRLCK)) {
            int error = turn_map(turn, true);

            if (error == 0 && !turn_lock_file(turn->fd, F_RDLCK))
                error = errno;
            return error;
        }
        if (turn_lock_file(turn->fd, F_RDLCK))
            return turn_map(turn, false);
        turn_pause(1); /* another process is making it, or has shut it */
    }
    return ETIMEDOUT;
}

static int turn_open_file(struct turn *turn, mode_t mode)
{
    const int flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW;

    turn->fd = open(turn->path, flags | O_CREAT | O_EXCL, mode);
    if (turn->fd >= 0)
        return fchmod(turn->fd, mode) == 0 ? 0 : errno; /* as the database's, whatever the umask */
    if (errno == EEXIST)
        turn->fd = open(turn->path, flags);
    return turn->fd >= 0 ? 0 : errno;
}

enum sql_rc turn_new(struct turn **turn, const char *path, mode_t mode, struct engine_error *why)
{
    const size_t length = strlen(path);
    struct turn *t = calloc(1, sizeof *t + length + sizeof TURN_SUFFIX);
    int error;

    *turn = NULL;
    if (!t)
        return engine_fail(why, SQL_NO_MEMORY, _("out of memory"));
    memcpy(t->path, path, length);
    memcpy(t->path + length, TURN_SUFFIX, sizeof TURN_SUFFIX);
    t->fd = -1;
    error = turn_open_file(t, mode);
    if (error == 0)
        error = turn_join(t);
    if (error == 0) {
        *turn = t;
        return SQL_OK;
    }
    if (error == EPROTO)
        engine_fail(why, SQL_ENVIRONMENT, _("%s belongs to another version that is running"),
                    t->path);
    else if (error == ETIMEDOUT)
        engine_fail(why, SQL_BUSY, _("%s is closed: it is being moved, restored or brought up"),
                    path);
    else
        engine_fail(why, SQL_ENVIRONMENT, "%s: %s", t->path, strerror(error));
    turn_free(&t);
    if (error == ETIMEDOUT)
        return SQL_BUSY;
    return error == EACCES || error == EROFS || error == EPERM ? SQL_READ_ONLY : SQL_ENVIRONMENT;
}

void turn_free(struct turn **turn)
{
    struct turn *t = *turn;

    if (!t)
        return;
    if (t->page)
        munmap(t->page, sizeof *t->page);
    if (t->fd >= 0)
        close(t->fd);
    free(t);
    *turn = NULL;
}

enum sql_rc turn_shut(struct turn *turn, struct engine_error *why)
{
    if (turn->held)
        return engine_fail(why, SQL_MISUSE, "this thread has the writers' turn");
    if (turn_lock_file(turn->fd, F_WRLCK))
        return SQL_OK;
    return engine_fail(why, SQL_BUSY, _("other terminals or commands have it open"));
}

void turn_open(struct turn *turn)
{
    (void)turn_lock_file(turn->fd, F_RDLCK); /* to less than one has is never refused */
}

/* One slice of waiting; an errno of pthread_mutex_clocklock. */
static int turn_wait_slice(struct turn *turn, int64_t left_ms)
{
    const int64_t slice_ms = left_ms < TURN_SLICE_MS ? left_ms : TURN_SLICE_MS;
    struct timespec until;

    clock_gettime(TURN_CLOCK, &until);
    until.tv_nsec += slice_ms * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_nsec -= 1000000000;
        until.tv_sec++;
    }
    return turn_timed_lock(&turn->page->mutex, &until);
}

/* Sleeps a slice in the line. True when a whole one passed and the one who is served did not come:
 * it is stopped, or dead, and anybody may go. */
static bool turn_sleep_is_vain(struct turn *turn, int64_t left_ms)
{
    struct waiters *line = &turn->page->line;
    const uint64_t before = atomic_load(&line->serving);
    const int64_t start_ms = turn_clock_ms();

    waiters_sleep(line, turn->number, left_ms < TURN_SLICE_MS ? left_ms : TURN_SLICE_MS);
    return atomic_load(&line->serving) == before && turn_clock_ms() - start_ms >= TURN_SLICE_MS;
}

static enum sql_rc turn_give_up(const struct turn *turn, struct engine_error *why)
{
    const int32_t holder = atomic_load(&turn->page->holder);
    const int64_t held_ms = turn_clock_ms() - atomic_load(&turn->page->since_ms);

    if (holder != 0 && held_ms >= TURN_NAME_MS)
        return engine_fail(why, SQL_STOPPED_HOLDER,
                           _("process %d has held the writers' turn for %lld s"), (int)holder,
                           (long long)(held_ms / 1000));
    if (holder == 0) /* between two of them */
        return engine_fail(why, SQL_BUSY, _("other writers are at work"));
    return engine_fail(why, SQL_BUSY, _("another writer (process %d) is at work"), (int)holder);
}

/* Stands in the line and then at the mutex; an errno of its lock, EBUSY when `wait_ms` runs out. */
static int turn_queue(struct turn *turn, int wait_ms)
{
    struct waiters *line = &turn->page->line;
    const int64_t end_ms = turn_clock_ms() + wait_ms;
    int error = EBUSY;

    turn->number = 0;
    if (waiters_may_pass(line, turn_clock_ms()))
        error = pthread_mutex_trylock(&turn->page->mutex);
    if (error != EBUSY) {
        waiters_passed(line);
        return error;
    }
    turn->number = waiters_join(line, turn_clock_ms());
    while (error == EBUSY || error == ETIMEDOUT) {
        const int64_t left_ms = end_ms - turn_clock_ms();

        if (waiters_may_go(line, turn->number)) {
            error = left_ms > 0 ? turn_wait_slice(turn, left_ms)
                                : pthread_mutex_trylock(&turn->page->mutex);
        } else {
            if (waiters_served_is_gone(line)) /* killed at work, or it gave up */
                error = pthread_mutex_trylock(&turn->page->mutex);
            if (error == EBUSY && left_ms > 0 && turn_sleep_is_vain(turn, left_ms))
                error = pthread_mutex_trylock(&turn->page->mutex);
        }
        if (left_ms <= 0)
            break;
    }
    waiters_leave(line, turn->number);
    return error;
}

enum sql_rc turn_take(struct turn *turn, int wait_ms, struct engine_error *why)
{
    int error = turn->held ? EDEADLK : turn_queue(turn, wait_ms);

    if (error == EBUSY || error == ETIMEDOUT) {
        if (waiters_may_go(&turn->page->line, turn->number))
            waiters_call_next(&turn->page->line, turn->number);
        return turn_give_up(turn, why);
    }
    if (error == EOWNERDEAD) { /* killed in its turn: the engine rolls its work back by itself */
        error = pthread_mutex_consistent(&turn->page->mutex);
        turn_wrote(turn); /* or it had committed and not yet said so */
    }
    if (error == EDEADLK)
        return engine_fail(why, SQL_MISUSE, "this thread has the writers' turn already");
    if (error != 0)
        return engine_fail(why, SQL_ENVIRONMENT, _("writers' turn: %s"), strerror(error));
    turn->held = true;
    atomic_store(&turn->page->since_ms, turn_clock_ms());
    atomic_store(&turn->page->holder, (int32_t)getpid());
    if (atomic_load(&turn->page->stopped) != 0) {
        turn_release(turn);
        return engine_fail(why, SQL_IO,
                           _("storage failed: selling is stopped until every terminal has ended"));
    }
    if (!turn_in_place(turn)) {
        turn_release(turn);
        return engine_fail(why, SQL_MOVED, _("%s was removed or replaced"), turn->path);
    }
    return SQL_OK;
}

void turn_release(struct turn *turn)
{
    turn->held = false;
    turn->seen = turn_written(turn);
    atomic_store(&turn->page->holder, 0);
    pthread_mutex_unlock(&turn->page->mutex);
    waiters_call_next(&turn->page->line, turn->number);
}

bool turn_held(const struct turn *turn)
{
    return turn && turn->held;
}

void turn_wrote(struct turn *turn)
{
    atomic_fetch_add(&turn->page->written, 1);
}

uint64_t turn_written(const struct turn *turn)
{
    return atomic_load(&turn->page->written);
}

bool turn_durable(const struct turn *turn)
{
    return atomic_load(&turn->page->synced) >= turn->seen;
}

void turn_synced(struct turn *turn, uint64_t written)
{
    uint64_t known = atomic_load(&turn->page->synced);

    while (known < written && !atomic_compare_exchange_weak(&turn->page->synced, &known, written))
        ;
}

void turn_doubt(struct turn *turn)
{
    atomic_store(&turn->page->doubt, 1);
}

bool turn_doubted(const struct turn *turn)
{
    return atomic_load(&turn->page->doubt) != 0;
}

void turn_settled(struct turn *turn)
{
    turn_synced(turn, turn_written(turn));
    atomic_store(&turn->page->doubt, 0);
}

void turn_stop(struct turn *turn)
{
    atomic_store(&turn->page->stopped, 1);
}
