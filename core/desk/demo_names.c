#include "core/desk/demo_names.h"

/* Numbers out of the ranges that are kept free for stories. */
static const struct demo_name names[] = {
    {"Adebayo, Folake", "+44 20 7946 0112"},
    {"Bergström, Åsa", "+46 8 465 004 11"},
    {"Brennan, Siobhán", "+353 20 910 0112"},
    {"Castañeda, Inés", "+34 600 555 014"},
    {"Dvořáková, Tereza", "+420 555 010 120"},
    {"Færøvik, Jørgen", "+47 55 50 12 44"},
    {"Garcia, Luis", "+34 600 555 021"},
    {"Großmann, Käthe", "+49 30 23125 044"},
    {"Haddad, Layla", "+961 1 555 012"},
    {"Иванова, Анна", "+7 495 555 01 33"},
    {"Jansen, Pieter", "+31 20 555 0145"},
    {"Καραγιάννη, Ελένη", "+30 210 555 0148"},
    {"Kowalczyk, Małgorzata", "+48 22 555 01 51"},
    {"Laine, Väinö", "+358 9 555 0158"},
    {"Mensah, Kofi", "+233 30 255 5161"},
    {"Müller, Jürgen", "+49 30 23125 067"},
    {"Novák, Jiří", "+420 555 010 171"},
    {"O'Neill, Aoife", "+353 20 910 0174"},
    {"Özdemir, Şule", "+90 212 555 01 77"},
    {"Petrović, Živko", "+381 11 555 0180"},
    {"Rossi, Chiara", "+39 06 555 0183"},
    {"Sørensen, Mads", "+45 55 55 01 86"},
    {"Şahin, Doğan", "+90 212 555 01 89"},
    {"Tanaka, Sakura", "+81 3 5550 0192"},
    {"Tóth, Gergő", "+36 1 555 0195"},
    {"Ward, Alice", "+44 20 7946 0198"},
    {"Þórsdóttir, Æsa", "+354 555 0201"},
    {"佐藤 美咲", "+81 3 5550 0204"},
    {"王 小明", "+86 10 5550 0207"},
    {"김 민준", "+82 2 555 0210"},
    {"สมชาย ใจดี", "+66 2 555 0213"},
    {"प्रिया शर्मा", "+91 11 5550 0216"},
    {"فاطمة الحمامي", "+20 2 2555 0219"},
    {"כהן, נועה", "+972 3 555 0222"},
    {"Nguyễn Thị Lan", "+84 24 3555 0225"},
    {"Ngozi Okafor", "+234 1 555 0228"},
};

const struct demo_name *demo_names_any(uint64_t number)
{
    return &names[number % (sizeof names / sizeof names[0])];
}
