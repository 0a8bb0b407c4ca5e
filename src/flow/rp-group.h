/* Several small writes in one commit: each waits for the disk, and together they wait once. Writes
 * that come while others are being answered are collected and committed as soon as the thread has
 * nothing else to do. On a server they are written beside other programs: each locks the rows that
 * it must find as they are. One thread, that of the store. Only flow includes this. */
#pragma once

#include "rp-store.h"

G_BEGIN_DECLS

typedef struct _RpGroup RpGroup;

/* In which order the writes of a round are done. */
typedef enum {
  RP_GROUP_FIRST,
  RP_GROUP_THEN,
  RP_GROUP_LAST
} RpGroupPlace;

#define RP_GROUP_N_PLACES 3

/* After the commit; `error` (borrowed) says why this write, or all of them, did not happen. */
typedef void (*RpGroupDone) (gpointer user_data, const GError *error);

RpGroup *rp_group_new (RpStore *store, GMainContext *context); /* both borrowed */
/* Commits what is left first. */
void rp_group_free (RpGroup *group);
/* `write` runs in the common transaction; what it did is undone when it fails, and nothing else. */
void rp_group_add (RpGroup *group,
                   RpGroupPlace place,
                   RpStoreFunc write,
                   RpGroupDone done,
                   gpointer user_data);

G_END_DECLS
