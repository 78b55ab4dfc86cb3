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

/* The till that a verb's money goes into, when the screens have not read it yet. */
static till_id find_till(struct sql *db, int32_t drawer)
{
    struct till till;

    if (drawer == 0 || till_of_drawer(db, drawer, &till, NULL) != RC_OK)
        return (till_id){0};
    return till.state == TILL_OPEN ? till.id : (till_id){0};
}

void job_ask(struct sql *db, const struct job_terms *terms, struct ask *ask)
{
    const struct ask was = *ask;

    verb_ask(ask, db, was.key, terms->terminal, was.operator_number);
    ask->approver = was.approver;
    ask->till = was.till.n == JOB_ANY_TILL ? find_till(db, terms->drawer) : was.till;
    ask->tax = terms->tax;
    ask->cash_round = terms->cash_round;
    ask->prints = terms->prints;
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
