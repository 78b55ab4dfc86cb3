#include "tui/command/commands.h"

#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"

#define COMMAND_POINTER(name) &cmd_##name,
const struct command *const commands[] = {COMMANDS(COMMAND_POINTER) NULL};
#undef COMMAND_POINTER

enum { WORD_MOST = 24, NEAR_MOST = 2 };

const struct command *commands_find(const char *name)
{
    for (size_t i = 0; commands[i] != NULL; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* How many letters have to be put in, left out, changed or swapped to make one word the other. */
static int distance(const char *a, const char *b)
{
    int cost[WORD_MOST + 1][WORD_MOST + 1];
    int n = (int)strlen(a), m = (int)strlen(b);

    for (int i = 0; i <= n; i++) {
        for (int j = 0; j <= m; j++) {
            if (i == 0 || j == 0) {
                cost[i][j] = i + j;
                continue;
            }
            int change = cost[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            cost[i][j] = least(change, least(cost[i - 1][j], cost[i][j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                cost[i][j] = least(cost[i][j], cost[i - 2][j - 2] + 1);
        }
    }
    return cost[n][m];
}

static const char *nearest(const char *name)
{
    const char *near = NULL;
    int best = NEAR_MOST + 1;

    if (strlen(name) > WORD_MOST)
        return NULL;
    for (size_t i = 0; commands[i] != NULL; i++) {
        int far = distance(name, commands[i]->name);

        if (far < best && far < (int)strlen(commands[i]->name)) {
            best = far;
            near = commands[i]->name;
        }
    }
    return near;
}

enum rc commands_unknown(const char *name, struct fault *why)
{
    const char *near = nearest(name);
    char shown[64];

    text_escape(name, shown, sizeof shown);
    if (near != NULL)
        return fault_set(why, RC_USAGE, _("no command is called %s; did you mean %s?"), shown,
                         near);
    return fault_set(why, RC_USAGE, _("no command is called %s: see boxoffice --help"), shown);
}
