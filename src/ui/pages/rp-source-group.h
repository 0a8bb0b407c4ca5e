/* Where an article comes from: site, language, byline, address. Signal "edited" (RpArticle *): a
 * changed copy, to be saved. Main thread. */
#pragma once

#include <adwaita.h>

#include "rp-article.h"

G_BEGIN_DECLS

#define RP_TYPE_SOURCE_GROUP (rp_source_group_get_type ())
G_DECLARE_FINAL_TYPE (RpSourceGroup, rp_source_group, RP, SOURCE_GROUP, AdwPreferencesGroup)

void rp_source_group_show (RpSourceGroup *self, RpArticle *article);
/* TRUE from the beginning. */
void rp_source_group_set_editable (RpSourceGroup *self, gboolean editable);
void rp_source_group_edit_byline (RpSourceGroup *self);
void rp_source_group_edit_address (RpSourceGroup *self);

G_END_DECLS
