#include "rp-wakeup.h"

struct _RpWakeup {
  void (*woken) (gpointer user_data);
  gpointer user_data;
  GNetworkMonitor *network;  /* borrowed: there is one */
  GCancellable *cancellable; /* owned */
  GDBusConnection *bus;      /* owned, NULL = not there, or not yet */
  guint subscription;
};

static void
network_changed_cb (RpWakeup *wakeup, gboolean available, GNetworkMonitor *network)
{
  if (available)
    wakeup->woken (wakeup->user_data);
}

/* FALSE = it is awake again. */
static void
sleep_cb (GDBusConnection *bus,
          const char *sender,
          const char *path,
          const char *interface,
          const char *signal,
          GVariant *parameters,
          gpointer user_data)
{
  RpWakeup *wakeup = user_data;
  gboolean going = TRUE;

  if (g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    g_variant_get (parameters, "(b)", &going);
  if (!going)
    wakeup->woken (wakeup->user_data);
}

/* A machine without a system bus, or a sandbox, just has nothing to say. */
static void
bus_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *bus = g_bus_get_finish (result, &error);
  RpWakeup *wakeup = user_data;

  if (bus == NULL) {
    g_debug ("No system bus: %s", error->message);
    return;
  }
  wakeup->bus = bus;
  wakeup->subscription = g_dbus_connection_signal_subscribe (
    bus, "org.freedesktop.login1", "org.freedesktop.login1.Manager", "PrepareForSleep",
    "/org/freedesktop/login1", NULL, G_DBUS_SIGNAL_FLAGS_NONE, sleep_cb, wakeup, NULL);
}

RpWakeup *
rp_wakeup_new (void (*woken) (gpointer user_data), gpointer user_data)
{
  RpWakeup *wakeup = g_new0 (RpWakeup, 1);

  wakeup->woken = woken;
  wakeup->user_data = user_data;
  wakeup->cancellable = g_cancellable_new ();
  wakeup->network = g_network_monitor_get_default ();
  g_signal_connect_swapped (wakeup->network, "network-changed", G_CALLBACK (network_changed_cb),
                            wakeup);
  g_bus_get (G_BUS_TYPE_SYSTEM, wakeup->cancellable, bus_cb, wakeup);

  return wakeup;
}

void
rp_wakeup_free (RpWakeup *wakeup)
{
  g_cancellable_cancel (wakeup->cancellable);
  g_signal_handlers_disconnect_by_data (wakeup->network, wakeup);
  if (wakeup->subscription != 0)
    g_dbus_connection_signal_unsubscribe (wakeup->bus, wakeup->subscription);
  g_clear_object (&wakeup->bus);
  g_clear_object (&wakeup->cancellable);
  g_free (wakeup);
}
