#include "rp-recipient-row.h"

#include <glib/gi18n-lib.h>

#include <string.h>

#include "rp-delivery-words.h"
#include "rp-json.h"
#include "rp-names.h"
#include "rp-time.h"

struct _RpRecipientRow {
  GtkListBoxRow parent_instance;

  GtkCheckButton *tick;
  GtkLabel *name;
  GtkLabel *note;
  RpStateChip *chip;
  GtkButton *open;
  GtkMenuButton *more;
  GtkRevealer *upload;
  GtkProgressBar *upload_bar;
  GtkLabel *upload_words;

  RpPartner *partner; /* owned */
  char *public_url;   /* owned */
  char *offered;      /* owned: what the menu was made for */
  char *sending;      /* owned: the delivery that is being sent, NULL = none */
  gboolean wanted;
  gboolean allowed;
  gboolean showing; /* the tick is being set by us */
};

G_DEFINE_FINAL_TYPE (RpRecipientRow, rp_recipient_row, GTK_TYPE_LIST_BOX_ROW)

enum {
  CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
toggled_cb (RpRecipientRow *self)
{
  if (self->showing)
    return;
  self->wanted = gtk_check_button_get_active (self->tick);
  g_signal_emit (self, signals[CHOSEN], 0);
}

static void
open_cb (RpRecipientRow *self)
{
  gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->public_url,
                GDK_CURRENT_TIME);
}

/* ---- showing ---- */

static char *
describe_channels (RpPartner *partner)
{
  static const struct {
    const char *id;
    const char *words;
  } known[] = {
    {"web", N_ ("Web")},     {"app", N_ ("App")},          {"newsletter", N_ ("Newsletter")},
    {"print", N_ ("Print")}, {"broadcast", N_ ("On air")}, {"social", N_ ("Social networks")},
  };
  g_auto (GStrv) channels = rp_json_dup_strv (rp_partner_get_properties (partner), "channels");
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; channels != NULL && channels[i] != NULL; i++)
    for (guint k = 0; k < G_N_ELEMENTS (known); k++)
      if (g_str_equal (channels[i], known[k].id))
        g_string_append_printf (words, "%s%s", words->len > 0 ? _ (", ") : "", _ (known[k].words));
  if (rp_json_get_boolean (rp_partner_get_properties (partner), "paywalled", FALSE))
    g_string_append_printf (words, "%s%s", words->len > 0 ? _ (", ") : "", _ ("paywall"));

  return g_strdup (words->str);
}

static RpSign
sign_receipt (const char *receipt)
{
  if (g_str_equal (receipt, "draft"))
    return (RpSign){_ ("Draft"), "object-select-symbolic", NULL};
  if (g_str_equal (receipt, "withdrawn"))
    return (RpSign){_ ("Withdrawn"), "object-select-symbolic", NULL};

  if (g_str_equal (receipt, "scheduled"))
    return (RpSign){_ ("Scheduled There"), "alarm-symbolic", NULL};

  return (RpSign){_ ("Published"), "object-select-symbolic", "ok"};
}

/* What is seen there outweighs what was sent there. FALSE = all is as it should be. */
static gboolean
sign_seen (const RpStanding *standing, RpSign *out)
{
  const char *verdict =
    standing->seen != NULL ? rp_json_get_string (standing->seen, "verdict") : NULL;

  if (g_strcmp0 (verdict, "still") == 0)
    *out = (RpSign){_ ("Still Shown"), "dialog-warning-symbolic", "warn"};
  else if (g_strcmp0 (verdict, "gone") == 0 && !g_str_equal (standing->receipt, "withdrawn"))
    *out = (RpSign){_ ("Not Shown"), "dialog-warning-symbolic", "warn"};
  else if (g_strcmp0 (verdict, "broken") == 0)
    *out = (RpSign){_ ("Not Complete"), "dialog-warning-symbolic", "warn"};
  else
    return FALSE;

  return TRUE;
}

