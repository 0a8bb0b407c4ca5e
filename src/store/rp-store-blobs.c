#include "rp-store-blobs.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>
#include <utime.h>

#include "rp-error.h"
#include "rp-store-blob-parts.h"
#include "rp-text.h"

static gboolean
is_on_server (RpStore *store)
{
  return rp_db_get_dialect (rp_store_get_db (store)) == RP_DB_POSTGRES;
}

static char *
dup_path (RpStore *store, const char *sha256)
{
  char folder[3] = {sha256[0], sha256[1], '\0'};

  return g_build_filename (rp_store_get_blob_folder (store), folder, sha256 + 2, NULL);
}

static gboolean
is_hash (const char *text)
{
  return text != NULL && strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

static gboolean
check_hash (const char *sha256, GError **error)
{
  if (is_hash (sha256))
    return TRUE;
  g_set_error_literal (error, RP_ERROR, RP_ERROR_NOT_FOUND,
                       _ ("There is no original kept for this"));

  return FALSE;
}

static gboolean
make_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  g_set_error (error, RP_ERROR, RP_ERROR_STORAGE, _ ("The folder “%s” cannot be made: %s"), folder,
               g_strerror (errno));

  return FALSE;
}

static gboolean
is_file (RpStore *store, const char *sha256)
{
  g_autofree char *path = dup_path (store, sha256);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

gboolean
rp_store_measure_blob (RpStore *store, const char *sha256, gint64 *out, GError **error)
{
  g_autofree char *path = NULL;
  GStatBuf about;

  *out = -1;
  if (!is_hash (sha256))
    return TRUE;
  if (is_on_server (store))
    return rp_store_parts_measure (store, sha256, out, error);
  path = dup_path (store, sha256);
  if (g_stat (path, &about) == 0)
    *out = about.st_size;

  return TRUE;
}

/* ---- writing ---- */

static gboolean
write_file (RpStore *store,
            const char *sha256,
            GBytes *bytes,
            GFileSetContentsFlags flags,
            GError **error)
{
  g_autofree char *path = dup_path (store, sha256);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return make_folder (path, error) && g_file_set_contents_full (path, data != NULL ? data : "",
                                                                (gssize) size, flags, 0600, error);
}

static gboolean
write_blob (RpStore *store, const char *sha256, GBytes *bytes, gboolean early, GError **error)
{
  g_autoptr (GInputStream) stream = NULL;

  if (!is_on_server (store))
    return write_file (store, sha256, bytes,
                       early ? G_FILE_SET_CONTENTS_CONSISTENT
                             : G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                       error);
  stream = g_memory_input_stream_new_from_bytes (bytes);

  return rp_store_parts_put (store, sha256, stream, early, error);
}

char *
rp_store_put_blob (RpStore *store, GBytes *bytes, GError **error)
{
  g_autofree char *sha256 = rp_text_sha256 (bytes);
  gint64 size = -1;

  if (!rp_store_measure_blob (store, sha256, &size, error) ||
      (size < 0 && !write_blob (store, sha256, bytes, FALSE, error)))
    return NULL;

  return g_steal_pointer (&sha256);
}

gboolean
rp_store_put_blob_early (RpStore *store,
                         const char *sha256,
                         GBytes *bytes,
                         gboolean *out_written,
                         GError **error)
{
  gint64 size = -1;

  if (!rp_store_measure_blob (store, sha256, &size, error))
    return FALSE;
  if (size >= 0)
    return TRUE;
  if (out_written != NULL)
    *out_written = TRUE;

  return write_blob (store, sha256, bytes, TRUE, error);
}

static gboolean
add_file (RpBody *body, const char *path, const char *sha256, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info =
    g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, NULL, error);

  if (info != NULL)
    rp_body_add_file (body, path, g_file_info_get_size (info), sha256);

  return info != NULL;
}

static char *
hash_file (const char *path, GError **error)
{
  g_autoptr (RpBody) body = rp_body_new ();

  return add_file (body, path, NULL, error) ? rp_body_checksum (body, G_CHECKSUM_SHA256, error)
                                            : NULL;
}

