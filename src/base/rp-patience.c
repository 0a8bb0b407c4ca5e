#include "rp-patience.h"

#define LAST_WORDS (5 * G_TIME_SPAN_SECOND) /* for what was cancelled to say so */

struct _RpPatience {
  GCancellable *callers;     /* borrowed, NULL = none */
  gulong stops;              /* it cancels ours */
  GCancellable *cancellable; /* owned */
  GSource *alarm;            /* owned */
  gint64 length;
  gint64 sign; /* monotonic, the last one */
  gboolean is_over;
  RpPatienceLost lost;
  gpointer user_data;
};

static gboolean
alarm_cb (gpointer user_data)
{
  RpPatience *self = user_data;
  gint64 now = g_get_monotonic_time ();

  if (self->is_over) {
    self->lost (self->user_data);
    return G_SOURCE_REMOVE;
  }
  self->is_over = now >= self->sign + self->length;
  g_source_set_ready_time (self->alarm,
                           self->is_over ? now + LAST_WORDS : self->sign + self->length);
  if (self->is_over)
    g_cancellable_cancel (self->cancellable);

  return G_SOURCE_CONTINUE;
}

static void
stopped_cb (GCancellable *callers, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static gboolean
dispatch_alarm (GSource *source, GSourceFunc callback, gpointer user_data)
{
  return callback (user_data);
}

static GSourceFuncs alarm_funcs = {NULL, NULL, dispatch_alarm, NULL, NULL, NULL};

RpPatience *
rp_patience_new (GCancellable *callers, guint seconds, RpPatienceLost lost, gpointer user_data)
{
  RpPatience *self = g_new0 (RpPatience, 1);

  self->callers = callers;
  self->cancellable = g_cancellable_new ();
  self->length = seconds * G_TIME_SPAN_SECOND;
  self->lost = lost;
  self->user_data = user_data;
  if (callers != NULL)
    self->stops = g_cancellable_connect (callers, G_CALLBACK (stopped_cb),
                                         g_object_ref (self->cancellable), g_object_unref);
  self->alarm = g_source_new (&alarm_funcs, sizeof (GSource));
  g_source_set_callback (self->alarm, alarm_cb, self, NULL);
  rp_patience_note_sign (self);
  g_source_set_ready_time (self->alarm, self->sign + self->length);
  g_source_attach (self->alarm, g_main_context_get_thread_default ());

  return self;
}

void
rp_patience_free (RpPatience *self)
{
  if (self->stops != 0)
    g_cancellable_disconnect (self->callers, self->stops);
  g_source_destroy (self->alarm);
  g_source_unref (self->alarm);
  g_object_unref (self->cancellable);
  g_free (self);
}

GCancellable *
rp_patience_get_cancellable (RpPatience *self)
{
  return self->cancellable;
}

void
rp_patience_note_sign (RpPatience *self)
{
  self->sign = g_get_monotonic_time ();
}

gboolean
rp_patience_is_over (RpPatience *self)
{
  return self->is_over;
}
