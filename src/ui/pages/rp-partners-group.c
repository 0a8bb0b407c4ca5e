#include "rp-partners-group.h"

#include <glib/gi18n-lib.h>

#include "rp-application.h"
#include "rp-clearance.h"
#include "rp-json.h"
#include "rp-recipient-row.h"

#define LEFT_OUT_KEY "partners-left-out"

struct _RpPartnersGroup {
  AdwPreferencesGroup parent_instance;

  GtkLabel *summary;
  GtkListBox *rows;

  GListModel *partners; /* owned, of RpPartner */
  GHashTable *left_out; /* owned, set of partner ids */
  gboolean keeping;     /* the setting changes because of us */
};

G_DEFINE_FINAL_TYPE (RpPartnersGroup, rp_partners_group, ADW_TYPE_PREFERENCES_GROUP)

enum {
  CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static RpRecipientRow *
get_row (RpPartnersGroup *self, guint index)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->rows, (int) index);

  return row != NULL ? RP_RECIPIENT_ROW (row) : NULL;
}

static const char *
get_id (RpRecipientRow *row)
{
  return rp_partner_get_id (rp_recipient_row_get_partner (row));
}

/* ---- the choice ---- */

static void
keep_choice (RpPartnersGroup *self)
{
  GSettings *settings = rp_application_get_settings ();
  g_autofree char **ids = (char **) g_hash_table_get_keys_as_array (self->left_out, NULL);

  self->keeping = TRUE;
  if (settings != NULL)
    g_settings_set_strv (settings, LEFT_OUT_KEY, (const char *const *) ids);
  self->keeping = FALSE;
}

static void
read_choice (RpPartnersGroup *self)
{
  GSettings *settings = rp_application_get_settings ();
  g_auto (GStrv) ids = settings != NULL ? g_settings_get_strv (settings, LEFT_OUT_KEY) : NULL;

  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    g_hash_table_add (self->left_out, g_strdup (ids[i]));
}

static guint
count (RpPartnersGroup *self, gboolean wanted_only)
{
  RpRecipientRow *row;
  guint n = 0;

  for (guint i = 0; (row = get_row (self, i)) != NULL; i++)
    if (rp_recipient_row_get_allowed (row) && (!wanted_only || rp_recipient_row_get_wanted (row)))
      n++;

  return n;
}

static void
show_summary (RpPartnersGroup *self)
{
  guint total = g_list_model_get_n_items (self->partners);
  g_autofree char *words = g_strdup_printf (_ ("%u of %u chosen"), count (self, TRUE), total);

  gtk_label_set_text (self->summary, words);
  gtk_widget_set_visible (GTK_WIDGET (self->summary), total > 0);
}

static void
note_choice (RpPartnersGroup *self, RpRecipientRow *row)
{
  if (rp_recipient_row_get_wanted (row))
    g_hash_table_remove (self->left_out, get_id (row));
  else
    g_hash_table_add (self->left_out, g_strdup (get_id (row)));
}

static void
chosen_cb (RpRecipientRow *row, RpPartnersGroup *self)
{
  note_choice (self, row);
  keep_choice (self);
  show_summary (self);
  g_signal_emit (self, signals[CHOSEN], 0);
}

/* Changed elsewhere: in the preferences. */
static void
setting_changed_cb (RpPartnersGroup *self)
{
  RpRecipientRow *row;

  if (self->keeping)
    return;
  g_hash_table_remove_all (self->left_out);
  read_choice (self);
  if (self->partners == NULL)
    return;
  for (guint i = 0; (row = get_row (self, i)) != NULL; i++)
    rp_recipient_row_set_wanted (row, !g_hash_table_contains (self->left_out, get_id (row)));
  show_summary (self);
  g_signal_emit (self, signals[CHOSEN], 0);
}

/* ---- following the partners ---- */

static void
insert_row (RpPartnersGroup *self, guint index)
{
  g_autoptr (RpPartner) partner = g_list_model_get_item (self->partners, index);
  GtkWidget *row = rp_recipient_row_new (
    partner, !g_hash_table_contains (self->left_out, rp_partner_get_id (partner)));

  g_signal_connect_object (row, "chosen", G_CALLBACK (chosen_cb), self, 0);
  gtk_list_box_insert (self->rows, row, (int) index);
}

/* A partner that was only changed keeps its row. */
static void
partners_changed_cb (GListModel *model,
                     guint position,
                     guint removed,
                     guint added,
                     RpPartnersGroup *self)
{
  guint kept = MIN (removed, added);

  for (guint i = position; i < position + kept; i++) {
    RpRecipientRow *row = get_row (self, i);
    g_autoptr (RpPartner) partner = g_list_model_get_item (model, i);

    if (g_strcmp0 (get_id (row), rp_partner_get_id (partner)) == 0) {
      rp_recipient_row_set_partner (row, partner);
      continue;
    }
    gtk_list_box_remove (self->rows, GTK_WIDGET (row));
    insert_row (self, i);
  }
  for (guint i = kept; i < removed; i++)
    gtk_list_box_remove (self->rows, GTK_WIDGET (get_row (self, position + kept)));
  for (guint i = kept; i < added; i++)
    insert_row (self, position + i);
  show_summary (self);
}

/* ---- showing ---- */

static const RpVerdictFor *
find_verdict (GPtrArray *verdicts, const char *id)
{
  for (guint i = 0; verdicts != NULL && i < verdicts->len; i++) {
    const RpVerdictFor *verdict = g_ptr_array_index (verdicts, i);

    if (verdict->partner != NULL && g_str_equal (rp_partner_get_id (verdict->partner), id))
      return verdict;
  }

  return NULL;
}

