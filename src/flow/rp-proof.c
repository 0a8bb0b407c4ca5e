#include "rp-proof.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "rp-json.h"
#include "rp-proof-pack.h"
#include "rp-resources.h"
#include "rp-store-receipts.h"
#include "rp-text.h"
#include "rp-time.h"
#include "rp-work.h"

typedef struct {
  char *uri;        /* owned */
  char *article_id; /* owned */
  char *path;       /* owned */
  char *folder;     /* owned: temporary */
  char *program;    /* owned: that takes the pictures; NULL = not installed */
  GPtrArray *pages; /* owned, of RpProofPage */
  guint next;       /* the page whose picture is to be taken */
} Making;

static void take_next (GTask *task);

void
rp_proof_free (RpProof *proof)
{
  g_free (proof->path);
  g_free (proof->manifest);
  g_strfreev (proof->remarks);
  g_free (proof);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = path != NULL ? g_dir_open (path, 0, NULL) : NULL;
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *file = g_build_filename (path, name, NULL);

    g_unlink (file);
  }
  if (path != NULL)
    g_rmdir (path);
}

static void
making_free (gpointer data)
{
  Making *making = data;

  remove_folder (making->folder);
  g_free (making->uri);
  g_free (making->article_id);
  g_free (making->path);
  g_free (making->folder);
  g_free (making->program);
  g_clear_pointer (&making->pages, g_ptr_array_unref);
  g_free (making);
}

/* ---- writing, on a thread of its own ---- */

static JsonObject *
describe (const Making *making, gint64 now)
{
  JsonObject *about = json_object_new ();
  g_autofree char *made = rp_time_format (now);

  json_object_set_string_member (about, "type", "reprint-proof");
  json_object_set_int_member (about, "format", 1);
  json_object_set_string_member (about, "program", "Reprint " RP_VERSION);
  json_object_set_string_member (about, "made", made);
  json_object_set_string_member (about, "article", making->article_id);

  return about;
}

static RpProof *
write_proof (Making *making, RpStore *store, RpLicenceBook *book, GError **error)
{
  g_autoptr (JsonObject) facts = json_object_new ();
  g_autoptr (GPtrArray) remarks = g_ptr_array_new_with_free_func (g_free);
  RpProofJob job = {.store = store,
                    .book = book,
                    .article_id = making->article_id,
                    .folder = making->folder,
                    .pages = making->pages,
                    .now = rp_time_now (),
                    .facts = facts,
                    .remarks = remarks};
  g_autoptr (JsonObject) about = describe (making, job.now);
  g_autoptr (RpProofZip) zip = rp_proof_zip_new (making->path, job.now, error);
  g_autoptr (RpProof) proof = g_new0 (RpProof, 1);

  if (zip == NULL || !rp_proof_pack (&job, zip, error))
    return NULL;
  proof->manifest = rp_proof_zip_finish (zip, about, error);
  if (proof->manifest == NULL)
    return NULL;
  proof->path = g_strdup (making->path);
  g_ptr_array_add (remarks, NULL);
  proof->remarks = g_strdupv ((char **) remarks->pdata);

  return g_steal_pointer (&proof);
}

static void
write_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Making *making = task_data;
  g_autoptr (RpLicenceBook) book = rp_licence_book_new ();
  GError *error = NULL;
  RpStore *store = rp_store_open (making->uri, &error);
  RpProof *proof = NULL;

  if (store != NULL && rp_resources_load_licences (book, &error))
    proof = write_proof (making, store, book, &error);
  g_clear_pointer (&store, rp_store_close);
  if (proof != NULL)
    g_task_return_pointer (task, proof, (GDestroyNotify) rp_proof_free);
  else
    g_task_return_error (task, error);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  RpProof *proof = g_task_propagate_pointer (G_TASK (result), &error);

  if (proof != NULL)
    g_task_return_pointer (task, proof, (GDestroyNotify) rp_proof_free);
  else
    g_task_return_error (task, error);
}

/* ---- pictures, one after the other ---- */

static void
taken_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Making *making = g_task_get_task_data (task);
  RpProofPage *page = making->pages->pdata[making->next++];
  g_autofree char *said = NULL;
  g_autoptr (GError) error = NULL;
  GSubprocess *child = G_SUBPROCESS (source);

  if (!g_subprocess_communicate_utf8_finish (child, result, NULL, &said, &error))
    page->failure = g_strdup (error->message);
  else if (!g_subprocess_get_successful (child))
    page->failure = rp_text_collapse (said);
  if (page->failure != NULL)
    g_clear_pointer (&page->picture, g_free);
  take_next (task);
}

