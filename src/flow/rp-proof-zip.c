#include "rp-proof-zip.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "rp-error.h"
#include "rp-json.h"
#include "rp-lazy.h"

#define MANIFEST "manifest.json"
#define PIECE (64 * 1024)
#define MANIFEST_LIMIT (64 * 1024 * 1024)

#define ARCHIVE_SYMBOLS(X)                                                                         \
  X (archive_write_new)                                                                            \
  X (archive_write_free)                                                                           \
  X (archive_write_close)                                                                          \
  X (archive_write_set_format_zip)                                                                 \
  X (archive_write_open_filename)                                                                  \
  X (archive_write_header)                                                                         \
  X (archive_write_data)                                                                           \
  X (archive_read_new)                                                                             \
  X (archive_read_free)                                                                            \
  X (archive_read_support_format_zip)                                                              \
  X (archive_read_open_filename)                                                                   \
  X (archive_read_next_header)                                                                     \
  X (archive_read_data)                                                                            \
  X (archive_error_string)                                                                         \
  X (archive_entry_new)                                                                            \
  X (archive_entry_free)                                                                           \
  X (archive_entry_pathname)                                                                       \
  X (archive_entry_set_pathname_utf8)                                                              \
  X (archive_entry_pathname_utf8)                                                                  \
  X (archive_entry_set_size)                                                                       \
  X (archive_entry_set_filetype)                                                                   \
  X (archive_entry_set_perm)                                                                       \
  X (archive_entry_set_mtime)

static struct {
  ARCHIVE_SYMBOLS (RP_LAZY_MEMBER)
} archive;

static RpLazy library = {
  .names = (const char *const[]){"libarchive.so.13", "libarchive.so", NULL},
  .symbols = (const char *const[]){ARCHIVE_SYMBOLS (RP_LAZY_NAME) NULL},
  .slots = (gpointer *) &archive,
  .once = G_ONCE_INIT,
};

struct _RpProofZip {
  struct archive *writer; /* owned */
  char *path, *part;      /* owned: where it goes, and where it is written until then */
  JsonArray *files;       /* owned: of the manifest */
  gint64 now;
};

static gboolean
fail (RpProofZip *zip, GError **error)
{
  const char *said = archive.archive_error_string (zip->writer);

  g_set_error (error, RP_ERROR, RP_ERROR_STORAGE, _ ("The proof “%s” cannot be written: %s"),
               zip->path, said != NULL ? said : g_strerror (errno));

  return FALSE;
}

static gboolean
load (GError **error)
{
  if (rp_lazy_load (&library))
    return TRUE;
  g_set_error_literal (error, RP_ERROR, RP_ERROR_UNSUPPORTED,
                       _ ("The library for archives (libarchive) is not installed"));

  return FALSE;
}

RpProofZip *
rp_proof_zip_new (const char *path, gint64 now, GError **error)
{
  g_autoptr (RpProofZip) zip = NULL;

  if (!load (error))
    return NULL;
  zip = g_new0 (RpProofZip, 1);
  zip->path = g_strdup (path);
  zip->part = g_strconcat (path, ".part", NULL);
  zip->now = now;
  zip->files = json_array_new ();
  zip->writer = archive.archive_write_new ();
  archive.archive_write_set_format_zip (zip->writer);
  if (archive.archive_write_open_filename (zip->writer, zip->part) != ARCHIVE_OK) {
    fail (zip, error);
    return NULL;
  }

  return g_steal_pointer (&zip);
}

void
rp_proof_zip_free (RpProofZip *zip)
{
  if (zip->writer != NULL)
    archive.archive_write_free (zip->writer);
  g_unlink (zip->part);
  json_array_unref (zip->files);
  g_free (zip->path);
  g_free (zip->part);
  g_free (zip);
}

