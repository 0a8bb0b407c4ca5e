/* The article as one partner would get it. Renders when it is looked at. Main thread. */
#pragma once

#include <adwaita.h>

#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_TYPE_PREVIEW (rp_preview_get_type ())
G_DECLARE_FINAL_TYPE (RpPreview, rp_preview, RP, PREVIEW, AdwBin)

void rp_preview_set_workspace (RpPreview *self, RpWorkspace *workspace);
void rp_preview_set_article (RpPreview *self, RpArticle *article); /* NULL = none */
/* The partner that is shown, NULL = nobody in particular. Lends. */
RpPartner *rp_preview_get_partner (RpPreview *self);

G_END_DECLS
