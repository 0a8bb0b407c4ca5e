#include "rp-store-blobs.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "rp-error.h"
#include "rp-text.h"

char *
rp_store_dup_blob_path (RpStore *store, const char *sha256)
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
write_blob (RpStore *store,
            const char *sha256,
            GBytes *bytes,
            GFileSetContentsFlags flags,
            GError **error)
{
  g_autofree char *path = rp_store_dup_blob_path (store, sha256);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return make_folder (path, error) && g_file_set_contents_full (path, data != NULL ? data : "",
                                                                (gssize) size, flags, 0600, error);
}

static gboolean
has_blob (RpStore *store, const char *sha256)
{
  g_autofree char *path = rp_store_dup_blob_path (store, sha256);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

char *
rp_store_put_blob (RpStore *store, GBytes *bytes, GError **error)
{
  g_autofree char *sha256 = rp_text_sha256 (bytes);

  if (!has_blob (store, sha256) &&
      !write_blob (store, sha256, bytes,
                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, error))
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
  if (has_blob (store, sha256))
    return TRUE;
  if (out_written != NULL)
    *out_written = TRUE;

  return write_blob (store, sha256, bytes, G_FILE_SET_CONTENTS_CONSISTENT, error);
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

gboolean
rp_store_add_blob (RpStore *store, const char *sha256, RpBody *body, GError **error)
{
  g_autofree char *path = NULL;

  if (!is_hash (sha256)) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_NOT_FOUND,
                         _ ("There is no original kept for this"));
    return FALSE;
  }
  path = rp_store_dup_blob_path (store, sha256);

  return add_file (body, path, sha256, error);
}

static gboolean
move_in (RpStore *store, const char *from, const char *sha256, GError **error)
{
  g_autofree char *path = rp_store_dup_blob_path (store, sha256);
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

char *
rp_store_take_blob_file (RpStore *store, const char *path, GError **error)
{
  g_autofree char *sha256 = hash_file (path, error);

  if (sha256 == NULL)
    return NULL;
  if (has_blob (store, sha256))
    g_unlink (path);
  else if (!move_in (store, path, sha256, error))
    return NULL;

  return g_steal_pointer (&sha256);
}

gboolean
rp_store_sync_blobs (RpStore *store, GError **error)
{
  int folder = open (rp_store_get_blob_folder (store), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int failed = folder >= 0 ? syncfs (folder) : 0;

  if (folder >= 0)
    close (folder);
  if (failed != 0)
    g_set_error (error, RP_ERROR, RP_ERROR_STORAGE, _ ("The originals cannot be kept: %s"),
                 g_strerror (errno));

  return failed == 0;
}

GBytes *
rp_store_get_blob (RpStore *store, const char *sha256, GError **error)
{
  g_autofree char *path = NULL;
  char *data;
  gsize size;

  if (!is_hash (sha256)) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_NOT_FOUND,
                         _ ("There is no original kept for this"));
    return NULL;
  }
  path = rp_store_dup_blob_path (store, sha256);
  if (!g_file_get_contents (path, &data, &size, error))
    return NULL;

  return g_bytes_new_take (data, size);
}
