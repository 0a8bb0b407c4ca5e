#include "rp-application-private.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include "rp-about.h"
#include "rp-everywhere.h"
#include "rp-help.h"
#include "rp-preferences.h"
#include "rp-window.h"

/* An action that was asked for before the library was open. */
typedef struct {
  char *action;        /* owned */
  GVariant *parameter; /* owned, may be NULL */
} Wish;

G_DEFINE_FINAL_TYPE (RpApplication, rp_application, ADW_TYPE_APPLICATION)

GSettings *
rp_application_get_settings (void)
{
  static GSettings *settings;
  static gsize once;

  if (g_once_init_enter (&once)) {
    GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
    g_autoptr (GSettingsSchema) schema =
      source != NULL ? g_settings_schema_source_lookup (source, RP_APP_ID, TRUE) : NULL;

    if (schema != NULL)
      settings = g_settings_new_full (schema, NULL, NULL);
    g_once_init_leave (&once, 1);
  }

  return settings;
}

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_free (wish->action);
  g_clear_pointer (&wish->parameter, g_variant_unref);
  g_free (wish);
}

static RpWindow *
get_window (RpApplication *self)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

  for (; windows != NULL; windows = windows->next)
    if (RP_IS_WINDOW (windows->data))
      return windows->data;

  return RP_WINDOW (rp_window_new (GTK_APPLICATION (self), self->workspace));
}

/* ---- opening ---- */

void
rp_application_show_window (RpApplication *self)
{
  RpWindow *window;

  if (self->workspace == NULL) {
    rp_application_open_library (self);
    return;
  }
  window = get_window (self);
  gtk_window_present (GTK_WINDOW (window));
  if (self->sample)
    rp_window_try_sample (window);
  if (self->waiting->len > 0)
    rp_window_import_files (window, self->waiting);
  self->sample = FALSE;
  g_ptr_array_set_size (self->waiting, 0);
}

void
rp_application_grant_wishes (RpApplication *self)
{
  g_autoptr (GPtrArray) wishes = g_steal_pointer (&self->wishes);

  self->wishes = g_ptr_array_new_with_free_func (wish_free);
  for (guint i = 0; i < wishes->len; i++) {
    const Wish *wish = wishes->pdata[i];

    g_action_group_activate_action (G_ACTION_GROUP (self), wish->action, wish->parameter);
  }
}

/* Whether the action has to wait for the library, which is opened for it then. */
static gboolean
must_wait (RpApplication *self, GSimpleAction *action, GVariant *parameter)
{
  Wish *wish;

  if (self->workspace != NULL)
    return FALSE;
  wish = g_new0 (Wish, 1);
  wish->action = g_strdup (g_action_get_name (G_ACTION (action)));
  wish->parameter = parameter != NULL ? g_variant_ref (parameter) : NULL;
  g_ptr_array_add (self->wishes, wish);
  rp_application_open_library (self);

  return TRUE;
}

/* ---- actions ---- */

/* Who quits wants nothing to go on in the background. */
static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RpApplication *self = user_data;
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

  g_clear_pointer (&self->background, rp_background_free);
  if (self->search != NULL)
    rp_search_provider_rest (self->search);
  if (windows == NULL)
    g_application_quit (G_APPLICATION (self));
  else
    gtk_window_close (GTK_WINDOW (get_window (self)));
}

static GtkWindow *
get_active (gpointer user_data)
{
  return gtk_application_get_active_window (GTK_APPLICATION (user_data));
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  rp_about_present (get_active (user_data));
}

static void
help_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  rp_help_show (get_active (user_data));
}

/* ---- actions that need the library: of notifications, the desktop's search and its menu ---- */

typedef struct {
  char *action;        /* owned, of the window */
  GVariant *parameter; /* owned, may be NULL */
} Step;

static void
step_free (gpointer data, GClosure *closure)
{
  Step *step = data;

  g_free (step->action);
  g_clear_pointer (&step->parameter, g_variant_unref);
  g_free (step);
}

static void
active_cb (GtkWidget *window, GParamSpec *pspec, gpointer user_data)
{
  const Step *step = user_data;

  if (!gtk_window_is_active (GTK_WINDOW (window)))
    return;
  gtk_widget_activate_action_variant (window, step->action, step->parameter);
  g_signal_handlers_disconnect_by_data (window, user_data);
}

/* The clipboard may be read only by who has the focus. */
static void
do_when_active (GtkWidget *window, const char *action, GVariant *parameter)
{
  Step *step = g_new0 (Step, 1);

  step->action = g_strdup (action);
  step->parameter = parameter != NULL ? g_variant_ref (parameter) : NULL;
  g_signal_connect_data (window, "notify::is-active", G_CALLBACK (active_cb), step, step_free, 0);
}

/* The window's action of the same name, in front of the person. */
static void
in_window_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RpApplication *self = user_data;
  g_autofree char *name = g_strconcat ("win.", g_action_get_name (G_ACTION (action)), NULL);
  GtkWidget *window;

  self->hidden = FALSE;
  if (must_wait (self, action, parameter))
    return;
  rp_application_show_window (self);
  window = GTK_WIDGET (get_window (self));
  if (g_str_equal (name, "win.paste") && !gtk_window_is_active (GTK_WINDOW (window)))
    do_when_active (window, name, parameter);
  else
    gtk_widget_activate_action_variant (window, name, parameter);
}

