#include "rp-application-private.h"

#include <glib/gi18n-lib.h>

#include "rp-library-dialog.h"
#include "rp-names.h"
#include "rp-sample.h"
#include "rp-watch.h"
#include "rp-window.h"

static void opened_cb (GObject *source, GAsyncResult *result, gpointer user_data);

/* What was named for this run wins over what was chosen. */
void
rp_application_read_library (RpApplication *self)
{
  GSettings *settings = rp_application_get_settings ();
  g_autofree char *chosen = settings != NULL ? g_settings_get_string (settings, "library") : NULL;

  if (self->named)
    return;
  g_clear_pointer (&self->library, g_free);
  if (chosen != NULL && *chosen != '\0')
    self->library = g_steal_pointer (&chosen);
  if (self->search != NULL)
    rp_search_provider_set_library (self->search, self->library);
}

/* ---- opening ---- */

void
rp_application_open_library (RpApplication *self)
{
  if (self->opening)
    return;
  self->opening = TRUE;
  g_application_hold (G_APPLICATION (self));
  rp_workspace_open_async (self->library,
                           RP_WORKSPACE_SEND | RP_WORKSPACE_WATCH | RP_WORKSPACE_POLL, NULL,
                           opened_cb, g_object_ref (self));
}

/* Sources are read by themselves unless a person has switched it off. */
static void
read_sources_cb (RpApplication *self)
{
  if (self->workspace != NULL)
    rp_watch_set_automatic (
      rp_watch_get (self->workspace),
      g_settings_get_boolean (rp_application_get_settings (), "read-sources"));
}

/* The name that others at the desk see. */
static void
name_person_cb (RpApplication *self)
{
  GSettings *settings = rp_application_get_settings ();
  g_autofree char *name = settings != NULL ? g_settings_get_string (settings, "person") : NULL;

  if (self->workspace != NULL)
    rp_workspace_set_person (self->workspace,
                             name != NULL && *name != '\0' ? name : g_get_real_name ());
}

/* What is published can be undone for a while. */
static void
set_grace_cb (RpApplication *self)
{
  if (self->workspace != NULL)
    rp_workspace_set_grace (
      self->workspace, g_settings_get_uint (rp_application_get_settings (), "wait-before-sending") *
                         G_TIME_SPAN_SECOND);
}

static void
follow_settings (RpApplication *self)
{
  GSettings *settings = rp_application_get_settings ();

  name_person_cb (self);
  if (settings == NULL)
    return;
  g_signal_handlers_disconnect_by_data (settings, self); /* of the library before */
  g_signal_connect_object (settings, "changed::person", G_CALLBACK (name_person_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::read-sources", G_CALLBACK (read_sources_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::wait-before-sending", G_CALLBACK (set_grace_cb),
                           self, G_CONNECT_SWAPPED);
  read_sources_cb (self);
  set_grace_cb (self);
}

/* A library that was named for this run ends with its window. */
static gboolean
is_by_itself (RpApplication *self)
{
  return (g_application_get_flags (G_APPLICATION (self)) & G_APPLICATION_NON_UNIQUE) != 0;
}

/* ---- when it cannot be opened ---- */

static void
answered_cb (AdwMessageDialog *dialog, const char *answer, RpApplication *self)
{
  if (g_str_equal (answer, "again"))
    rp_application_open_library (self);
  else if (g_str_equal (answer, "choose"))
    rp_application_choose_library (self, NULL, FALSE);
}

/* The program ends with this window, unless the answer leads on. */
static void
tell_trouble (RpApplication *self, const char *words)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (
    adw_message_dialog_new (NULL, _ ("The library could not be opened."), words));

  gtk_window_set_title (GTK_WINDOW (dialog), g_get_application_name ());
  adw_message_dialog_add_responses (dialog, "close", _ ("_Close"), "choose",
                                    _ ("Choose _Another Library…"), "again", _ ("_Try Again"),
                                    NULL);
  adw_message_dialog_set_response_enabled (dialog, "choose",
                                           !self->named && rp_application_get_settings () != NULL);
  adw_message_dialog_set_response_appearance (dialog, "again", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "again");
  adw_message_dialog_set_close_response (dialog, "close");
  g_signal_connect_object (dialog, "response", G_CALLBACK (answered_cb), self, 0);
  rp_names_adopt (GTK_WIDGET (dialog));
  gtk_application_add_window (GTK_APPLICATION (self), GTK_WINDOW (dialog));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
drained_cb (gpointer user_data)
{
  rp_application_window_removed_cb (user_data);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  self->opening = FALSE;
  self->workspace = rp_workspace_open_finish (result, &error);
  if (self->workspace != NULL) {
    rp_sample_resume (self->workspace);
    follow_settings (self);
    if (self->hidden || !is_by_itself (self))
      self->background = rp_background_new (G_APPLICATION (self), self->workspace);
    self->drain = rp_drain_new (G_APPLICATION (self), self->workspace, drained_cb, self);
    self->notices = rp_notices_new (G_APPLICATION (self), self->workspace);
    if (!self->hidden)
      rp_application_show_window (self);
    rp_application_grant_wishes (self);
  } else {
    tell_trouble (self, error->message);
  }
  g_application_release (G_APPLICATION (self));
}

/* ---- another one ---- */

void
rp_application_close_library (RpApplication *self)
{
  g_clear_pointer (&self->notices, rp_notices_free);
  g_clear_pointer (&self->drain, rp_drain_free);
  g_clear_pointer (&self->background, rp_background_free);
  if (self->workspace != NULL)
    rp_workspace_close (self->workspace);
  g_clear_object (&self->workspace);
}

static RpWindow *
find_window (RpApplication *self)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

  for (; windows != NULL; windows = windows->next)
    if (RP_IS_WINDOW (windows->data))
      return windows->data;

  return NULL;
}

static gboolean
reopen_cb (gpointer user_data)
{
  RpApplication *self = user_data;

  rp_application_close_library (self);
  rp_application_read_library (self);
  rp_application_open_library (self);
  g_application_release (G_APPLICATION (self));

  return G_SOURCE_REMOVE;
}

/* Everything that was typed is saved by now: the window does not close before. What was published
 * in it leaves first. */
void
rp_application_window_removed_cb (RpApplication *self)
{
  if (!self->reopening || find_window (self) != NULL ||
      (self->drain != NULL && rp_drain_is_busy (self->drain)))
    return;
  self->reopening = FALSE;
  self->hidden = FALSE;
  g_idle_add (reopen_cb, self);
}

/* Maybe only the name of the person is another one. */
static gboolean
is_open (RpApplication *self)
{
  g_autofree char *chosen = g_settings_get_string (rp_application_get_settings (), "library");

  return self->workspace != NULL && g_strcmp0 (self->library, *chosen != '\0' ? chosen : NULL) == 0;
}

static void
chosen_cb (gpointer user_data)
{
  RpApplication *self = user_data;
  RpWindow *window = find_window (self);

  if (self->named || self->reopening || is_open (self))
    return;
  self->reopening = TRUE;
  g_application_hold (G_APPLICATION (self));
  if (window != NULL)
    gtk_window_close (GTK_WINDOW (window));
  else
    rp_application_window_removed_cb (self);
}

void
rp_application_choose_library (RpApplication *self, GtkWindow *parent, gboolean shared)
{
  GtkWindow *dialog;

  if (rp_application_get_settings () == NULL)
    return;
  dialog = rp_library_dialog_present (parent, shared, self->named, chosen_cb, self);
  if (parent == NULL)
    gtk_application_add_window (GTK_APPLICATION (self), dialog);
}
