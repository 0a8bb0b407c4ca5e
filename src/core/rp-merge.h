/* Two people's changes to one article, joined field by field: what only one of them has changed is
 * taken from them, what both changed in the same way is one change, and what both changed in
 * different ways is named and left to a person. Pure functions; any thread. */
#pragma once

#include "rp-article.h"

G_BEGIN_DECLS

/* `theirs` with what `mine` has changed since `base`. The fields that both changed differently keep
 * their value of `theirs` and come back in *out_both (gives; NULL = none), by the name of their
 * JSON member: "headline", "authors", "body_html", "images" …, in the order in which a person reads
 * them. A licence is one field, "licence_id", with all that belongs to it; pictures are told apart
 * by their address; tags are added and taken away one by one and never meet. Id and state are
 * always those of `theirs`. Gives. */
RpArticle *rp_merge (RpArticle *base, RpArticle *mine, RpArticle *theirs, GStrv *out_both);
/* Whether both say the same in all fields that can be merged. */
gboolean rp_merge_is_same (RpArticle *one, RpArticle *other);

G_END_DECLS
