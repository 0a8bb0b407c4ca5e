/* The pictures of an article. Signal "edited" (RpArticle *): a changed copy, to be saved. Main
 * thread. */
#pragma once

#include <adwaita.h>

#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_TYPE_IMAGES_GROUP (rp_images_group_get_type ())
G_DECLARE_FINAL_TYPE (RpImagesGroup, rp_images_group, RP, IMAGES_GROUP, AdwPreferencesGroup)

/* Hidden when there is none. Rows stay while the pictures are the same. */
void rp_images_group_show (RpImagesGroup *self, RpWorkspace *workspace, RpArticle *article);
/* Opens the picture with that address; FALSE = there is none. */
gboolean rp_images_group_edit (RpImagesGroup *self, const char *url);

G_END_DECLS
