#include <limits.h>

#include "core/base/words.h"
#include "core/channel/curve.h"
#include "tui/command/cmdline.h"
#include "tui/command/commands.h"
#include "tui/command/document.h"

static enum rc print(const struct command_context *context, const char *public_key,
                     const char *path, struct fault *why)
{
    if (context->json)
        return document_print(context,
                              json_pack("{s:s, s:s}", "public_key", public_key, "file", path), why);
    fprintf(context->out, "%s\n", public_key);
    return RC_OK;
}

static enum rc run(struct command_context *context, int argc, char **argv, struct fault *why)
{
    bool show = false;
    const struct cmdline_option options[] = {{"show", NULL, &show}, {NULL, NULL, NULL}};
    const struct cmdline_form form = {&cmd_keygen, options, 0, 0, false};
    struct cmdline line;
    struct curve_keys keys = {0};
    char path[PATH_MAX];
    enum rc rc = cmdline_read(&line, context, &form, argc, argv, why);

    if (rc != RC_OK || line.done)
        return rc;
    settings_key_file(context->settings, path, sizeof path);
    if (path[0] == '\0')
        return fault_set(why, RC_ENVIRONMENT,
                         _("no place for the key is known: the setting channel_key names one"));
    rc = show ? curve_keys_read(path, &keys, why) : curve_keys_make(path, &keys, why);
    if (rc == RC_OK)
        rc = print(context, keys.public_key, path, why);
    curve_keys_forget(&keys);
    return rc;
}

const struct command cmd_keygen = {"keygen", "[--show]",
                                   N_("makes this machine's key for the channel and prints the "
                                      "public one, which a manager admits"),
                                   run};
