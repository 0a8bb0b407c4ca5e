#include "rp-licence-uses.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rp-ask.h"
#include "rp-book.h"
#include "rp-ledger.h"
#include "rp-pick.h"
#include "rp-text.h"
#include "rp-time.h"
#include "rp-toast.h"

#define USES_SHOWN 200

struct _RpLicenceUses {
  AdwBin parent_instance;

  GCancellable *cancellable; /* owned: what is being read, NULL = nothing */
  RpWorkspace *workspace;    /* owned, NULL until something is shown */
  char *licence_id;          /* owned */
};

G_DEFINE_FINAL_TYPE (RpLicenceUses, rp_licence_uses, ADW_TYPE_BIN)

static GtkWidget *
make_row (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *safe_title = g_markup_escape_text (title, -1);
  g_autofree char *safe_subtitle = g_markup_escape_text (subtitle, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), safe_title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), safe_subtitle);

  return row;
}

static GtkWidget *
make_month (const RpLedgerMonth *month)
{
  g_autoptr (GDateTime) day = g_date_time_new_local (month->year, month->month, 1, 0, 0, 0);
  g_autofree char *title = g_date_time_format (day, "%OB %Y");
  g_autofree char *uses = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "%'u use", "%'u uses", month->uses), month->uses);
  g_autofree char *words = month->fees != NULL
                             /* Translators: "3 uses, 80 EUR" */
                             ? g_strdup_printf (_ ("%s, %s"), uses, month->fees)
                             : g_strdup (uses);

  return make_row (title, words);
}

static char *
describe_use (RpWorkspace *workspace, const RpLicenceUse *use)
{
  const char *name = rp_workspace_get_partner_name (workspace, use->partner_id);
  g_autofree char *day = rp_time_format_date (use->at);

  if (use->amount == NULL)
    /* Translators: a partner and a day */
    return g_strdup_printf (_ ("%s, %s"), name, day);

  /* Translators: a partner, a day, and a fee with its currency */
  return g_strdup_printf (_ ("%s, %s, %s %s"), name, day, use->amount,
                          use->currency != NULL ? use->currency : "");
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GFile) file = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *csv = rp_ledger_export_finish (RP_WORKSPACE (source), result, &error);

  if (csv != NULL)
    g_file_replace_contents (file, csv, strlen (csv), NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL,
                             &error);
  if (error != NULL)
    rp_tell (NULL, _ ("The table was not saved."), error->message);
}

static void
place_chosen_cb (GListModel *files, gpointer owner)
{
  RpLicenceUses *self = owner;
  const RpLedgerScope scope = {.licence_id = self->licence_id};

  if (self->workspace != NULL)
    rp_ledger_export_async (self->workspace, &scope, NULL, exported_cb,
                            g_list_model_get_item (files, 0));
}

static void
export_cb (RpLicenceUses *self)
{
  g_autofree char *slug = rp_text_slug (self->licence_id, 40);
  g_autofree char *name = g_strconcat (slug, ".csv", NULL);

  rp_pick_place (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                 _ ("Save the Uses as a Table"), name, place_chosen_cb, G_OBJECT (self));
}

static GtkWidget *
make_export (RpLicenceUses *self)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Save as Table…"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("A CSV file for the licensor, for spreadsheets"));
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (export_cb), self);

  return button;
}

static GtkWidget *
make_months (RpLicenceUses *self, GPtrArray *uses)
{
  g_autoptr (GPtrArray) months = rp_book_sum_months (uses);
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("By month"));
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), make_export (self));
  for (guint i = 0; i < months->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_month (months->pdata[i]));

  return group;
}

static GtkWidget *
make_uses (RpWorkspace *workspace, GPtrArray *uses)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Each use"));
  if (uses->len > USES_SHOWN)
    adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (group),
      _ ("The newest 200 are listed; the months count the older ones, too."));
  for (guint i = 0; i < MIN (uses->len, USES_SHOWN); i++) {
    const RpLicenceUse *use = uses->pdata[i];
    g_autofree char *words = describe_use (workspace, use);

    adw_preferences_group_add (
      ADW_PREFERENCES_GROUP (group),
      make_row (use->headline != NULL ? use->headline : _ ("An article that was deleted"), words));
  }

  return group;
}

static GtkWidget *
make_empty (void)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "x-office-calendar-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("Not Used Yet"));
  adw_status_page_set_description (
    ADW_STATUS_PAGE (page),
    _ ("Each article that a partner publishes under this licence is counted here, month by month, "
       "with its fee."));
  gtk_widget_add_css_class (page, "compact");

  return page;
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpLicenceUses) self = user_data;
  RpWorkspace *workspace = RP_WORKSPACE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) uses = rp_book_list_uses_finish (workspace, result, &error);
  GtkWidget *page;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (uses == NULL) {
    rp_toast_show_error (GTK_WIDGET (self), error);
    return;
  }
  if (uses->len == 0) {
    adw_bin_set_child (ADW_BIN (self), make_empty ());
    return;
  }
  page = adw_preferences_page_new ();
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page),
                            ADW_PREFERENCES_GROUP (make_months (self, uses)));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page),
                            ADW_PREFERENCES_GROUP (make_uses (workspace, uses)));
  adw_bin_set_child (ADW_BIN (self), page);
}

static void
cancel (RpLicenceUses *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
rp_licence_uses_dispose (GObject *object)
{
  RpLicenceUses *self = RP_LICENCE_USES (object);

  cancel (self);
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->licence_id, g_free);
  G_OBJECT_CLASS (rp_licence_uses_parent_class)->dispose (object);
}

static void
rp_licence_uses_class_init (RpLicenceUsesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rp_licence_uses_dispose;
}

static void
rp_licence_uses_init (RpLicenceUses *self)
{
}

void
rp_licence_uses_show (RpLicenceUses *self, RpWorkspace *workspace, RpLicence *licence)
{
  g_return_if_fail (RP_IS_LICENCE_USES (self));

  cancel (self);
  g_set_object (&self->workspace, workspace);
  g_free (self->licence_id);
  self->licence_id = g_strdup (rp_licence_get_id (licence));
  self->cancellable = g_cancellable_new ();
  rp_book_list_uses_async (workspace, rp_licence_get_id (licence), self->cancellable, listed_cb,
                           g_object_ref (self));
}
