#include "rp-import-mime.h"

#include <gmime/gmime.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "rp-charset.h"
#include "rp-error.h"
#include "rp-lazy.h"
#include "rp-text.h"

#define DEPTH_LIMIT 24
#define PART_LIMIT 2000
#define BYTES_LIMIT (256 * 1024 * 1024) /* of all parts */
#define NESTING_LIMIT 300               /* containers that a mail may declare at all */

#define GMIME_SYMBOLS(X)                                                                           \
  X (g_mime_init)                                                                                  \
  X (g_mime_stream_mem_new)                                                                        \
  X (g_mime_stream_mem_new_with_buffer)                                                            \
  X (g_mime_stream_mem_get_byte_array)                                                             \
  X (g_mime_parser_new_with_stream)                                                                \
  X (g_mime_parser_construct_message)                                                              \
  X (g_mime_message_get_subject)                                                                   \
  X (g_mime_message_get_from)                                                                      \
  X (g_mime_message_get_message_id)                                                                \
  X (g_mime_message_get_mime_part)                                                                 \
  X (g_mime_message_part_get_message)                                                              \
  X (g_mime_message_part_get_type)                                                                 \
  X (g_mime_multipart_get_type)                                                                    \
  X (g_mime_multipart_get_count)                                                                   \
  X (g_mime_multipart_get_part)                                                                    \
  X (g_mime_part_get_type)                                                                         \
  X (g_mime_part_get_content)                                                                      \
  X (g_mime_part_get_filename)                                                                     \
  X (g_mime_data_wrapper_write_to_stream)                                                          \
  X (g_mime_object_write_to_stream)                                                                \
  X (g_mime_object_get_header)                                                                     \
  X (g_mime_object_get_content_id)                                                                 \
  X (g_mime_object_get_content_type)                                                               \
  X (g_mime_object_get_content_disposition)                                                        \
  X (g_mime_content_disposition_get_disposition)                                                   \
  X (g_mime_content_type_get_mime_type)                                                            \
  X (g_mime_content_type_get_parameter)                                                            \
  X (g_mime_utils_header_decode_text)                                                              \
  X (internet_address_get_name)                                                                    \
  X (internet_address_list_get_address)                                                            \
  X (internet_address_list_length)                                                                 \
  X (internet_address_mailbox_get_addr)                                                            \
  X (internet_address_mailbox_get_type)

static struct {
  GMIME_SYMBOLS (RP_LAZY_MEMBER)
} lib;

static RpLazy library = {
  .names = (const char *const[]){"libgmime-3.0.so.0", "libgmime-3.0.so", NULL},
  .symbols = (const char *const[]){GMIME_SYMBOLS (RP_LAZY_NAME) NULL},
  .slots = (gpointer *) &lib,
  .once = G_ONCE_INIT,
};

typedef struct {
  RpMime *mime;
  GString *html;
  GString *text;
  gsize total; /* bytes of parts so far */
} Walk;

static void walk (Walk *self, GMimeObject *object, guint depth);

static gboolean
start_library (void)
{
  static gsize started;

  if (!rp_lazy_load (&library))
    return FALSE;
  if (g_once_init_enter (&started)) {
    lib.g_mime_init ();
    g_once_init_leave (&started, 1);
  }
  return TRUE;
}

static void
part_free (RpMimePart *part)
{
  g_free (part->type);
  g_free (part->charset);
  g_free (part->name);
  g_free (part->content_id);
  g_bytes_unref (part->bytes);
  g_free (part);
}

void
rp_mime_free (RpMime *self)
{
  for (guint i = 0; i < RP_MIME_N_HEADERS; i++)
    g_free (self->headers[i]);
  g_free (self->html);
  g_free (self->text);
  g_ptr_array_unref (self->parts);
  g_free (self);
}

/* Header texts of old mails are of any encoding. */
static char *
dup_valid (const char *text)
{
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;

  return rp_text_clean (valid);
}

static char *
dup_header (GMimeObject *object, const char *name)
{
  const char *raw = lib.g_mime_object_get_header (object, name);
  g_autofree char *text = raw != NULL ? lib.g_mime_utils_header_decode_text (NULL, raw) : NULL;

  return dup_valid (text);
}

static char *
dup_without_angles (const char *id)
{
  g_autofree char *clean = dup_valid (id);
  gsize length = clean != NULL ? strlen (clean) : 0;

  if (length > 2 && *clean == '<' && clean[length - 1] == '>')
    return g_strndup (clean + 1, length - 2);
  return g_steal_pointer (&clean);
}

static void
read_sender (RpMime *self, GMimeMessage *message)
{
  InternetAddressList *list = lib.g_mime_message_get_from (message);
  InternetAddress *address = list != NULL && lib.internet_address_list_length (list) > 0
                               ? lib.internet_address_list_get_address (list, 0)
                               : NULL;

  if (address == NULL)
    return;
  self->headers[RP_MIME_FROM] = dup_valid (lib.internet_address_get_name (address));
  if (G_TYPE_CHECK_INSTANCE_TYPE (address, lib.internet_address_mailbox_get_type ()))
    self->headers[RP_MIME_ADDRESS] =
      dup_valid (lib.internet_address_mailbox_get_addr ((InternetAddressMailbox *) address));
}

