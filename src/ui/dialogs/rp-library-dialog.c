#include "rp-library-dialog.h"

#include <glib/gi18n-lib.h>

#include "rp-application.h"
#include "rp-help.h"
#include "rp-library.h"
#include "rp-names.h"

struct _RpLibraryDialog {
  AdwWindow parent_instance;

  GtkCheckButton *here;
  GtkCheckButton *shared;
  AdwPreferencesGroup *server;
  GtkEditable *address;
  GtkEditable *password;
  GtkEditable *person;
  AdwActionRow *test;
  GtkWidget *try;
  GtkSpinner *spinner;
  GtkImage *sign;
  GtkWidget *use;
  GtkWidget *later;

  GCancellable *cancellable; /* owned: of what is being asked */
  RpLibraryChosen chosen;
  gpointer user_data;
  gboolean using; /* not only tested */
};

G_DEFINE_FINAL_TYPE (RpLibraryDialog, rp_library_dialog, ADW_TYPE_WINDOW)

/* ---- what is said of it ---- */

static char *
dup_address (RpLibraryDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->address)));
}

static void
show_result (RpLibraryDialog *self, const char *words, gboolean good)
{
  adw_action_row_set_subtitle (self->test, words);
  gtk_widget_set_visible (GTK_WIDGET (self->sign), *words != '\0');
  gtk_image_set_from_icon_name (self->sign,
                                good ? "object-select-symbolic" : "dialog-warning-symbolic");
  gtk_widget_remove_css_class (GTK_WIDGET (self->sign), good ? "warning" : "success");
  gtk_widget_add_css_class (GTK_WIDGET (self->sign), good ? "success" : "warning");
}

static void
set_busy (RpLibraryDialog *self, gboolean busy)
{
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  if (busy)
    gtk_widget_set_visible (GTK_WIDGET (self->sign), FALSE);
}

/* What is being asked about is not it any more. */
static void
changed_cb (RpLibraryDialog *self)
{
  gboolean shared = gtk_check_button_get_active (self->shared);
  g_autofree char *address = dup_address (self);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  set_busy (self, FALSE);
  show_result (self, "", TRUE);
  self->using = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->server), shared);
  gtk_widget_set_sensitive (self->try, *address != '\0');
  gtk_widget_set_sensitive (self->use, !shared || *address != '\0');
}

/* ---- using it ---- */

static void
keep (RpLibraryDialog *self)
{
  GSettings *settings = rp_application_get_settings ();
  g_autofree char *address = dup_address (self);
  RpLibraryChosen chosen = self->chosen;
  gpointer user_data = self->user_data;

  g_settings_set_string (settings, "library",
                         gtk_check_button_get_active (self->shared) ? address : "");
  g_settings_set_string (settings, "person", gtk_editable_get_text (self->person));
  gtk_window_close (GTK_WINDOW (self)); /* before the window that it stands on */
  chosen (user_data);
}

/* Without a keyring it is known until the program ends; that is better than no desk at all. */
static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpLibraryDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!rp_library_keep_password_finish (result, &error))
    g_message ("The password of the library could not be kept: %s", error->message);
  if (self->using && self->use != NULL)
    keep (self);
}

static void
use_tested (RpLibraryDialog *self)
{
  const char *password = gtk_editable_get_text (self->password);
  g_autofree char *address = dup_address (self);

  if (*password != '\0')
    rp_library_keep_password_async (address, password, NULL, kept_cb, g_object_ref (self));
  else
    keep (self);
}

/* One that did not help must not stand before the one in the keyring. */
static void
forget_password (RpLibraryDialog *self)
{
  g_autofree char *address = dup_address (self);

  rp_library_remember_password (address, NULL);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpLibraryDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = rp_library_look_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->use == NULL)
    return;
  if (words == NULL)
    forget_password (self);
  set_busy (self, FALSE);
  show_result (self, words != NULL ? words : error->message, words != NULL);
  if (words != NULL && self->using)
    use_tested (self);
  else
    self->using = FALSE;
}

