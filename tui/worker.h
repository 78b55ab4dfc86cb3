/*
 * The worker: threads with a connection each, one for the user's verbs, one for reads and one for
 * the terminal's duties (beats, lease, assigning), which must not stand in the user's way. The loop
 * posts jobs and takes them back done; it never waits for them.
 *
 * Jobs pass through two queues under a mutex; an eventfd tells the loop, which polls it. (Plain
 * memory under a mutex is what ThreadSanitizer can prove; an inproc PAIR would hand over the same
 * pointer and hide it.)
 */
#ifndef BOXOFFICE_TUI_WORKER_H
#define BOXOFFICE_TUI_WORKER_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/settings.h"
#include "tui/job.h"

struct worker;

struct worker_options {
    const struct sql_options *database; /* its texts are borrowed as long as the worker lives */
    const char *terminal;               /* put on every request; borrowed during worker_new */
    const struct settings *settings;    /* what money depends on; borrowed during worker_new */
};

/*
 * Opens the connections and starts the threads, with every signal blocked in them. A server is
 * connected to by the threads, when it can be: until then a job fails with RC_AWAY. On success
 * `*worker` is the caller's. RC_STORAGE, RC_ENVIRONMENT, RC_NO_MEMORY.
 */
enum rc worker_new(struct worker **worker, const struct worker_options *options, struct fault *why);

/*
 * Ends: jobs not yet begun are dropped, one at work is awaited, at most `limit_ms`. Returns true
 * when the threads ended and everything is freed (`*worker` is NULL); false when one is still at
 * work: then the process had better leave with _exit.
 */
bool worker_free(struct worker **worker, int limit_ms);

/* Hands a job over; it is the worker's until worker_take gives it back. */
void worker_post(struct worker *worker, struct job *job);

/* Takes back a job that is done, NULL when there is none. The caller frees it. */
struct job *worker_take(struct worker *worker);

/* Becomes readable when a job is done; worker_take clears it. */
int worker_fd(const struct worker *worker);

/* Is the outcome of the user's verb not known, and asked for until it is? */
bool worker_asking(struct worker *worker);

/* Jobs of a lane not yet taken back. */
int worker_load(struct worker *worker, enum lane lane);

#endif
