/* The articles table: the article as edited, the article as imported, and the search index. */
#pragma once

#include "rp-article-row.h"
#include "rp-article.h"
#include "rp-store.h"

G_BEGIN_DECLS

/* Gives the article an id if it has none. `original` is what the import gave. */
/* An article made ready for its row, so that the store's thread only writes: any thread. Gives the
 * article an id and a state when it has none; what is changed in it afterwards is not in the row.
 */
typedef struct _RpStoreDraft RpStoreDraft;
RpStoreDraft *rp_store_draft_new (RpArticle *article);
void rp_store_draft_free (RpStoreDraft *draft);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpStoreDraft, rp_store_draft_free)
gboolean rp_store_add_draft (RpStore *store, const RpStoreDraft *draft, gint64 now, GError **error);
/* An article in the library that reads nearly the same; NULL without an error = none. Gives its id.
 */
char *rp_store_find_draft_alike (RpStore *store, const RpStoreDraft *draft, GError **error);

gboolean rp_store_add_article (RpStore *store, RpArticle *article, gint64 now, GError **error);
/* Writes the edited article; the original stays. */
gboolean rp_store_save_article (RpStore *store, RpArticle *article, gint64 now, GError **error);
/* Takes a new import as the original, too: the source has changed. */
gboolean rp_store_replace_article (RpStore *store, RpArticle *article, gint64 now, GError **error);
RpArticle *rp_store_get_article (RpStore *store, const char *id, GError **error);  /* gives */
RpArticle *rp_store_get_original (RpStore *store, const char *id, GError **error); /* gives */
/* NULL without error when there is no such article. Until the transaction ends nobody else works
 * its state out, or changes the article. Gives. */
char *rp_store_hold_article_state (RpStore *store, const char *id, GError **error);
/* As text; NULL without error when there is none. Gives. */
char *rp_store_dup_original (RpStore *store, const char *id, GError **error);
gboolean
rp_store_set_article_state (RpStore *store, const char *id, const char *state, GError **error);
gboolean rp_store_set_article_read (RpStore *store, const char *id, GError **error);
gboolean rp_store_set_article_unread (RpStore *store, const char *id, GError **error);

/* A whole id, or the beginning of one that fits a single article. Gives the id; RP_ERROR_NOT_FOUND.
 */
char *rp_store_resolve_article (RpStore *store, const char *id_or_prefix, GError **error);
/* The article that this one already is: same guid, canonical address, or the same bytes and
 * headline. Gives the id; NULL without error when it is new. */
char *rp_store_find_article (RpStore *store, RpArticle *article, GError **error);
/* The same among those that a person has thrown away. */
char *rp_store_find_trashed_article (RpStore *store, RpArticle *article, GError **error);

/* Rows for a query (see rp-store-query.h), newest first. Gives an array of RpArticleRow. */
GPtrArray *rp_store_list_articles (RpStore *store,
                                   const char *query,
                                   guint offset,
                                   guint limit,
                                   GError **error);
gboolean rp_store_count_articles (RpStore *store, const char *query, gint64 *out, GError **error);
/* The same articles, only their ids: an array of char *. Gives. */
GPtrArray *rp_store_list_article_ids (RpStore *store,
                                      const char *query,
                                      guint offset,
                                      guint limit,
                                      GError **error);
/* state -> count as a GHashTable of char * -> GUINT_TO_POINTER. Gives. */
GHashTable *rp_store_count_states (RpStore *store, GError **error);

G_END_DECLS
