/* Who has what open at a library that several people share, and who edits it. This window says so
 * of itself, keeps saying so while the article is open, and hears it of the others: at once where a
 * server tells, else within a second. Whoever dies is forgotten when its lease lapses. A library in
 * a file has it, too. Main thread; nothing blocks.
 *
 * Signal "changed" (): somebody has come, gone, begun or ended to edit. */
#pragma once

#include "rp-deskmate.h"
#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_TYPE_PRESENCE (rp_presence_get_type ())
G_DECLARE_FINAL_TYPE (RpPresence, rp_presence, RP, PRESENCE, GObject)

/* The one of a workspace; lends. */
RpPresence *rp_presence_get (RpWorkspace *workspace);
RpPresence *rp_presence_new (RpWorkspace *workspace); /* only for the workspace; gives */
/* Leaves; the workspace is being closed. */
void rp_presence_stop (RpPresence *self);

/* This window shows this article, NULL = none. What it edited before is given back. */
void rp_presence_enter (RpPresence *self, const char *article_id);
/* The person begins to edit it; any number of times. Nothing happens while somebody else edits. */
void rp_presence_edit (RpPresence *self);
/* This window edits it from now on, whoever did before. */
void rp_presence_take_over (RpPresence *self);
/* Whether this window edited its article until somebody took over. */
gboolean rp_presence_has_lost (RpPresence *self);
/* Somebody else who edits the article, or else has it open; lend, NULL = nobody. */
const RpDeskmate *rp_presence_get_editor (RpPresence *self, const char *article_id);
const RpDeskmate *rp_presence_get_reader (RpPresence *self, const char *article_id);

/* The person at a window, who may have given no name. Lends. */
const char *rp_presence_get_name (const RpDeskmate *mate);
/* Who has it, in a sentence for people: "Maria Lopez is editing this."; NULL = nobody else. Gives.
 */
char *rp_presence_dup_words (RpPresence *self, const char *article_id);

G_END_DECLS
