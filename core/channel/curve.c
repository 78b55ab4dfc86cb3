#include "core/channel/curve.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zmq.h>

#include "core/base/words.h"

enum { KEY_BYTES = 32, KEY_LENGTH = CURVE_KEY_SIZE - 1, OTHERS = 077, OTHERS_WRITE = 022 };

bool curve_key_valid(const char *text)
{
    uint8_t bytes[KEY_BYTES];

    return strlen(text) == KEY_LENGTH && zmq_z85_decode(bytes, text) != NULL;
}

void curve_keys_forget(struct curve_keys *keys)
{
    explicit_bzero(keys, sizeof *keys);
}

/* The directory of a path, "." when it names none. */
static bool directory_of(const char *path, char directory[static PATH_MAX])
{
    const char *slash = strrchr(path, '/');
    int length = slash == NULL ? 1 : slash == path ? 1 : (int)(slash - path);
    int n = snprintf(directory, PATH_MAX, "%.*s", length, slash == NULL ? "." : path);

    return n > 0 && n < PATH_MAX;
}

/* Who may write the directory may put another key in the place of this one. */
static enum rc check_directory(const char *path, struct fault *why)
{
    char directory[PATH_MAX];
    struct stat st;

    if (!directory_of(path, directory) || stat(directory, &st) != 0)
        return fault_set(why, RC_ENVIRONMENT, "%s: %s", path, strerror(errno));
    if ((st.st_mode & OTHERS_WRITE) != 0 || (st.st_uid != geteuid() && st.st_uid != 0))
        return fault_set(why, RC_ENVIRONMENT,
                         _("the key %s is not used: others may write its directory (chmod go-w)"),
                         path);
    return RC_OK;
}

static enum rc check_file(int fd, const char *path, struct fault *why)
{
    struct stat st;

    if (fstat(fd, &st) != 0)
        return fault_set(why, RC_ENVIRONMENT, "%s: %s", path, strerror(errno));
    if (!S_ISREG(st.st_mode))
        return fault_set(why, RC_ENVIRONMENT, _("the key %s is no file"), path);
    if (st.st_uid != geteuid())
        return fault_set(why, RC_ENVIRONMENT, _("the key %s is not used: it is another user's"),
                         path);
    if ((st.st_mode & OTHERS) != 0)
        return fault_set(why, RC_ENVIRONMENT,
                         _("the key %s is not used: others may read or write it (chmod 600)"),
                         path);
    return check_directory(path, why);
}

/* Takes the secret key out of an open file and works out the public one. */
static enum rc take_keys(int fd, const char *path, struct curve_keys *keys, struct fault *why)
{
    char text[KEY_LENGTH + 2];
    ssize_t n = read(fd, text, sizeof text);
    bool whole = n == KEY_LENGTH || (n == KEY_LENGTH + 1 && text[KEY_LENGTH] == '\n');

    if (whole) {
        memcpy(keys->secret_key, text, KEY_LENGTH);
        keys->secret_key[KEY_LENGTH] = '\0';
        whole = curve_key_valid(keys->secret_key) &&
                zmq_curve_public(keys->public_key, keys->secret_key) == 0;
    }
    explicit_bzero(text, sizeof text);
    if (whole)
        return RC_OK;
    curve_keys_forget(keys);
    return fault_set(why, RC_ENVIRONMENT, _("there is no key in %s"), path);
}

enum rc curve_keys_read(const char *path, struct curve_keys *keys, struct fault *why)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK);
    enum rc rc;

    memset(keys, 0, sizeof *keys);
    if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
        return fault_set(why, RC_NOT_FOUND,
                         _("there is no key at %s: make one with boxoffice keygen"), path);
    if (fd < 0)
        return fault_set(why, RC_ENVIRONMENT, "%s: %s", path, strerror(errno));
    rc = check_file(fd, path, why);
    if (rc == RC_OK)
        rc = take_keys(fd, path, keys, why);
    close(fd);
    return rc;
}

/* Writes the secret key into a new file, which is gone again when that fails. */
static enum rc keep(const char *path, const struct curve_keys *keys, struct fault *why)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    char line[CURVE_KEY_SIZE];
    bool kept;

    if (fd < 0 && errno == EEXIST)
        return fault_set(why, RC_EXISTS, _("there is a key at %s already: it is not replaced"),
                         path);
    if (fd < 0)
        return fault_set(why, RC_ENVIRONMENT, "%s: %s", path, strerror(errno));
    memcpy(line, keys->secret_key, KEY_LENGTH);
    line[KEY_LENGTH] = '\n';
    kept = fchmod(fd, 0600) == 0 && write(fd, line, sizeof line) == (ssize_t)sizeof line &&
           fsync(fd) == 0;
    explicit_bzero(line, sizeof line);
    if (!kept) {
        (void)fault_set(why, RC_ENVIRONMENT, "%s: %s", path, strerror(errno));
        (void)unlink(path);
    }
    close(fd);
    return kept ? RC_OK : RC_ENVIRONMENT;
}

/* Z85 has a minus among its characters: a key that began with one would be taken for an option of
 * the command that admits it, so another is drawn. */
static bool draw(struct curve_keys *keys)
{
    do
        if (zmq_curve_keypair(keys->public_key, keys->secret_key) != 0)
            return false;
    while (keys->public_key[0] == '-');
    return true;
}

enum rc curve_keys_make(const char *path, struct curve_keys *keys, struct fault *why)
{
    char directory[PATH_MAX];
    enum rc rc;

    memset(keys, 0, sizeof *keys);
    if (directory_of(path, directory) && mkdir(directory, 0700) != 0 && errno != EEXIST)
        return fault_set(why, RC_ENVIRONMENT, "%s: %s", directory, strerror(errno));
    rc = check_directory(path, why);
    if (rc == RC_OK && !draw(keys))
        rc = fault_set(why, RC_ENVIRONMENT, _("this libzmq knows no CURVE: %s"),
                       zmq_strerror(errno));
    if (rc == RC_OK)
        rc = keep(path, keys, why);
    if (rc != RC_OK)
        curve_keys_forget(keys);
    return rc;
}
