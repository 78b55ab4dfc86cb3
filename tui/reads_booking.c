#include "tui/reads_booking.h"

enum rc reads_booking(struct sql *db, const union read_args *args, void **result, struct fault *why)
{
    reservation_id id = args->booking.id;
    enum rc rc = RC_OK;

    if (id.n == 0)
        rc = booking_by_code(db, args->booking.code, &id, why);
    return rc != RC_OK ? rc : booking_read(db, id, sql_now(db), (struct booking **)result, why);
}

enum rc reads_tickets(struct sql *db, const union read_args *args, void **result, struct fault *why)
{
    return tickets_read(db, args->booking.id, (struct ticket_sheet **)result, why);
}

enum rc reads_find(struct sql *db, const union read_args *args, void **result, struct fault *why)
{
    return find_read(db, args->find.text, sql_now(db), (size_t)args->find.most,
                     (struct found_list **)result, why);
}

enum rc reads_twin(struct sql *db, const union read_args *args, void **result, struct fault *why)
{
    const struct read_twin *twin = &args->twin;

    return twin_read(db, twin->show, twin->name, twin->phone, sql_now(db),
                     (struct booking **)result, why);
}

enum rc reads_owed(struct sql *db, const union read_args *args, void **result, struct fault *why)
{
    return owed_read(db, args->owed.terminal, sql_now(db), (struct owed_list **)result, why);
}
