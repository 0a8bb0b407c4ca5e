#include "rp-agreement-documents.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "rp-book.h"
#include "rp-json.h"
#include "rp-names.h"
#include "rp-pick.h"
#include "rp-time.h"
#include "rp-toast.h"

struct _RpAgreementDocuments {
  AdwPreferencesGroup parent_instance;

  GtkListBox *rows; /* lent */

  RpWorkspace *workspace;    /* owned */
  GPtrArray *documents;      /* owned, of JsonObject */
  GCancellable *cancellable; /* owned: what is on its way */
  gboolean touched;
};

G_DEFINE_FINAL_TYPE (RpAgreementDocuments, rp_agreement_documents, ADW_TYPE_PREFERENCES_GROUP)

enum {
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void show_rows (RpAgreementDocuments *self);

static void
touch (RpAgreementDocuments *self)
{
  self->touched = TRUE;
  show_rows (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static JsonObject *
get_document (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), "rp-document");
}

/* ---- opening ---- */

typedef struct {
  RpAgreementDocuments *self; /* owned */
  char *name;                 /* owned */
} Opening;

static void
opening_free (Opening *opening)
{
  g_object_unref (opening->self);
  g_free (opening->name);
  g_free (opening);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

/* Only for this user, and read-only: changes to it would be lost. */
static char *
write_copy (GBytes *bytes, const char *name, GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("reprint-XXXXXX", error);
  g_autofree char *base = g_path_get_basename (name);
  g_autofree char *path = folder != NULL ? g_build_filename (folder, base, NULL) : NULL;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  if (path == NULL ||
      !g_file_set_contents_full (path, data, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0400, error))
    return NULL;

  return g_filename_to_uri (path, NULL, error);
}

static void
got_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Opening) opening = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = rp_workspace_get_blob_finish (RP_WORKSPACE (source), result, &error);
  g_autofree char *uri = bytes != NULL ? write_copy (bytes, opening->name, &error) : NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (opening->self));

  if (uri != NULL)
    gtk_show_uri (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, uri, GDK_CURRENT_TIME);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    rp_toast_show_error (GTK_WIDGET (opening->self), error);
}

static void
open_cb (GtkWidget *button, RpAgreementDocuments *self)
{
  JsonObject *document = get_document (button);
  const char *name = rp_json_get_string (document, "name");
  Opening *opening = g_new0 (Opening, 1);

  opening->self = g_object_ref (self);
  opening->name = g_strdup (name != NULL ? name : "document");
  rp_workspace_get_blob_async (self->workspace, rp_json_get_string (document, "sha256"),
                               self->cancellable, got_cb, opening);
}

static void
remove_cb (GtkWidget *button, RpAgreementDocuments *self)
{
  g_ptr_array_remove (self->documents, get_document (button));
  touch (self);
}

/* ---- attaching ---- */

static gboolean
is_attached (RpAgreementDocuments *self, JsonObject *document)
{
  for (guint i = 0; i < self->documents->len; i++)
    if (g_strcmp0 (rp_json_get_string (self->documents->pdata[i], "sha256"),
                   rp_json_get_string (document, "sha256")) == 0)
      return TRUE;

  return FALSE;
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpAgreementDocuments) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) document =
    rp_book_keep_document_finish (RP_WORKSPACE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (document == NULL) {
    rp_toast_show_error (GTK_WIDGET (self), error);
  } else if (is_attached (self, document)) {
    rp_toast_show (GTK_WIDGET (self), _ ("This document is attached already."), NULL);
  } else {
    g_ptr_array_add (self->documents, g_steal_pointer (&document));
    touch (self);
  }
}

static void
attach (RpAgreementDocuments *self, GFile *file)
{
  rp_book_keep_document_async (self->workspace, file, self->cancellable, kept_cb,
                               g_object_ref (self));
}

static void
picked_cb (GListModel *files, gpointer owner)
{
  for (guint i = 0; i < g_list_model_get_n_items (files); i++) {
    g_autoptr (GFile) file = g_list_model_get_item (files, i);

    attach (owner, file);
  }
}

static void
attach_cb (RpAgreementDocuments *self)
{
  rp_pick_files (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _ ("Attach Documents"),
                 picked_cb, G_OBJECT (self));
}

static gboolean
dropped_cb (RpAgreementDocuments *self, const GValue *value)
{
  g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

  for (GSList *file = files; file != NULL; file = file->next)
    attach (self, file->data);

  return files != NULL;
}

/* ---- rows ---- */

