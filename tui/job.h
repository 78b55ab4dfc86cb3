/* A job: one request to the worker, and what came of it. */
#ifndef BOXOFFICE_TUI_JOB_H
#define BOXOFFICE_TUI_JOB_H

#include "tui/basket.h"
#include "tui/reads.h"

/* Which thread does it: the user's verbs, reads, or the terminal's duties. */
enum lane { LANE_VERBS, LANE_READS, LANE_DUTIES, LANE_COUNT };

/* The till in a verb's ask, when it is not known: the worker looks for the drawer's. */
enum { JOB_ANY_TILL = -1 };

/* One request and what came of it. Made by job_verb and job_read; freed with job_free. */
struct job {
    uint64_t owner; /* who asked: the screen's serial, 0: the terminal itself */
    int32_t tag;    /* the asker's own */
    enum lane lane;
    const struct verb *verb; /* NULL: a read */
    void *request, *reply;   /* of a verb; heap */
    bool with_basket;        /* after the verb read what the basket holds, into `basket` */
    struct basket basket;
    enum read_id read;
    union read_args args;
    void *result; /* of a read; heap, read_free */
    enum rc rc;
    struct fault fault;
    when_ms now; /* the engine's clock when it was done */
    struct job *next;
};

/*
 * Makes a job for a verb. `request` is copied (verb->request_size bytes); its ask is filled in by
 * the worker but for key, operator, approver and till, which the caller puts there. NULL without
 * memory.
 */
struct job *job_verb(const struct verb *verb, const void *request);
/* Makes a job for a read; `args` is copied. NULL without memory. */
struct job *job_read(enum read_id read, const union read_args *args);
/* What the worker puts on every request. */
struct job_terms {
    char terminal[TERMINAL_SIZE];
    int32_t drawer, tax, cash_round; /* settings */
    bool prints;                     /* there is a printer */
};

/* Fills in who asks, but for the key and what the asker has put there: operator,
 * approver and till. */
void job_ask(struct sql *db, const struct job_terms *terms, struct ask *ask);

/* Frees a job with what it carries, and wipes what it read with; clears `*job`; NULL inside is
 * allowed. */
void job_free(struct job **job);

#endif
