/* The courier: carries one exchange through its connector's steps over the network. It owns
 * sockets, keeps the transcript (secrets redacted), and turns what happens into an error code that
 * says how to go on. Asynchronous, on the thread-default main context of its caller. */
#pragma once

#include "rp-connector.h"
#include "rp-http.h"

G_BEGIN_DECLS

#define RP_TYPE_COURIER (rp_courier_get_type ())
G_DECLARE_FINAL_TYPE (RpCourier, rp_courier, RP, COURIER, GObject)

/* What happened and what is about to happen; secrets redacted. */
typedef struct {
  RpResponse *answer; /* owned: to the request before; NULL = none yet, or it failed */
  char *failure;      /* owned: why there is no answer, in words; NULL */
  RpRequest *request; /* owned: what is to leave next; NULL = the errand is over */
} RpCourierNote;

void rp_courier_note_free (RpCourierNote *note);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpCourierNote, rp_courier_note_free)

/* Goes on, or ends the errand with `error` (borrowed). */
typedef void (*RpCourierGoOn) (gpointer courier_data, const GError *error);

/* The log writes delivery and transcript to disk and calls go_on when they are there: nothing
 * leaves before. Takes the note. Called on the courier's thread; go_on may be called at once or
 * later, once. */
typedef void (*RpCourierLog) (RpExchange *exchange,
                              RpCourierNote *note,
                              RpCourierGoOn go_on,
                              gpointer courier_data);

typedef enum {
  RP_ERRAND_DELIVER,
  RP_ERRAND_PROBE, /* the connector's test */
  RP_ERRAND_LOOK,  /* reads the article back */
  RP_ERRAND_FIND,  /* asks what carries our mark */
} RpErrand;

RpCourier *rp_courier_new (RpHttp *http, RpCourierLog log); /* log may be NULL (probes) */

/* Everything is borrowed until the callback. */
void rp_courier_carry_async (RpCourier *self,
                             const RpConnector *connector,
                             RpExchange *exchange,
                             RpErrand errand,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean rp_courier_carry_finish (RpCourier *self, GAsyncResult *result, GError **error);

/* Seconds until the next try after `tries` tries: exponential with jitter, at most an hour; the
 * partner's own wish (retry_after >= 0) wins. `dice` is 0…1. */
gint64 rp_courier_get_delay (guint tries, gint64 retry_after, double dice);

G_END_DECLS
