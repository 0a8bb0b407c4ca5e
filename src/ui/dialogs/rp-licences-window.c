#include "rp-licences-window.h"

#include <glib/gi18n-lib.h>

#include "rp-agreement-dialog.h"
#include "rp-id.h"
#include "rp-json.h"
#include "rp-licence-list.h"
#include "rp-licence-view.h"
#include "rp-names.h"
#include "rp-pick.h"
#include "rp-text.h"
#include "rp-toast.h"

#include <string.h>

struct _RpLicencesWindow {
  AdwWindow parent_instance;

  AdwLeaflet *leaflet;
  GtkWidget *book_pane;
  GtkWidget *detail_pane;
  RpLicenceList *list;
  RpLicenceView *view;

  RpWorkspace *workspace;    /* owned */
  GCancellable *cancellable; /* owned */
};

G_DEFINE_FINAL_TYPE (RpLicencesWindow, rp_licences_window, ADW_TYPE_WINDOW)

static void
selected_cb (RpLicencesWindow *self)
{
  RpLicence *licence = rp_licence_list_get_selected (self->list);
  gboolean ours = licence != NULL && !rp_licence_is_builtin (licence);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "licences.edit", ours);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "licences.remove", ours);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "licences.duplicate", licence != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "licences.export", licence != NULL);
  if (licence != NULL)
    rp_licence_view_show (self->view, licence);
}

static void
activated_cb (RpLicencesWindow *self)
{
  adw_leaflet_set_visible_child (self->leaflet, self->detail_pane);
}

static void
back_cb (RpLicencesWindow *self)
{
  adw_leaflet_set_visible_child (self->leaflet, self->book_pane);
}

/* ---- making and changing ---- */

static void
agreement_saved_cb (RpLicence *licence, GObject *owner)
{
  rp_licence_list_select (RP_LICENCES_WINDOW (owner)->list, rp_licence_get_id (licence));
}

static void
present_agreement (RpLicencesWindow *self, JsonObject *profile)
{
  rp_agreement_dialog_present (GTK_WINDOW (self), self->workspace, profile, NULL,
                               agreement_saved_cb, G_OBJECT (self));
}

static void
new_agreement (GtkWidget *widget, const char *action, GVariant *target)
{
  present_agreement (RP_LICENCES_WINDOW (widget), NULL);
}

static void
edit (GtkWidget *widget, const char *action, GVariant *target)
{
  RpLicencesWindow *self = RP_LICENCES_WINDOW (widget);

  present_agreement (self, rp_licence_get_profile (rp_licence_list_get_selected (self->list)));
}

static void
duplicate (GtkWidget *widget, const char *action, GVariant *target)
{
  static const char *const dropped[] = {"builtin", "based_on", "abstract", "same_as",
                                        "ports",   "spdx",     "match",    "version"};
  RpLicencesWindow *self = RP_LICENCES_WINDOW (widget);
  RpLicence *licence = rp_licence_list_get_selected (self->list);
  g_autoptr (JsonObject) profile = rp_json_object_copy (rp_licence_get_profile (licence));
  g_autofree char *id = rp_id_new ();
  g_autofree char *name = g_strdup_printf (_ ("Copy of %s"), rp_licence_get_name (licence));

  for (guint i = 0; i < G_N_ELEMENTS (dropped); i++)
    if (json_object_has_member (profile, dropped[i]))
      json_object_remove_member (profile, dropped[i]);
  json_object_set_string_member (profile, "id", id);
  json_object_set_string_member (profile, "name", name);
  present_agreement (self, profile);
}

/* ---- removing, with a way back ---- */

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpLicencesWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RpLicence) licence =
    rp_workspace_save_licence_finish (RP_WORKSPACE (source), result, &error);

  if (licence != NULL)
    rp_licence_list_select (self->list, rp_licence_get_id (licence));
  else
    rp_toast_show_error (GTK_WIDGET (self->list), error);
}

static void
undo_cb (GObject *owner, const char *profile_text)
{
  RpLicencesWindow *self = RP_LICENCES_WINDOW (owner);
  g_autoptr (GBytes) bytes = g_bytes_new (profile_text, strlen (profile_text));
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) profile = rp_json_parse_object (bytes, _ ("The agreement"), &error);
  g_autoptr (RpLicence) licence =
    profile != NULL ? rp_licence_new_from_json (profile, &error) : NULL;

  if (licence != NULL)
    rp_workspace_save_licence_async (self->workspace, licence, NULL, restored_cb,
                                     g_object_ref (self));
  else
    rp_toast_show_error (GTK_WIDGET (self->list), error);
}

typedef struct {
  RpLicencesWindow *window; /* owned */
  RpLicence *licence;       /* owned */
} Removal;

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Removal *removal = user_data;
  g_autoptr (RpLicencesWindow) self = removal->window;
  g_autoptr (RpLicence) licence = removal->licence;
  g_autofree char *words = g_strdup_printf (_ ("“%s” was removed."), rp_licence_get_name (licence));
  g_autofree char *profile = rp_json_object_to_text (rp_licence_get_profile (licence), FALSE);
  const RpToastButton undo = {_ ("_Undo"), undo_cb, G_OBJECT (self), profile};
  g_autoptr (GError) error = NULL;

  g_free (removal);
  if (rp_workspace_remove_licence_finish (RP_WORKSPACE (source), result, &error))
    rp_toast_show (GTK_WIDGET (self->list), words, &undo);
  else
    rp_toast_show_error (GTK_WIDGET (self->list), error);
}

