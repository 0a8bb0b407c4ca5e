/* Pictures among what was dropped or is on the clipboard: files, or the bytes of one. Main
 * thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct {
  GBytes *bytes; /* owned */
  char *name;    /* owned, NULL = none */
} RpPictureIn;

void rp_picture_in_free (RpPictureIn *picture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpPictureIn, rp_picture_in_free)

/* There may be pictures in it: files, or a picture that is not just how a text looks. */
gboolean rp_picture_transfer_is_likely (GdkContentFormats *formats);
/* All give, by finish, a list of RpPictureIn, the first one last. It is empty when not everything
 * in it is a picture: then it is to be treated as something else. */
void rp_picture_transfer_read_drop_async (GdkDrop *drop,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
void rp_picture_transfer_read_clipboard_async (GdkClipboard *clipboard,
                                               GCancellable *cancellable,
                                               GAsyncReadyCallback callback,
                                               gpointer user_data);
void rp_picture_transfer_read_files_async (GPtrArray *files, /* of GFile */
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
GPtrArray *rp_picture_transfer_read_finish (GAsyncResult *result, GError **error);

G_END_DECLS
