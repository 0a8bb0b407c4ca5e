/* What a request carries: bytes in memory and files on disk, one after the other. Files are read
 * while they are sent, so a picture of any size costs a buffer. Counted; any thread, but no longer
 * changed once it is part of a request. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct {
  GBytes *bytes; /* NULL = a file */
  char *path;
  goffset size;
  char *sha256; /* of a file whose digest is its name in the library; NULL = not known */
} RpBodyPart;

typedef struct _RpBody RpBody;

RpBody *rp_body_new (void);
RpBody *rp_body_new_bytes (GBytes *bytes);
RpBody *rp_body_ref (RpBody *body);
void rp_body_unref (RpBody *body);
void rp_body_add_text (RpBody *body, const char *text);
void rp_body_add_bytes (RpBody *body, GBytes *bytes);
/* The file must stay as it is until the body is gone. */
void rp_body_add_file (RpBody *body, const char *path, goffset size, const char *sha256);
void rp_body_add_body (RpBody *body, RpBody *other); /* its parts */

goffset rp_body_get_size (const RpBody *body);
guint rp_body_get_n_parts (const RpBody *body);
const RpBodyPart *rp_body_get_part (const RpBody *body, guint position); /* lends */
gboolean rp_body_has_files (const RpBody *body);
/* All of it as one stream that can be sought. Gives. */
GInputStream *rp_body_open (RpBody *body);
/* All of it in memory: for bodies that hold no large files. Gives. */
GBytes *rp_body_read (RpBody *body, GError **error);
/* In hexadecimal, read piece by piece. Give. */
char *rp_body_checksum (RpBody *body, GChecksumType type, GError **error);
char *
rp_body_hmac (RpBody *body, GChecksumType type, const guint8 *key, gsize key_size, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpBody, rp_body_unref)

G_END_DECLS
