/* The children of another process. */
#ifndef BOXOFFICE_TESTS_KIT_KIN_H
#define BOXOFFICE_TESTS_KIT_KIN_H

#include <sys/types.h>

/* Signals all children that `parent` has now, whatever session they are in. */
void kin_signal(pid_t parent, int signal_number);

#endif
