#include "tui/command/labels.h"

#include <inttypes.h>

#include "core/base/text.h"
#include "core/base/words.h"
#include "core/desk/map.h"
#include "core/desk/shows.h"

enum rc labels_check(char *const *labels, int n, struct fault *why)
{
    char shown[LABEL_SIZE * 2];

    if (n > SEATS_MAX)
        return fault_set(why, RC_BAD_INPUT, _("at most %d seats at a time"), SEATS_MAX);
    for (int i = 0; i < n; i++) {
        if (!plan_label_well_formed(labels[i]))
            return fault_set(why, RC_BAD_INPUT,
                             _("%s is no seat: a row and a number, as in F12, 3-12, Balcony/A1"),
                             text_has_card_number(labels[i])
                                 ? _("that")
                                 : text_escape(labels[i], shown, sizeof shown));
    }
    return RC_OK;
}

enum rc labels_plan(struct session *session, show_id show, const struct plan **plan,
                    struct fault *why)
{
    struct show_row row;

    if (!shows_row(session->db, show, &row)) {
        if (sql_failed(session->db) != SQL_OK)
            return verb_storage_fault(session->db, sql_failed(session->db), why);
        return fault_set(why, RC_NOT_FOUND, _("there is no show %" PRId64), show.n);
    }
    *plan = map_plan_kept(session->db, row.hall);
    if (*plan == NULL)
        return fault_set(why, RC_NO_MEMORY, _("out of memory for the hall"));
    return RC_OK;
}

enum rc labels_seats(struct session *session, show_id show, char *const *labels, int n,
                     seat_id *seats, struct fault *why)
{
    const struct plan *plan;
    enum rc rc = labels_plan(session, show, &plan, why);

    for (int i = 0; i < n && rc == RC_OK; i++) {
        size_t place = plan_find_label(plan, labels[i]);

        if (place == PLAN_NONE)
            return fault_set(why, RC_NOT_FOUND, _("there is no seat %s in %s"), labels[i],
                             plan->name);
        seats[i] = plan->seats[place].id;
        for (int j = 0; j < i; j++)
            if (seats[j].n == seats[i].n)
                rc = fault_set(why, RC_BAD_INPUT, _("%s is named twice"), plan->seats[place].label);
    }
    return rc;
}

const char *labels_of(const struct plan *plan, seat_id seat)
{
    size_t place = plan != NULL ? plan_find_id(plan, seat) : PLAN_NONE;

    return place != PLAN_NONE ? plan->seats[place].label : "?";
}