static void
look (RpLibraryDialog *self)
{
  const char *password = gtk_editable_get_text (self->password);
  g_autofree char *address = dup_address (self);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (!rp_library_is_shared (address)) {
    show_result (self,
                 _ ("An address looks like postgresql://name@server.example/library; whoever runs "
                    "the server knows it."),
                 FALSE);
    return;
  }
  self->cancellable = g_cancellable_new ();
  if (*password != '\0')
    rp_library_remember_password (address, password);
  set_busy (self, TRUE);
  adw_action_row_set_subtitle (self->test, _ ("Asking the server…"));
  rp_library_look_async (address, self->cancellable, looked_cb, g_object_ref (self));
}

static void
test_cb (RpLibraryDialog *self)
{
  self->using = FALSE;
  look (self);
}

static void
use_cb (RpLibraryDialog *self)
{
  if (!gtk_check_button_get_active (self->shared)) {
    keep (self);
    return;
  }
  self->using = TRUE;
  look (self);
}

/* ---- the window ---- */

static void
rp_library_dialog_dispose (GObject *object)
{
  RpLibraryDialog *self = RP_LIBRARY_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (object), RP_TYPE_LIBRARY_DIALOG);
  self->use = NULL;
  G_OBJECT_CLASS (rp_library_dialog_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *klass)
{
  gtk_widget_class_set_template_from_resource (klass,
                                               "/app/reprint/Reprint/dialogs/rp-library-dialog.ui");
  gtk_widget_class_bind_template_child (klass, RpLibraryDialog, here);
  gtk_widget_class_bind_template_child (klass, RpLibraryDialog, shared);
  gtk_widget_class_bind_template_child (klass, RpLibraryDialog, server);
  gtk_widget_class_bind_template_child (klass, RpLibraryDialog, address);
  gtk_widget_class_bind_template_child (klass, RpLibraryDialog, password);
  gtk_widget_class_bind_template_child (klass, RpLibraryDialog, person);
  gtk_widget_class_bind_template_child (klass, RpLibraryDialog, test);
  gtk_widget_class_bind_template_child (klass, RpLibraryDialog, try);
  gtk_widget_class_bind_template_child (klass, RpLibraryDialog, spinner);
  gtk_widget_class_bind_template_child (klass, RpLibraryDialog, sign);
  gtk_widget_class_bind_template_child (klass, RpLibraryDialog, use);
  gtk_widget_class_bind_template_child (klass, RpLibraryDialog, later);
  gtk_widget_class_bind_template_callback (klass, changed_cb);
  gtk_widget_class_bind_template_callback (klass, test_cb);
  gtk_widget_class_bind_template_callback (klass, use_cb);
}

static void
rp_library_dialog_class_init (RpLibraryDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rp_library_dialog_dispose;
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
rp_library_dialog_init (RpLibraryDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rp_help_set_page (GTK_WINDOW (self), "shared-library");
}

static void
fill (RpLibraryDialog *self, gboolean propose_shared)
{
  GSettings *settings = rp_application_get_settings ();
  g_autofree char *library = g_settings_get_string (settings, "library");
  g_autofree char *person = g_settings_get_string (settings, "person");
  gboolean shared = rp_library_is_shared (library);

  gtk_check_button_set_active (shared || propose_shared ? self->shared : self->here, TRUE);
  gtk_editable_set_text (self->address, shared ? library : "");
  gtk_editable_set_text (self->person, *person != '\0' ? person : g_get_real_name ());
  changed_cb (self);
}

GtkWindow *
rp_library_dialog_present (GtkWindow *parent,
                           gboolean shared,
                           gboolean for_next_start,
                           RpLibraryChosen chosen,
                           gpointer user_data)
{
  RpLibraryDialog *self;

  g_return_val_if_fail (chosen != NULL && rp_application_get_settings () != NULL, NULL);

  self = g_object_new (RP_TYPE_LIBRARY_DIALOG, "transient-for", parent, NULL);
  self->chosen = chosen;
  self->user_data = user_data;
  gtk_widget_set_visible (self->later, for_next_start);
  fill (self, shared);
  rp_names_adopt (GTK_WIDGET (self));
  gtk_window_present (GTK_WINDOW (self));

  return GTK_WINDOW (self);
}
