#include "tui/screen/registry.h"

/* Each of these tables is a file of its own. */
extern const struct screen scr_waiting, scr_calls, scr_party, scr_entry, scr_find, scr_reserve,
    scr_reserved, scr_reservation, scr_change;
extern const struct screen scr_ticket, scr_door;
extern const struct screen scr_till, scr_counting, scr_paper;
extern const struct screen scr_today, scr_help, scr_menu, scr_hall, scr_pay, scr_sales, scr_parked;
extern const struct screen scr_sign_in, scr_approve, scr_staff, scr_member, scr_prices, scr_found,
    scr_types, scr_type;

const struct screen *const registry_screens[] = {
    &scr_today,    &scr_help,        &scr_menu,   &scr_hall,     &scr_pay,     &scr_sales,
    &scr_waiting,  &scr_calls,       &scr_party,  &scr_entry,    &scr_find,    &scr_reserve,
    &scr_reserved, &scr_reservation, &scr_change, &scr_parked,   &scr_sign_in, &scr_approve,
    &scr_ticket,   &scr_door,        &scr_till,   &scr_counting, &scr_paper,   &scr_staff,
    &scr_member,   &scr_prices,      &scr_found,  &scr_types,    &scr_type,    NULL,
};
