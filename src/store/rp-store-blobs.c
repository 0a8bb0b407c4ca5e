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
write_blob (RpStore *store,
            const char *sha256,
            GBytes *bytes,
            GFileSetContentsFlags flags,
            GError **error)
{
  g_autofree char *path = rp_store_dup_blob_path (store, sha256);
  g_autofree char *folder = g_path_get_dirname (path);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  if (g_mkdir_with_parents (folder, 0700) != 0) {
    g_set_error (error, RP_ERROR, RP_ERROR_STORAGE, _ ("The folder “%s” cannot be made: %s"),
                 folder, g_strerror (errno));
    return FALSE;
  }

  return g_file_set_contents_full (path, data != NULL ? data : "", (gssize) size, flags, 0600,
                                   error);
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
