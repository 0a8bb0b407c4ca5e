/* Records that somebody has allowed what the licence does not: who, and how that is known. Main
 * thread. */
#pragma once

#include <adwaita.h>

#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_TYPE_PERMISSION_DIALOG (rp_permission_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RpPermissionDialog, rp_permission_dialog, RP, PERMISSION_DIALOG, AdwWindow)

typedef void (*RpPermissionCallback) (GObject *owner);

/* `kind` as rp_clearance_approve_async takes it; `words` say what is being allowed. The callback
 * comes when it has been kept; `owner` is kept while the dialog is open. */
void rp_permission_dialog_present (GtkWindow *parent,
                                   RpWorkspace *workspace,
                                   const char *article_id,
                                   const char *kind,
                                   const char *words,
                                   RpPermissionCallback callback,
                                   GObject *owner);

G_END_DECLS
