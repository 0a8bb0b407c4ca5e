/* The sender: a thread with its own connection to the library that claims what is due and has the
 * courier carry it, several partners at once, and at each no more than its connector allows. While
 * there is more than it can take, a second thread helps. Only flow includes this. */
#pragma once

#include <gio/gio.h>

#include "rp-secrets.h"

G_BEGIN_DECLS

typedef struct _RpSender RpSender;

typedef enum {
  RP_SENDER_DELIVER = 1 << 0, /* what is due leaves */
  RP_SENDER_LOOK = 1 << 1,    /* what partners show is looked at */
} RpSenderDuties;

/* What a sender tells; borrowed. */
typedef struct {
  const char *article_id;
  const char *delivery_id; /* NULL = of the article as a whole */
  goffset sent, size;      /* bytes of a large upload that goes on; 0 = something has changed */
} RpSenderNews;

/* Called on the main context of the maker; NULL = nobody wants to know. */
typedef void (*RpSenderNotify) (const RpSenderNews *news, gpointer user_data);

#define RP_SENDER_MOST 48 /* deliveries at once */

/* `at_once` = at most so many deliveries at the same time, by one thread; 0 = as many as are good.
 * Gives. */
RpSender *rp_sender_new (const char *uri,
                         RpSecrets *secrets,
                         RpSenderDuties duties,
                         guint at_once,
                         RpSenderNotify notify,
                         gpointer user_data);
void rp_sender_wake (RpSender *sender); /* something was queued; any thread */
/* Breaks off what is being sent, if it is this sender that sends it; the delivery waits for a
 * person then. Any thread. */
void rp_sender_stop_delivery (RpSender *sender, const char *delivery_id);
/* Waits for what is being sent right now, then ends the thread. An outcome that a library which is
 * away has not taken by then is looked up at the partner by whoever is next. */
void rp_sender_free (RpSender *sender);
/* The callback comes when nothing is left that could be sent now; or with an error when the library
 * has been away for a minute. */
void rp_sender_when_idle_async (RpSender *sender,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean rp_sender_when_idle_finish (GAsyncResult *result, GError **error);

G_END_DECLS