static RpSign
sign_verdict (RpRecipientRow *self, const RpStanding *standing)
{
  if (!standing->known)
    return (RpSign){_ ("Checking"), NULL, NULL};
  if (!standing->licensed)
    return (RpSign){_ ("No licence"), "application-certificate-symbolic", NULL};
  if (!standing->allowed)
    return (RpSign){_ ("Blocked"), "action-unavailable-symbolic", "bad"};
  if (g_strcmp0 (rp_partner_get_state (self->partner), RP_PARTNER_NEEDS_YOU) == 0)
    return (RpSign){_ ("Needs You"), "dialog-warning-symbolic", "warn"};

  return (RpSign){_ ("Ready"), "object-select-symbolic", "ok"};
}

/* A delivery that is not settled, or went wrong, says more than what went before. */
static gboolean
is_news (RpDelivery *delivery)
{
  return delivery != NULL && delivery->state != RP_DELIVERY_DELIVERED &&
         delivery->state != RP_DELIVERY_CANCELLED;
}

static RpSign
get_sign (RpRecipientRow *self, const RpStanding *standing)
{
  RpSign sign;

  if (is_news (standing->delivery))
    return rp_delivery_get_sign (standing->delivery, rp_time_now ());
  if (standing->receipt != NULL && sign_seen (standing, &sign))
    return sign;
  if (standing->receipt != NULL && !g_str_equal (standing->receipt, "withdrawn"))
    return sign_receipt (standing->receipt);
  if (standing->receipt != NULL && standing->known && !standing->allowed)
    return sign_receipt (standing->receipt);

  return sign_verdict (self, standing);
}

/* Messages come as phrases. NULL = none. Gives. */
static char *
dup_sentence (const char *words)
{
  g_autofree char *stripped = words != NULL ? g_strchomp (g_strdup (words)) : NULL;
  const char *end;

  if (stripped == NULL || *stripped == '\0')
    return NULL;
  end = g_utf8_find_prev_char (stripped, stripped + strlen (stripped));
  if (g_utf8_strchr (".!?…。！？؟", -1, g_utf8_get_char (end)) != NULL)
    return g_steal_pointer (&stripped);

  /* Translators: a phrase becomes a sentence, which another one follows. */
  return g_strdup_printf (_ ("%s."), stripped);
}

/* Takes both; each may be NULL. */
static char *
join_sentences (char *first, char *second)
{
  g_autofree char *a = first, *b = second;
  g_autofree char *sentence = NULL;

  if (a == NULL || b == NULL)
    return a != NULL ? g_steal_pointer (&a) : g_steal_pointer (&b);
  sentence = dup_sentence (a);

  return g_strjoin (" ", sentence, b, NULL);
}

/* What is missing there and what can be done; NULL = nothing is. Gives. */
static char *
dup_seen (JsonObject *seen)
{
  g_auto (GStrv) stripped = seen != NULL ? rp_json_dup_strv (seen, "stripped") : NULL;
  g_auto (GStrv) remedies = seen != NULL ? rp_json_dup_strv (seen, "remedies") : NULL;
  const char *verdict = seen != NULL ? rp_json_get_string (seen, "verdict") : NULL;

  if ((stripped == NULL || stripped[0] == NULL) && g_strcmp0 (verdict, "still") != 0 &&
      g_strcmp0 (verdict, "gone") != 0)
    return NULL;

  return join_sentences (g_strdup (rp_json_get_string (seen, "message")),
                         remedies != NULL && remedies[0] != NULL ? g_strjoinv (" ", remedies)
                                                                 : NULL);
}

