#include "rp-searches.h"

#include <glib/gi18n-lib.h>

#include "rp-error.h"
#include "rp-store-searches.h"
#include "rp-text.h"
#include "rp-time.h"
#include "rp-work.h"

#define SOURCES 200
#define LICENCES 6

/* ---- loading ---- */

typedef struct {
  GPtrArray *searches, *sources, *licences; /* owned, of RpTally */
} Tallies;

static void
tallies_free (gpointer data)
{
  Tallies *tallies = data;

  g_clear_pointer (&tallies->searches, g_ptr_array_unref);
  g_clear_pointer (&tallies->sources, g_ptr_array_unref);
  g_clear_pointer (&tallies->licences, g_ptr_array_unref);
  g_free (tallies);
}

static gpointer
load (RpStore *store, gpointer data, GError **error)
{
  Tallies *tallies = g_new0 (Tallies, 1);

  tallies->searches = rp_store_list_searches (store, TRUE, error);
  if (tallies->searches != NULL)
    tallies->sources = rp_store_tally_sources (store, SOURCES, error);
  if (tallies->sources != NULL)
    tallies->licences = rp_store_tally_licences (store, LICENCES, error);
  if (tallies->licences != NULL)
    return tallies;
  tallies_free (tallies);

  return NULL;
}

static void
rubric_free (gpointer data)
{
  RpRubric *rubric = data;

  g_free (rubric->id);
  g_free (rubric->name);
  g_free (rubric->query);
  g_free (rubric);
}

void
rp_rubrics_free (RpRubrics *rubrics)
{
  g_ptr_array_unref (rubrics->searches);
  g_ptr_array_unref (rubrics->sources);
  g_ptr_array_unref (rubrics->licences);
  g_free (rubrics);
}

char *
rp_searches_quote (const char *filter, const char *value)
{
  g_auto (GStrv) parts = g_strsplit (value, "\"", -1); /* a name with quotes loses them */
  g_autofree char *plain = g_strjoinv (" ", parts);

  return g_strdup_printf ("%s:\"%s\"", filter, plain);
}

/* Takes `query`. */
static void
add_rubric (GPtrArray *list, const char *id, const char *name, char *query, gint64 count)
{
  RpRubric *rubric = g_new0 (RpRubric, 1);

  rubric->id = g_strdup (id);
  rubric->name = g_strdup (name);
  rubric->query = query;
  rubric->count = (guint) count;
  g_ptr_array_add (list, rubric);
}

static gboolean
has_rubric (GPtrArray *list, const char *id)
{
  for (guint i = 0; i < list->len; i++)
    if (g_str_equal (((RpRubric *) list->pdata[i])->id, id))
      return TRUE;

  return FALSE;
}

/* The licences in use; agreements of this desk fill up the rest: articles can be dropped on them.
 */
static void
add_licences (RpLicenceBook *book, GPtrArray *tallies, GPtrArray *list)
{
  guint count = g_list_model_get_n_items (G_LIST_MODEL (book));

  for (guint i = 0; i < tallies->len; i++) {
    const RpTally *tally = tallies->pdata[i];
    RpLicence *licence = rp_licence_book_lookup (book, tally->id);

    if (licence != NULL)
      add_rubric (list, tally->id, rp_licence_get_name (licence),
                  rp_searches_quote ("licence", tally->id), tally->count);
  }
  for (guint i = 0; i < count && list->len < LICENCES; i++) {
    g_autoptr (RpLicence) licence = g_list_model_get_item (G_LIST_MODEL (book), i);
    const char *id = rp_licence_get_id (licence);

    if (!has_rubric (list, id) && !rp_licence_is_builtin (licence))
      add_rubric (list, id, rp_licence_get_name (licence), rp_searches_quote ("licence", id), 0);
  }
}

void
rp_rubrics_load_async (RpWorkspace *workspace,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  const RpWork work = {load, NULL, NULL, tallies_free};

  rp_workspace_count_async (workspace, &work, cancellable, callback, user_data);
}

