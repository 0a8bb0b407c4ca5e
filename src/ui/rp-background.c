#include "rp-background.h"

#include <glib/gi18n.h>
#include <gtk/gtk.h>

#include "rp-application.h"
#include "rp-dispatch.h"

#define SETTLE_SECONDS 2 /* many changes at once are one */

struct _RpBackground {
  GApplication *application;
  RpWorkspace *workspace;
  GCancellable *cancellable; /* owned */
  gboolean held;             /* the program is kept alive */
  gboolean asked;            /* the desktop was asked for leave */
  guint pending;             /* source id */
};

static gboolean
is_wanted (void)
{
  GSettings *settings = rp_application_get_settings ();

  return settings != NULL && g_settings_get_boolean (settings, "run-in-background");
}

static void
allowed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer == NULL)
    g_debug ("No background portal: %s", error->message);
}

/* Outside of a sandbox nobody needs to allow it; the portal then only notes the start at log-in. */
static void
ask_desktop (RpBackground *background, gboolean wanted)
{
  GDBusConnection *bus = g_application_get_dbus_connection (background->application);
  GVariantBuilder options;
  const char *const command[] = {"reprint", "--background", NULL};

  if (bus == NULL)
    return;
  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "reason",
                         g_variant_new_string (_ ("Articles are to be delivered and taken down at "
                                                  "planned times.")));
  g_variant_builder_add (&options, "{sv}", "autostart", g_variant_new_boolean (wanted));
  g_variant_builder_add (&options, "{sv}", "commandline", g_variant_new_strv (command, -1));
  g_variant_builder_add (&options, "{sv}", "dbus-activatable", g_variant_new_boolean (FALSE));
  g_dbus_connection_call (bus, "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop",
                          "org.freedesktop.portal.Background", "RequestBackground",
                          g_variant_new ("(sa{sv})", "", &options), NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, background->cancellable, allowed_cb,
                          NULL);
}

static void
hold (RpBackground *background, gboolean wanted)
{
  if (wanted == background->held)
    return;
  background->held = wanted;
  if (wanted)
    g_application_hold (background->application);
  else
    g_application_release (background->application);
}

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean plans = FALSE;
  RpBackground *background = user_data;

  if (!rp_dispatch_has_plans_finish (RP_WORKSPACE (source), result, &plans, &error)) {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      g_warning ("The outbox could not be read: %s", error->message);
    return;
  }
  plans = plans && is_wanted ();
  if (plans != background->asked)
    ask_desktop (background, plans);
  background->asked = plans;
  hold (background, plans);
}

static gboolean
look_cb (gpointer user_data)
{
  RpBackground *background = user_data;

  background->pending = 0;
  rp_dispatch_has_plans_async (background->workspace, background->cancellable, counted_cb,
                               background);

  return G_SOURCE_REMOVE;
}

static void
look_soon (RpBackground *background)
{
  if (background->pending == 0)
    background->pending = g_timeout_add_seconds (SETTLE_SECONDS, look_cb, background);
}

RpBackground *
rp_background_new (GApplication *application, RpWorkspace *workspace)
{
  RpBackground *background = g_new0 (RpBackground, 1);
  GSettings *settings = rp_application_get_settings ();

  background->application = application;
  background->workspace = workspace;
  background->cancellable = g_cancellable_new ();
  hold (background, TRUE); /* until it is known */
  g_signal_connect_swapped (workspace, "outbox-changed", G_CALLBACK (look_soon), background);
  if (settings != NULL)
    g_signal_connect_swapped (settings, "changed::run-in-background", G_CALLBACK (look_soon),
                              background);
  look_soon (background);

  return background;
}

void
rp_background_free (RpBackground *background)
{
  GSettings *settings = rp_application_get_settings ();

  g_cancellable_cancel (background->cancellable);
  g_clear_handle_id (&background->pending, g_source_remove);
  g_signal_handlers_disconnect_by_data (background->workspace, background);
  if (settings != NULL)
    g_signal_handlers_disconnect_by_data (settings, background);
  hold (background, FALSE);
  g_object_unref (background->cancellable);
  g_free (background);
}
