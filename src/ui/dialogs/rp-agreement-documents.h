/* The documents of an agreement, the contract above all: attach (choose or drop), open, remove.
 * Their bytes are in the library, under their hash; the profile names them. Removing takes one out
 * of the list, not out of earlier versions. Signal: "changed" () by a person. Main thread. */
#pragma once

#include <adwaita.h>

#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_TYPE_AGREEMENT_DOCUMENTS (rp_agreement_documents_get_type ())
G_DECLARE_FINAL_TYPE (RpAgreementDocuments,
                      rp_agreement_documents,
                      RP,
                      AGREEMENT_DOCUMENTS,
                      AdwPreferencesGroup)

/* Shows those that the profile names. */
void rp_agreement_documents_fill (RpAgreementDocuments *self,
                                  RpWorkspace *workspace,
                                  JsonObject *profile);
/* Names them in the profile, unless nobody touched them. */
void rp_agreement_documents_write (RpAgreementDocuments *self, JsonObject *profile);

G_END_DECLS