static gboolean
write_header (RpProofZip *zip, const char *name, goffset size, GError **error)
{
  struct archive_entry *entry = archive.archive_entry_new ();
  gboolean done;

  archive.archive_entry_set_pathname_utf8 (entry, name);
  archive.archive_entry_set_size (entry, size);
  archive.archive_entry_set_filetype (entry, AE_IFREG);
  archive.archive_entry_set_perm (entry, 0644);
  archive.archive_entry_set_mtime (entry, (time_t) (zip->now / G_TIME_SPAN_SECOND), 0);
  done = archive.archive_write_header (zip->writer, entry) == ARCHIVE_OK;
  archive.archive_entry_free (entry);

  return done || fail (zip, error);
}

/* Gives the digest of what was written. */
static char *
write_body (RpProofZip *zip, RpBody *body, GError **error)
{
  g_autoptr (GInputStream) stream = rp_body_open (body);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *piece = g_malloc (PIECE);
  gssize got;

  while ((got = g_input_stream_read (stream, piece, PIECE, NULL, error)) > 0) {
    g_checksum_update (checksum, piece, got);
    if (archive.archive_write_data (zip->writer, piece, (gsize) got) != got) {
      fail (zip, error);
      return NULL;
    }
  }

  return got == 0 ? g_strdup (g_checksum_get_string (checksum)) : NULL;
}

gboolean
rp_proof_zip_add (RpProofZip *zip,
                  const char *name,
                  const char *words,
                  RpBody *body,
                  GError **error)
{
  g_autofree char *sha256 = NULL;
  JsonObject *file;

  if (!write_header (zip, name, rp_body_get_size (body), error))
    return FALSE;
  sha256 = write_body (zip, body, error);
  if (sha256 == NULL)
    return FALSE;
  file = json_object_new ();
  json_object_set_string_member (file, "name", name);
  json_object_set_string_member (file, "sha256", sha256);
  json_object_set_int_member (file, "size", rp_body_get_size (body));
  rp_json_set_string (file, "what", words);
  json_array_add_object_element (zip->files, file);

  return TRUE;
}

gboolean
rp_proof_zip_add_text (RpProofZip *zip,
                       const char *name,
                       const char *words,
                       const char *text,
                       GError **error)
{
  g_autoptr (RpBody) body = rp_body_new ();

  rp_body_add_text (body, text);

  return rp_proof_zip_add (zip, name, words, body, error);
}

gboolean
rp_proof_zip_add_json (RpProofZip *zip,
                       const char *name,
                       const char *words,
                       JsonNode *node,
                       GError **error)
{
  g_autofree char *text = json_to_string (node, TRUE);

  return rp_proof_zip_add_text (zip, name, words, text, error);
}

char *
rp_proof_zip_finish (RpProofZip *zip, JsonObject *about, GError **error)
{
  g_autoptr (JsonObject) manifest = rp_json_object_copy (about);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;
  g_autofree char *sha256 = NULL;
  gboolean closed;

  json_object_set_array_member (manifest, "files", json_array_ref (zip->files));
  json_node_set_object (node, manifest);
  text = json_to_string (node, TRUE);
  sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  if (!rp_proof_zip_add_text (zip, MANIFEST, NULL, text, error))
    return NULL;
  closed = archive.archive_write_close (zip->writer) == ARCHIVE_OK;
  if (!closed || g_rename (zip->part, zip->path) != 0) {
    fail (zip, error);
    return NULL;
  }

  return g_steal_pointer (&sha256);
}

/* ---- verifying ---- */

typedef struct {
  GHashTable *found; /* owned: name -> SHA-256 */
  GString *manifest; /* owned, NULL = not seen */
} Reading;

