/* A partner: what it speaks, where it is, how to sign in, what licences ask about it. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_TYPE_PARTNER_DIALOG (rp_partner_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RpPartnerDialog, rp_partner_dialog, RP, PARTNER_DIALOG, AdwWindow)

/* `partner` NULL = a new one. */
void rp_partner_dialog_present (GtkWindow *parent, RpWorkspace *workspace, RpPartner *partner);

G_END_DECLS
