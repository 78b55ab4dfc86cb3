/* Every verb of the box office, by name: what a worker, a log or a replay looks verbs up in. */
#include <string.h>

#include "core/desk/assign.h"
#include "core/desk/basket_sale.h"
#include "core/desk/block.h"
#include "core/desk/booking.h"
#include "core/desk/exchange.h"
#include "core/desk/hold.h"
#include "core/desk/house.h"
#include "core/desk/lease.h"
#include "core/desk/park.h"
#include "core/desk/pricing.h"
#include "core/desk/staff.h"
#include "core/desk/terminals.h"
#include "core/desk/ticket_types.h"
#include "core/desk/tickets.h"
#include "core/desk/till.h"
#include "core/desk/verb.h"
#include "core/desk/waiting.h"

const struct verb *const verbs[] = {
    &verb_hold,          &verb_release,       &verb_touch,
    &verb_retype,        &verb_sell,          &verb_reserve,
    &verb_pay,           &verb_cancel,        &verb_wait,
    &verb_leave,         &verb_accept,        &verb_decline,
    &verb_noanswer,      &verb_call,          &verb_present,
    &verb_amend,         &verb_undo,          &verb_assign,
    &verb_lease_take,    &verb_lease_beat,    &verb_lease_yield,
    &verb_terminal_join, &verb_terminal_beat, &verb_terminal_leave,
    &verb_show_add,      &verb_show_cancel,   &verb_park,
    &verb_get,           &verb_staff_add,     &verb_staff_change,
    &verb_staff_pin,     &verb_staff_remove,  &verb_sign_in,
    &verb_admit,         &verb_expel,         &verb_issue,
    &verb_reprint,       &verb_torn,          &verb_printed,
    &verb_check_in,      &verb_till_open,     &verb_till_move,
    &verb_till_count,    &verb_till_close,    &verb_block,
    &verb_unblock,       &verb_sell_basket,   &verb_void,
    &verb_swap,          &verb_exchange,      &verb_type_add,
    &verb_type_change,   &verb_price,         NULL,
};

const struct verb *verb_find(const char *name)
{
    const struct verb *const *verb = verbs;

    while (*verb != NULL && strcmp((*verb)->name, name) != 0)
        verb++;
    return *verb;
}
