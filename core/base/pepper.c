#include "core/base/pepper.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sodium.h>

#include "core/base/words.h"

enum { HEX = 2 * PEPPER_BYTES, MARK_BYTES = 8, SHOWN = 200 };
_Static_assert(PEPPER_MARK == 2 * MARK_BYTES + 1, "the mark is that many bytes in hex");
_Static_assert(PEPPER_BYTES == crypto_generichash_KEYBYTES, "a pepper is a key of BLAKE2b");

static enum rc fail(const char *path, const char *what, struct fault *why)
{
    return fault_set(why, RC_ENVIRONMENT, _("the pepper of the PINs, %.*s: %s"), SHOWN, path, what);
}

static void mark(struct pepper *pepper)
{
    static const char text[] = "boxoffice pepper";
    unsigned char bytes[crypto_generichash_BYTES_MIN];

    (void)crypto_generichash(bytes, sizeof bytes, (const unsigned char *)text, sizeof text,
                             pepper->bytes, sizeof pepper->bytes);
    sodium_bin2hex(pepper->mark, sizeof pepper->mark, bytes, MARK_BYTES);
}

/* A file that only its owner writes, and nobody but owner and group reads. */
static enum rc check_mode(const char *path, int fd, struct fault *why)
{
    struct stat st;

    if (fstat(fd, &st) != 0)
        return fail(path, strerror(errno), why);
    if (!S_ISREG(st.st_mode))
        return fail(path, _("not a file"), why);
    if (st.st_mode & (S_IRWXO | S_IWGRP))
        return fail(path, _("others can read or change it; chmod 600 it"), why);
    return RC_OK;
}

static enum rc read_file(const char *path, struct pepper *pepper, bool *missing, struct fault *why)
{
    char text[HEX + 1] = "";
    size_t n = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

    *missing = fd < 0 && errno == ENOENT;
    if (fd < 0)
        return fail(path, strerror(errno), why);
    enum rc rc = check_mode(path, fd, why);
    ssize_t got = rc == RC_OK ? read(fd, text, HEX) : -1;
    close(fd);
    if (rc != RC_OK)
        return rc;
    if (got != HEX ||
        sodium_hex2bin(pepper->bytes, sizeof pepper->bytes, text, HEX, NULL, &n, NULL) != 0 ||
        n != sizeof pepper->bytes)
        rc = fail(path, _("it holds no pepper: 64 hex digits"), why);
    sodium_memzero(text, sizeof text);
    mark(pepper);
    return rc;
}

/* Writes a new one beside the path and links it there: nobody ever reads half a file. */
static enum rc make_file(const char *path, struct fault *why)
{
    char draft[PATH_MAX], text[HEX + 2];
    unsigned char bytes[PEPPER_BYTES];

    if (snprintf(draft, sizeof draft, "%s.%ld", path, (long)getpid()) >= (int)sizeof draft)
        return fail(path, _("its path is too long"), why);
    int fd = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (fd < 0)
        return fail(path, strerror(errno), why);
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2hex(text, sizeof text, bytes, sizeof bytes);
    text[HEX] = '\n';
    bool written = write(fd, text, HEX + 1) == HEX + 1 && fsync(fd) == 0;
    int error = errno;
    close(fd);
    if (written && link(draft, path) != 0 && errno != EEXIST) {
        written = false;
        error = errno;
    }
    unlink(draft);
    sodium_memzero(bytes, sizeof bytes);
    sodium_memzero(text, sizeof text);
    return written ? RC_OK : fail(path, strerror(error), why);
}

enum rc pepper_read(const char *path, bool make, struct pepper *pepper, struct fault *why)
{
    bool missing = false;

    if (sodium_init() < 0)
        abort();
    memset(pepper, 0, sizeof *pepper);
    enum rc rc = read_file(path, pepper, &missing, why);
    if (!missing || !make)
        return rc;
    rc = make_file(path, why);
    return rc == RC_OK ? read_file(path, pepper, &missing, why) : rc;
}