static GtkWidget *
make_button (RpAgreementDocuments *self,
             JsonObject *document,
             const char *icon,
             const char *tooltip,
             GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data_full (G_OBJECT (button), "rp-document", json_object_ref (document),
                          (GDestroyNotify) json_object_unref);
  g_signal_connect_object (button, "clicked", callback, self, 0);

  return button;
}

static GtkWidget *
make_row (RpAgreementDocuments *self, JsonObject *document)
{
  GtkWidget *row = adw_action_row_new ();
  const char *name = rp_json_get_string (document, "name");
  gint64 added = rp_time_instant (rp_json_get_string (document, "added"));
  g_autofree char *title = g_markup_escape_text (name != NULL ? name : _ ("Document"), -1);
  g_autofree char *day = added != RP_TIME_NONE ? rp_time_format_date (added) : NULL;
  g_autofree char *words = day != NULL ? g_strdup_printf (_ ("Attached %s"), day) : NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (words != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             make_button (self, document, "document-open-symbolic",
                                          _ ("Open Document"), G_CALLBACK (open_cb)));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             make_button (self, document, "user-trash-symbolic",
                                          _ ("Remove Document"), G_CALLBACK (remove_cb)));

  return row;
}

static GtkWidget *
make_attach_row (RpAgreementDocuments *self)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Attach…"));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 self->documents->len == 0
                                   ? _ ("Drop the contract here, or choose its file.")
                                   : _ ("Drop more documents here."));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  gtk_widget_add_css_class (row, "dim-label");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", G_CALLBACK (attach_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);

  return row;
}

static void
show_rows (RpAgreementDocuments *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->rows))) != NULL)
    gtk_list_box_remove (self->rows, child);
  for (guint i = 0; i < self->documents->len; i++)
    gtk_list_box_append (self->rows, make_row (self, self->documents->pdata[i]));
  gtk_list_box_append (self->rows, make_attach_row (self));
  rp_names_adopt (GTK_WIDGET (self->rows));
}

/* ---- the object ---- */

static void
rp_agreement_documents_dispose (GObject *object)
{
  RpAgreementDocuments *self = RP_AGREEMENT_DOCUMENTS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (rp_agreement_documents_parent_class)->dispose (object);
}

static void
rp_agreement_documents_finalize (GObject *object)
{
  RpAgreementDocuments *self = RP_AGREEMENT_DOCUMENTS (object);

  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->documents);
  G_OBJECT_CLASS (rp_agreement_documents_parent_class)->finalize (object);
}

static void
rp_agreement_documents_class_init (RpAgreementDocumentsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rp_agreement_documents_dispose;
  G_OBJECT_CLASS (klass)->finalize = rp_agreement_documents_finalize;
  signals[CHANGED] = g_signal_new ("changed", RP_TYPE_AGREEMENT_DOCUMENTS, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rp_agreement_documents_init (RpAgreementDocuments *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  GtkWidget *rows = gtk_list_box_new ();

  self->cancellable = g_cancellable_new ();
  self->documents = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  self->rows = GTK_LIST_BOX (rows);
  gtk_list_box_set_selection_mode (self->rows, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (rows, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (rows), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Documents"), -1);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("Documents"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), rows);
  g_signal_connect_object (target, "drop", G_CALLBACK (dropped_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

void
rp_agreement_documents_fill (RpAgreementDocuments *self,
                             RpWorkspace *workspace,
                             JsonObject *profile)
{
  JsonArray *list = rp_json_get_array (profile, "documents");

  g_return_if_fail (RP_IS_AGREEMENT_DOCUMENTS (self));

  g_set_object (&self->workspace, workspace);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->touched = FALSE;
  g_ptr_array_set_size (self->documents, 0);
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++) {
    JsonNode *node = json_array_get_element (list, i);

    if (JSON_NODE_HOLDS_OBJECT (node))
      g_ptr_array_add (self->documents, json_node_dup_object (node));
  }
  show_rows (self);
}

void
rp_agreement_documents_write (RpAgreementDocuments *self, JsonObject *profile)
{
  g_autoptr (JsonArray) list = json_array_new ();

  g_return_if_fail (RP_IS_AGREEMENT_DOCUMENTS (self));

  if (!self->touched)
    return;
  for (guint i = 0; i < self->documents->len; i++)
    json_array_add_object_element (list, json_object_ref (self->documents->pdata[i]));
  if (self->documents->len > 0)
    json_object_set_array_member (profile, "documents", g_steal_pointer (&list));
  else if (json_object_has_member (profile, "documents"))
    json_object_remove_member (profile, "documents");
}
