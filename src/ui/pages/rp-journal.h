/* The journal of typing: what the library does not have yet, on the disk within the moment, so that
 * a crash loses no character. One small file per article in a folder of the library's own; it goes
 * when the article is saved. Writing is done on a thread of its own, the newest state only. Main
 * thread. */
#pragma once

#include "rp-draft.h"

G_BEGIN_DECLS

typedef struct _RpJournal RpJournal;

RpJournal *rp_journal_new (const char *folder); /* made when it is needed */
void rp_journal_free (RpJournal *self);         /* after everything has been written */
void rp_journal_note (RpJournal *self, const RpDraft *unsaved); /* copies */
void rp_journal_forget (RpJournal *self, const char *article_id);
/* What was left behind by a program that did not end well: RpDraft, gives. Damaged files are left
 * out and left alone. */
GPtrArray *rp_journal_read (RpJournal *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpJournal, rp_journal_free)

G_END_DECLS
