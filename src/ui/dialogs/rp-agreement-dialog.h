/* An agreement with a licensor, new or changed, as the few fields that people need. What else its
 * profile holds is kept. Main thread. */
#pragma once

#include <adwaita.h>

#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_TYPE_AGREEMENT_DIALOG (rp_agreement_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RpAgreementDialog, rp_agreement_dialog, RP, AGREEMENT_DIALOG, AdwWindow)

/* Called with the licence as it is in the book now. */
typedef void (*RpAgreementCallback) (RpLicence *licence, GObject *owner);

/* `profile` is copied; NULL = an empty agreement. `article` (may be NULL) is what the preview of
 * the credit line is made for. `owner` is kept while the dialog is open. */
void rp_agreement_dialog_present (GtkWindow *parent,
                                  RpWorkspace *workspace,
                                  JsonObject *profile,
                                  RpArticle *article,
                                  RpAgreementCallback callback,
                                  GObject *owner);

G_END_DECLS
