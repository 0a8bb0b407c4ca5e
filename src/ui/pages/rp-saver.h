/* Autosave: what was typed is in the journal at once, and in the library two seconds after the last
 * change, at the latest five after the first one, and at once when asked or when the server with
 * the library is back. What others have changed in other fields since the typing began stays; when
 * it is the same field, nothing is saved until a person has chosen, and all that was typed stays in
 * the journal. Main thread.
 *
 * Signal "saved" (RpArticle *article, RpArticle *typed): the first is in the library now, the
 * second is what the editor shows; they differ in what others have changed. Property "words"
 * (string): what to say of it, "Saved", "Not saved yet" or why it could not be saved. Signal
 * "restored" (RpArticle *): what an earlier run left in the journal has been taken back into this
 * article. Signal "clashed" (): rp_saver_get_clash () is another one. */
#pragma once

#include "rp-draft.h"
#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_TYPE_SAVER (rp_saver_get_type ())
G_DECLARE_FINAL_TYPE (RpSaver, rp_saver, RP, SAVER, GObject)

/* Two have changed the same fields, by their names in rp-merge.h. */
typedef struct {
  RpArticle *mine;   /* owned: as it was typed here */
  RpArticle *theirs; /* owned: as it is in the library */
  GStrv fields;      /* owned */
} RpClash;

RpSaver *rp_saver_new (RpWorkspace *workspace);
/* Copies; its base is the article as the editor showed it before. */
void rp_saver_take_draft (RpSaver *self, RpDraft *draft);
const RpClash *rp_saver_get_clash (RpSaver *self); /* lends, NULL = there is none */
/* Of the fields that clash, those in `mine` are saved as they were typed, the others stay as they
 * are in the library. Who changed the article meanwhile once more is asked about again. */
void rp_saver_settle_clash (RpSaver *self, const char *const *mine);
/* Takes back what was typed before the program ended without saving it. Once, at the start. */
void rp_saver_restore (RpSaver *self);
void rp_saver_save_now (RpSaver *self);
gboolean rp_saver_is_idle (RpSaver *self); /* everything that was typed is kept */
/* Comes back when everything typed so far is kept, or FALSE with why it is not: RP_ERROR_CONFLICT
 * while a clash waits for a choice. */
void rp_saver_flush_async (RpSaver *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean rp_saver_flush_finish (RpSaver *self, GAsyncResult *result, GError **error);

G_END_DECLS
