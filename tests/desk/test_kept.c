#include "core/desk/kept.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/kit/kit.h"

enum { MOST = 2000 };

static void expect_same(const uint8_t *bytes, size_t size)
{
    uint8_t packed[KEPT_MOST(MOST)], back[MOST];
    const size_t n = kept_pack(bytes, size, packed);

    assert_true(n <= KEPT_MOST(size));
    memset(back, 0xaa, sizeof back);
    assert_true(kept_unpack(packed, n, back, size));
    assert_memory_equal(back, bytes, size);
    assert_false(kept_unpack(packed, n, back, size + 1));
    if (size > 0)
        assert_false(kept_unpack(packed, n, back, size - 1));
    if (n > 0)
        assert_false(kept_unpack(packed, n - 1, back, size));
}

static void kept__any_bytes__come_back(void **state)
{
    uint64_t seed = kit_seed();
    uint8_t bytes[MOST];

    (void)state;
    for (int round = 0; round < 2000; round++) {
        const uint64_t zeros = kit_below(&seed, 101); /* in a hundred */
        const size_t size = kit_below(&seed, MOST);

        for (size_t i = 0; i < size; i++)
            bytes[i] = kit_below(&seed, 100) < zeros ? 0 : (uint8_t)kit_random(&seed);
        expect_same(bytes, size);
    }
}

static void kept__longest_runs__come_back(void **state)
{
    static const size_t sizes[] = {0, 1, 2, 254, 255, 256, 509, 510, 511, MOST - 1};
    uint8_t bytes[MOST];

    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        memset(bytes, 0, sizeof bytes);
        expect_same(bytes, sizes[i]);
        memset(bytes, 1, sizeof bytes);
        expect_same(bytes, sizes[i]);
        memset(bytes, 0, sizes[i] / 2);
        expect_same(bytes, sizes[i]);
    }
}

static void kept__zeros__take_little(void **state)
{
    static const uint8_t bytes[500];
    uint8_t packed[KEPT_MOST(500)];

    (void)state;
    assert_true(kept_pack(bytes, sizeof bytes, packed) <= 4);
}

static void kept__not_packed_by_us__is_refused(void **state)
{
    uint8_t back[4];

    (void)state;
    assert_false(kept_unpack("\x02", 1, back, 2));
    assert_false(kept_unpack("\x00\x04"
                             "abc",
                             5, back, 4));
    assert_false(kept_unpack("\x05\x00", 2, back, 4));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kept__any_bytes__come_back),
        cmocka_unit_test(kept__longest_runs__come_back),
        cmocka_unit_test(kept__zeros__take_little),
        cmocka_unit_test(kept__not_packed_by_us__is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