static void
read_headers (RpMime *self, GMimeMessage *message)
{
  GMimeObject *object = (GMimeObject *) message;
  g_autofree char *archived = dup_header (object, "Archived-At");

  read_sender (self, message);
  self->headers[RP_MIME_SUBJECT] = dup_valid (lib.g_mime_message_get_subject (message));
  self->headers[RP_MIME_DATE] = dup_header (object, "Date");
  self->headers[RP_MIME_MESSAGE_ID] =
    dup_without_angles (lib.g_mime_message_get_message_id (message));
  if (lib.g_mime_message_get_mime_part (message) != NULL)
    self->headers[RP_MIME_LANGUAGE] =
      dup_header (lib.g_mime_message_get_mime_part (message), "Content-Language");
  self->headers[RP_MIME_KEYWORDS] = dup_header (object, "Keywords");
  if (self->headers[RP_MIME_KEYWORDS] == NULL)
    self->headers[RP_MIME_KEYWORDS] = dup_header (object, "X-Keywords");
  self->headers[RP_MIME_ARCHIVED_AT] = dup_without_angles (archived);
}

/* Parts */

static GBytes *
read_stream (GMimeStream *stream)
{
  GByteArray *array = lib.g_mime_stream_mem_get_byte_array ((GMimeStreamMem *) stream);

  return g_bytes_new (array->data, array->len);
}

static GBytes *
read_content (GMimePart *part)
{
  GMimeDataWrapper *content = lib.g_mime_part_get_content (part);
  g_autoptr (GObject) stream = G_OBJECT (lib.g_mime_stream_mem_new ());

  if (content == NULL ||
      lib.g_mime_data_wrapper_write_to_stream (content, (GMimeStream *) stream) < 0)
    return g_bytes_new (NULL, 0);
  return read_stream ((GMimeStream *) stream);
}

static gboolean
is_attached (GMimeObject *object)
{
  GMimeContentDisposition *disposition = lib.g_mime_object_get_content_disposition (object);
  const char *said =
    disposition != NULL ? lib.g_mime_content_disposition_get_disposition (disposition) : NULL;

  return said != NULL && g_ascii_strcasecmp (said, "attachment") == 0;
}

static void
add_part (Walk *self, GMimeObject *object, const char *type, GBytes *bytes, const char *name)
{
  RpMimePart *part;
  GMimeContentType *content_type = lib.g_mime_object_get_content_type (object);

  self->total += g_bytes_get_size (bytes);
  if (self->mime->parts->len >= PART_LIMIT || self->total > BYTES_LIMIT) {
    self->mime->cut = TRUE;
    return;
  }
  part = g_new0 (RpMimePart, 1);
  part->type = g_strdup (type);
  part->charset = dup_valid (lib.g_mime_content_type_get_parameter (content_type, "charset"));
  part->name = dup_valid (name);
  part->content_id = dup_without_angles (lib.g_mime_object_get_content_id (object));
  part->attached = is_attached (object);
  part->bytes = g_bytes_ref (bytes);
  g_ptr_array_add (self->mime->parts, part);
}

/* format=flowed (RFC 3676): a line that ends on a space goes on in the next. */
static char *
join_flowed (const char *text, gboolean delete_space)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *out = g_string_sized_new (strlen (text));

  for (guint i = 0; lines[i] != NULL; i++) {
    const char *line = *lines[i] == ' ' ? lines[i] + 1 : lines[i];
    gsize length = strcspn (line, "\r");
    gboolean flows = length > 0 && line[length - 1] == ' ' && strncmp (line, "-- ", 4) != 0 &&
                     *line != '>' && lines[i + 1] != NULL && *lines[i + 1] != '>';

    g_string_append_len (out, line, (gssize) (flows && delete_space ? length - 1 : length));
    if (!flows && lines[i + 1] != NULL)
      g_string_append_c (out, '\n');
  }
  return g_string_free (out, FALSE);
}

static gboolean
is_parameter (GMimeContentType *type, const char *name, const char *value)
{
  const char *said = lib.g_mime_content_type_get_parameter (type, name);

  return said != NULL && g_ascii_strcasecmp (said, value) == 0;
}

static void
add_text (Walk *self, GMimeObject *object, GBytes *bytes, gboolean is_html)
{
  GMimeContentType *type = lib.g_mime_object_get_content_type (object);
  const char *charset = lib.g_mime_content_type_get_parameter (type, "charset");
  g_autofree char *text = rp_charset_to_utf8 (bytes, charset, NULL, NULL);
  GString *out = is_html ? self->html : self->text;

  if (!is_html && is_parameter (type, "format", "flowed")) {
    char *joined = join_flowed (text, is_parameter (type, "delsp", "yes"));

    g_free (text);
    text = joined;
  }
  if (out->len > 0)
    g_string_append (out, is_html ? "\n" : "\n\n");
  g_string_append (out, text);
}

