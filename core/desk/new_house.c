#include "core/desk/new_house.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/text.h"
#include "core/base/words.h"
#include "core/desk/house.h"
#include "core/desk/journal.h"
#include "core/desk/staff_pin.h"
#include "core/desk/till.h"
#include "db/copy.h"
#include "db/migrate.h"

enum { MANAGER = 1 };

/* The steps share what they have made. */
struct founding {
    const struct new_house *house;
    const struct plan *plan;
    struct sql *db;
    hall_id hall;
    struct fault *why;
};

typedef enum rc step(struct founding *founding);

static struct ask ask_of(const struct founding *founding)
{
    struct ask ask;

    verb_ask(&ask, founding->db, NULL, founding->house->terminal, MANAGER);
    ask.tax = founding->house->tax;
    ask.cash_round = founding->house->cash_round;
    return ask;
}

static enum rc init(struct founding *founding)
{
    const struct ask ask = ask_of(founding);

    return house_init(founding->db, &ask, founding->house->currency, false, founding->why);
}

static enum rc name(struct founding *founding)
{
    const struct ask ask = ask_of(founding);

    return house_name(founding->db, &ask, founding->house->venue, founding->why);
}

static enum rc add_hall(struct founding *founding)
{
    const struct ask ask = ask_of(founding);
    struct told told = {0};

    return hall_add(founding->db, &ask, founding->plan, &founding->hall, &told, founding->why);
}

static enum rc add_show(struct founding *founding)
{
    const struct new_house *p = founding->house;
    struct show_add_request request = {.ask = ask_of(founding),
                                       .hall = founding->hall,
                                       .starts_at = p->starts_at,
                                       .minutes = p->minutes,
                                       .sale_stop_min = p->sale_stop_min,
                                       .n_prices = 1,
                                       .prices = {{.amount = p->price}}};
    struct show_reply reply;

    memcpy(request.title, p->title, sizeof request.title);
    return verb_do(founding->db, &verb_show_add, &request, &reply, founding->why);
}

static enum rc open_till(struct founding *founding)
{
    const struct till_open_request request = {.ask = ask_of(founding),
                                              .drawer = founding->house->drawer,
                                              .opening = founding->house->opening};
    struct till_reply reply;

    if (request.drawer == 0)
        return RC_OK;
    return verb_do(founding->db, &verb_till_open, &request, &reply, founding->why);
}

/* Last, since from then on somebody has to sign in. */
static enum rc add_manager(struct founding *founding)
{
    const struct new_house *p = founding->house;
    struct staff_request request = {.number = MANAGER, .role = ROLE_MANAGER};
    struct staff_reply reply;
    enum rc rc = staff_pin_make(p->pin, p->pepper_file, &request, founding->why);

    request.ask = ask_of(founding);
    memcpy(request.name, p->manager, sizeof request.name);
    if (rc == RC_OK)
        rc = verb_do(founding->db, &verb_staff_add, &request, &reply, founding->why);
    return rc;
}

/* The database itself, beside its place and with no log, so that it is one file. */
static enum rc make_file(struct founding *founding, const char *made)
{
    struct sql_options options = {
        .name = made, .create = true, .application = founding->house->application};
    size_t n = 0;
    const struct migration *steps = migrations_builtin("sqlite", &n);
    enum sql_rc rc = sql_open(&founding->db, &options);

    if (rc == SQL_OK) {
        sql_close(&founding->db);
        options.create = false;
        options.journal = "truncate";
        rc = sql_open(&founding->db, &options);
    }
    if (rc == SQL_OK)
        rc = migrate_up(founding->db, steps, n, NULL);
    return rc == SQL_OK ? RC_OK : verb_storage_fault(founding->db, rc, founding->why);
}

static enum rc publish(struct founding *founding, const char *made)
{
    const char *path = founding->house->path;
    const enum sql_rc rc = copy_publish(founding->db, made, path, false);

    if (rc == SQL_EXISTS)
        return fault_set(founding->why, RC_EXISTS, _("there is something at %s already"), path);
    return rc == SQL_OK ? RC_OK : verb_storage_fault(founding->db, rc, founding->why);
}

enum rc new_house_make(const struct new_house *house, const struct plan *plan, struct fault *why)
{
    static step *const steps[] = {init, name, add_hall, add_show, open_till, add_manager};
    struct founding founding = {.house = house, .plan = plan, .why = why};
    char made[PATH_MAX];
    enum rc rc;

    if (access(house->path, F_OK) == 0)
        return fault_set(why, RC_EXISTS, _("there is something at %s already"), house->path);
    if (snprintf(made, sizeof made, "%s.new-%ld", house->path, (long)getpid()) >= (int)sizeof made)
        return fault_set(why, RC_BAD_INPUT, _("the path is too long"));
    rc = make_file(&founding, made);
    for (size_t i = 0; i < sizeof steps / sizeof *steps && rc == RC_OK; i++)
        rc = steps[i](&founding);
    if (rc == RC_OK)
        rc = publish(&founding, made);
    sql_close(&founding.db);
    copy_drop(made); /* what is left of it */
    return rc;
}
