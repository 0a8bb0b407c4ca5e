/* The marks that Reprint leaves in what it writes (rp-marks.h): read again, they give back the
 * credit line, who is to be named, and each picture's own credit, word for word. Any thread. */
#pragma once

#include "rp-article.h"
#include "rp-xml.h"

G_BEGIN_DECLS

typedef struct _RpMarks RpMarks;

/* Of the raw tree: cleaning takes the marks away. Gives; NULL when there are none. */
RpMarks *rp_marks_read (xmlNode *root);
/* Once the pictures of the text are known, and before the scan is finished. `self` may be NULL. */
void rp_marks_apply (const RpMarks *self, RpArticle *article);
void rp_marks_free (RpMarks *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpMarks, rp_marks_free)

G_END_DECLS