/* A machine without a display may have one that nobody sees. Gives, NULL = none is needed, or there
 * is none. */
static char *
find_hidden_screen (void)
{
  return g_getenv ("DISPLAY") != NULL || g_getenv ("WAYLAND_DISPLAY") != NULL
           ? NULL
           : g_find_program_in_path ("xvfb-run");
}

static GSubprocess *
start_camera (const Making *making, RpProofPage *page)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strdup_printf ("%s.png", page->partner_id);
  g_autofree char *screen = find_hidden_screen ();
  const char *argv[] = {screen, "--auto-servernum", making->program, "page", page->url, NULL, NULL};
  GSubprocess *child = NULL;

  argv[5] = page->picture = g_build_filename (making->folder, name, NULL);
  if (making->program != NULL)
    child =
      g_subprocess_newv (argv + (screen != NULL ? 0 : 2), G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
  if (child != NULL)
    return child;
  page->failure = g_strdup (error != NULL ? error->message
                                          : _ ("The program that takes pictures of pages is not "
                                               "installed."));
  g_clear_pointer (&page->picture, g_free);

  return NULL;
}

static void
take_next (GTask *task)
{
  Making *making = g_task_get_task_data (task);
  g_autoptr (GTask) writing = NULL;

  for (; making->next < making->pages->len; making->next++) {
    g_autoptr (GSubprocess) child = start_camera (making, making->pages->pdata[making->next]);

    if (child == NULL)
      continue;
    g_subprocess_communicate_utf8_async (child, NULL, g_task_get_cancellable (task), taken_cb,
                                         task);
    return;
  }
  writing = g_task_new (NULL, g_task_get_cancellable (task), written_cb, task);
  g_task_set_task_data (writing, making, NULL);
  g_task_run_in_thread (writing, write_in_thread);
}

static gpointer
list_pages (RpStore *store, gpointer article_id, GError **error)
{
  g_autoptr (GPtrArray) receipts = rp_store_list_receipts (store, article_id, error);
  GPtrArray *pages = g_ptr_array_new_with_free_func ((GDestroyNotify) rp_proof_page_free);

  for (guint i = 0; receipts != NULL && i < receipts->len; i++) {
    RpReceipt *receipt = receipts->pdata[i];
    RpProofPage *page;

    if (!rp_text_is_web_url (receipt->public_url))
      continue;
    page = g_new0 (RpProofPage, 1);
    page->partner_id = g_strdup (receipt->partner_id);
    page->url = g_strdup (receipt->public_url);
    g_ptr_array_add (pages, page);
  }
  if (receipts == NULL)
    g_clear_pointer (&pages, g_ptr_array_unref);

  return pages;
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Making *making = g_task_get_task_data (task);
  GError *error = NULL;

  making->pages = rp_workspace_run_finish (RP_WORKSPACE (source), result, &error);
  if (error == NULL)
    making->folder = g_dir_make_tmp ("reprint-proof-XXXXXX", &error);
  if (error != NULL) {
    g_task_return_error (task, error);
    g_object_unref (task);
    return;
  }
  take_next (task);
}

void
rp_proof_write_async (RpWorkspace *workspace,
                      const char *article_id,
                      const char *path,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  GTask *task = g_task_new (workspace, cancellable, callback, user_data);
  Making *making = g_new0 (Making, 1);

  g_task_set_source_tag (task, rp_proof_write_async);
  making->uri = g_strdup (rp_workspace_get_uri (workspace));
  making->article_id = g_strdup (article_id);
  making->path = g_strdup (path);
  making->program = rp_resources_find_program ("reprint-camera");
  g_task_set_task_data (task, making, making_free);
  rp_workspace_run_async (workspace, list_pages, g_strdup (article_id), g_free,
                          (GDestroyNotify) g_ptr_array_unref, NULL, listed_cb, task);
}

RpProof *
rp_proof_write_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

GPtrArray *
rp_proof_verify (const char *path, char **out_manifest, GError **error)
{
  return rp_proof_zip_verify (path, out_manifest, error);
}
