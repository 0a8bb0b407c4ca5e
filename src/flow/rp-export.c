#include "rp-export.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "rp-article-state.h"
#include "rp-error.h"
#include "rp-renderer.h"
#include "rp-store-articles.h"
#include "rp-text.h"
#include "rp-time.h"
#include "rp-work.h"

#define NAME_CHARS 60

static const struct {
  const char *renderer;
  const char *suffix;
} forms[] = {
  {"page", "html"},
  {"ninjs", "json"},
};

/* Two articles may share a headline, and what lies there already is somebody's. Gives. */
static char *
dup_free_name (const char *folder, const char *slug)
{
  for (guint i = 1;; i++) {
    g_autofree char *name = i == 1 ? g_strdup (slug) : g_strdup_printf ("%s-%u", slug, i);
    gboolean taken = FALSE;

    for (guint form = 0; form < G_N_ELEMENTS (forms); form++) {
      g_autofree char *path = g_strdup_printf ("%s/%s.%s", folder, name, forms[form].suffix);

      taken = taken || g_file_test (path, G_FILE_TEST_EXISTS);
    }
    if (!taken)
      return g_steal_pointer (&name);
  }
}

static gboolean
write_form (const RpRenderJob *job, guint form, const char *stem, GPtrArray *paths, GError **error)
{
  const RpRenderer *renderer = rp_renderer_find (forms[form].renderer, error);
  g_autoptr (GBytes) bytes = renderer != NULL ? renderer->render (job, error) : NULL;
  g_autofree char *path = g_strdup_printf ("%s.%s", stem, forms[form].suffix);

  if (bytes == NULL || !g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                             (gssize) g_bytes_get_size (bytes), error))
    return FALSE;
  g_ptr_array_add (paths, g_steal_pointer (&path));

  return TRUE;
}

gboolean
rp_export_write (struct _RpStore *store,
                 RpLicenceBook *book,
                 const char *id,
                 const char *folder,
                 GPtrArray *paths,
                 GError **error)
{
  g_autoptr (RpArticle) article = rp_store_get_article (store, id, error);
  g_autoptr (RpArticle) original = NULL;
  g_autofree char *changes = NULL;
  g_autofree char *slug = NULL;
  g_autofree char *name = NULL;
  g_autofree char *stem = NULL;
  RpRenderJob job = {.article = article, .marker = id, .now = rp_time_now ()};
  const char *licence;

  if (article == NULL)
    return FALSE;
  licence = rp_article_get (article, RP_ARTICLE_LICENCE_ID);
  job.licence = licence != NULL ? rp_licence_book_lookup (book, licence) : NULL;
  original = rp_store_get_original (store, id, NULL);
  job.changes = changes = rp_article_state_dup_changes (original, article);
  slug = rp_text_slug (rp_article_get (article, RP_ARTICLE_HEADLINE), NAME_CHARS);
  name = dup_free_name (folder, rp_text_is_empty (slug) ? id : slug);
  stem = g_build_filename (folder, name, NULL);
  for (guint form = 0; form < G_N_ELEMENTS (forms); form++)
    if (!write_form (&job, form, stem, paths, error))
      return FALSE;

  return TRUE;
}

/* ---- several ---- */

typedef struct {
  GPtrArray *ids;      /* owned */
  RpLicenceBook *book; /* owned copy */
  char *folder;        /* owned */
  GCancellable *cancellable;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_ptr_array_unref (job->ids);
  g_object_unref (job->book);
  g_free (job->folder);
  g_clear_object (&job->cancellable);
  g_free (job);
}

static gpointer
write_all (RpStore *store, gpointer data, GError **error)
{
  Job *job = data;
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  if (g_mkdir_with_parents (job->folder, 0700) != 0) {
    g_set_error (error, RP_ERROR, RP_ERROR_STORAGE, _ ("The folder “%s” cannot be made: %s"),
                 job->folder, g_strerror (errno));
    return NULL;
  }
  for (guint i = 0; i < job->ids->len; i++)
    if (g_cancellable_set_error_if_cancelled (job->cancellable, error) ||
        !rp_export_write (store, job->book, job->ids->pdata[i], job->folder, paths, error))
      return NULL;

  return g_steal_pointer (&paths);
}

void
rp_export_async (RpWorkspace *workspace,
                 GPtrArray *ids,
                 const char *folder,
                 GCancellable *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  job->ids = ids;
  job->book = rp_licence_book_copy (rp_workspace_get_book (workspace));
  job->folder = g_strdup (folder);
  g_set_object (&job->cancellable, cancellable);
  rp_workspace_run_async (workspace, write_all, job, job_free, (GDestroyNotify) g_ptr_array_unref,
                          cancellable, callback, user_data);
}

GPtrArray *
rp_export_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error)
{
  return rp_workspace_run_finish (workspace, result, error);
}
