/* The pictures of an article, in their order. Signals: "edited" (RpArticle *): a changed copy, to
 * be saved; "moved" (string address, uint place): a picture is wanted there. Main thread. */
#pragma once

#include <adwaita.h>

#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_TYPE_IMAGES_GROUP (rp_images_group_get_type ())
G_DECLARE_FINAL_TYPE (RpImagesGroup, rp_images_group, RP, IMAGES_GROUP, AdwPreferencesGroup)

/* Hidden when there is none. Rows stay while the pictures are the same. */
void rp_images_group_show (RpImagesGroup *self, RpWorkspace *workspace, RpArticle *article);
/* Whether they can be put into another order; FALSE from the beginning. */
void rp_images_group_set_can_move (RpImagesGroup *self, gboolean can_move);
/* Opens the picture with that address; FALSE = there is none. */
gboolean rp_images_group_edit (RpImagesGroup *self, const char *url);

G_END_DECLS
