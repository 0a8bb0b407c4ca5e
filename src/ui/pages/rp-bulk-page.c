#include "rp-bulk-page.h"

#include <glib/gi18n-lib.h>

#include "rp-application.h"
#include "rp-choose-licence.h"
#include "rp-may.h"
#include "rp-names.h"
#include "rp-pick.h"
#include "rp-picks.h"
#include "rp-toast.h"

#define SUMMARISED 50000 /* looking at more takes longer than anybody waits for it */
#define SUMMARY_DELAY 150

struct _RpBulkPage {
  AdwBin parent_instance;

  GtkWidget *back;
  AdwStatusPage *status;
  AdwPreferencesGroup *partners;
  GtkWidget *publish;

  RpWorkspace *workspace;      /* not owned: outlives the window */
  RpSelection *selection;      /* owned */
  RpBulkBar *bar;              /* weak */
  GSimpleActionGroup *actions; /* owned */
  GPtrArray *recipients;       /* owned, of AdwActionRow: their "rp-id" is a partner's */
  GCancellable *summing;       /* owned, NULL = nothing is counted */
  guint timer;
};

G_DEFINE_FINAL_TYPE (RpBulkPage, rp_bulk_page, ADW_TYPE_BIN)

enum {
  BACK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- what they are ---- */

static const char *const states[] = {RP_STATE_READY,     RP_STATE_NEEDS_LICENCE, RP_STATE_BLOCKED,
                                     RP_STATE_SCHEDULED, RP_STATE_PUBLISHED,     RP_STATE_ATTENTION,
                                     RP_STATE_ARCHIVE,   RP_STATE_TRASH};

/* In the order of the states. */
static const char *
get_words (guint i, guint n)
{
  switch (i) {
  case 0:
    return ngettext ("%'u is ready", "%'u are ready", n);
  case 1:
    return ngettext ("%'u needs a licence", "%'u need a licence", n);
  case 2:
    return ngettext ("%'u is blocked", "%'u are blocked", n);
  case 3:
    return ngettext ("%'u is scheduled", "%'u are scheduled", n);
  case 4:
    return ngettext ("%'u is published", "%'u are published", n);
  case 5:
    return ngettext ("%'u needs attention", "%'u need attention", n);
  case 6:
    return ngettext ("%'u is archived", "%'u are archived", n);
  default:
    return ngettext ("%'u is in the trash", "%'u are in the trash", n);
  }
}

static void
add_part (GString *words, const char *format, guint n)
{
  if (n == 0)
    return;
  if (words->len > 0)
    g_string_append (words, " · ");
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_string_append_printf (words, format, n);
#pragma GCC diagnostic pop
}

static void
summed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpBulkPage) self = user_data;
  g_autoptr (RpPickSummary) summary =
    rp_picks_summarise_finish (RP_WORKSPACE (source), result, NULL);
  g_autoptr (GString) words = g_string_new (NULL);

  if (summary == NULL || self->status == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (states); i++) {
    guint n = GPOINTER_TO_UINT (g_hash_table_lookup (summary->states, states[i]));

    add_part (words, get_words (i, n), n);
  }
  add_part (words,
            ngettext ("%'u licence is to be confirmed", "%'u licences are to be confirmed",
                      summary->unconfirmed),
            summary->unconfirmed);
  add_part (words, ngettext ("%'u is unread", "%'u are unread", summary->unread), summary->unread);
  adw_status_page_set_description (self->status, words->str);
}

static gboolean
sum_cb (gpointer user_data)
{
  RpBulkPage *self = user_data;

  self->timer = 0;
  self->summing = g_cancellable_new ();
  rp_picks_summarise_async (self->workspace, rp_selection_dup_ids (self->selection), self->summing,
                            summed_cb, g_object_ref (self));

  return G_SOURCE_REMOVE;
}

/* One count for a row of clicks. */
static void
sum_soon (RpBulkPage *self)
{
  guint size = rp_selection_get_size (self->selection);

  if (self->summing != NULL)
    g_cancellable_cancel (self->summing);
  g_clear_object (&self->summing);
  g_clear_handle_id (&self->timer, g_source_remove);
  if (size > 0 && size <= SUMMARISED && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->timer = g_timeout_add (SUMMARY_DELAY, sum_cb, self);
}

/* ---- what may be done ---- */

static guint
count_chosen (RpBulkPage *self)
{
  guint count = 0;

  for (guint i = 0; i < self->recipients->len; i++)
    count += gtk_check_button_get_active (
      g_object_get_data (G_OBJECT (self->recipients->pdata[i]), "rp-check"));

  return count;
}

static void
enable_actions (RpBulkPage *self)
{
  gboolean any = rp_selection_get_size (self->selection) > 0;
  g_auto (GStrv) names = g_action_group_list_actions (G_ACTION_GROUP (self->actions));

  for (guint i = 0; names[i] != NULL; i++) {
    GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), names[i]);
    gboolean publishes = g_str_equal (names[i], "publish");
    g_autofree char *name = g_strconcat ("bulk.", names[i], NULL);

    g_simple_action_set_enabled (G_SIMPLE_ACTION (action),
                                 any && rp_may_do (self->workspace, name) &&
                                   (!publishes || count_chosen (self) > 0));
  }
}