RpRubrics *
rp_rubrics_load_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error)
{
  Tallies *tallies = rp_workspace_run_finish (workspace, result, error);
  RpRubrics *rubrics;

  if (tallies == NULL)
    return NULL;
  rubrics = g_new0 (RpRubrics, 1);
  rubrics->searches = g_ptr_array_new_with_free_func (rubric_free);
  rubrics->sources = g_ptr_array_new_with_free_func (rubric_free);
  rubrics->licences = g_ptr_array_new_with_free_func (rubric_free);
  for (guint i = 0; i < tallies->searches->len; i++) {
    const RpTally *tally = tallies->searches->pdata[i];

    add_rubric (rubrics->searches, tally->id, tally->name, g_strdup (tally->query), tally->count);
  }
  for (guint i = 0; i < tallies->sources->len; i++) {
    const RpTally *tally = tallies->sources->pdata[i];

    add_rubric (rubrics->sources, tally->id, tally->name, rp_searches_quote ("source", tally->id),
                tally->count);
  }
  add_licences (rp_workspace_get_book (workspace), tallies->licences, rubrics->licences);
  tallies_free (tallies);

  return rubrics;
}

/* ---- saving ---- */

typedef struct {
  char *id, *name, *query; /* owned */
} Save;

static void
save_free (gpointer data)
{
  Save *save = data;

  g_free (save->id);
  g_free (save->name);
  g_free (save->query);
  g_free (save);
}

static gboolean
save_in (RpStore *store, gpointer data, GError **error)
{
  Save *save = data;
  char *id = rp_store_save_search (store, save->id, save->name, save->query, rp_time_now (), error);

  if (id == NULL)
    return FALSE;
  g_free (save->id);
  save->id = id;

  return TRUE;
}

static gpointer
save_search (RpStore *store, gpointer data, GError **error)
{
  Save *save = data;

  return rp_store_transaction (store, save_in, save, error) ? g_strdup (save->id) : NULL;
}

void
rp_searches_save_async (RpWorkspace *workspace,
                        const char *id,
                        const char *name,
                        const char *query,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GError *error = NULL;
  Save *save;

  if (rp_text_is_empty (name))
    g_set_error_literal (&error, RP_ERROR, RP_ERROR_INVALID, _ ("A saved search needs a name"));
  if (error != NULL || !rp_workspace_check_query (workspace, query, &error)) {
    g_task_report_error (workspace, callback, user_data, rp_searches_save_async, error);
    return;
  }
  save = g_new0 (Save, 1);
  save->id = g_strdup (id);
  save->name = g_strstrip (g_strdup (name));
  save->query = g_strstrip (g_strdup (query));
  rp_workspace_run_async (workspace, save_search, save, save_free, g_free, cancellable, callback,
                          user_data);
}

char *
rp_searches_save_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error)
{
  char *id;

  if (g_async_result_is_tagged (result, rp_searches_save_async))
    return g_task_propagate_pointer (G_TASK (result), error);
  id = rp_workspace_run_finish (workspace, result, error);
  if (id != NULL)
    rp_workspace_note_article (workspace, NULL);

  return id;
}

/* ---- removing ---- */

static gboolean
remove_in (RpStore *store, gpointer data, GError **error)
{
  g_autofree char *id =
    rp_db_dup_text (rp_store_get_db (store), error,
                    "SELECT id FROM searches WHERE id = $1 OR name = $1 LIMIT 1", "s", data);

  if (id != NULL)
    return rp_store_remove_search (store, id, error);
  if (error != NULL && *error == NULL)
    g_set_error (error, RP_ERROR, RP_ERROR_NOT_FOUND, _ ("There is no saved search “%s”"),
                 (const char *) data);

  return FALSE;
}

static gpointer
remove_search (RpStore *store, gpointer data, GError **error)
{
  return rp_store_transaction (store, remove_in, data, error) ? RP_WORK_DONE : NULL;
}

void
rp_searches_remove_async (RpWorkspace *workspace,
                          const char *id_or_name,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  rp_workspace_run_async (workspace, remove_search, g_strdup (id_or_name), g_free, NULL,
                          cancellable, callback, user_data);
}

gboolean
rp_searches_remove_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error)
{
  gboolean done = rp_workspace_finish_done (workspace, result, error);

  if (done)
    rp_workspace_note_article (workspace, NULL);

  return done;
}