static char *
dup_note (RpRecipientRow *self, const RpStanding *standing)
{
  gint64 now = rp_time_now ();
  g_autofree char *seen = NULL;

  if (is_news (standing->delivery))
    return join_sentences (rp_delivery_dup_reason (standing->delivery, now),
                           rp_delivery_dup_when (standing->delivery, now));
  seen = dup_seen (standing->seen);
  if (seen != NULL && !(g_str_equal (standing->receipt, "withdrawn") &&
                        g_strcmp0 (rp_json_get_string (standing->seen, "verdict"), "gone") == 0))
    return g_steal_pointer (&seen);
  if (standing->receipt != NULL && standing->delivery != NULL)
    return rp_delivery_dup_when (standing->delivery, now);
  if (rp_partner_get_message (self->partner) != NULL)
    return g_strdup (rp_partner_get_message (self->partner));
  if (standing->words != NULL && standing->licensed && standing->allowed)
    return g_strdup (standing->words);

  return describe_channels (self->partner);
}

static void
show_tick (RpRecipientRow *self, const RpStanding *standing)
{
  self->allowed = standing->known && standing->allowed;
  self->showing = TRUE;
  gtk_check_button_set_active (
    self->tick, self->wanted && (self->allowed || !standing->known || !standing->licensed));
  self->showing = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->tick),
                            !standing->known || standing->allowed || !standing->licensed);
}

/* ---- the menu ---- */

static void
offer (GMenu *menu, const char *label, const char *action, const char *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", target);
  g_menu_append_item (menu, item);
}

static void
offer_delivery (GMenu *menu, RpDelivery *delivery)
{
  RpDeliveryState state = delivery->state;

  if (state == RP_DELIVERY_WAITING || state == RP_DELIVERY_PARKED || state == RP_DELIVERY_FAILED)
    offer (menu, _ ("Try _Again Now"), "inspector.retry", delivery->id);
  if (state == RP_DELIVERY_UNKNOWN)
    offer (menu, _ ("_Look There Now"), "inspector.retry", delivery->id);
  if (!rp_delivery_state_is_settled (state) && state != RP_DELIVERY_SENDING)
    offer (menu, _ ("_Cancel"), "inspector.cancel-delivery", delivery->id);
  if (state == RP_DELIVERY_SENDING)
    offer (menu, _ ("_Stop Sending"), "inspector.stop-delivery", delivery->id);
  if (state != RP_DELIVERY_QUEUED)
    offer (menu, _ ("_What Was Sent"), "inspector.transcript", delivery->id);
}

static void
show_menu (RpRecipientRow *self, const RpStanding *standing)
{
  const char *id = rp_partner_get_id (self->partner);
  g_autoptr (GMenu) menu = NULL;
  g_autofree char *offered = g_strdup_printf (
    "%s %d %s", standing->delivery != NULL ? standing->delivery->id : "-",
    standing->delivery != NULL ? (int) standing->delivery->state : -1, standing->receipt);

  if (g_strcmp0 (offered, self->offered) == 0)
    return;
  g_free (self->offered);
  self->offered = g_steal_pointer (&offered);
  menu = g_menu_new ();
  if (standing->delivery != NULL)
    offer_delivery (menu, standing->delivery);
  if (standing->receipt != NULL)
    offer (menu, _ ("_Look at the Page Now"), "inspector.verify", id);
  if (standing->receipt != NULL && !g_str_equal (standing->receipt, "withdrawn"))
    offer (menu, _ ("With_draw…"), "inspector.withdraw", id);
  offer (menu, _ ("_Edit Partner…"), "inspector.edit-partner", id);
  gtk_menu_button_set_menu_model (self->more, G_MENU_MODEL (menu));
}

/* ---- the object ---- */

static void
rp_recipient_row_dispose (GObject *object)
{
  RpRecipientRow *self = RP_RECIPIENT_ROW (object);

  g_clear_object (&self->partner);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RP_TYPE_RECIPIENT_ROW);
  G_OBJECT_CLASS (rp_recipient_row_parent_class)->dispose (object);
}

static void
rp_recipient_row_finalize (GObject *object)
{
  RpRecipientRow *self = RP_RECIPIENT_ROW (object);

  g_free (self->public_url);
  g_free (self->offered);
  g_free (self->sending);
  G_OBJECT_CLASS (rp_recipient_row_parent_class)->finalize (object);
}

