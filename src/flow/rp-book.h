/* The paper side of the licence book: versions, uses and fees, attached documents. Main thread. */
#pragma once

#include "rp-licence-record.h"
#include "rp-workspace.h"

G_BEGIN_DECLS

/* Every version of an agreement, newest first, of RpLicenceVersion. Built-in licences have none. */
void rp_book_list_versions_async (RpWorkspace *workspace,
                                  const char *licence_id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
GPtrArray *
rp_book_list_versions_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error);
/* Where articles were published under a licence, newest first, of RpLicenceUse. */
void rp_book_list_uses_async (RpWorkspace *workspace,
                              const char *licence_id,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
GPtrArray *rp_book_list_uses_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error);

/* A month of the ledger: how many uses, and what they cost. */
typedef struct {
  int year, month;
  guint uses;
  char *fees; /* owned: "80 GBP + 20 EUR"; NULL = none */
} RpLedgerMonth;

void rp_ledger_month_free (RpLedgerMonth *month);
/* Uses, newest first, as months in the desk's own zone, newest first. Gives. */
GPtrArray *rp_book_sum_months (GPtrArray *uses);

/* Keeps a document (the contract) in the library, under the hash of its bytes. Gives what goes into
 * the profile's array "documents": {"name", "sha256", "type", "added"}. 50 MB at most. */
void rp_book_keep_document_async (RpWorkspace *workspace,
                                  GFile *file,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
JsonObject *
rp_book_keep_document_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error);

G_END_DECLS