static void
remove_licence (GtkWidget *widget, const char *action, GVariant *target)
{
  RpLicencesWindow *self = RP_LICENCES_WINDOW (widget);
  Removal *removal = g_new0 (Removal, 1);

  removal->window = g_object_ref (self);
  removal->licence = g_object_ref (rp_licence_list_get_selected (self->list));
  rp_workspace_remove_licence_async (self->workspace, rp_licence_get_id (removal->licence), NULL,
                                     removed_cb, removal);
}

/* ---- files ---- */

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpLicencesWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_file_load_bytes_finish (G_FILE (source), result, NULL, &error);
  g_autoptr (JsonObject) profile =
    bytes != NULL ? rp_json_parse_object (bytes, _ ("The file"), &error) : NULL;
  g_autoptr (RpLicence) licence =
    profile != NULL ? rp_licence_new_from_json (profile, &error) : NULL;

  if (licence != NULL)
    rp_workspace_save_licence_async (self->workspace, licence, NULL, restored_cb,
                                     g_object_ref (self));
  else
    rp_toast_show_error (GTK_WIDGET (self->list), error);
}

static void
import_picked_cb (GListModel *files, gpointer owner)
{
  RpLicencesWindow *self = owner;

  for (guint i = 0; i < g_list_model_get_n_items (files); i++) {
    g_autoptr (GFile) file = g_list_model_get_item (files, i);

    g_file_load_bytes_async (file, self->cancellable, loaded_cb, g_object_ref (self));
  }
}

static void
import_licence (GtkWidget *widget, const char *action, GVariant *target)
{
  rp_pick_files (GTK_WINDOW (widget), _ ("Import Licences"), import_picked_cb, G_OBJECT (widget));
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpLicencesWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    rp_toast_show (GTK_WIDGET (self->list), _ ("The licence was exported."), NULL);
  else
    rp_toast_show_error (GTK_WIDGET (self->list), error);
}

static void
export_picked_cb (GListModel *files, gpointer owner)
{
  RpLicencesWindow *self = owner;
  RpLicence *licence = rp_licence_list_get_selected (self->list);
  g_autoptr (GFile) file = g_list_model_get_item (files, 0);
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (licence == NULL)
    return;
  text = rp_json_object_to_text (rp_licence_get_profile (licence), TRUE);
  bytes = g_bytes_new (text, strlen (text));
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE,
                                       self->cancellable, exported_cb, g_object_ref (self));
}

static void
export_licence (GtkWidget *widget, const char *action, GVariant *target)
{
  RpLicence *licence = rp_licence_list_get_selected (RP_LICENCES_WINDOW (widget)->list);
  g_autofree char *slug = rp_text_slug (rp_licence_get_name (licence), 60);
  g_autofree char *name = g_strconcat (slug, ".json", NULL);

  rp_pick_place (GTK_WINDOW (widget), _ ("Export Licence"), name, export_picked_cb,
                 G_OBJECT (widget));
}

/* ---- the object ---- */

static void
rp_licences_window_dispose (GObject *object)
{
  RpLicencesWindow *self = RP_LICENCES_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->workspace);
  gtk_widget_dispose_template (GTK_WIDGET (object), RP_TYPE_LICENCES_WINDOW);
  G_OBJECT_CLASS (rp_licences_window_parent_class)->dispose (object);
}

static void
rp_licences_window_finalize (GObject *object)
{
  g_clear_object (&RP_LICENCES_WINDOW (object)->cancellable);
  G_OBJECT_CLASS (rp_licences_window_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "licences.new", NULL, new_agreement);
  gtk_widget_class_install_action (widget_class, "licences.edit", NULL, edit);
  gtk_widget_class_install_action (widget_class, "licences.duplicate", NULL, duplicate);
  gtk_widget_class_install_action (widget_class, "licences.remove", NULL, remove_licence);
  gtk_widget_class_install_action (widget_class, "licences.import", NULL, import_licence);
  gtk_widget_class_install_action (widget_class, "licences.export", NULL, export_licence);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK, "licences.new",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
rp_licences_window_class_init (RpLicencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_licences_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = rp_licences_window_finalize;
  g_type_ensure (RP_TYPE_LICENCE_LIST);
  g_type_ensure (RP_TYPE_LICENCE_VIEW);
  install_actions (widget_class);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/app/reprint/Reprint/dialogs/rp-licences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RpLicencesWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, RpLicencesWindow, book_pane);
  gtk_widget_class_bind_template_child (widget_class, RpLicencesWindow, detail_pane);
  gtk_widget_class_bind_template_child (widget_class, RpLicencesWindow, list);
  gtk_widget_class_bind_template_child (widget_class, RpLicencesWindow, view);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
}

static void
rp_licences_window_init (RpLicencesWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  rp_names_adopt (GTK_WIDGET (self));
}

void
rp_licences_window_present (GtkWindow *parent, RpWorkspace *workspace, const char *licence_id)
{
  RpLicencesWindow *self = g_object_new (RP_TYPE_LICENCES_WINDOW, "transient-for", parent,
                                         "destroy-with-parent", TRUE, NULL);

  self->workspace = g_object_ref (workspace);
  rp_licence_list_set_book (self->list, rp_workspace_get_book (workspace));
  rp_licence_list_select (self->list, licence_id);
  selected_cb (self);
  gtk_window_present (GTK_WINDOW (self));
}
