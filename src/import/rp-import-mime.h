/* A mail taken apart: headers decoded, texts in UTF-8, attachments as bytes. By GMime, which is
 * loaded with the first mail. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  RP_MIME_SUBJECT,
  RP_MIME_FROM, /* the display name */
  RP_MIME_ADDRESS,
  RP_MIME_DATE,
  RP_MIME_MESSAGE_ID, /* without < > */
  RP_MIME_LANGUAGE,
  RP_MIME_KEYWORDS,
  RP_MIME_ARCHIVED_AT, /* an address */
  RP_MIME_N_HEADERS,
} RpMimeHeader;

typedef struct {
  char *type; /* owned: "image/png" */
  char *charset;
  char *name;        /* owned: the file name; NULL = none */
  char *content_id;  /* owned, without < >; NULL = none */
  gboolean attached; /* said to be an attachment, not a part of the text */
  GBytes *bytes;     /* owned */
} RpMimePart;

typedef struct {
  char *headers[RP_MIME_N_HEADERS]; /* owned, NULL = not there */
  char *html;                       /* owned, "" = none */
  char *text;                       /* owned, "" = none; lines as sent, flowed ones joined */
  GPtrArray *parts;                 /* owned, of RpMimePart: all else */
  gboolean locked;                  /* encrypted */
  gboolean cut;                     /* something was left out: too deep, too many, too large */
} RpMime;

/* NULL with RP_ERROR_UNREADABLE or RP_ERROR_UNSUPPORTED. Gives. */
RpMime *rp_mime_read (GBytes *bytes, GError **error);
void rp_mime_free (RpMime *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpMime, rp_mime_free)

G_END_DECLS