/* On the disk for good, and under its name. */
static gboolean
move_in (RpStore *store, const char *from, const char *sha256, GError **error)
{
  g_autofree char *path = dup_path (store, sha256);
  int file = open (from, O_RDONLY | O_CLOEXEC);
  gboolean safe = file >= 0 && fsync (file) == 0;

  if (file >= 0)
    close (file);
  if (safe && make_folder (path, error) && g_rename (from, path) == 0)
    return TRUE;
  if (error != NULL && *error == NULL)
    g_set_error (error, RP_ERROR, RP_ERROR_STORAGE, _ ("The file “%s” cannot be written: %s"), path,
                 g_strerror (errno));

  return FALSE;
}

static gboolean
send_file (RpStore *store, const char *path, const char *sha256, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);

  return stream != NULL &&
         rp_store_parts_put (store, sha256, G_INPUT_STREAM (stream), FALSE, error);
}

char *
rp_store_take_blob_file (RpStore *store, const char *path, GError **error)
{
  g_autofree char *sha256 = hash_file (path, error);
  gint64 size = -1;

  if (sha256 == NULL || !rp_store_measure_blob (store, sha256, &size, error))
    return NULL;
  if (size < 0 && is_on_server (store) && !send_file (store, path, sha256, error))
    return NULL;
  if (is_file (store, sha256))
    g_unlink (path);
  else if (!move_in (store, path, sha256, error))
    return NULL;

  return g_steal_pointer (&sha256);
}

/* A server needs no more: the row that names a blob comes after it there, too. */
gboolean
rp_store_sync_blobs (RpStore *store, GError **error)
{
  int folder = is_on_server (store)
                 ? -1
                 : open (rp_store_get_blob_folder (store), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int failed = folder >= 0 ? syncfs (folder) : 0;

  if (folder >= 0)
    close (folder);
  if (failed != 0)
    g_set_error (error, RP_ERROR, RP_ERROR_STORAGE, _ ("The originals cannot be kept: %s"),
                 g_strerror (errno));

  return failed == 0;
}

/* ---- reading ---- */

static gboolean
fetch_into (RpStore *store, const char *sha256, const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileOutputStream) stream =
    g_file_replace (file, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, error);

  return stream != NULL && rp_store_parts_get (store, sha256, G_OUTPUT_STREAM (stream), error) &&
         g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, error) &&
         move_in (store, path, sha256, error);
}

static gboolean
fetch (RpStore *store, const char *sha256, GError **error)
{
  g_autofree char *part = g_build_filename (rp_store_get_blob_folder (store), "part-XXXXXX", NULL);
  int file = make_folder (part, error) ? g_mkstemp (part) : -1;
  gboolean done;

  if (file < 0) {
    if (error != NULL && *error == NULL)
      g_set_error (error, RP_ERROR, RP_ERROR_STORAGE, _ ("The file “%s” cannot be written: %s"),
                   part, g_strerror (errno));
    return FALSE;
  }
  close (file);
  done = fetch_into (store, sha256, part, error);
  if (!done)
    g_unlink (part);

  return done;
}

char *
rp_store_fetch_blob (RpStore *store, const char *sha256, GError **error)
{
  g_autofree char *path = check_hash (sha256, error) ? dup_path (store, sha256) : NULL;

  /* That it was used is its time, by which it is kept. */
  if (path == NULL ||
      (is_on_server (store) && g_utime (path, NULL) != 0 && !fetch (store, sha256, error)))
    return NULL;

  return g_steal_pointer (&path);
}

static void
forget_in (const char *folder, gint64 since)
{
  g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);
  const char *name;

  while (files != NULL && (name = g_dir_read_name (files)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    GStatBuf about;

    if (g_stat (path, &about) == 0 && S_ISREG (about.st_mode) &&
        about.st_mtime < since / G_USEC_PER_SEC)
      g_unlink (path);
  }
}

void
rp_store_forget_fetched (RpStore *store, gint64 since)
{
  const char *top = rp_store_get_blob_folder (store);
  g_autoptr (GDir) folders = is_on_server (store) ? g_dir_open (top, 0, NULL) : NULL;
  const char *name;

  if (folders != NULL)
    forget_in (top, since); /* what was never fetched whole */
  while (folders != NULL && (name = g_dir_read_name (folders)) != NULL) {
    g_autofree char *folder = g_build_filename (top, name, NULL);

    forget_in (folder, since);
  }
}

