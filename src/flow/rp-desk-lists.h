/* The lists of articles that a workspace has given away: their pages are read on the store's
 * thread, their lengths are counted beside it, and all of them follow changes. Of the workspace;
 * main thread. */
#pragma once

#include "rp-presence.h"

G_BEGIN_DECLS

typedef struct _RpDeskLists RpDeskLists;

RpDeskLists *rp_desk_lists_new (RpWorkspace *workspace); /* gives */
void rp_desk_lists_free (RpDeskLists *self);
GListModel *rp_desk_lists_add (RpDeskLists *self, const char *query); /* gives */
void rp_desk_lists_refresh (RpDeskLists *self);                       /* something has changed */
/* From now on their rows say who has them open. */
void rp_desk_lists_mark (RpDeskLists *self, RpPresence *presence);

G_END_DECLS
