/* A picture of an article: where it is, what is in it, and its own rights, which are never those of
 * the text. Plain object, one owner at a time, any thread. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum {
  RP_MEDIA_URL,       /* where it came from; "cid:..." = inside of the file or folder (RFC 2392) */
  RP_MEDIA_CAPTION,   /* plain text */
  RP_MEDIA_ALT,       /* for people who do not see it */
  RP_MEDIA_CREDIT,    /* "Photo: Name / Agency" */
  RP_MEDIA_COPYRIGHT, /* copyright notice */
  RP_MEDIA_LICENCE_URL, /* its own licence, NULL = none stated */
  RP_MEDIA_USAGE_TERMS,
  RP_MEDIA_LICENSOR, /* who licenses it: a name or an address (PLUS Licensor) */
  RP_MEDIA_TDM,      /* "reserved" or "allowed": PLUS Data Mining; NULL = not stated */
  RP_MEDIA_MIME_TYPE,
  RP_MEDIA_SHA256, /* of the stored bytes, NULL = not fetched */
  RP_MEDIA_NAME,   /* file name to offer a partner */
  RP_MEDIA_ROLE,   /* "featured" or "inline" */
  RP_MEDIA_N_FIELDS,
} RpMediaField;

#define RP_TYPE_MEDIA (rp_media_get_type ())
G_DECLARE_FINAL_TYPE (RpMedia, rp_media, RP, MEDIA, GObject)

RpMedia *rp_media_new (const char *url);
const char *rp_media_get (RpMedia *self, RpMediaField field);             /* lends */
void rp_media_set (RpMedia *self, RpMediaField field, const char *value); /* copies; "" is NULL */
/* The picture itself, from the importer until the library keeps it; no part of the JSON. */
GBytes *rp_media_get_bytes (RpMedia *self); /* lends, NULL = none */
void rp_media_set_bytes (RpMedia *self, GBytes *bytes);
JsonObject *rp_media_to_json (RpMedia *self);     /* gives */
RpMedia *rp_media_from_json (JsonObject *object); /* gives */

G_END_DECLS
