/* One line of an article list: what the window shows without opening the article. Owned by the list
 * model; properties notify when the page of rows arrives. Main thread. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* States, kept by flow: they are what the desk counts. */
#define RP_STATE_NEEDS_LICENCE "needs-licence"
#define RP_STATE_READY "ready"     /* at least one partner may have it */
#define RP_STATE_BLOCKED "blocked" /* no partner may have it as it is */
#define RP_STATE_REVIEW                                                                            \
  "review" /* no state of its own: ready or blocked by an unconfirmed licence */
#define RP_STATE_SCHEDULED "scheduled"
#define RP_STATE_PUBLISHED "published"
#define RP_STATE_ATTENTION "attention" /* a delivery failed, or source and copy have parted */
#define RP_STATE_ARCHIVE "archive"
#define RP_STATE_TRASH "trash"

#define RP_TYPE_ARTICLE_ROW (rp_article_row_get_type ())
G_DECLARE_FINAL_TYPE (RpArticleRow, rp_article_row, RP, ARTICLE_ROW, GObject)

/* Properties: id, headline, source, licence (name, "" = none), state, published (gint64),
 * imported (gint64), unread (gboolean), loaded (gboolean), and company (string): who else has it
 * open, in a sentence; NULL = nobody. */
RpArticleRow *rp_article_row_new (void);
void rp_article_row_fill (RpArticleRow *self,
                          const char *id,
                          const char *headline,
                          const char *source,
                          const char *licence,
                          const char *state,
                          gint64 imported,
                          gboolean unread);
void rp_article_row_set_company (RpArticleRow *self, const char *words);
const char *rp_article_row_get_company (RpArticleRow *self);
const char *rp_article_row_get_id (RpArticleRow *self); /* NULL while it is not loaded */
const char *rp_article_row_get_headline (RpArticleRow *self);
const char *rp_article_row_get_source (RpArticleRow *self);
const char *rp_article_row_get_licence (RpArticleRow *self);
const char *rp_article_row_get_state (RpArticleRow *self);
gint64 rp_article_row_get_imported (RpArticleRow *self);
gboolean rp_article_row_get_unread (RpArticleRow *self);

G_END_DECLS
