#include "db/copy.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/words.h"
#include "db/place.h"
#include "db/sql_tx.h"
#include "db/turn.h"

enum sql_rc copy_make(struct sql *db, const char *path, char made[PATH_MAX],
                      bool (*go_on)(void *context), void *context)
{
    struct place place;
    enum sql_rc rc;

    made[0] = '\0';
    if (!sql_enter(db))
        return sql_failed(db);
    if (!db->engine->copy)
        return sql_refuse(db, SQL_ENVIRONMENT, _("a server's database is not copied into a file"));
    rc = place_find(&place, path, &db->why);
    if (rc == SQL_OK)
        rc = place_temporary(place.path, made, &db->why);
    if (rc != SQL_OK) {
        made[0] = '\0';
        return sql_note(db, rc);
    }
    rc = db->engine->copy(db->connection, made, go_on, context, &db->why);
    if (rc == SQL_OK)
        return rc;
    copy_drop(made);
    made[0] = '\0';
    return sql_note(db, rc);
}

void copy_drop(const char *made)
{
    static const char *const parts[] = {"", "-journal", "-wal", "-shm", "-turn"};
    char name[PATH_MAX];

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (snprintf(name, sizeof name, "%s%s", made, parts[i]) < (int)sizeof name)
            unlink(name);
}

enum sql_rc copy_publish(struct sql *db, const char *made, const char *path, bool over)
{
    enum sql_rc rc;

    if (!sql_enter(db)) {
        copy_drop(made);
        return sql_failed(db);
    }
    rc = over ? place_replace(made, path, &db->why) : place_publish(made, path, &db->why);
    return rc == SQL_OK ? rc : sql_note(db, rc);
}

enum sql_rc copy_put(struct sql *db, const char *made, const char *path, char aside[PATH_MAX])
{
    struct turn *turn = NULL;
    struct place place;
    struct stat st;
    enum sql_rc rc;

    aside[0] = '\0';
    if (!sql_enter(db))
        return sql_failed(db);
    rc = place_find(&place, path, &db->why);
    if (rc == SQL_OK && stat(made, &st) != 0)
        rc = engine_fail(&db->why, SQL_IO, "%s: %s", made, strerror(errno));
    if (rc == SQL_OK)
        rc = turn_new(&turn, place.path, place.exists ? place.mode : st.st_mode & 0777, &db->why);
    if (rc == SQL_OK)
        rc = turn_shut(turn, &db->why);
    if (rc == SQL_OK && place.exists && chmod(made, place.mode) != 0)
        rc = engine_fail(&db->why, SQL_IO, "%s: %s", made, strerror(errno));
    if (rc == SQL_OK)
        rc = place_swap(made, place.path, aside, &db->why);
    turn_free(&turn);
    if (rc == SQL_OK)
        return rc;
    copy_drop(made);
    return sql_note(db, rc);
}

static bool copy_same(const char *a, const char *b)
{
    struct stat one, other;

    return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino;
}

bool copy_is_own(const struct sql_options *options, const char *path)
{
    static const char *const parts[] = {"", "-wal", "-shm", "-journal", "-turn"};
    char name[PATH_MAX];

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (snprintf(name, sizeof name, "%s%s", options->name, parts[i]) < (int)sizeof name &&
            (strcmp(name, path) == 0 || copy_same(name, path)))
            return true;
    return false;
}

bool copy_is_live(const char *path)
{
    char name[PATH_MAX];

    return snprintf(name, sizeof name, "%s-turn", path) < (int)sizeof name &&
           access(name, F_OK) == 0;
}
