/* Opening and making a box office: the database with its schema brought up to date. */
#ifndef BOXOFFICE_TUI_OFFICE_H
#define BOXOFFICE_TUI_OFFICE_H

#include "core/base/settings.h"
#include "core/desk/house.h"
#include "tui/upgrade.h"

/* PRAGMA application_id of our databases: "BoxO". */
enum { OFFICE_APPLICATION = 0x426F784F };

/* How a connection to `database` is opened (borrowed in the options). */
struct sql_options office_options(const struct settings *settings, const char *database);

/* Writes the path of the house's pepper into `out`: the setting, or beside the database's file, or
 * for a server $XDG_DATA_HOME/boxoffice/pepper. RC_ENVIRONMENT: there is no such place. */
enum rc office_pepper(const struct settings *settings, const char *database, char *out, size_t size,
                      struct fault *why);

/* Where a database is, for people to read: its path, or that it is on a server, whose name may hold
 * a password. Borrowed. */
const char *office_place(const char *database);

/* Connects to an existing box office and applies what migrations are missing; else as
 * office_open. */
enum rc office_connect(struct sql **db, const struct sql_options *options, struct fault *why);

/* Reads the venue; RC_ENVIRONMENT says that `database` was not finished. */
enum rc office_venue(struct sql *db, const char *database, struct venue *venue, struct fault *why);

/* Opens an existing database and brings its schema up (upgrade.h), whatever is in it. On success
 * `*db` is the caller's. A missing one and one that is damaged are told with what to do. */
enum rc office_bring_up(struct sql **db, const struct sql_options *options, struct upgrade *done,
                        struct fault *why);

/*
 * Opens an existing box office and applies what migrations are missing. On success `*db` is the
 * caller's, and `*venue` (may be NULL) is filled. A missing database is RC_ENVIRONMENT and names
 * `boxoffice init`; it is never made here. RC_REFUSED for a copy to train on where nobody trains,
 * and for all else where somebody does.
 */
enum rc office_open(struct sql **db, const struct settings *settings, const char *database,
                    struct venue *venue, struct fault *why);

/* Makes the directories above a path. RC_ENVIRONMENT says which failed. */
enum rc office_directories(const char *path, struct fault *why);

/*
 * Makes a box office (and the directories to it), with the demo or empty. RC_EXISTS when there is
 * one. Two that make it at once: one succeeds, the other gets RC_EXISTS when the first is done.
 */
enum rc office_make(const struct settings *settings, const char *database, bool demo,
                    const char *terminal, struct fault *why);

#endif
