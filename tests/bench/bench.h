/* The groups of figures, one a file. Each makes its own scene, prints its lines and removes it. */
#ifndef BOXOFFICE_TESTS_BENCH_BENCH_H
#define BOXOFFICE_TESTS_BENCH_BENCH_H

#include <stdbool.h>

/* Boxes made from now on are on the server (tests/server.sh) or are files, as at first. False:
 * there is no server, and they are files. */
bool bench_on_server(bool wanted);

/* A sale alone against a bare transaction. */
void bench_sell(void);
/* 1, 8, 32 and 64 terminals that sell at once; on a server, where there is one, in the same rounds.
 */
void bench_crowd(void);
/* How often each verb waits for a server. */
void bench_trips(void);
/* Maps and finds with 10,000 and 1,000,000 claims. */
void bench_reads(void);
/* From a cancellation to the offer as a third process hears it. */
void bench_chain(void);
/* The screens on a pseudo-terminal. */
void bench_glass(void);

#endif
