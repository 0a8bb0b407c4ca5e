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

char *
rp_store_put_blob (RpStore *store, GBytes *bytes, GError **error)
{
  g_autofree char *sha256 = rp_text_sha256 (bytes);

  return rp_store_put_named_blob (store, sha256, bytes, TRUE, error) ? g_steal_pointer (&sha256)
                                                                     : NULL;
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

gboolean
rp_store_put_named_blob (RpStore *store,
                         const char *sha256,
                         GBytes *bytes,
                         gboolean durable,
                         GError **error)
{
  g_autofree char *path = rp_store_dup_blob_path (store, sha256);
  g_autofree char *folder = g_path_get_dirname (path);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  if (g_mkdir_with_parents (folder, 0700) != 0) {
    g_set_error (error, RP_ERROR, RP_ERROR_STORAGE, _ ("The folder “%s” cannot be made: %s"),
                 folder, g_strerror (errno));
    return FALSE;
  }

  return g_file_set_contents_full (
    path, data != NULL ? data : "", (gssize) size,
    G_FILE_SET_CONTENTS_CONSISTENT | (durable ? G_FILE_SET_CONTENTS_DURABLE : 0), 0600, error);
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