static RpDelivery *
find_delivery (GPtrArray *deliveries, const char *id)
{
  for (guint i = 0; deliveries != NULL && i < deliveries->len; i++) {
    RpDelivery *delivery = g_ptr_array_index (deliveries, i);

    if (g_strcmp0 (delivery->partner_id, id) == 0 && !rp_delivery_is_aside (delivery))
      return delivery;
  }

  return NULL;
}

static JsonObject *
find_receipt (JsonObject *shown, const char *id)
{
  JsonArray *receipts = shown != NULL ? rp_json_get_array (shown, "receipts") : NULL;

  for (guint i = 0; receipts != NULL && i < json_array_get_length (receipts); i++) {
    JsonObject *receipt = json_array_get_object_element (receipts, i);

    if (g_strcmp0 (rp_json_get_string (receipt, "partner"), id) == 0)
      return receipt;
  }

  return NULL;
}

static void
rp_partners_group_dispose (GObject *object)
{
  RpPartnersGroup *self = RP_PARTNERS_GROUP (object);

  if (self->partners != NULL)
    g_signal_handlers_disconnect_by_data (self->partners, self);
  g_clear_object (&self->partners);
  gtk_widget_dispose_template (GTK_WIDGET (object), RP_TYPE_PARTNERS_GROUP);
  G_OBJECT_CLASS (rp_partners_group_parent_class)->dispose (object);
}

static void
rp_partners_group_finalize (GObject *object)
{
  g_hash_table_unref (RP_PARTNERS_GROUP (object)->left_out);
  G_OBJECT_CLASS (rp_partners_group_parent_class)->finalize (object);
}

static void
rp_partners_group_class_init (RpPartnersGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_partners_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = rp_partners_group_finalize;
  signals[CHOSEN] = g_signal_new ("chosen", RP_TYPE_PARTNERS_GROUP, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/reprint/Reprint/pages/rp-partners-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RpPartnersGroup, summary);
  gtk_widget_class_bind_template_child (widget_class, RpPartnersGroup, rows);
}

static void
rp_partners_group_init (RpPartnersGroup *self)
{
  GSettings *settings = rp_application_get_settings ();

  self->left_out = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  read_choice (self);
  if (settings != NULL)
    g_signal_connect_object (settings, "changed::" LEFT_OUT_KEY, G_CALLBACK (setting_changed_cb),
                             self, G_CONNECT_SWAPPED);
}

void
rp_partners_group_set_partners (RpPartnersGroup *self, GListModel *partners)
{
  self->partners = g_object_ref (partners);
  g_signal_connect (partners, "items-changed", G_CALLBACK (partners_changed_cb), self);
  partners_changed_cb (partners, 0, 0, g_list_model_get_n_items (partners), self);
}

void
rp_partners_group_show (RpPartnersGroup *self,
                        gboolean licensed,
                        GPtrArray *verdicts,
                        GPtrArray *deliveries,
                        JsonObject *shown)
{
  RpRecipientRow *row;

  for (guint i = 0; (row = get_row (self, i)) != NULL; i++) {
    const char *id = get_id (row);
    const RpVerdictFor *verdict = find_verdict (verdicts, id);
    JsonObject *receipt = find_receipt (shown, id);
    RpStanding standing = {
      .known = verdict != NULL,
      .allowed = verdict != NULL && rp_decision_is_allowed (verdict->decision),
      .licensed = licensed,
      .words = verdict != NULL ? verdict->words : NULL,
      .delivery = find_delivery (deliveries, id),
    };

    if (receipt != NULL) {
      standing.receipt = rp_json_get_string (receipt, "state");
      standing.seen = rp_json_get_object (receipt, "seen");
      if (g_strcmp0 (standing.receipt, "withdrawn") != 0)
        standing.public_url = rp_json_get_string (receipt, "public_url");
    }
    rp_recipient_row_show (row, &standing);
  }
  show_summary (self);
}

void
rp_partners_group_show_uploads (RpPartnersGroup *self, RpWorkspace *workspace)
{
  RpRecipientRow *row;

  for (guint i = 0; (row = get_row (self, i)) != NULL; i++) {
    const char *id = rp_recipient_row_get_sending (row);

    rp_recipient_row_show_upload (row, id != NULL ? rp_workspace_get_upload (workspace, id) : NULL);
  }
}

static GStrv
dup_ids (RpPartnersGroup *self, gboolean allowed_only)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  RpRecipientRow *row;

  for (guint i = 0; (row = get_row (self, i)) != NULL; i++)
    if (rp_recipient_row_get_wanted (row) && (!allowed_only || rp_recipient_row_get_allowed (row)))
      g_strv_builder_add (ids, get_id (row));

  return g_strv_builder_end (ids);
}

GStrv
rp_partners_group_dup_chosen (RpPartnersGroup *self)
{
  return dup_ids (self, TRUE);
}

GStrv
rp_partners_group_dup_wanted (RpPartnersGroup *self)
{
  return dup_ids (self, FALSE);
}

guint
rp_partners_group_get_n_allowed (RpPartnersGroup *self)
{
  return count (self, FALSE);
}

void
rp_partners_group_leave_out (RpPartnersGroup *self, GPtrArray *partners)
{
  RpRecipientRow *row;

  for (guint i = 0; (row = get_row (self, i)) != NULL; i++)
    for (guint k = 0; k < partners->len; k++)
      if (g_strcmp0 (get_id (row), rp_partner_get_id (g_ptr_array_index (partners, k))) == 0) {
        rp_recipient_row_set_wanted (row, FALSE);
        note_choice (self, row);
      }
  keep_choice (self);
  show_summary (self);
  g_signal_emit (self, signals[CHOSEN], 0);
}
