#include "tui/office.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/words.h"
#include "tui/premises.h"

struct sql_options office_options(const struct settings *settings, const char *database)
{
    return (struct sql_options){.name = database,
                                .journal = settings->journal,
                                .application = OFFICE_APPLICATION,
                                .memory = settings->memory[0] != '\0' ? settings->memory : NULL};
}

const char *office_place(const char *database)
{
    return sql_is_server(database) ? _("its PostgreSQL server") : database;
}

enum rc office_pepper(const struct settings *settings, const char *database, char *out, size_t size,
                      struct fault *why)
{
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    int n = -1;

    if (settings->pepper_file[0])
        n = snprintf(out, size, "%s", settings->pepper_file);
    else if (!sql_is_server(database))
        n = snprintf(out, size, "%s-pepper", database);
    else if (data && data[0] == '/')
        n = snprintf(out, size, "%s/boxoffice/pepper", data);
    else if (home && home[0] == '/')
        n = snprintf(out, size, "%s/.local/share/boxoffice/pepper", home);
    if (n > 0 && (size_t)n < size)
        return RC_OK;
    return fault_set(why, RC_ENVIRONMENT,
                     _("there is no place for the pepper of the PINs: set pepper_file"));
}

/* The steps for the engine that the name leads to. */
static const struct migration *steps_for(const char *database, size_t *n)
{
    return migrations_builtin(sql_is_server(database) ? "postgres" : "sqlite", n);
}

enum rc office_bring_up(struct sql **db, const struct sql_options *options, struct upgrade *done,
                        struct fault *why)
{
    size_t n = 0;
    const struct migration *steps = steps_for(options->name, &n);
    enum sql_rc opened = SQL_OK;
    enum rc rc = upgrade_open(db, options, steps, n, &opened, done, why);

    if (opened == SQL_MISSING)
        rc = fault_set(why, RC_ENVIRONMENT,
                       _("there is no box office at %s: make one with boxoffice init"),
                       office_place(options->name));
    if (opened == SQL_NOT_DATABASE || opened == SQL_CORRUPT)
        rc = fault_set(why, RC_STORAGE, _("%s: put a backup in its place with boxoffice restore"),
                       sql_error(*db));
    if (rc != RC_OK)
        sql_close(db);
    return rc;
}

enum rc office_connect(struct sql **db, const struct sql_options *options, struct fault *why)
{
    struct upgrade done;

    return office_bring_up(db, options, &done, why);
}

enum rc office_venue(struct sql *db, const char *database, struct venue *venue, struct fault *why)
{
    enum rc rc = house_venue(db, venue, why);

    if (rc == RC_OK || rc == RC_AWAY)
        return rc;
    return fault_set(
        why, RC_ENVIRONMENT,
        _("the box office at %s was not finished: run boxoffice init, or the move to it"
          " again"),
        office_place(database));
}

/* A copy to train on is opened for that alone, and nothing else is then. */
static enum rc check_training(const struct settings *settings, const char *database,
                              const struct venue *venue, struct fault *why)
{
    if (venue->training == settings->training)
        return RC_OK;
    return fault_set(why, RC_REFUSED,
                     venue->training ? _("%s is a copy to train on: open it with --training")
                                     : _("%s is no copy to train on"),
                     office_place(database));
}

enum rc office_open(struct sql **db, const struct settings *settings, const char *database,
                    struct venue *venue, struct fault *why)
{
    struct sql_options options = office_options(settings, database);
    struct venue found;
    enum rc rc = premises_look(database, why);

    *db = NULL;
    if (rc == RC_OK)
        rc = office_connect(db, &options, why);
    if (rc == RC_OK)
        rc = office_venue(*db, database, &found, why);
    if (rc == RC_OK)
        rc = check_training(settings, database, &found, why);
    if (rc == RC_OK && venue)
        *venue = found;
    if (rc != RC_OK)
        sql_close(db);
    return rc;
}

enum rc office_directories(const char *path, struct fault *why)
{
    char part[SETTING_TEXT * 4];

    if (snprintf(part, sizeof part, "%s", path) >= (int)sizeof part)
        return fault_set(why, RC_BAD_INPUT, _("the database's path is too long"));
    for (char *slash = strchr(part + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(part, 0777) < 0 && errno != EEXIST)
            return fault_set(why, RC_ENVIRONMENT, "%s: %s", part, strerror(errno));
        *slash = '/';
    }
    return RC_OK;
}

enum rc office_make(const struct settings *settings, const char *database, bool demo,
                    const char *terminal, struct fault *why)
{
    struct sql_options options = office_options(settings, database);
    size_t n = 0;
    const struct migration *steps = steps_for(database, &n);
    struct sql *db = NULL;
    struct ask ask;
    enum rc rc = sql_is_server(database) ? RC_OK : office_directories(database, why);

    if (rc == RC_OK && !sql_is_server(database))
        rc = premises_writable(database, why);
    if (rc != RC_OK)
        return rc;
    options.create = true;
    enum sql_rc opened = sql_open(&db, &options);
    if (opened == SQL_EXISTS) { /* perhaps made this moment and not yet filled */
        sql_close(&db);
        options.create = false;
        opened = sql_open(&db, &options);
    }
    if (opened == SQL_OK)
        opened = migrate_up(db, steps, n, NULL);
    rc = opened == SQL_OK ? RC_OK : verb_storage_fault(db, opened, why);
    if (rc == RC_OK) {
        verb_ask(&ask, db, NULL, terminal, (int32_t)settings->operator_number);
        ask.tax = (int32_t)settings->tax;
        rc = house_init(db, &ask, settings->currency, demo, why);
    }
    sql_close(&db);
    return rc;
}
