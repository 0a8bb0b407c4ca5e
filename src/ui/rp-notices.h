/* What the desktop tells while the window is away: that something needs a person, and that
 * everything has arrived. One notification for each of three subjects, however many articles there
 * are; it goes when it is no longer true. Lives as long as the library is open; main thread. */
#pragma once

#include <gio/gio.h>

#include "rp-workspace.h"

G_BEGIN_DECLS

typedef struct _RpNotices RpNotices;

/* Both borrowed for its life. What needs a person already is not announced again. Gives. */
RpNotices *rp_notices_new (GApplication *application, RpWorkspace *workspace);
void rp_notices_free (RpNotices *notices);

G_END_DECLS
