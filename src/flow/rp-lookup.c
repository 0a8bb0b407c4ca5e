#include "rp-lookup.h"

#include "rp-error.h"
#include "rp-store-articles.h"
#include "rp-work.h"

typedef struct {
  char *query; /* owned */
  guint limit;
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  g_free (search->query);
  g_free (search);
}

static gpointer
search_articles (RpStore *store, gpointer data, GError **error)
{
  const Search *search = data;

  return rp_store_list_articles (store, search->query, 0, search->limit, error);
}

void
rp_lookup_search_async (RpWorkspace *workspace,
                        const char *query,
                        guint limit,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  Search *search = g_new0 (Search, 1);

  search->query = g_strdup (query);
  search->limit = limit;
  rp_workspace_run_async (workspace, search_articles, search, search_free,
                          (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

static gpointer
read_articles (RpStore *store, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);

  for (char **id = data; *id != NULL; id++) {
    g_autoptr (GError) local = NULL;
    RpArticle *article = rp_store_get_article (store, *id, &local);

    if (article != NULL) {
      g_ptr_array_add (found, article);
    } else if (!g_error_matches (local, RP_ERROR, RP_ERROR_NOT_FOUND)) {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  }

  return g_steal_pointer (&found);
}

void
rp_lookup_articles_async (RpWorkspace *workspace,
                          const char *const *ids,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  rp_workspace_run_async (workspace, read_articles, g_strdupv ((char **) ids),
                          (GDestroyNotify) g_strfreev, (GDestroyNotify) g_ptr_array_unref,
                          cancellable, callback, user_data);
}

GPtrArray *
rp_lookup_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error)
{
  return rp_workspace_run_finish (workspace, result, error);
}