static void
preferences_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RpApplication *self = user_data;

  self->hidden = FALSE;
  if (must_wait (self, action, parameter))
    return;
  rp_application_show_window (self);
  if (rp_application_get_settings () != NULL)
    rp_preferences_present (GTK_WINDOW (get_window (self)), self->workspace);
}

/* Asked for by a notification, it needs no window. */
static void
update_everywhere_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RpApplication *self = user_data;

  if (self->workspace == NULL && !self->opening)
    self->hidden = TRUE;
  if (!must_wait (self, action, parameter))
    rp_everywhere_update (self->workspace, g_variant_get_string (parameter, NULL));
}

/* Asked first, with the article in front of the person. */
static void
withdraw_everywhere_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RpApplication *self = user_data;
  GtkWidget *window;

  self->hidden = FALSE;
  if (must_wait (self, action, parameter))
    return;
  rp_application_show_window (self);
  window = GTK_WIDGET (get_window (self));
  gtk_widget_activate_action_variant (window, "win.show-article", parameter);
  rp_everywhere_withdraw (self->workspace, GTK_WINDOW (window),
                          g_variant_get_string (parameter, NULL));
}

static void
choose_library_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  rp_application_choose_library (user_data, get_active (user_data),
                                 g_variant_get_boolean (parameter));
}

static void
sample_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RpApplication *self = user_data;

  self->sample = TRUE;
  rp_application_show_window (self);
}

/* Told to end, it ends as if by the menu: what was typed is saved, the practice partner stops. But
 * nobody may be there to answer a question. */
static gboolean
terminated_cb (gpointer user_data)
{
  for (GList *window = gtk_application_get_windows (user_data); window != NULL;
       window = window->next)
    if (RP_IS_WINDOW (window->data))
      rp_window_ask_nothing (window->data);
  g_action_group_activate_action (G_ACTION_GROUP (user_data), "quit", NULL);

  return G_SOURCE_CONTINUE;
}

static const GActionEntry actions[] = {
  {"quit", quit_cb},
  {"about", about_cb},
  {"help", help_cb},
  {"sample", sample_cb},
  {"preferences", preferences_cb},
  {"choose-library", choose_library_cb, "b"},
  {"show-article", in_window_cb, "s"},
  {"show-desk", in_window_cb, "s"},
  {"show-outbox", in_window_cb},
  {"search-for", in_window_cb, "s"},
  {"add-partner", in_window_cb},
  {"paste", in_window_cb},
  {"update-everywhere", update_everywhere_cb, "s"},
  {"withdraw-everywhere", withdraw_everywhere_cb, "s"},
};

/* Keys that mean the same everywhere. Those that text has a use for (Ctrl+V, Ctrl+K) are the
 * window's, after whatever has the focus. */
static const struct {
  const char *action;
  const char *keys[3];
} keys[] = {
  {"app.quit", {"<Control>q"}},
  {"app.help", {"F1"}},
  {"app.preferences", {"<Control>comma"}},
  {"window.close", {"<Control>w"}},
  {"win.open", {"<Control>o"}},
  {"win.find", {"<Control>f"}},
  {"win.replace", {"<Control>h"}},
  {"win.sources", {"<Control><Shift>s"}},
  {"win.publish", {"<Control>Return", "<Control>KP_Enter"}},
  {"win.show-inspector", {"F9"}},
  {"win.next-pane", {"F6"}},
  {"win.page('edit')", {"<Alt>1"}},
  {"win.page('preview')", {"<Alt>2"}},
  {"win.page('compare')", {"<Alt>3"}},
  {"win.page('history')", {"<Alt>4"}},
  {"win.change-licence", {"<Control>l"}},
  {"win.confirm-licence", {"<Control><Shift>l"}},
  {"win.ask-owner", {"<Control><Shift>m"}},
};

static void
rp_application_startup (GApplication *application)
{
  /* while the toolkit gets ready; what the bus starts may want no library */
  if (!(g_application_get_flags (application) & G_APPLICATION_IS_SERVICE))
    rp_application_open_library (RP_APPLICATION (application));
  G_APPLICATION_CLASS (rp_application_parent_class)->startup (application);

  g_signal_connect (application, "window-removed", G_CALLBACK (rp_application_window_removed_cb),
                    NULL);
  g_unix_signal_add (SIGTERM, terminated_cb, application);
  g_unix_signal_add (SIGINT, terminated_cb, application);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   application);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), keys[i].action,
                                           keys[i].keys);
}

/* Started by the desktop at log-in it only delivers, until somebody wants to see it. */
static void
rp_application_activate (GApplication *application)
{
  RpApplication *self = RP_APPLICATION (application);

  if (self->start_hidden) {
    self->start_hidden = FALSE;
    self->hidden = TRUE;
    rp_application_open_library (self);
    return;
  }
  self->hidden = FALSE;
  rp_application_show_window (RP_APPLICATION (application));
}

