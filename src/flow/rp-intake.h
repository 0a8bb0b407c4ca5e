/* Intake: whatever was dropped, pasted, opened or named becomes articles in the library. One item =
 * one file, folder, address, or piece of text; all of them come back with what became of each, none
 * is dropped in silence. Main thread. */
#pragma once

#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_INTAKE_FILE_LIMIT (64 * 1024 * 1024)

typedef struct {
  char *name;       /* file name or address as a person knows it */
  char *article_id; /* NULL when it failed */
  char *headline;   /* NULL when it failed */
  char *licence;    /* name of the proposed licence, NULL = unknown */
  char *status;     /* imported, updated, duplicate, failed */
  char *message;    /* why it failed, or a remark; NULL = nothing to say */
  char *format;     /* id of the importer that read it, "feed"; NULL when it failed */
} RpIntakeResult;

void rp_intake_result_free (RpIntakeResult *result);

#define RP_TYPE_INTAKE (rp_intake_get_type ())
G_DECLARE_FINAL_TYPE (RpIntake, rp_intake, RP, INTAKE, GObject)

/* A batch: add items, then run once. Properties for a progress bar: "done", "total" (guint, items).
 */
RpIntake *rp_intake_new (RpWorkspace *workspace);
void rp_intake_add_file (RpIntake *self, GFile *file); /* a folder gives all files in it */
void rp_intake_add_url (RpIntake *self, const char *url);
/* Dropped or pasted: `media_type` "text/plain" or "text/html", `base_url` where it was taken from
 * or NULL. */
void
rp_intake_add_text (RpIntake *self, const char *text, const char *media_type, const char *base_url);
void rp_intake_add_bytes (RpIntake *self, GBytes *bytes, const char *name);
/* text/uri-list (RFC 2483), text/x-moz-url, or plain text that is only addresses; else plain text.
 */
void rp_intake_add_drop (RpIntake *self, const char *data, const char *media_type);
void rp_intake_set_licence (RpIntake *self,
                            const char *licence_id); /* for all of them; NULL = propose */

void rp_intake_run_async (RpIntake *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
/* Of RpIntakeResult, in the order of the items. Cancelled items are missing; what was imported
 * stays. Gives; NULL only when the library could not be written. */
GPtrArray *rp_intake_run_finish (RpIntake *self, GAsyncResult *result, GError **error);

/* `reprintctl inspect`: what an import would see, without a workspace, one article at a time, for
 * feeds of any length; FALSE from `take` stops. Blocks; any thread. */
typedef gboolean (*RpIntakeTake) (RpArticle *article, gpointer user_data);
gboolean rp_intake_inspect_each (GBytes *bytes,
                                 const char *name,
                                 const char *base_url,
                                 GPtrArray *remarks,
                                 RpIntakeTake take,
                                 gpointer user_data,
                                 GError **error);

G_END_DECLS