static void
picked_cb (RpBulkPage *self)
{
  guint size = rp_selection_get_size (self->selection);
  g_autofree char *title =
    size > 0
      ? g_strdup_printf (ngettext ("%'u Article Selected", "%'u Articles Selected", size), size)
      : g_strdup (_ ("Select Articles"));

  adw_status_page_set_title (self->status, title);
  adw_status_page_set_description (
    self->status,
    size > 0 ? NULL : _ ("Click the articles in the list, or press Ctrl+A for all of them."));
  enable_actions (self);
  sum_soon (self);
}

/* ---- the partners ---- */

static gboolean
is_left_out (const char *id)
{
  GSettings *settings = rp_application_get_settings ();
  g_auto (GStrv) out =
    settings != NULL ? g_settings_get_strv (settings, "partners-left-out") : NULL;

  return out != NULL && g_strv_contains ((const char *const *) out, id);
}

static void
add_recipient (RpBulkPage *self, RpPartner *partner)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  gboolean paused = g_strcmp0 (rp_partner_get_state (partner), RP_PARTNER_PAUSED) == 0;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), rp_partner_get_name (partner));
  if (paused)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("Paused"));
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                               !paused && !is_left_out (rp_partner_get_id (partner)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  rp_partner_get_name (partner), -1);
  g_signal_connect_object (check, "toggled", G_CALLBACK (enable_actions), self, G_CONNECT_SWAPPED);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  g_object_set_data (G_OBJECT (row), "rp-check", check);
  g_object_set_data_full (G_OBJECT (row), "rp-id", g_strdup (rp_partner_get_id (partner)), g_free);
  adw_preferences_group_add (self->partners, row);
  g_ptr_array_add (self->recipients, g_object_ref (row));
}

static void
partners_changed_cb (RpBulkPage *self)
{
  GListModel *partners = rp_workspace_get_partners (self->workspace);
  guint count = g_list_model_get_n_items (partners);

  for (guint i = 0; i < self->recipients->len; i++)
    adw_preferences_group_remove (self->partners, self->recipients->pdata[i]);
  g_ptr_array_set_size (self->recipients, 0);
  for (guint i = 0; i < count; i++) {
    g_autoptr (RpPartner) partner = g_list_model_get_item (partners, i);

    add_recipient (self, partner);
  }
  gtk_widget_set_visible (GTK_WIDGET (self->partners), count > 0);
  gtk_widget_set_visible (self->publish, count > 0);
  enable_actions (self);
}

static GStrv
dup_chosen (RpBulkPage *self)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < self->recipients->len; i++) {
    GObject *row = self->recipients->pdata[i];

    if (gtk_check_button_get_active (g_object_get_data (row, "rp-check")))
      g_strv_builder_add (ids, g_object_get_data (row, "rp-id"));
  }

  return g_strv_builder_end (ids);
}

/* ---- orders ---- */

static GtkWindow *
get_window (RpBulkPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
order (RpBulkPage *self, RpBulkDeed deed, const char *value, const char *const *partners)
{
  if (self->bar != NULL && rp_selection_get_size (self->selection) > 0)
    rp_bulk_bar_run (
      self->bar,
      rp_bulk_new (self->workspace, deed, rp_selection_dup_ids (self->selection), value, partners));
}

/* The action's name says what is done. */
static void
simple_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  static const struct {
    const char *name;
    RpBulkDeed deed;
  } deeds[] = {
    {"archive", RP_BULK_ARCHIVE}, {"trash", RP_BULK_TRASH},        {"restore", RP_BULK_RESTORE},
    {"mark-read", RP_BULK_READ},  {"mark-unread", RP_BULK_UNREAD}, {"confirm", RP_BULK_CONFIRM},
  };

  for (guint i = 0; i < G_N_ELEMENTS (deeds); i++)
    if (g_str_equal (g_action_get_name (G_ACTION (action)), deeds[i].name))
      order (user_data, deeds[i].deed, NULL, NULL);
}

