/* Hears what others do to the library, and whether its server is there. A server tells by itself:
 * its connection is waited on, and nobody asks it anything. A file tells nothing, so a number in it
 * is looked at twice a second. Of the workspace, which is told on the main thread. */
#pragma once

#include "rp-work.h"

G_BEGIN_DECLS

typedef struct _RpHearing RpHearing;

typedef enum {
  RP_HEARD_CHANGES = 1 << 0, /* somebody else has changed something; a few times a second at most */
  RP_HEARD_PRESENCE = 1 << 1, /* somebody has come, gone, or begun to edit */
  RP_HEARD_AWAY = 1 << 2,     /* the server does not answer any more; it is looked for */
  RP_HEARD_BACK = 1 << 3,     /* it does again; what was missed counts as changed */
} RpHeard;

typedef void (*RpHeardFunc) (RpHeard heard, gpointer user_data);

/* Begins when the main loop runs. `workspace` outlives it. Gives. */
RpHearing *rp_hearing_new (RpWorkspace *workspace, RpHeardFunc func, gpointer user_data);
/* After the store's thread has ended. */
void rp_hearing_free (RpHearing *self);
/* Tells nobody any more. */
void rp_hearing_stop (RpHearing *self);
/* On the store's thread after each piece of work: answers may have brought news along. */
void rp_hearing_listen_in (RpHearing *self, RpStore *store);

/* Of rp-workspace.c: lends; NULL when nothing is heard. */
RpHearing *rp_workspace_get_hearing (RpWorkspace *workspace);

G_END_DECLS
