/*
 * Doing a verb: its key, its transaction, and tidying first (verb.h).
 *
 * The body runs first and is judged by what is heard then, so that neither question costs a round
 * trip: whether the show had to be tidied was asked before it, and a key that was used before
 * refuses its second row. Either way what the body did is rolled back.
 */
#include "core/base/words.h"
#include "core/desk/verb.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/digest.h"
#include "core/desk/kept.h"
#include "core/desk/tidy.h"

/* One write transaction with its key: what verbs and bulk verbs have in common. */
struct frame {
    const struct ask *ask;
    const char *name;   /* of the verb */
    const char *digest; /* of its request; NULL: its key is not kept */
    void *result;       /* begins with a struct told; what is kept with the key */
    size_t size;
    verb_bulk_work *work;
    void *context;
    const struct verb *tidies; /* the verb whose show may have to be tidied first; NULL: none */
    bool due;                  /* that was found: nothing was done */
    show_id untidy;            /* which show it is */
    bool found;                /* the key was used before: `result` is the first one again */
    struct fault *why;
    enum rc rc;
};

/* What the body of a verb needs, behind the bulk verbs' signature. */
struct body {
    const struct verb *verb;
    const void *request;
    void *reply;
};

static enum rc body_run(struct sql *db, void *context, struct fault *why)
{
    const struct body *body = context;

    return body->verb->run(db, body->request, body->reply, why);
}

/* The key was used before: the first result again, if it was the same request. */
static void frame_replay(struct sql *db, struct frame *frame)
{
    size_t size = 0;
    const void *result;
    struct sql_statement *row =
        sql_ask(db, "SELECT verb, digest, layout, result FROM requests WHERE key = $1",
                SQL_VALUES(sql_t(frame->ask->key)));

    memset(frame->result, 0, frame->size);
    frame->found = true;
    frame->rc = RC_OK;
    if (!sql_row(row)) {
        frame->rc = fault_set(frame->why, RC_STORAGE, _("the key's result is gone"));
        return;
    }
    result = sql_bytes(row, 3, &size);
    if (sql_number(row, 2) != VERB_LAYOUT)
        frame->rc = fault_set(frame->why, RC_KEY_REUSED,
                              _("the key %s was used with another version of the program"),
                              frame->ask->key);
    else if (strcmp(sql_text(row, 0), frame->name) != 0 ||
             strcmp(sql_text(row, 1), frame->digest) != 0 ||
             !kept_unpack(result, size, frame->result, frame->size))
        frame->rc = fault_set(
            frame->why,
            RC_KEY_REUSED, /* translators: a key, and the verb in the database: sell, reserve ... */
            _("the key %s was used for another %s"), frame->ask->key, sql_text(row, 0));
    sql_done(row);
    if (frame->rc == RC_OK)
        ((struct told *)frame->result)->replayed = 1;
}

#define KEEP                                                            \
    "INSERT INTO requests (key, verb, digest, layout, result, done_at)" \
    " VALUES ($1, $2, $3, $4, $5, $6)"

/*
 * Was the key used before? A plain look could miss a request of the same key whose outcome is open
 * (its COMMIT's answer was lost); a row of our own waits for that outcome. It is rolled back.
 */
static bool frame_used(struct sql *db, struct frame *frame)
{
    return sql_run(db, KEEP " ON CONFLICT (key) DO NOTHING",
                   SQL_VALUES(sql_t(frame->ask->key), sql_t(frame->name), sql_t(frame->digest),
                              sql_n(VERB_LAYOUT), sql_b("", 0), sql_n(frame->ask->now))) == 0;
}

/* Keeps the result with its key; one that was used before spoils the transaction. */
static void frame_keep(struct sql *db, struct frame *frame)
{
    uint8_t *packed = malloc(KEPT_MOST(frame->size));
    size_t n;

    if (packed == NULL) {
        frame->rc = fault_set(frame->why, RC_NO_MEMORY, _("out of memory"));
        return;
    }
    n = kept_pack(frame->result, frame->size, packed);
    sql_post(db, KEEP,
             SQL_VALUES(sql_t(frame->ask->key), sql_t(frame->name), sql_t(frame->digest),
                        sql_n(VERB_LAYOUT), sql_b(packed, n), sql_n(frame->ask->now)));
    free(packed);
}

/* Asks whether the verb's show has to be tidied first; it travels with the body's first question.
 */
static struct sql_statement *frame_ask(struct sql *db, const struct frame *frame)
{
    const struct verb *verb = frame->tidies;

    if (verb == NULL || verb->show == NULL)
        return NULL;
    return tidy_ask(db, verb->show(frame->ask), frame->ask->now, frame->ask->key);
}

static bool frame_run(struct sql *db, void *context)
{
    struct frame *frame = context;
    struct sql_statement *due;

    memset(frame->result, 0, frame->size);
    frame->found = false;
    due = frame_ask(db, frame);
    frame->rc = frame->work(db, frame->context, frame->why);
    frame->due = tidy_hear(due, &frame->untidy);
    if (frame->due)
        return false;
    if (frame->digest == NULL)
        return frame->rc == RC_OK;
    if (frame->rc == RC_OK)
        frame_keep(db, frame);
    else if (frame_used(db, frame))
        frame_replay(db, frame);
    return frame->rc == RC_OK && !frame->found;
}

