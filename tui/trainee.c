#include "tui/trainee.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/words.h"
#include "core/desk/training.h"
#include "db/copy.h"
#include "tui/office.h"

static const char on_server[] =
    N_("the box office is on a server: this is a demo to train on, in a file of its own");

/* From what, and where to. */
struct trainee {
    char from[PATH_MAX], to[PATH_MAX];
    bool server;
};

static enum rc find_places(const struct settings *settings, const char *database,
                           struct trainee *trainee, struct fault *why)
{
    int from, to;

    trainee->server = sql_is_server(database);
    if (trainee->server && settings->memory[0] == '\0')
        return fault_set(why, RC_ENVIRONMENT,
                         _("there is no place for a copy to train on: set XDG_DATA_HOME"));
    if (trainee->server) {
        to = snprintf(trainee->to, PATH_MAX, "%s/training.db", settings->memory);
        from = snprintf(trainee->from, PATH_MAX, "%s/training.db-demo-%ld", settings->memory,
                        (long)getpid());
    } else {
        to = snprintf(trainee->to, PATH_MAX, "%s-training", database);
        from = snprintf(trainee->from, PATH_MAX, "%s", database);
    }
    if (from >= PATH_MAX || to >= PATH_MAX)
        return fault_set(why, RC_ENVIRONMENT, _("the database's path is too long"));
    return RC_OK;
}

/* Nobody but this terminal and others that train hear of it, and PINs stay those of the house. */
static enum rc keep_apart(struct settings *settings, const char *database, struct fault *why)
{
    char pepper[PATH_MAX];
    enum rc rc = office_pepper(settings, database, pepper, sizeof pepper, why);

    if (rc != RC_OK)
        return rc;
    if (strlen(pepper) >= sizeof settings->pepper_file)
        return fault_set(why, RC_ENVIRONMENT, _("the pepper's path is too long: set pepper_file"));
    memcpy(settings->pepper_file, pepper, strlen(pepper) + 1);
    settings->channel_address[0] = settings->runtime_dir[0] = '\0';
    settings->channel_port = 0;
    settings->training = true;
    return RC_OK;
}

/* The demo that is trained on where the box office is on a server; made for the copy alone. */
static enum rc copy(const struct settings *settings, const struct trainee *trainee, bool anew,
                    const char *terminal, struct fault *why)
{
    const struct sql_options from = office_options(settings, trainee->from);
    const struct training_wish wish = {.from = &from,
                                       .path = trainee->to,
                                       .anew = anew,
                                       .terminal = terminal,
                                       .operator_number = (int32_t)settings->operator_number};
    bool today = false;
    enum rc rc = RC_OK;

    if (!trainee->server && access(trainee->from, F_OK) != 0)
        return fault_set(why, RC_ENVIRONMENT,
                         _("there is no box office at %s: make one with boxoffice init"),
                         trainee->from);
    if (trainee->server && access(trainee->to, F_OK) == 0)
        rc = training_today(trainee->to, from.application, &today, why);
    if (rc != RC_OK || (today && !anew))
        return rc;
    if (trainee->server)
        rc = office_make(settings, trainee->from, true, terminal, why);
    if (rc == RC_OK)
        rc = training_copy(&wish, NULL, why);
    if (trainee->server)
        copy_drop(trainee->from);
    return rc;
}

enum rc trainee_begin(struct settings *settings, const char *how, const char *terminal,
                      char *database, size_t size, const char **notice, struct fault *why)
{
    struct trainee trainee;
    enum rc rc;

    if (*how != '\0' && strcmp(how, "new") != 0)
        return fault_set(why, RC_USAGE, _("--training takes nothing or =new"));
    if (database[0] == '\0')
        return fault_set(why, RC_ENVIRONMENT,
                         _("no place for the database is known: name one with -d"));
    rc = find_places(settings, database, &trainee, why);
    if (rc == RC_OK)
        rc = copy(settings, &trainee, *how != '\0', terminal, why);
    if (rc == RC_OK)
        rc = keep_apart(settings, database, why);
    *notice = rc == RC_OK && trainee.server ? _(on_server) : NULL;
    if (rc == RC_OK && snprintf(database, size, "%s", trainee.to) >= (int)size)
        rc = fault_set(why, RC_ENVIRONMENT, _("the database's path is too long"));
    return rc;
}
