#include "tests/kit/later.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

void later_init(struct later *later, const char *dir)
{
    const char *program = getenv("BOXOFFICE");
    char path[KIT_PATH];

    *later = (struct later){0};
    if (program)
        later->before = strdup(program);
    kit_path(path, dir, "later");
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(ftruncate(fd, sizeof *later->page), 0);
    void *page = mmap(NULL, sizeof *later->page, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    assert_true(page != MAP_FAILED);
    close(fd);
    later->page = page;
    setenv(LATER_ENV, path, 1);
    setenv("BOXOFFICE", TOP_BUILDDIR "/tests/kit/ahead", 1);
}

void later_fini(struct later *later)
{
    munmap(later->page, sizeof *later->page);
    unsetenv(LATER_ENV);
    unsetenv("BOXOFFICE");
    if (later->before)
        setenv("BOXOFFICE", later->before, 1);
    free(later->before);
    *later = (struct later){0};
}

void later_pass(struct later *later, int64_t ms)
{
    atomic_fetch_add(&later->page->ms, ms);
}

void later_fail(struct later *later, int64_t nth)
{
    atomic_store(&later->page->fail, nth);
}

bool later_failed(const struct later *later)
{
    return atomic_load(&later->page->fail) < 0;
}