static void
publish_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_auto (GStrv) chosen = dup_chosen (user_data);

  order (user_data, RP_BULK_PUBLISH, NULL, (const char *const *) chosen);
}

static void
licence_chosen_cb (RpLicence *licence, GObject *owner)
{
  order (RP_BULK_PAGE (owner), RP_BULK_LICENCE, rp_licence_get_id (licence), NULL);
}

static void
licence_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RpBulkPage *self = user_data;
  g_autoptr (RpArticle) nobody = rp_article_new ();

  rp_choose_licence_present (get_window (self), self->workspace, nobody, licence_chosen_cb,
                             G_OBJECT (self));
}

static void
folder_chosen_cb (GListModel *files, gpointer owner)
{
  g_autoptr (GFile) folder = g_list_model_get_item (files, 0);
  g_autofree char *path = g_file_get_path (folder);

  if (path != NULL)
    order (RP_BULK_PAGE (owner), RP_BULK_EXPORT, path, NULL);
  else
    rp_toast_show (owner, _ ("Articles can only be exported into a folder of this computer."),
                   NULL);
}

static void
export_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RpBulkPage *self = user_data;

  rp_pick_folder (get_window (self), _ ("Export Articles"), folder_chosen_cb, G_OBJECT (self));
}

static const GActionEntry entries[] = {
  {"publish", publish_cb},  {"choose-licence", licence_cb}, {"export", export_cb},
  {"archive", simple_cb},   {"trash", simple_cb},           {"restore", simple_cb},
  {"mark-read", simple_cb}, {"mark-unread", simple_cb},     {"confirm", simple_cb},
};

/* ---- the widget ---- */

static void
back_cb (RpBulkPage *self)
{
  g_signal_emit (self, signals[BACK], 0);
}

static void
rp_bulk_page_dispose (GObject *object)
{
  RpBulkPage *self = RP_BULK_PAGE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->summing != NULL)
    g_cancellable_cancel (self->summing);
  g_clear_object (&self->summing);
  g_ptr_array_set_size (self->recipients, 0);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), RP_TYPE_BULK_PAGE);
  self->status = NULL;
  g_clear_object (&self->selection);
  g_clear_weak_pointer (&self->bar);
  G_OBJECT_CLASS (rp_bulk_page_parent_class)->dispose (object);
}

static void
rp_bulk_page_finalize (GObject *object)
{
  g_object_unref (RP_BULK_PAGE (object)->actions);
  g_ptr_array_unref (RP_BULK_PAGE (object)->recipients);
  G_OBJECT_CLASS (rp_bulk_page_parent_class)->finalize (object);
}

static void
rp_bulk_page_class_init (RpBulkPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_bulk_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = rp_bulk_page_finalize;
  signals[BACK] = g_signal_new ("back", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/reprint/Reprint/pages/rp-bulk-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RpBulkPage, back);
  gtk_widget_class_bind_template_child (widget_class, RpBulkPage, status);
  gtk_widget_class_bind_template_child (widget_class, RpBulkPage, partners);
  gtk_widget_class_bind_template_child (widget_class, RpBulkPage, publish);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
}

static void
rp_bulk_page_init (RpBulkPage *self)
{
  self->recipients = g_ptr_array_new_with_free_func (g_object_unref);
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "map", G_CALLBACK (sum_soon), NULL);
}

GtkWidget *
rp_bulk_page_new (RpWorkspace *workspace, RpSelection *selection, RpBulkBar *bar)
{
  RpBulkPage *self = g_object_new (RP_TYPE_BULK_PAGE, NULL);

  self->workspace = workspace;
  self->selection = g_object_ref (selection);
  g_set_weak_pointer (&self->bar, bar);
  g_signal_connect_object (selection, "changed", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (rp_workspace_get_partners (workspace), "items-changed",
                           G_CALLBACK (partners_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "articles-changed", G_CALLBACK (sum_soon), self,
                           G_CONNECT_SWAPPED);
  partners_changed_cb (self);
  picked_cb (self);
  rp_names_adopt (GTK_WIDGET (self));

  return GTK_WIDGET (self);
}

GActionGroup *
rp_bulk_page_get_actions (RpBulkPage *self)
{
  g_return_val_if_fail (RP_IS_BULK_PAGE (self), NULL);

  return G_ACTION_GROUP (self->actions);
}

void
rp_bulk_page_set_folded (RpBulkPage *self, gboolean folded)
{
  g_return_if_fail (RP_IS_BULK_PAGE (self));

  gtk_widget_set_visible (self->back, folded);
}
