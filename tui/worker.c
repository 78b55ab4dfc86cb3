#include "tui/worker.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "core/base/words.h"
#include "db/migrate.h"
#include "tui/office.h"
#include "tui/stationery.h"

enum {
    BASKET_RUNS = 3,  /* how often a basket is read that there is no memory for */
    UNKNOWN_RUNS = 3, /* how often a verb of unknown outcome is run in a file */
    AGAIN_MS = 500,   /* how often it is on a server: until it is known */
    READ_MS = 5000    /* how long an answer is waited for; screens ask small questions */
};

struct queue {
    struct job *first, **last;
};

/* One thread with its connection. */
struct bench {
    struct worker *worker;
    pthread_t thread;
    bool started, ended;
    struct sql *db; /* NULL: the server could not be reached yet */
    bool asking;    /* a verb's outcome is not known and asked for */
    struct queue queue;
    pthread_cond_t wake;
    int load; /* posted and not yet taken back */
};

struct worker {
    pthread_mutex_t lock; /* guards the queues, loads and flags */
    struct sql_options database;
    bool server;
    struct bench benches[LANE_COUNT];
    struct queue done;
    pthread_cond_t gone;
    bool ending;
    int fd;
    struct job_terms terms;
};

static void queue_init(struct queue *queue)
{
    queue->first = NULL;
    queue->last = &queue->first;
}

static void queue_add(struct queue *queue, struct job *job)
{
    job->next = NULL;
    *queue->last = job;
    queue->last = &job->next;
}

static struct job *queue_take(struct queue *queue)
{
    struct job *job = queue->first;

    if (!job)
        return NULL;
    queue->first = job->next;
    if (!queue->first)
        queue->last = &queue->first;
    job->next = NULL;
    return job;
}

/* The moment in so many milliseconds, for a condition. */
static void worker_limit(struct timespec *limit, int ms)
{
    clock_gettime(CLOCK_MONOTONIC, limit);
    limit->tv_sec += ms / 1000;
    limit->tv_nsec += (long)(ms % 1000) * 1000000;
    if (limit->tv_nsec >= 1000000000) {
        limit->tv_sec++;
        limit->tv_nsec -= 1000000000;
    }
}

/* Reads what the basket holds after a verb on it, anew where memory ends meanwhile: seats that were
 * taken and are not seen would stay taken, with nobody to give them back. */
static void run_basket(struct sql *db, struct job *job)
{
    union read_args args = {.show = {.show = job->basket.show}};
    enum rc rc = RC_NO_MEMORY;
    void *result = NULL;
    struct fault why;

    snprintf(args.show.basket, sizeof args.show.basket, "%s", job->basket.key);
    for (int run = 0; run < BASKET_RUNS && rc == RC_NO_MEMORY; run++)
        rc = read_run(db, READ_BASKET, &args, &result, &why);
    if (rc == RC_OK)
        job->basket = *(struct basket *)result;
    else
        job->with_basket = false;
    free(result);
}

/* Waits a moment before the next run; false when the worker is to end. */
static bool bench_pause(struct bench *bench)
{
    struct worker *worker = bench->worker;
    struct timespec until;
    bool goes_on;

    worker_limit(&until, AGAIN_MS);
    pthread_mutex_lock(&worker->lock);
    bench->asking = true;
    while (!worker->ending && pthread_cond_timedwait(&bench->wake, &worker->lock, &until) == 0)
        ;
    goes_on = !worker->ending;
    pthread_mutex_unlock(&worker->lock);
    return goes_on;
}

/*
 * An unknown outcome is resolved only by running the same verb again with the same key; once it is
 * unknown, a failure to ask does not mean no. A server may be away for long, and then comes back.
 */