static void
reading_clear (Reading *reading)
{
  g_clear_pointer (&reading->found, g_hash_table_unref);
  if (reading->manifest != NULL)
    g_string_free (reading->manifest, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

static void
add_found (Reading *reading, GPtrArray *wrong, const char *name, const char *sha256)
{
  if (!g_hash_table_replace (reading->found, g_strdup (name), g_strdup (sha256)))
    g_ptr_array_add (wrong, g_strdup_printf (_ ("“%s” is in the file twice."), name));
}

static gboolean
read_entry (struct archive *reader, const char *name, Reading *reading, GPtrArray *wrong)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *piece = g_malloc (PIECE);
  gboolean manifest = g_strcmp0 (name, MANIFEST) == 0;
  la_ssize_t got;

  if (manifest && reading->manifest == NULL)
    reading->manifest = g_string_new (NULL);
  while ((got = archive.archive_read_data (reader, piece, PIECE)) > 0) {
    g_checksum_update (checksum, piece, got);
    if (manifest && reading->manifest->len < MANIFEST_LIMIT)
      g_string_append_len (reading->manifest, (const char *) piece, got);
  }
  add_found (reading, wrong, name, g_checksum_get_string (checksum));

  return got == 0;
}

static gboolean
read_all (const char *path, Reading *reading, GPtrArray *wrong, GError **error)
{
  struct archive *reader = archive.archive_read_new ();
  struct archive_entry *entry;
  int next = ARCHIVE_FATAL;
  gboolean opened;

  archive.archive_read_support_format_zip (reader);
  opened = archive.archive_read_open_filename (reader, path, PIECE) == ARCHIVE_OK;
  while (opened && (next = archive.archive_read_next_header (reader, &entry)) == ARCHIVE_OK) {
    const char *name = archive.archive_entry_pathname_utf8 (entry);

    if (name == NULL)
      name = archive.archive_entry_pathname (entry);
    if (!read_entry (reader, name != NULL ? name : "", reading, wrong))
      g_ptr_array_add (wrong, g_strdup_printf (_ ("“%s” is damaged."), name));
  }
  if (next != ARCHIVE_EOF)
    g_set_error (error, RP_ERROR, RP_ERROR_UNREADABLE, _ ("“%s” cannot be read as a proof: %s"),
                 path, archive.archive_error_string (reader));
  archive.archive_read_free (reader);

  return next == ARCHIVE_EOF;
}

static void
compare (JsonArray *files, Reading *reading, GPtrArray *wrong)
{
  GHashTableIter iter;
  gpointer name;

  for (guint i = 0; i < json_array_get_length (files); i++) {
    JsonObject *file = json_array_get_object_element (files, i);
    const char *stated = rp_json_get_string (file, "name");
    const char *sha256 = stated != NULL ? g_hash_table_lookup (reading->found, stated) : NULL;

    if (sha256 == NULL)
      g_ptr_array_add (wrong, g_strdup_printf (_ ("“%s” is missing."), stated));
    else if (g_strcmp0 (sha256, rp_json_get_string (file, "sha256")) != 0)
      g_ptr_array_add (wrong, g_strdup_printf (_ ("“%s” was changed."), stated));
    if (stated != NULL)
      g_hash_table_remove (reading->found, stated);
  }
  g_hash_table_remove (reading->found, MANIFEST);
  g_hash_table_iter_init (&iter, reading->found);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (wrong, g_strdup_printf (_ ("“%s” was added."), (const char *) name));
}

GPtrArray *
rp_proof_zip_verify (const char *path, char **out_manifest, GError **error)
{
  g_autoptr (GPtrArray) wrong = g_ptr_array_new_with_free_func (g_free);
  g_auto (Reading) reading = {.found =
                                g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free)};
  g_autoptr (JsonNode) node = NULL;
  JsonArray *files = NULL;

  if (!load (error) || !read_all (path, &reading, wrong, error))
    return NULL;
  node = reading.manifest != NULL ? rp_json_parse_text (reading.manifest->str, NULL) : NULL;
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    files = rp_json_get_array (json_node_get_object (node), "files");
  if (files == NULL) {
    g_set_error (error, RP_ERROR, RP_ERROR_UNREADABLE,
                 _ ("“%s” is no proof: it has no manifest that can be read"), path);
    return NULL;
  }
  *out_manifest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, reading.manifest->str, -1);
  compare (files, &reading, wrong);

  return g_steal_pointer (&wrong);
}
