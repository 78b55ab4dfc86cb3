#include "tests/kit/kin.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <dirent.h>

#include <cmocka.h>

#include "tests/kit/kit.h"

/* Is it a child of that process? */
static bool is_child(const char *pid, pid_t parent)
{
    char path[KIT_PATH], line[512] = "";
    const char *behind_name;
    FILE *file;

    if (strspn(pid, "0123456789") != strlen(pid))
        return false;
    (void)snprintf(path, sizeof path, "/proc/%.20s/stat", pid);
    file = fopen(path, "r");
    if (file == NULL)
        return false;
    if (!fgets(line, sizeof line, file))
        line[0] = '\0';
    (void)fclose(file);
    behind_name = strrchr(line, ')');
    return behind_name && strlen(behind_name) > 4 &&
           strtol(behind_name + 4, NULL, 10) == (long)parent;
}

void kin_signal(pid_t parent, int signal_number)
{
    DIR *all = opendir("/proc");

    assert_non_null(all);
    for (struct dirent *entry; (entry = readdir(all)) != NULL;)
        if (is_child(entry->d_name, parent))
            (void)kill((pid_t)strtol(entry->d_name, NULL, 10), signal_number);
    (void)closedir(all);
}
