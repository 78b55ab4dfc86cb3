/* Every statement of every read, made to fail one after the other: no answer is cut short. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/desk/find.h"
#include "core/desk/lease.h"
#include "core/desk/map.h"
#include "core/desk/terminals.h"
#include "tests/kit/flaky.h"
#include "tests/kit/queue.h"

enum { STEPS_MOST = 2000 };

typedef enum rc reading(struct queue *queue, struct fault *why);

static enum rc read_shows(struct queue *queue, struct fault *why)
{
    struct show_list *list;
    enum rc rc =
        shows_read(queue->box.db, BOX_NOW, BOX_NOW + 24 * WHEN_HOUR, BOX_NOW, true, &list, why);

    if (rc == RC_OK)
        assert_int_equal(list->n, 2);
    free(list);
    return rc;
}

static enum rc read_same_title(struct queue *queue, struct fault *why)
{
    struct show_list *list;
    enum rc rc = shows_same_title(queue->box.db, queue->show, BOX_NOW, 9, &list, why);

    if (rc == RC_OK)
        assert_int_equal(list->n, 1);
    free(list);
    return rc;
}

static enum rc read_map(struct queue *queue, struct fault *why)
{
    struct map *map;
    enum rc rc = map_read(queue->box.db, queue->show, "", BOX_NOW, &map, why);

    if (rc == RC_OK)
        assert_int_equal(map->show.sold, QUEUE_SEATS - 2);
    free(map);
    return rc;
}

static enum rc read_waiting(struct queue *queue, struct fault *why)
{
    struct waiting_list *list;
    enum rc rc = waiting_read(queue->box.db, queue->show, BOX_NOW, &list, why);

    if (rc == RC_OK)
        assert_int_equal(list->n, 1);
    free(list);
    return rc;
}

static enum rc read_calls(struct queue *queue, struct fault *why)
{
    struct waiting_list *list;
    enum rc rc = waiting_calls(queue->box.db, BOX_NOW, &list, why);

    if (rc == RC_OK)
        assert_int_equal(list->n, 1);
    free(list);
    return rc;
}

static enum rc read_found(struct queue *queue, struct fault *why)
{
    struct found_list *list;
    enum rc rc = find_read(queue->box.db, "Ødeg", BOX_NOW, 9, &list, why);

    if (rc == RC_OK)
        assert_int_equal(list->n, 2);
    free(list);
    return rc;
}

static enum rc read_booking(struct queue *queue, struct fault *why)
{
    struct booking *booking;
    enum rc rc = booking_read(queue->box.db, (reservation_id){1}, BOX_NOW, &booking, why);

    free(booking);
    return rc;
}

static enum rc read_halls(struct queue *queue, struct fault *why)
{
    struct hall_list *list;
    enum rc rc = halls_read(queue->box.db, BOX_NOW, &list, why);

    if (rc == RC_OK)
        assert_int_equal(list->n, 1);
    free(list);
    return rc;
}

static enum rc read_due(struct queue *queue, struct fault *why)
{
    struct due_list *list;
    enum rc rc = house_refunds_due(queue->box.db, queue->show, &list, why);

    free(list);
    return rc;
}

static enum rc read_terminals(struct queue *queue, struct fault *why)
{
    struct terminal_list *list;
    enum rc rc = terminals_read(queue->box.db, BOX_NOW, &list, why);

    free(list);
    return rc;
}

static enum rc read_lease(struct queue *queue, struct fault *why)
{
    struct lease_row row;

    return lease_read(queue->box.db, &row, why);
}

static enum rc read_hall(struct queue *queue, struct fault *why)
{
    hall_id hall;

    return hall_find(queue->box.db, "saal", &hall, why);
}

static enum rc read_venue(struct queue *queue, struct fault *why)
{
    struct venue venue;

    return house_venue(queue->box.db, &venue, why);
}

static void fault_023__any_read_fails__it_is_said(void **state)
{
    static reading *const readings[] = {read_shows, read_same_title, read_map,       read_waiting,
                                        read_calls, read_found,      read_booking,   read_halls,
                                        read_due,   read_hall,       read_terminals, read_lease,
                                        read_venue};
    struct queue *queue = *state;
    struct fault why;

    queue_offer(queue);
    box_show(&queue->box, queue->hall, "Close-Up", queue->starts_at + 4 * WHEN_HOUR);
    sql_close(&queue->box.db);
    queue->box.db = flaky_connect(&queue->box);
    for (size_t i = 0; i < sizeof readings / sizeof readings[0]; i++) {
        int nth = 1;

        for (; nth < STEPS_MOST; nth++) {
            enum rc rc;

            flaky_fail(nth, SQL_IO);
            rc = readings[i](queue, &why);
            assert_int_equal(flaky_open(), 0);
            if (flaky_steps() < nth) {
                assert_int_equal(rc, RC_OK);
                break;
            }
            if (rc != RC_STORAGE)
                fail_msg("reading %zu, step %d of it fails: %s", i, nth, rc_name(rc));
        }
        flaky_fail(0, SQL_OK);
        assert_in_range(nth, 2, STEPS_MOST - 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(
        fault_023__any_read_fails__it_is_said, queue_setup, queue_teardown)};

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
