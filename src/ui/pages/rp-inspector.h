/* The inspector beside an article: its licence in words, the checks, the partners, the credit line,
 * the pictures, the source. It judges by itself whenever something changes that a verdict depends
 * on. Signals: "clearance-changed" () the numbers below or the choice of partners are others now;
 * "article-replaced" () a fix has changed the stored article, reload it; "picture-moved" (string
 * address, uint place) a picture is wanted there in the list. Main thread. */
#pragma once

#include <adwaita.h>

#include "rp-terms.h"
#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_TYPE_INSPECTOR (rp_inspector_get_type ())
G_DECLARE_FINAL_TYPE (RpInspector, rp_inspector, RP, INSPECTOR, AdwBin)

GtkWidget *rp_inspector_new (RpWorkspace *workspace);
/* NULL = none. Cheap: several calls in a row are judged once. The article is kept, not copied. */
void rp_inspector_set_article (RpInspector *self, RpArticle *article);
RpArticle *rp_inspector_get_article (RpInspector *self);     /* lends, NULL */
RpWorkspace *rp_inspector_get_workspace (RpInspector *self); /* lends */
/* Those that the person has chosen and the licence allows. Gives. */
GStrv rp_inspector_dup_partner_ids (RpInspector *self);
/* Those that the person has chosen, whatever the licence says: for a time when it may say yes.
 * Gives. */
GStrv rp_inspector_dup_wanted_ids (RpInspector *self);
guint rp_inspector_get_n_allowed (RpInspector *self);
guint rp_inspector_get_n_partners (RpInspector *self);
guint rp_inspector_get_n_to_fix (RpInspector *self);
/* What may be changed, permissions on record included; FALSE while it is not known. */
gboolean rp_inspector_get_changes (RpInspector *self, RpChange *out);
/* What the licence has against the changes that were made, in words; NULL = nothing. Lends. */
const char *rp_inspector_get_objection (RpInspector *self);

/* Whether pictures can be put into another order: as the text can be edited. */
void rp_inspector_set_can_move_pictures (RpInspector *self, gboolean can_move);

/* For its parts: unticks partners (of RpPartner); opens a picture's credit for editing, by the
 * picture's address; says that the stored article is another one now. */
void rp_inspector_leave_out (RpInspector *self, GPtrArray *partners);
void rp_inspector_edit_picture (RpInspector *self, const char *url);
void rp_inspector_edit_byline (RpInspector *self);
void rp_inspector_edit_address (RpInspector *self);
void rp_inspector_note_replaced (RpInspector *self);

G_END_DECLS
