#include "rp-media.h"

#include "rp-json.h"

struct _RpMedia {
  GObject parent_instance;

  char *fields[RP_MEDIA_N_FIELDS]; /* owned */
  GBytes *bytes;                   /* owned, NULL = none */
};

G_DEFINE_FINAL_TYPE (RpMedia, rp_media, G_TYPE_OBJECT)

static const char *const field_names[RP_MEDIA_N_FIELDS] = {
  "url",      "caption", "alt",       "credit", "copyright", "licence_url", "usage_terms",
  "licensor", "tdm",     "mime_type", "sha256", "name",      "role",
};

static void
rp_media_finalize (GObject *object)
{
  RpMedia *self = RP_MEDIA (object);

  for (guint i = 0; i < RP_MEDIA_N_FIELDS; i++)
    g_free (self->fields[i]);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  G_OBJECT_CLASS (rp_media_parent_class)->finalize (object);
}

static void
rp_media_class_init (RpMediaClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rp_media_finalize;
}

static void
rp_media_init (RpMedia *self)
{
}

RpMedia *
rp_media_new (const char *url)
{
  RpMedia *self = g_object_new (RP_TYPE_MEDIA, NULL);

  rp_media_set (self, RP_MEDIA_URL, url);

  return self;
}

const char *
rp_media_get (RpMedia *self, RpMediaField field)
{
  g_return_val_if_fail (RP_IS_MEDIA (self), NULL);

  return self->fields[field];
}

void
rp_media_set (RpMedia *self, RpMediaField field, const char *value)
{
  g_return_if_fail (RP_IS_MEDIA (self));

  if (value == self->fields[field])
    return;
  g_free (self->fields[field]);
  self->fields[field] = value != NULL && *value != '\0' ? g_strdup (value) : NULL;
}

GBytes *
rp_media_get_bytes (RpMedia *self)
{
  g_return_val_if_fail (RP_IS_MEDIA (self), NULL);

  return self->bytes;
}

void
rp_media_set_bytes (RpMedia *self, GBytes *bytes)
{
  g_return_if_fail (RP_IS_MEDIA (self));

  if (bytes != NULL)
    g_bytes_ref (bytes);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  self->bytes = bytes;
}

JsonObject *
rp_media_to_json (RpMedia *self)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < RP_MEDIA_N_FIELDS; i++)
    rp_json_set_string (object, field_names[i], self->fields[i]);

  return object;
}

RpMedia *
rp_media_from_json (JsonObject *object)
{
  RpMedia *self = rp_media_new (NULL);

  for (guint i = 0; i < RP_MEDIA_N_FIELDS; i++)
    rp_media_set (self, i, rp_json_get_string (object, field_names[i]));

  return self;
}