static void
rp_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  RpApplication *self = RP_APPLICATION (application);

  for (int i = 0; i < n_files; i++)
    g_ptr_array_add (self->waiting, g_object_ref (files[i]));
  self->hidden = FALSE;
  rp_application_show_window (self);
}

/* The desktop may search before there is a window, and without one. */
static gboolean
rp_application_dbus_register (GApplication *application,
                              GDBusConnection *connection,
                              const char *object_path,
                              GError **error)
{
  RpApplication *self = RP_APPLICATION (application);
  g_autofree char *path = g_strconcat (object_path, "/SearchProvider", NULL);

  if (!G_APPLICATION_CLASS (rp_application_parent_class)
         ->dbus_register (application, connection, object_path, error))
    return FALSE;
  self->search = rp_search_provider_new (application, self->library);

  return rp_search_provider_export (self->search, connection, path, error);
}

static void
rp_application_dbus_unregister (GApplication *application,
                                GDBusConnection *connection,
                                const char *object_path)
{
  g_clear_pointer (&RP_APPLICATION (application)->search, rp_search_provider_free);
  G_APPLICATION_CLASS (rp_application_parent_class)
    ->dbus_unregister (application, connection, object_path);
}

static void
rp_application_shutdown (GApplication *application)
{
  RpApplication *self = RP_APPLICATION (application);

  rp_application_close_library (self);
  G_APPLICATION_CLASS (rp_application_parent_class)->shutdown (application);
}

/* One that runs already delivers: there is nothing to do then. */
static int
start_hidden (RpApplication *self)
{
  GApplication *application = G_APPLICATION (self);
  g_autoptr (GError) error = NULL;

  if (!g_application_register (application, NULL, &error)) {
    g_printerr ("reprint: %s\n", error->message);
    return 1;
  }
  if (g_application_get_is_remote (application))
    return 0;
  self->start_hidden = TRUE;

  return -1;
}

/* Options that are actions of the same name. */
static const char *const asked_by_option[] = {"sample", "paste", "show-outbox", "add-partner"};

/* Of the program that runs already, if there is one. */
static int
ask_running (GApplication *application, const char *action)
{
  g_autoptr (GError) error = NULL;

  if (!g_application_register (application, NULL, &error)) {
    g_printerr ("reprint: %s\n", error->message);
    return 1;
  }
  g_action_group_activate_action (G_ACTION_GROUP (application), action, NULL);

  return -1;
}

/* A library of one's own is a program of its own. */
static int
rp_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  RpApplication *self = RP_APPLICATION (application);

  if (g_variant_dict_contains (options, "version")) {
    g_print ("reprint %s\n", RP_VERSION);
    return 0;
  }
  self->named = g_variant_dict_lookup (options, "library", "s", &self->library) ||
                g_getenv ("REPRINT_LIBRARY") != NULL;
  if (self->named)
    g_application_set_flags (application,
                             g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
  else
    rp_application_read_library (self);
  if (g_variant_dict_contains (options, "background"))
    return start_hidden (self);
  for (guint i = 0; i < G_N_ELEMENTS (asked_by_option); i++)
    if (g_variant_dict_contains (options, asked_by_option[i]))
      return ask_running (application, asked_by_option[i]);

  return -1;
}

static void
rp_application_finalize (GObject *object)
{
  RpApplication *self = RP_APPLICATION (object);

  g_free (self->library);
  g_ptr_array_unref (self->waiting);
  g_ptr_array_unref (self->wishes);
  G_OBJECT_CLASS (rp_application_parent_class)->finalize (object);
}

static void
rp_application_class_init (RpApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rp_application_finalize;
  application_class->startup = rp_application_startup;
  application_class->activate = rp_application_activate;
  application_class->open = rp_application_open;
  application_class->shutdown = rp_application_shutdown;
  application_class->dbus_register = rp_application_dbus_register;
  application_class->dbus_unregister = rp_application_dbus_unregister;
  application_class->handle_local_options = rp_application_handle_local_options;
}

static void
rp_application_init (RpApplication *self)
{
  const GOptionEntry entries[] = {
    {"library", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Open this library"), N_ ("LIBRARY")},
    {"sample", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Set up the sample desk"), NULL},
    {"background", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Deliver what is planned, without a window"),
     NULL},
    {"paste", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Import what is on the clipboard"), NULL},
    {"show-outbox", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Show the outbox"), NULL},
    {"add-partner", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Add a partner"), NULL},
    {"version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Show the version"), NULL},
    {NULL},
  };

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->wishes = g_ptr_array_new_with_free_func (wish_free);
  g_application_add_main_option_entries (G_APPLICATION (self), entries);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _ ("[FILE|URI…]"));
}

RpApplication *
rp_application_new (void)
{
  return g_object_new (RP_TYPE_APPLICATION, "application-id", RP_APP_ID, "flags",
                       G_APPLICATION_HANDLES_OPEN, "resource-base-path", "/app/reprint/Reprint",
                       NULL);
}
