#include "rp-adopt.h"

#include <glib/gi18n-lib.h>

#include "rp-error.h"
#include "rp-import-picture.h"
#include "rp-store-blobs.h"
#include "rp-work.h"

const char *const rp_adopt_types[] = {"image/png",  "image/jpeg", "image/webp",
                                      "image/avif", "image/gif",  NULL};

typedef struct {
  GBytes *bytes; /* owned */
  char *name;    /* owned, may be NULL */
} Picture;

static void
picture_free (gpointer data)
{
  Picture *picture = data;

  g_bytes_unref (picture->bytes);
  g_free (picture->name);
  g_free (picture);
}

/* Runs on the store's thread. */
static gpointer
keep_picture (RpStore *store, gpointer data, GError **error)
{
  Picture *picture = data;
  const char *type = rp_picture_sniff (picture->bytes);
  g_autofree char *sha256 = NULL;
  g_autofree char *url = NULL;
  RpMedia *media;

  if (type == NULL || !g_strv_contains (rp_adopt_types, type)) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_UNSUPPORTED,
                         _ ("Only PNG, JPEG, GIF, WebP and AVIF pictures can stand in a text"));
    return NULL;
  }
  if (g_bytes_get_size (picture->bytes) > RP_ADOPT_LIMIT) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_TOO_LARGE,
                         _ ("The picture is too large to be published"));
    return NULL;
  }
  sha256 = rp_store_put_blob (store, picture->bytes, error);
  if (sha256 == NULL)
    return NULL;
  url = g_strdup_printf ("cid:%s", sha256);
  media = rp_media_new (url);
  rp_picture_read (picture->bytes, media);
  rp_media_set (media, RP_MEDIA_SHA256, sha256);
  rp_media_set (media, RP_MEDIA_NAME, picture->name);
  rp_media_set (media, RP_MEDIA_ROLE, "inline");

  return media;
}

void
rp_adopt_picture_async (RpWorkspace *workspace,
                        GBytes *bytes,
                        const char *name,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  Picture *picture = g_new0 (Picture, 1);

  picture->bytes = g_bytes_ref (bytes);
  picture->name = g_strdup (name);
  rp_workspace_run_async (workspace, keep_picture, picture, picture_free, g_object_unref,
                          cancellable, callback, user_data);
}

RpMedia *
rp_adopt_picture_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error)
{
  return rp_workspace_run_finish (workspace, result, error);
}
