/* Asks for one licence of the book. Main thread. */
#pragma once

#include <adwaita.h>

#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_TYPE_CHOOSE_LICENCE (rp_choose_licence_get_type ())
G_DECLARE_FINAL_TYPE (RpChooseLicence, rp_choose_licence, RP, CHOOSE_LICENCE, AdwWindow)

typedef void (*RpChooseLicenceCallback) (RpLicence *licence, GObject *owner);

/* What the book proposes for `article` is selected first. `owner` is kept while it is open. */
void rp_choose_licence_present (GtkWindow *parent,
                                RpWorkspace *workspace,
                                RpArticle *article,
                                RpChooseLicenceCallback callback,
                                GObject *owner);

G_END_DECLS
