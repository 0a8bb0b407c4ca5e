/* What rp-watch.c and rp-watch-change.c share. */
#pragma once

#include "rp-polite.h"
#include "rp-watch.h"

G_BEGIN_DECLS

struct _RpWatch {
  GObject parent_instance;

  RpWorkspace *workspace;    /* lent: it owns us */
  RpPolite *polite;          /* owned */
  GListStore *sources;       /* owned, of RpSubscription */
  GHashTable *visiting;      /* owned, a set of ids */
  GHashTable *answers;       /* owned: id -> RpResponse of just now, for the first visit */
  GNetworkMonitor *network;  /* lent: there is one */
  GCancellable *cancellable; /* owned */
  guint timer;               /* source id, 0 = nothing is read by itself */
  gboolean automatic;
  gboolean loaded;
};

/* Puts a source as it is now into the list. */
void rp_watch_show (RpWatch *self, RpSubscription *source);

G_END_DECLS
