#include "rp-permission-dialog.h"

#include <glib/gi18n-lib.h>

#include "rp-clearance.h"
#include "rp-names.h"
#include "rp-text.h"
#include "rp-toast.h"

struct _RpPermissionDialog {
  AdwWindow parent_instance;

  GtkWidget *save;
  AdwPreferencesGroup *group;
  GtkEditable *name;
  GtkEditable *reason;

  RpWorkspace *workspace; /* owned */
  char *article_id;       /* owned */
  char *kind;             /* owned */
  GObject *owner;         /* owned */
  RpPermissionCallback callback;
};

G_DEFINE_FINAL_TYPE (RpPermissionDialog, rp_permission_dialog, ADW_TYPE_WINDOW)

static void
changed_cb (RpPermissionDialog *self)
{
  gtk_widget_set_sensitive (self->save, !rp_text_is_empty (gtk_editable_get_text (self->name)) &&
                                          !rp_text_is_empty (gtk_editable_get_text (self->reason)));
}

static void
approved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpPermissionDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!rp_clearance_approve_finish (RP_WORKSPACE (source), result, &error)) {
    gtk_widget_set_sensitive (self->save, TRUE);
    rp_toast_show_error (GTK_WIDGET (self->group), error);
    return;
  }
  self->callback (self->owner);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
save_cb (RpPermissionDialog *self)
{
  gtk_widget_set_sensitive (self->save, FALSE);
  rp_clearance_approve_async (
    self->workspace, self->article_id, self->kind, gtk_editable_get_text (self->name),
    gtk_editable_get_text (self->reason), NULL, approved_cb, g_object_ref (self));
}

static void
rp_permission_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), RP_TYPE_PERMISSION_DIALOG);
  G_OBJECT_CLASS (rp_permission_dialog_parent_class)->dispose (object);
}

static void
rp_permission_dialog_finalize (GObject *object)
{
  RpPermissionDialog *self = RP_PERMISSION_DIALOG (object);

  g_clear_object (&self->workspace);
  g_clear_object (&self->owner);
  g_free (self->article_id);
  g_free (self->kind);
  G_OBJECT_CLASS (rp_permission_dialog_parent_class)->finalize (object);
}

static void
rp_permission_dialog_class_init (RpPermissionDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_permission_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = rp_permission_dialog_finalize;
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/app/reprint/Reprint/dialogs/rp-permission-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RpPermissionDialog, save);
  gtk_widget_class_bind_template_child (widget_class, RpPermissionDialog, group);
  gtk_widget_class_bind_template_child (widget_class, RpPermissionDialog, name);
  gtk_widget_class_bind_template_child (widget_class, RpPermissionDialog, reason);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
rp_permission_dialog_init (RpPermissionDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rp_names_adopt (GTK_WIDGET (self));
}

void
rp_permission_dialog_present (GtkWindow *parent,
                              RpWorkspace *workspace,
                              const char *article_id,
                              const char *kind,
                              const char *words,
                              RpPermissionCallback callback,
                              GObject *owner)
{
  RpPermissionDialog *self =
    g_object_new (RP_TYPE_PERMISSION_DIALOG, "transient-for", parent, NULL);
  g_autofree char *escaped = words != NULL ? g_markup_escape_text (words, -1) : NULL;

  self->workspace = g_object_ref (workspace);
  self->article_id = g_strdup (article_id);
  self->kind = g_strdup (kind);
  self->callback = callback;
  self->owner = g_object_ref (owner);
  adw_preferences_group_set_description (self->group, escaped);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
}
