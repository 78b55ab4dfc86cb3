/* What a PostgreSQL server tells of itself (health.h). */
#ifndef BOXOFFICE_CORE_DESK_HEALTH_SERVER_H
#define BOXOFFICE_CORE_DESK_HEALTH_SERVER_H

#include "core/desk/health.h"

/* Its version, whether it loses what it acknowledged, its standbys, its timeline, its clock. */
void health_look_at_server(struct sql *db, struct findings *findings);

#endif