static void
rp_recipient_row_class_init (RpRecipientRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_recipient_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = rp_recipient_row_finalize;
  g_type_ensure (RP_TYPE_STATE_CHIP);
  signals[CHOSEN] = g_signal_new ("chosen", RP_TYPE_RECIPIENT_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/reprint/Reprint/rows/rp-recipient-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RpRecipientRow, tick);
  gtk_widget_class_bind_template_child (widget_class, RpRecipientRow, name);
  gtk_widget_class_bind_template_child (widget_class, RpRecipientRow, note);
  gtk_widget_class_bind_template_child (widget_class, RpRecipientRow, chip);
  gtk_widget_class_bind_template_child (widget_class, RpRecipientRow, open);
  gtk_widget_class_bind_template_child (widget_class, RpRecipientRow, more);
  gtk_widget_class_bind_template_child (widget_class, RpRecipientRow, upload);
  gtk_widget_class_bind_template_child (widget_class, RpRecipientRow, upload_bar);
  gtk_widget_class_bind_template_child (widget_class, RpRecipientRow, upload_words);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
}

static void
rp_recipient_row_init (RpRecipientRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rp_names_adopt (GTK_WIDGET (self));
}

GtkWidget *
rp_recipient_row_new (RpPartner *partner, gboolean chosen)
{
  RpRecipientRow *self = g_object_new (RP_TYPE_RECIPIENT_ROW, NULL);

  self->wanted = chosen;
  rp_recipient_row_set_partner (self, partner);

  return GTK_WIDGET (self);
}

RpPartner *
rp_recipient_row_get_partner (RpRecipientRow *self)
{
  return self->partner;
}

void
rp_recipient_row_set_partner (RpRecipientRow *self, RpPartner *partner)
{
  const char *name = rp_partner_get_name (partner);

  g_set_object (&self->partner, partner);
  gtk_label_set_text (self->name, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->tick), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
}

void
rp_recipient_row_show_upload (RpRecipientRow *self, const RpUpload *upload)
{
  rp_delivery_show_upload (self->upload, self->upload_bar, self->upload_words, upload);
}

const char *
rp_recipient_row_get_sending (RpRecipientRow *self)
{
  return self->sending;
}

static void
note_sending (RpRecipientRow *self, RpDelivery *delivery)
{
  gboolean sending = delivery != NULL && delivery->state == RP_DELIVERY_SENDING;

  g_free (self->sending);
  self->sending = sending ? g_strdup (delivery->id) : NULL;
}

void
rp_recipient_row_show (RpRecipientRow *self, const RpStanding *standing)
{
  RpSign sign = get_sign (self, standing);
  g_autofree char *note = dup_note (self, standing);
  g_autofree char *summary =
    g_strdup_printf ("%s, %s", rp_partner_get_name (self->partner), sign.words);

  show_tick (self, standing);
  rp_state_chip_set_sign (self->chip, &sign);
  gtk_label_set_text (self->note, note != NULL ? note : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->note), note);
  gtk_widget_set_visible (GTK_WIDGET (self->note), note != NULL && *note != '\0');
  g_free (self->public_url);
  self->public_url = g_strdup (standing->public_url);
  gtk_widget_set_sensitive (GTK_WIDGET (self->open), standing->public_url != NULL);
  gtk_widget_set_opacity (GTK_WIDGET (self->open), standing->public_url != NULL ? 1 : 0);
  show_menu (self, standing);
  note_sending (self, standing->delivery);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, summary,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, note != NULL ? note : "",
                                  -1);
}

gboolean
rp_recipient_row_get_wanted (RpRecipientRow *self)
{
  return self->wanted;
}

void
rp_recipient_row_set_wanted (RpRecipientRow *self, gboolean wanted)
{
  self->wanted = wanted;
  self->showing = TRUE;
  gtk_check_button_set_active (self->tick, wanted && self->allowed);
  self->showing = FALSE;
}

gboolean
rp_recipient_row_get_allowed (RpRecipientRow *self)
{
  return self->allowed;
}
