/* A partner: an endpoint that we publish to. Settings belong to its connector; properties are what
 * licences ask about (rights.md B5 "endpoint"). Secrets are not here, see flow/rp-secrets.h. Any
 * thread. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define RP_PARTNER_CONNECTED "connected"
#define RP_PARTNER_NEEDS_YOU "needs-you" /* wrong password, missing right, not https */
#define RP_PARTNER_PAUSED "paused"

#define RP_TYPE_PARTNER (rp_partner_get_type ())
G_DECLARE_FINAL_TYPE (RpPartner, rp_partner, RP, PARTNER, GObject)

/* Properties for binding: id, name, connector, url, state, message. */
RpPartner *rp_partner_new (const char *id, const char *name, const char *connector);
const char *rp_partner_get_id (RpPartner *self);
const char *rp_partner_get_name (RpPartner *self);
const char *rp_partner_get_connector (RpPartner *self);
const char *rp_partner_get_url (RpPartner *self); /* the setting "url", lends */
const char *rp_partner_get_state (RpPartner *self);
const char *rp_partner_get_message (RpPartner *self); /* why it needs somebody; NULL when fine */
void rp_partner_set_name (RpPartner *self, const char *name);
void rp_partner_set_state (RpPartner *self, const char *state, const char *message);

/* Connector settings (no secrets): "url", "status", "username" … */
const char *rp_partner_get_setting (RpPartner *self, const char *key);
void rp_partner_set_setting (RpPartner *self, const char *key, const char *value);

/* A person has said that addresses without encryption may be used: setting "plain_http" =
 * "allowed". */
gboolean rp_partner_get_may_be_plain (RpPartner *self);

/* What a test of the connection has learned: see publish/rp-exchange.h. Lends, NULL = nothing;
 * copies. */
JsonObject *rp_partner_get_learned (RpPartner *self);
void rp_partner_set_learned (RpPartner *self, JsonObject *learned);

/* channels[], territories[], commercial, paywalled, ads (none, around, targeted), indexable,
 * can_unpublish, accredited, feeds_ai_training, language. Lends the object itself. */
JsonObject *rp_partner_get_properties (RpPartner *self);
gboolean rp_partner_get_can_canonical (RpPartner *self); /* its pages carry our canonical address */

JsonObject *rp_partner_to_json (RpPartner *self); /* gives; for the store and --json */
RpPartner *rp_partner_from_json (JsonObject *object, GError **error); /* gives */
RpPartner *rp_partner_copy (RpPartner *self);                         /* with all it has; gives */

G_END_DECLS
