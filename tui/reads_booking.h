/* Reads about customers' reservations, of the table in reads.c; each as read_run says. */
#ifndef BOXOFFICE_TUI_READS_BOOKING_H
#define BOXOFFICE_TUI_READS_BOOKING_H

#include "tui/reads.h"

/* One reservation, by id or code; its tickets; what a customer's words find; and the reservation
 * that somebody has of a show already. */
enum rc reads_booking(struct sql *db, const union read_args *args, void **result,
                      struct fault *why);
enum rc reads_tickets(struct sql *db, const union read_args *args, void **result,
                      struct fault *why);
enum rc reads_find(struct sql *db, const union read_args *args, void **result, struct fault *why);
enum rc reads_twin(struct sql *db, const union read_args *args, void **result, struct fault *why);
/* What the terminal named has sold and not printed. */
enum rc reads_owed(struct sql *db, const union read_args *args, void **result, struct fault *why);

#endif
