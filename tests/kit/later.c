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
    assert_int_equal(ftruncate(fd, sizeof *later->ms), 0);
    void *page = mmap(NULL, sizeof *later->ms, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    assert_true(page != MAP_FAILED);
    close(fd);
    later->ms = page;
    setenv(LATER_ENV, path, 1);
    setenv("BOXOFFICE", TOP_BUILDDIR "/tests/kit/ahead", 1);
}

void later_fini(struct later *later)
{
    munmap((void *)later->ms, sizeof *later->ms);
    unsetenv(LATER_ENV);
    unsetenv("BOXOFFICE");
    if (later->before)
        setenv("BOXOFFICE", later->before, 1);
    free(later->before);
    *later = (struct later){0};
}

void later_pass(struct later *later, int64_t ms)
{
    atomic_fetch_add(later->ms, ms);
}
