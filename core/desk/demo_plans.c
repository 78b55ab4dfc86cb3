#include "core/desk/demo_plans.h"

#include <string.h>

/* Plan files (core/rules/plan.h); rows skip the letter I, which reads as a one. */
static const char studio[] = "@hall Studio\n"
                             "A\twcooo_ooocw\n"
                             "B\tooooo_ooooo\n"
                             "C\tooooo_ooooo\n"
                             "D\tooooo_ooooo\n"
                             "E\tooooo_ooooo\n"
                             "F\tooooo_ooooo\n";

static const char saal[] = "@hall Saal 1\n"
                           "@zone stalls\n"
                           "A\twcoo_oooooooo_oooo\n"
                           "B\toooo_oooooooo_oooo\n"
                           "C\toooo_oooooooo_oooo\n"
                           "D\toooo_oooooooo_oooo\n"
                           "E\toooo_oooooooo_oooo\n"
                           "F\toooo_oooooooo_oooo\n"
                           "G\toooo_oooooooo_oooo\n"
                           "H\toooo_oooooooo_oooo\n"
                           "J\toooo_oooooooo_oooo\n"
                           "K\toooo_oooooooo_oooo\n"
                           "@aisle\n"
                           "@zone raised block\n"
                           "L\toooo_oooooooo_oooo\n"
                           "M\toooo_oooooooo_oooo\n"
                           "N\toooo_oooooooo_oooo\n"
                           "O\toooo_oooooooo_oooo\n"
                           "P\toooo_oooooooo_oooo\n";

static const char grand[] = "@hall Grand\n"
                            "@zone stalls\n"
                            "A\twcwcoooo_oooooooooooooooooo_oooocwcw\n"
                            "B\toooooooo_oooooooooooooooooo_oooooooo\n"
                            "C\toooooooo_oooooooooooooooooo_oooooooo\n"
                            "D\toooooooo_oooooooooooooooooo_oooooooo\n"
                            "E\toooooooo_oooooooooooooooooo_oooooooo\n"
                            "F\toooooooo_oooooooooooooooooo_oooooooo\n"
                            "G\toooooooo_oooooooooooooooooo_oooooooo\n"
                            "H\toooooooo_oooooooooooooooooo_oooooooo\n"
                            "J\toooooooo_oooooooooooooooooo_oooooooo\n"
                            "K\toooooooo_oooooooooooooooooo_oooooooo\n"
                            "L\toooooooo_oooooooooooooooooo_oooooooo\n"
                            "M\toooooooo_oooooooooooooooooo_oooooooo\n"
                            "N\toooooooo_oooooooooooooooooo_oooooooo\n"
                            "O\toooooooo_oooooooooooooooooo_oooooooo\n"
                            "P\toooooooo_oooooooooooooooooo_oooooooo\n"
                            "Q\toooooooo_oooooooooooooooooo_oooooooo\n"
                            "R\toooooooo_oooooooooooooooooo_oooooooo\n"
                            "S\toooooooo_oooooooooooooooooo_oooooooo\n"
                            "T\toooooooo_oooooooooooooooooo_oooooooo\n"
                            "U\toooooooo_oooooooooooooooooo_oooooooo\n"
                            "@aisle\n"
                            "@block Balcony\n"
                            "@zone balcony\n"
                            "A\t_oooooooo_oooooooooooooooo_oooooooo\n"
                            "B\t_oooooooo_oooooooooooooooo_oooooooo\n"
                            "C\t_oooooooo_oooooooooooooooo_oooooooo\n"
                            "D\t_oooooooo_oooooooooooooooo_oooooooo\n"
                            "E\t_oooooooo_oooooooooooooooo_oooooooo\n"
                            "F\t_oooooooo_oooooooooooooooo_oooooooo\n"
                            "G\t_oooooooo_oooooooooooooooo_oooooooo\n"
                            "H\t_oooooooo_oooooooooooooooo_oooooooo\n"
                            "J\t_oooooooo_oooooooooooooooo_oooooooo\n"
                            "K\t_oooooooo_oooooooooooooooo_oooooooo\n";

enum rc demo_plans_make(enum demo_hall hall, struct plan **plan, struct fault *why)
{
    static const char *const texts[DEMO_HALLS] = {
        [DEMO_STUDIO] = studio, [DEMO_SAAL] = saal, [DEMO_GRAND] = grand};

    return plan_parse(texts[hall], strlen(texts[hall]), plan, NULL, NULL, why);
}
