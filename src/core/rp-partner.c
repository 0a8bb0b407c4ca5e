#include "rp-partner.h"

#include <glib/gi18n-lib.h>

#include "rp-error.h"
#include "rp-json.h"

struct _RpPartner {
  GObject parent_instance;

  char *id;               /* owned */
  char *name;             /* owned */
  char *connector;        /* owned */
  char *state;            /* owned */
  char *message;          /* owned */
  JsonObject *settings;   /* owned */
  JsonObject *properties; /* owned */
  JsonObject *learned;    /* owned, NULL = nothing */
};

enum {
  PROP_ID = 1,
  PROP_NAME,
  PROP_CONNECTOR,
  PROP_URL,
  PROP_STATE,
  PROP_MESSAGE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RpPartner, rp_partner, G_TYPE_OBJECT)

static void
rp_partner_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  RpPartner *self = RP_PARTNER (object);
  const char *const values[N_PROPS] = {
    NULL,        self->id,      self->name, self->connector, rp_partner_get_url (self),
    self->state, self->message,
  };

  g_value_set_string (value, values[id]);
}

static void
rp_partner_finalize (GObject *object)
{
  RpPartner *self = RP_PARTNER (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->connector);
  g_free (self->state);
  g_free (self->message);
  json_object_unref (self->settings);
  json_object_unref (self->properties);
  g_clear_pointer (&self->learned, json_object_unref);
  G_OBJECT_CLASS (rp_partner_parent_class)->finalize (object);
}

static void
rp_partner_class_init (RpPartnerClass *klass)
{
  static const char *const names[N_PROPS] = {NULL,  "id",    "name",   "connector",
                                             "url", "state", "message"};
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rp_partner_get_property;
  object_class->finalize = rp_partner_finalize;
  for (guint i = 1; i < N_PROPS; i++)
    properties[i] =
      g_param_spec_string (names[i], NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rp_partner_init (RpPartner *self)
{
  self->settings = json_object_new ();
  self->properties = json_object_new ();
  self->state = g_strdup (RP_PARTNER_CONNECTED);
}

RpPartner *
rp_partner_new (const char *id, const char *name, const char *connector)
{
  RpPartner *self = g_object_new (RP_TYPE_PARTNER, NULL);

  self->id = g_strdup (id);
  self->name = g_strdup (name);
  self->connector = g_strdup (connector);

  return self;
}

const char *
rp_partner_get_id (RpPartner *self)
{
  return self->id;
}

const char *
rp_partner_get_name (RpPartner *self)
{
  return self->name;
}

const char *
rp_partner_get_connector (RpPartner *self)
{
  return self->connector;
}

const char *
rp_partner_get_url (RpPartner *self)
{
  return rp_partner_get_setting (self, "url");
}

const char *
rp_partner_get_state (RpPartner *self)
{
  return self->state;
}

const char *
rp_partner_get_message (RpPartner *self)
{
  return self->message;
}

void
rp_partner_set_name (RpPartner *self, const char *name)
{
  g_free (self->name);
  self->name = g_strdup (name);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

void
rp_partner_set_state (RpPartner *self, const char *state, const char *message)
{
  g_free (self->state);
  g_free (self->message);
  self->state = g_strdup (state);
  self->message = g_strdup (message);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MESSAGE]);
}

const char *
rp_partner_get_setting (RpPartner *self, const char *key)
{
  return rp_json_get_string (self->settings, key);
}

void
rp_partner_set_setting (RpPartner *self, const char *key, const char *value)
{
  if (value == NULL || *value == '\0')
    json_object_remove_member (self->settings, key);
  else
    json_object_set_string_member (self->settings, key, value);
  if (g_str_equal (key, "url"))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_URL]);
}

JsonObject *
rp_partner_get_properties (RpPartner *self)
{
  return self->properties;
}

gboolean
rp_partner_get_can_canonical (RpPartner *self)
{
  return rp_json_get_boolean (self->properties, "can_canonical", TRUE);
}

gboolean
rp_partner_get_may_be_plain (RpPartner *self)
{
  return g_strcmp0 (rp_partner_get_setting (self, "plain_http"), "allowed") == 0;
}

JsonObject *
rp_partner_get_learned (RpPartner *self)
{
  return self->learned;
}

void
rp_partner_set_learned (RpPartner *self, JsonObject *learned)
{
  JsonObject *copy = learned != NULL ? rp_json_object_copy (learned) : NULL;

  g_clear_pointer (&self->learned, json_object_unref);
  self->learned = copy;
}

JsonObject *
rp_partner_to_json (RpPartner *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "partner", self->id);
  json_object_set_string_member (object, "name", self->name);
  json_object_set_string_member (object, "connector", self->connector);
  rp_json_set_string (object, "url", rp_partner_get_url (self));
  json_object_set_string_member (object, "state", self->state);
  rp_json_set_string (object, "message", self->message);
  json_object_set_object_member (object, "settings", rp_json_object_copy (self->settings));
  json_object_set_object_member (object, "properties", rp_json_object_copy (self->properties));
  if (self->learned != NULL)
    json_object_set_object_member (object, "learned", rp_json_object_copy (self->learned));

  return object;
}

static void
take_object (JsonObject **place, JsonObject *source, const char *name)
{
  JsonObject *found = rp_json_get_object (source, name);

  if (found == NULL)
    return;
  json_object_unref (*place);
  *place = rp_json_object_copy (found);
}

RpPartner *
rp_partner_from_json (JsonObject *object, GError **error)
{
  const char *id = rp_json_get_string (object, "partner");
  const char *connector = rp_json_get_string (object, "connector");
  const char *name = rp_json_get_string (object, "name");
  const char *state = rp_json_get_string (object, "state");
  RpPartner *self;

  if (id == NULL || connector == NULL) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_INVALID,
                         _ ("A partner needs an id and a connector"));
    return NULL;
  }

  self = rp_partner_new (id, name != NULL ? name : id, connector);
  if (state != NULL)
    rp_partner_set_state (self, state, rp_json_get_string (object, "message"));
  take_object (&self->settings, object, "settings");
  take_object (&self->properties, object, "properties");
  rp_partner_set_learned (self, rp_json_get_object (object, "learned"));

  return self;
}

RpPartner *
rp_partner_copy (RpPartner *self)
{
  g_autoptr (JsonObject) object = rp_partner_to_json (self);

  return rp_partner_from_json (object, NULL);
}
