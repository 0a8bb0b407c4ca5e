/* The proof: one file that shows what was published under which licence: licence with documents and
 * history, what arrived, what was decided and by whom, every request and answer (secrets redacted),
 * what the pages looked like, a manifest with the SHA-256 of everything, and a report for people.
 * Main thread. */
#pragma once

#include "rp-workspace.h"

G_BEGIN_DECLS

typedef struct {
  char *path;
  char *manifest; /* SHA-256 of manifest.json */
  guint files;
  GStrv
    remarks; /* what could not be had: "There is no display to take a picture on."; may be empty */
} RpProof;

void rp_proof_free (RpProof *proof);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpProof, rp_proof_free)

/* Takes pictures of the public pages first where there is a display. An existing file is replaced
 * when the new one is complete. */
void rp_proof_write_async (RpWorkspace *workspace,
                           const char *article_id,
                           const char *path,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
RpProof *rp_proof_write_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error);

/* Blocks; any thread. Gives what is wrong with the file, one sentence each; empty = nothing; NULL
 * with an error when it is no proof. *out_manifest: see RpProof (gives). */
GPtrArray *rp_proof_verify (const char *path, char **out_manifest, GError **error);

G_END_DECLS
