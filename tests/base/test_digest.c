#include "core/base/digest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* The expected digests were made with sha256sum from the bytes that the comment shows. */
static void digest__hashes_lengths_and_parts(void **state)
{
    const struct digest_part abc[] = {{"abc", 3}};
    const struct digest_part two[] = {{"ab", 2}, {"c", 1}};
    char hex[DIGEST_HEX];

    (void)state;
    digest_hex(NULL, 0, hex); /* nothing */
    assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    digest_hex(abc, 1, hex); /* \0\0\0\0\0\0\0\3abc */
    assert_string_equal(hex, "c3494ca1a2cf8eeb8a11ded316fb55b83c3bbbedb6313cd50415251e5d09e12f");
    digest_hex(two, 2, hex); /* \0\0\0\0\0\0\0\2ab\0\0\0\0\0\0\0\1c */
    assert_string_equal(hex, "601d5476e2ccfe2c87a2bba7a322659734a05749d5b5aa781f513e4912db0d5f");
}

static void digest__tells_an_empty_part_from_none(void **state)
{
    const struct digest_part empty[] = {{NULL, 0}};
    char none[DIGEST_HEX], one[DIGEST_HEX];

    (void)state;
    digest_hex(NULL, 0, none);
    digest_hex(empty, 1, one);
    assert_string_not_equal(none, one);
}

/* Made with b2sum -l 256 from the bytes above. */
static void digest__quick__hashes_lengths_and_parts(void **state)
{
    const struct digest_part abc[] = {{"abc", 3}};
    const struct digest_part two[] = {{"ab", 2}, {"c", 1}};
    char hex[DIGEST_HEX];

    (void)state;
    digest_quick(abc, 1, hex);
    assert_string_equal(hex, "7481e9dc42d8247a21e3207b4865a791d7ab7f7119c932efd03508b1148efc29");
    digest_quick(two, 2, hex);
    assert_string_equal(hex, "9b29c83bca563845c8445a09a80da00b8193336d231891003eb004de0b9b1b5e");
}

static void key__is_32_hex_digits_and_new_each_time(void **state)
{
    char keys[64][33];

    (void)state;
    for (int i = 0; i < 64; i++) {
        digest_key(keys[i], sizeof keys[i]);
        assert_int_equal(strlen(keys[i]), 32);
        assert_int_equal(strspn(keys[i], "0123456789abcdef"), 32);
        for (int j = 0; j < i; j++)
            assert_string_not_equal(keys[i], keys[j]);
    }
}

static void key_in_time__sorts_by_when_it_was_made(void **state)
{
    char first[45], next[45];

    (void)state;
    digest_key_in_time(first, sizeof first);
    assert_int_equal(strlen(first), 44);
    assert_int_equal(strspn(first, "0123456789abcdef"), 44);
    do { /* until its millisecond is over */
        digest_key_in_time(next, sizeof next);
        assert_true(strncmp(first, next, 12) <= 0);
        assert_string_not_equal(first + 12, next + 12);
    } while (strncmp(first, next, 12) == 0);
}

static void random__fills_every_byte(void **state)
{
    unsigned char once[32], ever[32] = {0};

    (void)state;
    for (int i = 0; i < 64; i++) {
        digest_random(once, sizeof once);
        for (size_t b = 0; b < sizeof once; b++)
            ever[b] |= once[b];
    }
    for (size_t b = 0; b < sizeof ever; b++)
        assert_int_not_equal(ever[b], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digest__hashes_lengths_and_parts),
        cmocka_unit_test(digest__quick__hashes_lengths_and_parts),
        cmocka_unit_test(digest__tells_an_empty_part_from_none),
        cmocka_unit_test(key__is_32_hex_digits_and_new_each_time),
        cmocka_unit_test(key_in_time__sorts_by_when_it_was_made),
        cmocka_unit_test(random__fills_every_byte),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
