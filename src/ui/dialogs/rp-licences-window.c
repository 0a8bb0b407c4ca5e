#include "rp-licences-window.h"

#include <glib/gi18n-lib.h>

#include "rp-agreement-dialog.h"
#include "rp-ask.h"
#include "rp-help.h"
#include "rp-id.h"
#include "rp-json.h"
#include "rp-licence-form.h"
#include "rp-licence-list.h"
#include "rp-licence-view.h"
#include "rp-may.h"
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
  AdwViewSwitcherTitle *tabs;
  AdwViewSwitcherBar *tab_bar;
  GMenu *export_menu;

  RpWorkspace *workspace;    /* owned */
  GBytes *exported;          /* owned: what waits for a place to be written to */
  GCancellable *cancellable; /* owned */
};

G_DEFINE_FINAL_TYPE (RpLicencesWindow, rp_licences_window, ADW_TYPE_WINDOW)

static void
selected_cb (RpLicencesWindow *self)
{
  RpLicence *licence = rp_licence_list_get_selected (self->list);
  gboolean ours = licence != NULL && !rp_licence_is_builtin (licence);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "licences.edit",
                                 ours && rp_may_do (self->workspace, "licences.edit"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "licences.remove",
                                 ours && rp_may_do (self->workspace, "licences.remove"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "licences.duplicate",
                                 licence != NULL &&
                                   rp_may_do (self->workspace, "licences.duplicate"));
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
  static const char *const dropped[] = {"builtin", "based_on", "abstract", "same_as",  "ports",
                                        "spdx",    "match",    "version",  "template", "documents"};
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

/* What the book has anyway is shown, not kept once more. */
static void
take_text (RpLicencesWindow *self, const char *text)
{
  RpLicenceBook *book = rp_workspace_get_book (self->workspace);
  g_autoptr (GError) error = NULL;
  g_autoptr (RpLicence) licence = rp_licence_form_read (text, &error);
  RpLicence *known = licence != NULL && rp_licence_get_spdx (licence) != NULL
                       ? rp_licence_book_lookup (book, rp_licence_get_id (licence))
                       : NULL;

  if (licence == NULL) {
    rp_toast_show_error (GTK_WIDGET (self->list), error);
  } else if (known != NULL && rp_licence_is_builtin (known)) {
    g_autofree char *words =
      g_strdup_printf (_ ("“%s” is in the book already."), rp_licence_get_name (known));

    rp_licence_list_select (self->list, rp_licence_get_id (known));
    rp_toast_show (GTK_WIDGET (self->list), words, NULL);
  } else {
    rp_workspace_save_licence_async (self->workspace, licence, NULL, restored_cb,
                                     g_object_ref (self));
  }
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpLicencesWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_file_load_bytes_finish (G_FILE (source), result, NULL, &error);
  g_autofree char *text = NULL;
  gsize size;
  const char *data;

  if (bytes == NULL) {
    rp_toast_show_error (GTK_WIDGET (self->list), error);
    return;
  }
  data = g_bytes_get_data (bytes, &size);
  text = g_strndup (data != NULL ? data : "", size);
  take_text (self, text);
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
text_given_cb (const char *words, gpointer owner)
{
  take_text (owner, words);
}

static void
import_text (GtkWidget *widget, const char *action, GVariant *target)
{
  const RpQuestion question = {
    .heading = _ ("Which licence?"),
    .body =
      _ ("The address of a Creative Commons licence, an SPDX id, or a whole ODRL, RSL, TDMRep, "
         "schema.org or ccREL text."),
    .accept = _ ("_Import"),
    .field = _ ("Address or text"),
  };

  rp_ask_words (GTK_WINDOW (widget), &question, text_given_cb, G_OBJECT (widget));
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
  g_autoptr (GFile) file = g_list_model_get_item (files, 0);

  g_file_replace_contents_bytes_async (file, self->exported, NULL, FALSE, G_FILE_CREATE_NONE,
                                       self->cancellable, exported_cb, g_object_ref (self));
}

/* By what the text is. */
static const char *
get_ending (const char *text)
{
  if (*text != '<')
    return ".json";

  return g_str_has_prefix (text, "<?xml") || g_str_has_prefix (text, "<rsl") ? ".xml" : ".html";
}

static void
export_licence (GtkWidget *widget, const char *action, GVariant *target)
{
  RpLicencesWindow *self = RP_LICENCES_WINDOW (widget);
  RpLicence *licence = rp_licence_list_get_selected (self->list);
  g_autoptr (GError) error = NULL;
  char *text = rp_licence_form_write (licence, g_variant_get_string (target, NULL), &error);
  g_autofree char *slug = rp_text_slug (rp_licence_get_name (licence), 60);
  g_autofree char *name = NULL;

  if (text == NULL) {
    rp_toast_show_error (GTK_WIDGET (self->list), error);
    return;
  }
  name = g_strconcat (slug, get_ending (text), NULL);
  g_clear_pointer (&self->exported, g_bytes_unref);
  self->exported = g_bytes_new_take (text, strlen (text));
  rp_pick_place (GTK_WINDOW (widget), _ ("Export Licence"), name, export_picked_cb,
                 G_OBJECT (widget));
}

static void
fill_export_menu (RpLicencesWindow *self)
{
  guint n;
  const RpLicenceForm *forms = rp_licence_form_list (&n);

  for (guint i = 0; i < n; i++) {
    g_autofree char *action = g_strconcat ("licences.export::", forms[i].id, NULL);

    if (forms[i].write != NULL)
      g_menu_append (self->export_menu, _ (forms[i].title), action);
  }
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
  g_clear_pointer (&RP_LICENCES_WINDOW (object)->exported, g_bytes_unref);
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
  gtk_widget_class_install_action (widget_class, "licences.import-text", NULL, import_text);
  gtk_widget_class_install_action (widget_class, "licences.export", "s", export_licence);
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
  gtk_widget_class_bind_template_child (widget_class, RpLicencesWindow, tabs);
  gtk_widget_class_bind_template_child (widget_class, RpLicencesWindow, tab_bar);
  gtk_widget_class_bind_template_child (widget_class, RpLicencesWindow, export_menu);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
}

static void
rp_licences_window_init (RpLicencesWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  rp_help_set_page (GTK_WINDOW (self), "licences");
  adw_view_switcher_title_set_stack (self->tabs, rp_licence_view_get_stack (self->view));
  adw_view_switcher_bar_set_stack (self->tab_bar, rp_licence_view_get_stack (self->view));
  fill_export_menu (self);
  rp_names_adopt (GTK_WIDGET (self));
}

void
rp_licences_window_present (GtkWindow *parent, RpWorkspace *workspace, const char *licence_id)
{
  RpLicencesWindow *self = g_object_new (RP_TYPE_LICENCES_WINDOW, "transient-for", parent,
                                         "destroy-with-parent", TRUE, NULL);

  self->workspace = g_object_ref (workspace);
  rp_licence_view_set_workspace (self->view, workspace);
  rp_licence_list_set_book (self->list, rp_workspace_get_book (workspace));
  rp_licence_list_select (self->list, licence_id);
  rp_may_limit (GTK_WIDGET (self), workspace);
  selected_cb (self);
  gtk_window_present (GTK_WINDOW (self));
}