static void
walk_leaf (Walk *self, GMimeObject *object, const char *type)
{
  GMimePart *part = (GMimePart *) object;
  const char *name = lib.g_mime_part_get_filename (part);
  gboolean is_html = strcmp (type, "text/html") == 0;
  gboolean is_text = is_html || strcmp (type, "text/plain") == 0;
  g_autoptr (GBytes) bytes = NULL;

  if (strcmp (type, "application/pgp-encrypted") == 0 ||
      (g_str_has_suffix (type, "pkcs7-mime") &&
       is_parameter (lib.g_mime_object_get_content_type (object), "smime-type", "enveloped-data")))
    self->mime->locked = TRUE;
  bytes = read_content (part);
  if (is_text && !is_attached (object) &&
      (name == NULL || (is_html ? self->html : self->text)->len == 0))
    add_text (self, object, bytes, is_html);
  else if (strcmp (type, "text/calendar") != 0 && !g_str_has_suffix (type, "-signature") &&
           g_bytes_get_size (bytes) > 0)
    add_part (self, object, type, bytes, name);
}

static void
walk_message (Walk *self, GMimeObject *object)
{
  GMimeMessage *message = lib.g_mime_message_part_get_message ((GMimeMessagePart *) object);
  g_autoptr (GObject) stream = G_OBJECT (lib.g_mime_stream_mem_new ());
  g_autoptr (GBytes) bytes = NULL;

  if (message == NULL || lib.g_mime_object_write_to_stream ((GMimeObject *) message, NULL,
                                                            (GMimeStream *) stream) <= 0)
    return;
  bytes = read_stream ((GMimeStream *) stream);
  add_part (self, object, "message/rfc822", bytes, NULL);
}

static void
walk (Walk *self, GMimeObject *object, guint depth)
{
  GMimeContentType *content_type = lib.g_mime_object_get_content_type (object);
  g_autofree char *raw = lib.g_mime_content_type_get_mime_type (content_type);
  g_autofree char *type = g_ascii_strdown (raw != NULL ? raw : "text/plain", -1);

  if (depth > DEPTH_LIMIT) {
    self->mime->cut = TRUE;
  } else if (G_TYPE_CHECK_INSTANCE_TYPE (object, lib.g_mime_multipart_get_type ())) {
    GMimeMultipart *multipart = (GMimeMultipart *) object;
    int count = lib.g_mime_multipart_get_count (multipart);

    for (int i = 0; i < count; i++)
      walk (self, lib.g_mime_multipart_get_part (multipart, i), depth + 1);
  } else if (G_TYPE_CHECK_INSTANCE_TYPE (object, lib.g_mime_message_part_get_type ())) {
    walk_message (self, object);
  } else if (G_TYPE_CHECK_INSTANCE_TYPE (object, lib.g_mime_part_get_type ())) {
    walk_leaf (self, object, type);
  }
}

/* The parser calls itself for each container within another: a mail that nests thousands is no
 * mail. */
static gboolean
nests_wildly (GBytes *bytes)
{
  static const char *const marks[] = {"multipart/", "message/"};
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  guint count = 0;

  for (gsize i = 0; i < size && count <= NESTING_LIMIT; i++) {
    char c = g_ascii_tolower (data[i]);

    if (c != 'm')
      continue;
    for (gsize k = 0; k < G_N_ELEMENTS (marks); k++) {
      gsize length = strlen (marks[k]);

      count += size - i >= length && g_ascii_strncasecmp (data + i, marks[k], length) == 0;
    }
  }
  return count > NESTING_LIMIT;
}

static GMimeMessage *
parse (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autoptr (GObject) stream =
    G_OBJECT (lib.g_mime_stream_mem_new_with_buffer (size > 0 ? data : "", size));
  g_autoptr (GObject) parser =
    G_OBJECT (lib.g_mime_parser_new_with_stream ((GMimeStream *) stream));

  return lib.g_mime_parser_construct_message ((GMimeParser *) parser, NULL);
}

RpMime *
rp_mime_read (GBytes *bytes, GError **error)
{
  g_autoptr (RpMime) self = NULL;
  g_autoptr (GObject) message = NULL;
  Walk state;

  if (!start_library ()) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_UNSUPPORTED,
                         _ ("Mails cannot be opened, because the library GMime is missing. Install "
                            "it and try again."));
    return NULL;
  }
  if (!nests_wildly (bytes))
    message = (GObject *) parse (bytes);
  if (message == NULL) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_UNREADABLE,
                         _ ("The mail cannot be read; it may be damaged. Copy its text and paste "
                            "that instead."));
    return NULL;
  }
  self = g_new0 (RpMime, 1);
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) part_free);
  state = (Walk){.mime = self, .html = g_string_new (NULL), .text = g_string_new (NULL)};
  read_headers (self, (GMimeMessage *) message);
  if (lib.g_mime_message_get_mime_part ((GMimeMessage *) message) != NULL)
    walk (&state, lib.g_mime_message_get_mime_part ((GMimeMessage *) message), 0);
  self->html = g_string_free (state.html, FALSE);
  self->text = g_string_free (state.text, FALSE);

  return g_steal_pointer (&self);
}
