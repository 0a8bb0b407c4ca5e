/* The outbox: what needs somebody, what is on its way, what is done. Signal "open-article" (char *)
 * when a row is activated. Main thread. */
#pragma once

#include <adwaita.h>

#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_TYPE_OUTBOX_PAGE (rp_outbox_page_get_type ())
G_DECLARE_FINAL_TYPE (RpOutboxPage, rp_outbox_page, RP, OUTBOX_PAGE, AdwBin)

GtkWidget *rp_outbox_page_new (RpWorkspace *workspace);

G_END_DECLS
