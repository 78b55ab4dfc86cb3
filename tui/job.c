#include "tui/job.h"

#include <stdlib.h>
#include <string.h>

struct job *job_verb(const struct verb *verb, const void *request)
{
    struct job *job = calloc(1, sizeof *job);

    if (!job)
        return NULL;
    job->verb = verb;
    job->lane = LANE_VERBS;
    job->request = malloc(verb->request_size);
    job->reply = calloc(1, verb->reply_size);
    if (!job->request || !job->reply) {
        job_free(&job);
        return NULL;
    }
    memcpy(job->request, request, verb->request_size);
    return job;
}

struct job *job_read(enum read_id read, const union read_args *args)
{
    struct job *job = calloc(1, sizeof *job);

    if (!job)
        return NULL;
    job->read = read;
    job->lane = LANE_READS;
    job->args = *args;
    return job;
}

void job_free(struct job **job)
{
    if (!*job)
        return;
    free((*job)->request);
    free((*job)->reply);
    if (!(*job)->verb)
        read_free((*job)->read, &(*job)->result);
    explicit_bzero(&(*job)->args, sizeof(*job)->args); /* which may have been a PIN */
    free(*job);
    *job = NULL;
}
