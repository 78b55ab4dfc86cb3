/* Maps and finds, in a young box office and in one with a million claims, in turns. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/desk/find.h"
#include "core/desk/map.h"
#include "tests/bench/bench.h"
#include "tests/bench/figure.h"
#include "tests/bench/lots.h"

enum { YOUNG = 10, OLD = 1000, SIZES = 2, WARM = 300, COLD = 60, FINDS = 200, MOST = 50 };

static const char *const size_names[SIZES] = {"1e4", "1e6"};

/* One box office that is read. */
struct place {
    struct lots lots;
    uint64_t random;
};

static int64_t read_map(struct place *place, show_id show)
{
    struct map *map = NULL;
    struct fault why = {0};
    int64_t began = figure_now();

    figure_need(map_read(place->lots.grand.box.db, show, "", BOX_NOW, &map, &why) == RC_OK,
                why.text);
    began = figure_now() - began;
    figure_need(map->show.sold == GRAND_SEATS, "a map is not as it was made");
    free(map);
    return began;
}

static int64_t warm(struct place *place)
{
    return read_map(place, lots_show(&place->lots, 7));
}

/* The floor of a map: its claims in one range, stepped through and not looked at. */
static int64_t warm_range(struct place *place)
{
    struct sql *db = place->lots.grand.box.db;
    int64_t began = figure_now(), n = 0;
    struct sql_statement *rows =
        sql_ask(db, "SELECT seat_id, state, reservation_id, amount FROM claims WHERE show_id = $1",
                SQL_VALUES(sql_n(lots_show(&place->lots, 7).n)));

    while (sql_row(rows))
        n += sql_number(rows, 0) > 0;
    figure_need(n == GRAND_SEATS, "a range is not as it was made");
    return figure_now() - began;
}

/* A new connection that has read another show, then a show none of whose pages are in memory. */
static int64_t cold(struct place *place)
{
    struct box *box = &place->lots.grand.box;
    int64_t nth = (int64_t)kit_below(&place->random, (uint64_t)place->lots.n_shows);
    int64_t took;
    int fd;

    sql_close(&box->db);
    /* Closed after the connection: closing it would drop this process's locks on the file. */
    fd = open(box->path, O_RDONLY | O_CLOEXEC);
    figure_need(fd >= 0 && fdatasync(fd) == 0, "the file does not open");
    box->db = box_connect(box);
    (void)read_map(place, lots_show(&place->lots, nth + 3));
    figure_need(posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED) == 0, "pages stay");
    took = read_map(place, lots_show(&place->lots, nth));
    sql_close(&box->db);
    (void)close(fd);
    box->db = box_connect(box);
    return took;
}

static int64_t find(struct place *place, void (*tell)(int64_t, char *, size_t))
{
    struct found_list *list = NULL;
    struct fault why = {0};
    char text[32];
    int64_t began;

    tell(1 + (int64_t)kit_below(&place->random, (uint64_t)place->lots.n_bookings), text,
         sizeof text);
    began = figure_now();
    figure_need(find_read(place->lots.grand.box.db, text, BOX_NOW, MOST, &list, &why) == RC_OK,
                why.text);
    began = figure_now() - began;
    figure_need(list->n > 0, "nothing was found");
    free(list);
    return began;
}

static int64_t find_code(struct place *place)
{
    return find(place, lots_code);
}

static int64_t find_phone(struct place *place)
{
    return find(place, lots_phone);
}

static int64_t find_name(struct place *place)
{
    return find(place, lots_name);
}

static void compare(const char *name, struct place places[SIZES], int times,
                    int64_t (*read)(struct place *))
{
    struct series series[SIZES] = {{0}};
    char label[SIZES][48];
    double middle[SIZES];

    for (int i = 0; i < times; i++)
        for (int k = 0; k < SIZES; k++)
            series_add(&series[k], read(&places[k]));
    for (int k = 0; k < SIZES; k++) {
        (void)snprintf(label[k], sizeof label[k], "%s_%s", name, size_names[k]);
        middle[k] = series_at(&series[k], 0.5) / 1e6;
        series_fini(&series[k]);
    }
    figure_say(label[0], middle[0], "ms");
    figure_of(label[1], middle[1], "ms", middle[1] / middle[0], label[0]);
}

void bench_reads(void)
{
    struct place *places = calloc(SIZES, sizeof *places);

    figure_need(places != NULL, "out of memory");
    lots_init(&places[0].lots, YOUNG);
    lots_init(&places[1].lots, OLD);
    for (int k = 0; k < SIZES; k++)
        (void)warm(&places[k]);
    compare("range_warm", places, WARM, warm_range);
    compare("map_warm", places, WARM, warm);
    compare("map_cold", places, COLD, cold);
    compare("find_code", places, FINDS, find_code);
    compare("find_phone", places, FINDS, find_phone);
    compare("find_name", places, FINDS, find_name);
    for (int k = 0; k < SIZES; k++)
        lots_fini(&places[k].lots);
    free(places);
}
