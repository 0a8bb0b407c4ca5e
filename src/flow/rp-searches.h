/* Searches that were saved under a name, and what else stands in the sidebar with a number: the
 * sources and the licences in use. Kept in the library. Main thread. */
#pragma once

#include "rp-workspace.h"

G_BEGIN_DECLS

/* A line with a number. */
typedef struct {
  char *id;    /* of the search or the licence; the name of the source */
  char *name;  /* for people */
  char *query; /* what lists its articles */
  guint count; /* of a source: unread */
} RpRubric;

typedef struct {
  GPtrArray *searches; /* of RpRubric, by name */
  GPtrArray *sources;  /* of RpRubric, by name */
  GPtrArray *licences; /* of RpRubric, most used first, then agreements of the book */
} RpRubrics;

void rp_rubrics_free (RpRubrics *rubrics);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpRubrics, rp_rubrics_free)

void rp_rubrics_load_async (RpWorkspace *workspace,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
RpRubrics *
rp_rubrics_load_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error); /* gives */

/* Saves a search; the one of the same name is replaced. `id` names the one that is changed or
 * brought back; NULL = new. The search is checked first. Gives the id. */
void rp_searches_save_async (RpWorkspace *workspace,
                             const char *id,
                             const char *name,
                             const char *query,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
char *rp_searches_save_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error);
/* By id or name; RP_ERROR_NOT_FOUND. */
void rp_searches_remove_async (RpWorkspace *workspace,
                               const char *id_or_name,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean rp_searches_remove_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error);

/* A name as the value of a filter: quoted, so that it is the whole one. Gives. */
char *rp_searches_quote (const char *filter, const char *value);

G_END_DECLS