static void run_until_known(struct bench *bench, struct job *job)
{
    const bool server = bench->worker->server;
    /* Beats and touches are soon done anew, and would hold up what the user asks for. */
    const bool matters = !server || job->verb->keyed || job->with_basket;
    bool unknown = false;

    for (int run = 1;; run++) {
        job->rc = verb_do(bench->db, job->verb, job->request, job->reply, &job->fault);
        unknown = job->rc == RC_UNKNOWN || (unknown && rc_exit_status(job->rc) == 3);
        if (!unknown)
            return;
        job->rc = RC_UNKNOWN;
        if (!matters || (server ? !bench_pause(bench) : run == UNKNOWN_RUNS))
            return;
    }
}

static void run_verb(struct bench *bench, struct job *job)
{
    struct worker *worker = bench->worker;

    job_ask(bench->db, &worker->terms, job->request);
    run_until_known(bench, job);
    pthread_mutex_lock(&worker->lock);
    bench->asking = false;
    pthread_mutex_unlock(&worker->lock);
    if (job->rc == RC_AWAY) /* the basket stays as it was */
        job->with_basket = false;
    if (job->with_basket)
        run_basket(bench->db, job);
}

/* Connects to a server where that has not been possible yet. */
static enum rc bench_connect(struct bench *bench, struct fault *why)
{
    return bench->db ? RC_OK : office_connect(&bench->db, &bench->worker->database, why);
}

static void run(struct bench *bench, struct job *job)
{
    job->rc = bench_connect(bench, &job->fault);
    if (job->rc != RC_OK)
        job->with_basket = false;
    else if (job->verb)
        run_verb(bench, job);
    else
        job->rc = read_run(bench->db, job->read, &job->args, &job->result, &job->fault);
    job->now = bench->db ? sql_now(bench->db) : 0;
}

static void tell(const struct worker *worker)
{
    uint64_t one = 1;

    while (write(worker->fd, &one, sizeof one) < 0 && errno == EINTR)
        ;
}

static void *bench_main(void *context)
{
    struct bench *bench = context;
    struct worker *worker = bench->worker;
    struct fault ignored;

    (void)bench_connect(bench, &ignored); /* so that the first key need not wait for it */
    pthread_mutex_lock(&worker->lock);
    while (!worker->ending) {
        struct job *job = queue_take(&bench->queue);
        if (!job) {
            pthread_cond_wait(&bench->wake, &worker->lock);
            continue;
        }
        pthread_mutex_unlock(&worker->lock);
        run(bench, job);
        pthread_mutex_lock(&worker->lock);
        queue_add(&worker->done, job);
        tell(worker);
    }
    bench->ended = true;
    pthread_cond_broadcast(&worker->gone);
    pthread_mutex_unlock(&worker->lock);
    return NULL;
}

/* Starts a thread, with its connection: a file is opened here, so that what is wrong with it is
 * told; a server is connected to by the thread, which may wait for it. */
static enum rc bench_start(struct bench *bench, struct fault *why)
{
    struct worker *worker = bench->worker;
    enum sql_rc rc = worker->server ? SQL_OK : sql_open(&bench->db, &worker->database);

    if (rc != SQL_OK)
        return verb_storage_fault(bench->db, rc, why);
    if (bench->db)
        migrate_know(bench->db);
    int error = pthread_create(&bench->thread, NULL, bench_main, bench);
    if (error)
        return fault_set(why, RC_ENVIRONMENT, _("a thread: %s"), strerror(error));
    bench->started = true;
    return RC_OK;
}

/* Makes a condition whose limits are of the clock that never jumps. */
static void worker_condition(pthread_cond_t *condition)
{
    pthread_condattr_t clock;

    pthread_condattr_init(&clock);
    pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    pthread_cond_init(condition, &clock);
    pthread_condattr_destroy(&clock);
}

enum rc worker_new(struct worker **out, const struct worker_options *options, struct fault *why)
{
    struct worker *worker = calloc(1, sizeof *worker);
    sigset_t all, before;
    enum rc rc = RC_OK;

