/* The file of a proof: a ZIP whose last entry, manifest.json, names the SHA-256 of every other one.
 * Any thread. Only rp-proof*.c include this. */
#pragma once

#include <json-glib/json-glib.h>

#include "rp-body.h"

G_BEGIN_DECLS

typedef struct _RpProofZip RpProofZip;

/* Replaces `path` when it is finished, not before. Gives; NULL with RP_ERROR_STORAGE. */
RpProofZip *rp_proof_zip_new (const char *path, gint64 now, GError **error);
/* Without rp_proof_zip_finish nothing is left on the disk. */
void rp_proof_zip_free (RpProofZip *zip);
/* Files are read while they are written. `words` say in the manifest what it is; may be NULL. */
gboolean rp_proof_zip_add (RpProofZip *zip,
                           const char *name,
                           const char *words,
                           RpBody *body,
                           GError **error);
gboolean rp_proof_zip_add_text (RpProofZip *zip,
                                const char *name,
                                const char *words,
                                const char *text,
                                GError **error);
/* Borrows the node; indented, so that a person can read it. */
gboolean rp_proof_zip_add_json (RpProofZip *zip,
                                const char *name,
                                const char *words,
                                JsonNode *node,
                                GError **error);
/* Writes the manifest (`about` is its head: borrowed) and puts the file in its place. Gives the
 * manifest's own SHA-256: who keeps it can tell later that nothing was exchanged. */
char *rp_proof_zip_finish (RpProofZip *zip, JsonObject *about, GError **error);

/* Whether every entry is what the manifest says, and nothing is missing or was added. Gives what is
 * wrong, one sentence each (char *), empty = all is well; NULL with an error when it is no proof.
 * *out_manifest (gives) is the manifest's SHA-256. */
GPtrArray *rp_proof_zip_verify (const char *path, char **out_manifest, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpProofZip, rp_proof_zip_free)

G_END_DECLS
