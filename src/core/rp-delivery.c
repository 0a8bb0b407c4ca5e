#include "rp-delivery.h"

#include "rp-id.h"
#include "rp-json.h"
#include "rp-time.h"

G_DEFINE_FINAL_TYPE (RpDelivery, rp_delivery, G_TYPE_OBJECT)

static const char *const state_names[] = {"queued", "sending",   "unknown", "waiting",
                                          "parked", "delivered", "failed",  "cancelled"};
static const char *const action_names[] = {"create", "update", "withdraw", "remove-copy"};

static gboolean
index_of (const char *const *names, guint count, const char *name, guint *out)
{
  for (guint i = 0; i < count; i++) {
    if (g_strcmp0 (names[i], name) == 0) {
      *out = i;
      return TRUE;
    }
  }

  return FALSE;
}

const char *
rp_delivery_state_name (RpDeliveryState state)
{
  return state_names[state];
}

gboolean
rp_delivery_state_from_name (const char *name, RpDeliveryState *out_state)
{
  return index_of (state_names, G_N_ELEMENTS (state_names), name, out_state);
}

gboolean
rp_delivery_state_is_settled (RpDeliveryState state)
{
  return state >= RP_DELIVERY_DELIVERED;
}

const char *
rp_delivery_action_name (RpDeliveryAction action)
{
  return action_names[action];
}

gboolean
rp_delivery_action_from_name (const char *name, RpDeliveryAction *out_action)
{
  return index_of (action_names, G_N_ELEMENTS (action_names), name, out_action);
}

static void
rp_delivery_finalize (GObject *object)
{
  RpDelivery *self = RP_DELIVERY (object);

  g_free (self->id);
  g_free (self->article_id);
  g_free (self->partner_id);
  g_free (self->headline);
  g_free (self->partner_name);
  g_free (self->status);
  g_free (self->claimant);
  g_free (self->marker);
  g_free (self->remote_id);
  g_free (self->public_url);
  g_free (self->message);
  g_free (self->decision_id);
  g_free (self->version);
  g_clear_pointer (&self->memory, json_object_unref);
  g_free (self->payload);
  G_OBJECT_CLASS (rp_delivery_parent_class)->finalize (object);
}

static void
rp_delivery_class_init (RpDeliveryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rp_delivery_finalize;
}

static void
rp_delivery_init (RpDelivery *self)
{
  self->memory = json_object_new ();
  self->status = g_strdup ("publish");
}

RpDelivery *
rp_delivery_new (const char *article_id, const char *partner_id, RpDeliveryAction action)
{
  RpDelivery *self = g_object_new (RP_TYPE_DELIVERY, NULL);

  self->id = rp_id_new ();
  self->article_id = g_strdup (article_id);
  self->partner_id = g_strdup (partner_id);
  self->action = action;

  return self;
}

gboolean
rp_delivery_is_removal (RpDelivery *self)
{
  g_return_val_if_fail (RP_IS_DELIVERY (self), FALSE);

  return self->action == RP_ACTION_WITHDRAW || self->action == RP_ACTION_REMOVE_COPY;
}

gboolean
rp_delivery_is_planned_removal (RpDelivery *self)
{
  g_return_val_if_fail (RP_IS_DELIVERY (self), FALSE);

  return self->action == RP_ACTION_WITHDRAW && self->publish_at > 0 && self->tries == 0 &&
         !rp_delivery_state_is_settled (self->state);
}

gboolean
rp_delivery_is_held (RpDelivery *self, gint64 now)
{
  g_return_val_if_fail (RP_IS_DELIVERY (self), FALSE);

  return self->state == RP_DELIVERY_QUEUED && self->tries == 0 && self->publish_at == 0 &&
         self->next_due > now;
}

static gboolean
needs_person (RpDelivery *delivery)
{
  return delivery->state == RP_DELIVERY_FAILED || delivery->state == RP_DELIVERY_PARKED;
}

gboolean
rp_delivery_is_aside (RpDelivery *self)
{
  g_return_val_if_fail (RP_IS_DELIVERY (self), FALSE);

  return rp_delivery_is_planned_removal (self) ||
         (self->action == RP_ACTION_REMOVE_COPY && !needs_person (self));
}

RpDelivery *
rp_delivery_find_failure (GPtrArray *deliveries)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < deliveries->len; i++) {
    RpDelivery *delivery = g_ptr_array_index (deliveries, i);

    if (delivery->state == RP_DELIVERY_CANCELLED || rp_delivery_is_aside (delivery) ||
        !g_hash_table_add (seen, delivery->partner_id))
      continue;
    if (needs_person (delivery))
      return delivery;
  }

  return NULL;
}

JsonObject *
rp_delivery_to_json (RpDelivery *self)
{
  JsonObject *object = json_object_new ();
  g_autofree char *next = rp_time_format (self->next_due);
  g_autofree char *publish_at = rp_time_format (self->publish_at);
  g_autofree char *live_at = rp_time_format (self->live_at);

  json_object_set_string_member (object, "delivery", self->id);
  json_object_set_string_member (object, "article", self->article_id);
  json_object_set_string_member (object, "partner", self->partner_id);
  rp_json_set_string (object, "headline", self->headline);
  json_object_set_string_member (object, "action", action_names[self->action]);
  json_object_set_string_member (object, "state", state_names[self->state]);
  json_object_set_string_member (object, "status", self->status);
  json_object_set_int_member (object, "tries", self->tries);
  rp_json_set_string (object, "next", next);
  rp_json_set_string (object, "publish_at", publish_at);
  rp_json_set_string (object, "live_at", live_at);
  rp_json_set_string (object, "remote_id", self->remote_id);
  rp_json_set_string (object, "public_url", self->public_url);
  rp_json_set_string (object, "message", self->message);

  return object;
}

RpReceipt *
rp_receipt_new (void)
{
  RpReceipt *receipt = g_new0 (RpReceipt, 1);

  receipt->memory = json_object_new ();

  return receipt;
}

void
rp_receipt_free (RpReceipt *receipt)
{
  g_free (receipt->article_id);
  g_free (receipt->partner_id);
  g_free (receipt->remote_id);
  g_free (receipt->public_url);
  g_free (receipt->version);
  g_free (receipt->state);
  g_clear_pointer (&receipt->memory, json_object_unref);
  g_free (receipt);
}
