#include "rp-body.h"

#include <string.h>

#define PIECE (64 * 1024)

struct _RpBody {
  GPtrArray *parts; /* owned, of RpBodyPart */
  goffset size;
};

static void
part_free (gpointer data)
{
  RpBodyPart *part = data;

  g_clear_pointer (&part->bytes, g_bytes_unref);
  g_free (part->path);
  g_free (part->sha256);
  g_free (part);
}

static void
body_clear (gpointer data)
{
  g_ptr_array_unref (((RpBody *) data)->parts);
}

RpBody *
rp_body_new (void)
{
  RpBody *body = g_atomic_rc_box_new0 (RpBody);

  body->parts = g_ptr_array_new_with_free_func (part_free);

  return body;
}

RpBody *
rp_body_new_bytes (GBytes *bytes)
{
  RpBody *body = rp_body_new ();

  rp_body_add_bytes (body, bytes);

  return body;
}

RpBody *
rp_body_ref (RpBody *body)
{
  return g_atomic_rc_box_acquire (body);
}

void
rp_body_unref (RpBody *body)
{
  g_atomic_rc_box_release_full (body, body_clear);
}

static RpBodyPart *
add_part (RpBody *body, goffset size)
{
  RpBodyPart *part = g_new0 (RpBodyPart, 1);

  part->size = size;
  body->size += size;
  g_ptr_array_add (body->parts, part);

  return part;
}

void
rp_body_add_bytes (RpBody *body, GBytes *bytes)
{
  add_part (body, (goffset) g_bytes_get_size (bytes))->bytes = g_bytes_ref (bytes);
}

void
rp_body_add_text (RpBody *body, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  rp_body_add_bytes (body, bytes);
}

void
rp_body_add_file (RpBody *body, const char *path, goffset size, const char *sha256)
{
  RpBodyPart *part = add_part (body, size);

  part->path = g_strdup (path);
  part->sha256 = g_strdup (sha256);
}

void
rp_body_add_body (RpBody *body, RpBody *other)
{
  for (guint i = 0; i < other->parts->len; i++) {
    const RpBodyPart *part = rp_body_get_part (other, i);

    if (part->bytes != NULL)
      rp_body_add_bytes (body, part->bytes);
    else
      rp_body_add_file (body, part->path, part->size, part->sha256);
  }
}

goffset
rp_body_get_size (const RpBody *body)
{
  return body->size;
}

guint
rp_body_get_n_parts (const RpBody *body)
{
  return body->parts->len;
}

const RpBodyPart *
rp_body_get_part (const RpBody *body, guint position)
{
  return g_ptr_array_index (body->parts, position);
}

gboolean
rp_body_has_files (const RpBody *body)
{
  for (guint i = 0; i < body->parts->len; i++)
    if (rp_body_get_part (body, i)->path != NULL)
      return TRUE;

  return FALSE;
}

/* ---- as one stream ---- */

#define RP_TYPE_BODY_STREAM (rp_body_stream_get_type ())
G_DECLARE_FINAL_TYPE (RpBodyStream, rp_body_stream, RP, BODY_STREAM, GInputStream)

struct _RpBodyStream {
  GInputStream parent_instance;

  RpBody *body;       /* owned */
  GInputStream *file; /* owned: of the part that is being read, NULL = bytes or none */
  guint part;
  goffset offset; /* in the part */
};

static void rp_body_stream_seekable_init (GSeekableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RpBodyStream,
                               rp_body_stream,
                               G_TYPE_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_SEEKABLE,
                                                      rp_body_stream_seekable_init))

static void
rp_body_stream_finalize (GObject *object)
{
  RpBodyStream *self = RP_BODY_STREAM (object);

  g_clear_object (&self->file);
  g_clear_pointer (&self->body, rp_body_unref);
  G_OBJECT_CLASS (rp_body_stream_parent_class)->finalize (object);
}

static gboolean
open_part (RpBodyStream *self, const RpBodyPart *part, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (part->path);

  self->file = G_INPUT_STREAM (g_file_read (file, cancellable, error));

  return self->file != NULL &&
         (self->offset == 0 ||
          g_seekable_seek (G_SEEKABLE (self->file), self->offset, G_SEEK_SET, cancellable, error));
}

/* A file that is shorter than it was would make a body that never ends. */
static gssize
read_file (RpBodyStream *self,
           const RpBodyPart *part,
           void *buffer,
           gsize count,
           GCancellable *cancellable,
           GError **error)
{
  gssize got;

  if (self->file == NULL && !open_part (self, part, cancellable, error))
    return -1;
  got = g_input_stream_read (self->file, buffer, MIN (count, (gsize) (part->size - self->offset)),
                             cancellable, error);
  if (got == 0)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "%s: %s", part->path,
                 "is shorter than it was");

  return got == 0 ? -1 : got;
}

static gssize
read_bytes (RpBodyStream *self, const RpBodyPart *part, void *buffer, gsize count)
{
  const guint8 *data = g_bytes_get_data (part->bytes, NULL);
  gsize some = MIN (count, (gsize) (part->size - self->offset));

  memcpy (buffer, data + self->offset, some);

  return (gssize) some;
}