    if (!worker)
        return fault_set(why, RC_NO_MEMORY, _("no memory for the worker"));
    snprintf(worker->terms.terminal, sizeof worker->terms.terminal, "%s", options->terminal);
    worker->terms.drawer = (int32_t)options->settings->drawer;
    worker->terms.tax = (int32_t)options->settings->tax;
    worker->terms.cash_round = (int32_t)options->settings->cash_round;
    worker->terms.prints = stationery_prints(options->settings);
    pthread_mutex_init(&worker->lock, NULL);
    worker->database = *options->database;
    worker->database.read_ms = READ_MS;
    worker->server = sql_is_server(options->database->name);
    worker_condition(&worker->gone);
    queue_init(&worker->done);
    worker->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (worker->fd < 0)
        rc = fault_set(why, RC_ENVIRONMENT, _("no more file descriptors: %s"), strerror(errno));
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    for (int lane = 0; lane < LANE_COUNT; lane++) {
        struct bench *bench = &worker->benches[lane];
        bench->worker = worker;
        queue_init(&bench->queue);
        worker_condition(&bench->wake);
        if (rc == RC_OK)
            rc = bench_start(bench, why);
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (rc != RC_OK)
        worker_free(&worker, 0);
    *out = worker;
    return rc;
}

static bool all_ended(const struct worker *worker)
{
    for (int lane = 0; lane < LANE_COUNT; lane++)
        if (worker->benches[lane].started && !worker->benches[lane].ended)
            return false;
    return true;
}

/* Tells the threads to end and waits for them. */
static bool end_threads(struct worker *worker, int limit_ms)
{
    struct timespec limit;
    bool ended;

    worker_limit(&limit, limit_ms);
    pthread_mutex_lock(&worker->lock);
    worker->ending = true;
    for (int lane = 0; lane < LANE_COUNT; lane++)
        pthread_cond_signal(&worker->benches[lane].wake);
    while (!(ended = all_ended(worker)))
        if (pthread_cond_timedwait(&worker->gone, &worker->lock, &limit) != 0)
            break;
    pthread_mutex_unlock(&worker->lock);
    return ended;
}

static void queue_drop(struct queue *queue)
{
    struct job *job;

    while ((job = queue_take(queue)))
        job_free(&job);
}

bool worker_free(struct worker **out, int limit_ms)
{
    struct worker *worker = *out;

    if (!worker)
        return true;
    /* An idle thread ends at once, whatever the limit. */
    if (!end_threads(worker, limit_ms < 100 ? 100 : limit_ms))
        return false;
    for (int lane = 0; lane < LANE_COUNT; lane++) {
        struct bench *bench = &worker->benches[lane];
        if (bench->started)
            pthread_join(bench->thread, NULL);
        sql_close(&bench->db);
        queue_drop(&bench->queue);
        pthread_cond_destroy(&bench->wake);
    }
    queue_drop(&worker->done);
    if (worker->fd >= 0)
        close(worker->fd);
    pthread_cond_destroy(&worker->gone);
    pthread_mutex_destroy(&worker->lock);
    free(worker);
    *out = NULL;
    return true;
}

void worker_post(struct worker *worker, struct job *job)
{
    struct bench *bench = &worker->benches[job->lane];

    pthread_mutex_lock(&worker->lock);
    queue_add(&bench->queue, job);
    bench->load++;
    pthread_cond_signal(&bench->wake);
    pthread_mutex_unlock(&worker->lock);
}

struct job *worker_take(struct worker *worker)
{
    uint64_t count;

    pthread_mutex_lock(&worker->lock);
    struct job *job = queue_take(&worker->done);
    if (job)
        worker->benches[job->lane].load--;
    else if (read(worker->fd, &count, sizeof count) < 0) {
        /* Nothing was told: as good as taken. */
    }
    pthread_mutex_unlock(&worker->lock);
    return job;
}

int worker_fd(const struct worker *worker)
{
    return worker->fd;
}

int worker_load(struct worker *worker, enum lane lane)
{
    pthread_mutex_lock(&worker->lock);
    int load = worker->benches[lane].load;
    pthread_mutex_unlock(&worker->lock);
    return load;
}

bool worker_asking(struct worker *worker)
{
    pthread_mutex_lock(&worker->lock);
    const bool asking = worker->benches[LANE_VERBS].asking;
    pthread_mutex_unlock(&worker->lock);
    return asking;
}
