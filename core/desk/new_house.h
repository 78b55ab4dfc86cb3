/* A new box office of one's own: the file, its hall, first show, first manager and open till, in
 * one go. */
#ifndef BOXOFFICE_CORE_DESK_NEW_HOUSE_H
#define BOXOFFICE_CORE_DESK_NEW_HOUSE_H

#include "core/base/pin.h"
#include "core/desk/verb.h"
#include "core/rules/plan.h"

enum { NEW_HOUSE_PATH = 512 };

/* What was typed, checked on the way in; flat. */
struct new_house {
    char path[NEW_HOUSE_PATH], pepper_file[NEW_HOUSE_PATH];
    int32_t application; /* of sql_options */
    char terminal[TERMINAL_SIZE];
    int32_t tax, cash_round, drawer; /* settings */
    int64_t sale_stop_min;
    char venue[NAME_SIZE], currency[4];
    char title[TITLE_SIZE];
    when_ms starts_at;
    int32_t minutes;
    money price;                                  /* of every seat */
    money opening;                                /* the float; there is no till without a drawer */
    char manager[STAFF_NAME_SIZE], pin[PIN_SIZE]; /* number 1 */
};

/*
 * Makes it with the hall `plan`. Each step is the verb that a manager would use. It gets its name
 * when all of it is there: after a failure nothing is left at `path`, and what was there is as it
 * was: RC_EXISTS. The pepper is made when there is none. Else what the verbs refuse.
 */
enum rc new_house_make(const struct new_house *house, const struct plan *plan, struct fault *why);

#endif
