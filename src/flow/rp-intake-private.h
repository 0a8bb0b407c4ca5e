/* What an intake is made of: rp-intake.c takes what is to be read, rp-intake-run.c brings it into
 * the library. Main thread; only these two include this. */
#pragma once

#include "rp-intake-read.h"
#include "rp-intake.h"

G_BEGIN_DECLS

struct _RpIntake {
  GObject parent_instance;

  RpWorkspace *workspace; /* owned */
  GPtrArray *items;       /* owned, of RpIntakeItem */
  GPtrArray *results;     /* owned, of RpIntakeResult */
  char *licence_id;       /* owned, NULL = propose */
  gboolean polled;        /* it came from a source by itself, nobody asked for it */
  guint done;
};

G_END_DECLS
