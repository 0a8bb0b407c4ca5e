#include "rp-drain.h"

#include "rp-dispatch.h"
#include "rp-time.h"

struct _RpDrain {
  GApplication *application; /* NULL = it is over */
  RpWorkspace *workspace;
  RpDrainEnded ended;
  gpointer user_data;
  guint timer; /* until what is held may leave; 0 = none */
  gboolean busy;
};

/* Once it is over nobody is called any more. */
static void
end (RpDrain *drain)
{
  if (!drain->busy)
    return;
  drain->busy = FALSE;
  g_application_release (drain->application);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RpDrain *drain = user_data;
  g_autoptr (GError) error = NULL;

  if (!rp_dispatch_run_finish (RP_WORKSPACE (source), result, &error))
    g_message ("What was published stays in the outbox: %s", error->message);
  if (drain->application != NULL && drain->timer == 0) {
    end (drain);
    drain->ended (drain->user_data);
  }
  g_rc_box_release (drain);
}

static gboolean
leaving_cb (gpointer user_data)
{
  RpDrain *drain = user_data;

  drain->timer = 0;
  rp_dispatch_run_async (drain->workspace, TRUE, 0, NULL, sent_cb, g_rc_box_acquire (drain));

  return G_SOURCE_REMOVE;
}

static void
wait_for_held (RpDrain *drain)
{
  gint64 left = rp_workspace_get_held_until (drain->workspace) - rp_time_steady ();

  if (left <= 0)
    return;
  if (!drain->busy)
    g_application_hold (drain->application);
  drain->busy = TRUE;
  g_clear_handle_id (&drain->timer, g_source_remove);
  drain->timer = g_timeout_add ((guint) (left / G_TIME_SPAN_MILLISECOND) + 1, leaving_cb, drain);
}

RpDrain *
rp_drain_new (GApplication *application,
              RpWorkspace *workspace,
              RpDrainEnded ended,
              gpointer user_data)
{
  RpDrain *drain = g_rc_box_new0 (RpDrain);

  drain->application = application;
  drain->workspace = workspace;
  drain->ended = ended;
  drain->user_data = user_data;
  g_signal_connect_swapped (workspace, "outbox-changed", G_CALLBACK (wait_for_held), drain);

  return drain;
}

gboolean
rp_drain_is_busy (const RpDrain *drain)
{
  return drain->busy;
}

void
rp_drain_free (RpDrain *drain)
{
  g_clear_handle_id (&drain->timer, g_source_remove);
  g_signal_handlers_disconnect_by_data (drain->workspace, drain);
  end (drain);
  drain->application = NULL;
  g_rc_box_release (drain);
}
