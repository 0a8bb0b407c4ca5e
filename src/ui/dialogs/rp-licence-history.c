#include "rp-licence-history.h"

#include <glib/gi18n-lib.h>

#include "rp-book.h"
#include "rp-json.h"
#include "rp-licence-terms.h"
#include "rp-names.h"
#include "rp-terms-form-fields.h"
#include "rp-time.h"
#include "rp-toast.h"

struct _RpLicenceHistory {
  AdwBin parent_instance;

  RpWorkspace *workspace;    /* owned */
  GCancellable *cancellable; /* owned: what is being read, NULL = nothing */
};

G_DEFINE_FINAL_TYPE (RpLicenceHistory, rp_licence_history, ADW_TYPE_BIN)

static RpLicence *
get_licence (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), "rp-licence");
}

/* ---- an earlier version ---- */

static void
show_cb (GtkWidget *button)
{
  RpLicence *licence = get_licence (button);
  g_autofree char *title =
    g_strdup_printf (_ ("Version %d"), (int) rp_licence_get_version (licence));

  rp_licence_terms_present (GTK_WINDOW (gtk_widget_get_root (button)), title,
                            rp_licence_get_profile (licence));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpLicenceHistory) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RpLicence) licence =
    rp_workspace_save_licence_finish (RP_WORKSPACE (source), result, &error);

  if (licence != NULL)
    rp_toast_show (GTK_WIDGET (self), _ ("That version is the newest one now."), NULL);
  else
    rp_toast_show_error (GTK_WIDGET (self), error);
}

static void
restore_cb (GtkWidget *button, RpLicenceHistory *self)
{
  rp_workspace_save_licence_async (self->workspace, get_licence (button), NULL, saved_cb,
                                   g_object_ref (self));
}

/* ---- rows ---- */

static char *
join_changes (const RpLicenceVersion *version, const RpLicenceVersion *before)
{
  g_auto (GStrv) members = rp_licence_version_list_changes (version, before);
  g_autoptr (GStrvBuilder) labels = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;

  for (guint i = 0; members[i] != NULL; i++) {
    const char *label = rp_terms_member_label (members[i]);

    g_strv_builder_add (labels, label != NULL ? label : members[i]);
  }
  words = g_strv_builder_end (labels);

  return words[0] != NULL ? g_strjoinv (", ", words) : NULL;
}

static char *
describe (const RpLicenceVersion *version, const RpLicenceVersion *before)
{
  g_autofree char *changes = before != NULL ? join_changes (version, before) : NULL;

  if (version->removed)
    return g_strdup (_ ("It was taken out of the book."));
  if (before == NULL)
    return g_strdup (_ ("It came into the book."));
  if (changes == NULL)
    return g_strdup (_ ("Nothing changed."));

  return g_strdup_printf (_ ("Changed: %s."), changes);
}

static GtkWidget *
make_button (const char *words, RpLicence *licence)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (words);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "rp-licence", g_object_ref (licence), g_object_unref);

  return button;
}

static GtkWidget *
make_row (RpLicenceHistory *self,
          const RpLicenceVersion *version,
          const RpLicenceVersion *before,
          gboolean newest)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *show = make_button (_ ("_Show"), version->licence);
  GtkWidget *restore = make_button (_ ("_Restore"), version->licence);
  g_autofree char *when = rp_time_format_long (version->changed);
  g_autofree char *words = describe (version, before);
  g_autofree char *subtitle = g_markup_escape_text (words, -1);
  /* Translators: the number of a version, and when it was made */
  g_autofree char *title = g_strdup_printf (_ ("Version %d, %s"), (int) version->version, when);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  g_signal_connect (show, "clicked", G_CALLBACK (show_cb), NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), show);
  g_signal_connect_object (restore, "clicked", G_CALLBACK (restore_cb), self, 0);
  gtk_widget_set_visible (restore, !newest && !version->removed);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), restore);

  return row;
}

static GtkWidget *
make_page (RpLicenceHistory *self, GPtrArray *versions)
{
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Versions"));
  adw_preferences_group_set_description (
    ADW_PREFERENCES_GROUP (group),
    _ ("Every change is kept: what was published earlier was published under the version of its "
       "day."));
  for (guint i = 0; i < versions->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               make_row (self, versions->pdata[i],
                                         i + 1 < versions->len ? versions->pdata[i + 1] : NULL,
                                         i == 0));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  rp_names_adopt (page);

  return page;
}

static GtkWidget *
make_empty (void)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "document-open-recent-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("One Version for All"));
  adw_status_page_set_description (
    ADW_STATUS_PAGE (page),
    _ ("This licence comes with Reprint and never changes. Duplicate it as an agreement to note "
       "what was agreed beyond it; the versions of agreements are kept here."));
  gtk_widget_add_css_class (page, "compact");

  return page;
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpLicenceHistory) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) versions =
    rp_book_list_versions_finish (RP_WORKSPACE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (versions == NULL)
    rp_toast_show_error (GTK_WIDGET (self), error);
  else
    adw_bin_set_child (ADW_BIN (self),
                       versions->len > 0 ? make_page (self, versions) : make_empty ());
}

/* ---- the object ---- */

static void
cancel (RpLicenceHistory *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
rp_licence_history_dispose (GObject *object)
{
  cancel (RP_LICENCE_HISTORY (object));
  g_clear_object (&RP_LICENCE_HISTORY (object)->workspace);
  G_OBJECT_CLASS (rp_licence_history_parent_class)->dispose (object);
}

static void
rp_licence_history_class_init (RpLicenceHistoryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rp_licence_history_dispose;
}

static void
rp_licence_history_init (RpLicenceHistory *self)
{
}

void
rp_licence_history_show (RpLicenceHistory *self, RpWorkspace *workspace, RpLicence *licence)
{
  g_return_if_fail (RP_IS_LICENCE_HISTORY (self));

  cancel (self);
  g_set_object (&self->workspace, workspace);
  self->cancellable = g_cancellable_new ();
  rp_book_list_versions_async (workspace, rp_licence_get_id (licence), self->cancellable, listed_cb,
                               g_object_ref (self));
}
