/* What a workspace is made of: rp-workspace.c opens and closes it and lends its parts;
 * rp-workspace-follow.c hears what happens to the library, keeps the models right and tells
 * everybody. Main thread; only these two include this. */
#pragma once

#include "rp-desk-lists.h"
#include "rp-hearing.h"
#include "rp-presence.h"
#include "rp-sender.h"
#include "rp-shelf.h"
#include "rp-wakeup.h"
#include "rp-watch.h"
#include "rp-work.h"

G_BEGIN_DECLS

struct _RpWorkspace {
  GObject parent_instance;

  char *uri;         /* owned */
  char *person;      /* owned, NULL = nobody in particular */
  gint64 grace;      /* what is published waits so long */
  gint64 held_until; /* rp_time_steady, when the last of it may leave; 0 = nothing waited */
  RpWorkspaceFlags flags;
  RpHttp *http;          /* owned */
  RpSecrets *secrets;    /* owned */
  RpLicenceBook *book;   /* owned */
  GListStore *partners;  /* owned, of RpPartner */
  GHashTable *counts;    /* owned: state -> GUINT_TO_POINTER (count) */
  GHashTable *uploads;   /* owned: delivery id -> RpUpload */
  RpDeskLists *lists;    /* owned, NULL until it is open */
  RpSender *sender;      /* owned, NULL without RP_WORKSPACE_SEND */
  RpWatch *sources;      /* owned, NULL until it is asked for */
  RpStoreThread *thread; /* owned, NULL until it is open */
  RpStoreThread *beside; /* owned, NULL until it is open: counts */
  RpMay rights;
  RpWakeup *wakeup;   /* owned, NULL without a sender */
  gboolean reloading; /* the shelf is being read */
  gboolean reload_again;
  guint turns_taken;    /* since the library was opened */
  RpHearing *hearing;   /* owned, NULL without RP_WORKSPACE_WATCH */
  RpPresence *presence; /* owned, NULL until it is asked for */
  gboolean away;        /* the server does not answer */
  guint turns;          /* source id */
  guint refresh;        /* source id of a pending refresh */
};

/* The models become those of the shelf, which stays the caller's. */
void rp_workspace_take_shelf (RpWorkspace *self, const RpShelf *shelf);

/* What the hearing, the sender and the wakeup call; `user_data` is the workspace. */
void rp_workspace_heard_cb (RpHeard heard, gpointer user_data);
void rp_workspace_sender_told_cb (const RpSenderNews *news, gpointer user_data);
void rp_workspace_woken_cb (gpointer user_data);

G_END_DECLS