gboolean
rp_store_add_blob (RpStore *store, const char *sha256, RpBody *body, GError **error)
{
  g_autofree char *path = rp_store_fetch_blob (store, sha256, error);

  return path != NULL && add_file (body, path, sha256, error);
}

GBytes *
rp_store_get_blob (RpStore *store, const char *sha256, GError **error)
{
  g_autoptr (GOutputStream) stream = NULL;
  g_autofree char *path = NULL;
  char *data;
  gsize size;

  if (!check_hash (sha256, error))
    return NULL;
  if (is_on_server (store) && !is_file (store, sha256)) {
    stream = g_memory_output_stream_new_resizable ();

    return rp_store_parts_get (store, sha256, stream, error) &&
               g_output_stream_close (stream, NULL, error)
             ? g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream))
             : NULL;
  }
  path = dup_path (store, sha256);
  if (!g_file_get_contents (path, &data, &size, error))
    return NULL;

  return g_bytes_new_take (data, size);
}

/* ---- all of them ---- */

static gboolean
foreach_row (RpStore *store, RpStoreBlobFunc func, gpointer user_data, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (RpDbRows) rows =
    rp_db_query (rp_store_get_db (store), error, "SELECT sha256 FROM blobs ORDER BY sha256", "");

  if (rows == NULL)
    return FALSE;
  while (rp_db_next (rows, &local))
    if (!func (rp_db_text (rows, 0), user_data, error))
      return FALSE;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));

  return FALSE;
}

static gboolean
foreach_file (RpStore *store,
              const char *start,
              RpStoreBlobFunc func,
              gpointer user_data,
              GError **error)
{
  g_autofree char *path = g_build_filename (rp_store_get_blob_folder (store), start, NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *sha256 = g_strconcat (start, name, NULL);

    if (is_hash (sha256) && !func (sha256, user_data, error))
      return FALSE;
  }

  return TRUE;
}

gboolean
rp_store_foreach_blob (RpStore *store, RpStoreBlobFunc func, gpointer user_data, GError **error)
{
  if (is_on_server (store))
    return foreach_row (store, func, user_data, error);
  for (guint i = 0; i < 256; i++) {
    char start[3];

    g_snprintf (start, sizeof start, "%02x", i);
    if (!foreach_file (store, start, func, user_data, error))
      return FALSE;
  }

  return TRUE;
}

static gboolean
must_be (const char *found, const char *sha256, GError **error)
{
  if (found == NULL || g_str_equal (found, sha256))
    return found != NULL;
  g_set_error (error, RP_ERROR, RP_ERROR_STORAGE, _ ("The library is damaged: %s"), sha256);

  return FALSE;
}

/* A file goes straight to the server. */
static gboolean
send_blob (RpStore *from, RpStore *to, const char *sha256, GError **error)
{
  g_autofree char *path = dup_path (from, sha256);
  g_autofree char *found = hash_file (path, error);

  return must_be (found, sha256, error) && send_file (to, path, sha256, error);
}

static gboolean
write_copy (RpStore *from, const char *sha256, const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *known = dup_path (from, sha256);
  g_autoptr (GFile) source = g_file_new_for_path (known);
  g_autoptr (GFileOutputStream) stream = NULL;

  if (!is_on_server (from))
    return g_file_copy (source, file, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, error);
  stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, error);

  return stream != NULL && rp_store_parts_get (from, sha256, G_OUTPUT_STREAM (stream), error) &&
         g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, error);
}

static gboolean
bring_blob (RpStore *from, RpStore *to, const char *sha256, GError **error)
{
  g_autofree char *part = g_build_filename (rp_store_get_blob_folder (to), "copied-part", NULL);
  g_autofree char *found = NULL;

  if (!make_folder (part, error) || !write_copy (from, sha256, part, error))
    return FALSE;
  found = rp_store_take_blob_file (to, part, error);

  return must_be (found, sha256, error);
}

gboolean
rp_store_copy_blob (RpStore *from, RpStore *to, const char *sha256, GError **error)
{
  gint64 size = -1;

  if (!rp_store_measure_blob (to, sha256, &size, error))
    return FALSE;
  if (size >= 0)
    return TRUE;

  return is_on_server (to) && !is_on_server (from) ? send_blob (from, to, sha256, error)
                                                   : bring_blob (from, to, sha256, error);
}