/* Only looks whether the key was used. */
static bool frame_look(struct sql *db, void *context)
{
    if (frame_used(db, context))
        frame_replay(db, context);
    return false;
}

static bool frame_settle(struct sql *db, void *context)
{
    (void)db;
    (void)context;
    return true;
}

static enum rc frame_do(struct sql *db, struct frame *frame)
{
    enum sql_rc done = sql_tx(db, frame_run, frame);

    if (done == SQL_CONFLICT && frame->digest != NULL)
        done = sql_tx(db, frame_look, frame) == SQL_ROLLED_BACK && frame->found ? SQL_ROLLED_BACK
                                                                                : SQL_CONFLICT;
    if (done == SQL_CONFLICT) /* of two who took the same at once the second sees it now */
        done = sql_tx(db, frame_run, frame);
    if (done == SQL_ROLLED_BACK && frame->found && frame->rc == RC_OK)
        done = sql_tx(db, frame_settle, NULL); /* told when it is on disk: who did it may be dead */
    if (done == SQL_OK || done == SQL_ROLLED_BACK)
        return frame->rc;
    memset(frame->result, 0, frame->size);
    return verb_storage_fault(db, done, frame->why);
}

/* Keys come from command lines too. A key that is cut or blank would stand for another request. */
static enum rc check_key(const char *key, bool needed, struct fault *why)
{
    size_t n = strnlen(key, KEY_SIZE);

    if (n == KEY_SIZE || (n == 0 && needed))
        return fault_set(why, RC_BAD_INPUT, _("a key has 1 to %d characters"), KEY_SIZE - 1);
    for (size_t i = 0; i < n; i++) {
        if (!isgraph((unsigned char)key[i]))
            return fault_set(why, RC_BAD_INPUT,
                             _("a key has 1 to %d letters, digits and signs without blanks"),
                             KEY_SIZE - 1);
    }
    return RC_OK;
}

/*
 * Does it, after tidying when that is due: this is asked in the verb's own transaction, where it
 * costs no second one, and done in one of its own, so that a refusal leaves it done.
 */
static enum rc frame_tidied(struct sql *db, struct frame *frame, struct told *told)
{
    enum rc rc = frame_do(db, frame);

    if (!frame->due)
        return rc;
    rc = tidy_show(db, frame->untidy, frame->ask, told, frame->why);
    if (rc != RC_OK && rc != RC_NOT_FOUND)
        return rc;
    frame->tidies = NULL;
    return frame_do(db, frame);
}

/*
 * The first of its kind on a connection reads the hall's plan and prepares twenty statements: ten
 * times the work of the next ones. Done in the turn, it keeps all who sell waiting; when a house
 * opens, the last of 32 terminals waited 150 ms for its first sale.
 */
static void frame_rehearse(struct sql *db, const struct frame *frame)
{
    struct frame rehearsed = *frame;
    struct fault nothing = {0};

    rehearsed.why = &nothing;
    sql_rehearse(db, frame->tidies, frame_run, &rehearsed);
}

enum rc verb_do(struct sql *db, const struct verb *verb, const void *request, void *reply,
                struct fault *why)
{
    const struct ask *ask = request;
    char digest[DIGEST_HEX];
    struct told tidied = {0};
    struct body body = {verb, request, reply};
    struct frame frame = {.ask = ask,
                          .name = verb->name,
                          .result = reply,
                          .size = verb->reply_size,
                          .work = body_run,
                          .context = &body,
                          .tidies = verb,
                          .why = why};
    enum rc rc;

    memset(reply, 0, verb->reply_size);
    rc = check_key(ask->key, verb->keyed, why);
    if (rc != RC_OK)
        return rc;
    if (verb->keyed) {
        struct digest_part parts[] = {
            {verb->name, strlen(verb->name)},
            {(const char *)request + sizeof *ask, verb->request_size - sizeof *ask}};

        digest_quick(parts, 2, digest);
        frame.digest = digest;
    }
    if (verb->show != NULL)
        frame_rehearse(db, &frame);
    rc = frame_tidied(db, &frame, &tidied);
    if (rc != RC_OK)
        ((struct told *)reply)->n = 0; /* what a body noted before it was rolled back */
    for (int32_t i = 0; i < tidied.n; i++)
        told_add(reply, (enum hint_kind)tidied.hints[i].kind, (show_id){tidied.hints[i].show},
                 tidied.hints[i].rev);
    return rc;
}

enum rc verb_do_bulk(struct sql *db, const struct ask *ask, const char *name, const char *digest,
                     verb_bulk_work *work, void *context, struct told *told, struct fault *why)
{
    struct frame frame = {.ask = ask,
                          .name = name,
                          .digest = ask->key[0] != '\0' ? digest : NULL,
                          .result = told,
                          .size = sizeof *told,
                          .work = work,
                          .context = context,
                          .why = why};
    enum rc rc;

    memset(told, 0, sizeof *told);
    rc = check_key(ask->key, false, why);
    if (rc != RC_OK)
        return rc;
    if (frame.digest != NULL) /* so much work is not done in vain */
        sql_tx(db, frame_look, &frame);
    rc = frame.found ? frame.rc : frame_do(db, &frame);
    if (rc != RC_OK)
        told->n = 0;
    return rc;
}
