/* What was dropped or is on the clipboard, read in the form that says most: addresses before markup
 * before plain text. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "rp-intake.h"

G_BEGIN_DECLS

/* What a drop target accepts. Gives. */
GdkContentFormats *rp_transfer_formats (void);
/* Both give, by finish, an intake that holds what was read; it still has to be run. */
void rp_transfer_read_drop_async (GdkDrop *drop,
                                  RpWorkspace *workspace,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
void rp_transfer_read_clipboard_async (GdkClipboard *clipboard,
                                       RpWorkspace *workspace,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
RpIntake *rp_transfer_read_finish (GAsyncResult *result, GError **error);

G_END_DECLS
