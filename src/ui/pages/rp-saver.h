/* Autosave: what was typed is in the journal at once, and in the library two seconds after the last
 * change, at the latest five after the first one, and at once when asked. What it
 * saves is the article as it is in the library then, with the typed fields in it, so that a licence
 * chosen meanwhile is not undone. Main thread.
 *
 * Signal "saved" (RpArticle *): this article is in the library now. Property "words" (string): what
 * to say of it, "Saved", "Not saved yet" or why it could not be saved. Signal "restored"
 * (RpArticle *): what an earlier run left in the journal is in the library now. */
#pragma once

#include "rp-draft.h"
#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_TYPE_SAVER (rp_saver_get_type ())
G_DECLARE_FINAL_TYPE (RpSaver, rp_saver, RP, SAVER, GObject)

RpSaver *rp_saver_new (RpWorkspace *workspace);
void rp_saver_take_draft (RpSaver *self, RpDraft *draft); /* copies */
/* Takes back what was typed before the program ended without saving it. Once, at the start. */
void rp_saver_restore (RpSaver *self);
void rp_saver_save_now (RpSaver *self);
gboolean rp_saver_is_idle (RpSaver *self); /* everything that was typed is kept */
/* Comes back when everything typed so far is kept, or FALSE with why it is not. */
void rp_saver_flush_async (RpSaver *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean rp_saver_flush_finish (RpSaver *self, GAsyncResult *result, GError **error);

G_END_DECLS