static gssize
rp_body_stream_read (GInputStream *stream,
                     void *buffer,
                     gsize count,
                     GCancellable *cancellable,
                     GError **error)
{
  RpBodyStream *self = RP_BODY_STREAM (stream);
  const RpBodyPart *part;
  gssize got;

  while (self->part < self->body->parts->len &&
         self->offset >= rp_body_get_part (self->body, self->part)->size) {
    g_clear_object (&self->file);
    self->part++;
    self->offset = 0;
  }
  if (self->part >= self->body->parts->len || count == 0)
    return 0;
  part = rp_body_get_part (self->body, self->part);
  got = part->bytes != NULL ? read_bytes (self, part, buffer, count)
                            : read_file (self, part, buffer, count, cancellable, error);
  if (got > 0)
    self->offset += got;

  return got;
}

static goffset
rp_body_stream_tell (GSeekable *seekable)
{
  RpBodyStream *self = RP_BODY_STREAM (seekable);
  goffset before = self->offset;

  for (guint i = 0; i < self->part; i++)
    before += rp_body_get_part (self->body, i)->size;

  return before;
}

static gboolean
rp_body_stream_can_seek (GSeekable *seekable)
{
  return TRUE;
}

static gboolean
rp_body_stream_seek (GSeekable *seekable,
                     goffset offset,
                     GSeekType type,
                     GCancellable *cancellable,
                     GError **error)
{
  RpBodyStream *self = RP_BODY_STREAM (seekable);

  if (type == G_SEEK_CUR)
    offset += rp_body_stream_tell (seekable);
  else if (type == G_SEEK_END)
    offset += self->body->size;
  if (offset < 0 || offset > self->body->size) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "outside of the body");
    return FALSE;
  }
  g_clear_object (&self->file);
  self->part = 0;
  while (self->part < self->body->parts->len &&
         offset >= rp_body_get_part (self->body, self->part)->size)
    offset -= rp_body_get_part (self->body, self->part++)->size;
  self->offset = offset;

  return TRUE;
}

static gboolean
rp_body_stream_can_truncate (GSeekable *seekable)
{
  return FALSE;
}

static gboolean
rp_body_stream_truncate (GSeekable *seekable,
                         goffset offset,
                         GCancellable *cancellable,
                         GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "a body cannot be cut");

  return FALSE;
}

static void
rp_body_stream_seekable_init (GSeekableIface *iface)
{
  iface->tell = rp_body_stream_tell;
  iface->can_seek = rp_body_stream_can_seek;
  iface->seek = rp_body_stream_seek;
  iface->can_truncate = rp_body_stream_can_truncate;
  iface->truncate_fn = rp_body_stream_truncate;
}

static void
rp_body_stream_class_init (RpBodyStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rp_body_stream_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = rp_body_stream_read;
}

static void
rp_body_stream_init (RpBodyStream *self)
{
}

GInputStream *
rp_body_open (RpBody *body)
{
  RpBodyStream *self = g_object_new (RP_TYPE_BODY_STREAM, NULL);

  self->body = rp_body_ref (body);

  return G_INPUT_STREAM (self);
}

/* ---- all of it ---- */

typedef void (*Feed) (gpointer sink, const guint8 *data, gsize size);

static gboolean
feed_all (RpBody *body, Feed feed, gpointer sink, GError **error)
{
  g_autoptr (GInputStream) stream = rp_body_open (body);
  g_autofree guint8 *piece = g_malloc (PIECE);
  gssize got;

  while ((got = g_input_stream_read (stream, piece, PIECE, NULL, error)) > 0)
    feed (sink, piece, (gsize) got);

  return got == 0;
}

static void
feed_array (gpointer sink, const guint8 *data, gsize size)
{
  g_byte_array_append (sink, data, (guint) size);
}

static void
feed_checksum (gpointer sink, const guint8 *data, gsize size)
{
  g_checksum_update (sink, data, (gssize) size);
}

static void
feed_hmac (gpointer sink, const guint8 *data, gsize size)
{
  g_hmac_update (sink, data, (gssize) size);
}

GBytes *
rp_body_read (RpBody *body, GError **error)
{
  g_autoptr (GByteArray) all = NULL;

  if (body->parts->len == 1 && rp_body_get_part (body, 0)->bytes != NULL)
    return g_bytes_ref (rp_body_get_part (body, 0)->bytes);
  all = g_byte_array_sized_new ((guint) body->size);
  if (!feed_all (body, feed_array, all, error))
    return NULL;

  return g_byte_array_free_to_bytes (g_steal_pointer (&all));
}

char *
rp_body_checksum (RpBody *body, GChecksumType type, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (type);

  return feed_all (body, feed_checksum, checksum, error)
           ? g_strdup (g_checksum_get_string (checksum))
           : NULL;
}

char *
rp_body_hmac (RpBody *body, GChecksumType type, const guint8 *key, gsize key_size, GError **error)
{
  g_autoptr (GHmac) hmac = g_hmac_new (type, key, key_size);

  return feed_all (body, feed_hmac, hmac, error) ? g_strdup (g_hmac_get_string (hmac)) : NULL;
}
