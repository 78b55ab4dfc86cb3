#include "core/base/grow.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

struct list {
    size_t n;
    int64_t rows[];
};

static void grow__row_by_row__keeps_all_and_begins_with_zeros(void **state)
{
    struct list *list = NULL;
    size_t room = 0, moves = 0, before = 0;

    (void)state;
    for (int64_t i = 0; i < 1000; i++) {
        list = grow_list(list, sizeof *list, sizeof list->rows[0], list ? list->n : 0, &room);
        assert_non_null(list);
        assert_int_equal(list->n, i);
        assert_int_equal(list->rows[list->n], 0);
        list->rows[list->n++] = i;
        moves += room != before;
        before = room;
    }
    for (int64_t i = 0; i < 1000; i++)
        assert_int_equal(list->rows[i], i);
    assert_true(moves < 10);
    free(list);
}

static void grow__without_a_head__begins_empty(void **state)
{
    size_t room = 0;
    int64_t *rows = grow_list(NULL, 0, sizeof *rows, 0, &room);

    (void)state;
    assert_non_null(rows);
    assert_true(room > 0);
    assert_ptr_equal(grow_list(rows, 0, sizeof *rows, room - 1, &room), rows);
    free(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grow__row_by_row__keeps_all_and_begins_with_zeros),
        cmocka_unit_test(grow__without_a_head__begins_empty),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
