/* Adding, changing and removing sources. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "rp-error.h"
#include "rp-glance.h"
#include "rp-intake-fetch.h"
#include "rp-poll-plan.h"
#include "rp-store-sources.h"
#include "rp-text.h"
#include "rp-time.h"
#include "rp-watch-private.h"
#include "rp-work.h"

/* ---- adding one ---- */

typedef struct {
  RpWorkspace *workspace; /* owned */
  RpSubscription *source; /* owned */
  RpResponse *response;   /* owned */
  gboolean as_page;
} Adding;

static void looked_at_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void glanced_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void added_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
adding_free (gpointer data)
{
  Adding *adding = data;

  g_clear_object (&adding->workspace);
  g_clear_object (&adding->source);
  g_clear_pointer (&adding->response, rp_response_free);
  g_free (adding);
}

/* As people write it, and as programs hand it on: "feed:https://…", "gazette.example/feed". */
static char *
dup_address (const char *text)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  const char *rest = trimmed;

  if (g_ascii_strncasecmp (rest, "feed:", 5) == 0)
    rest += 5;
  if (g_str_has_prefix (rest, "//"))
    return g_strconcat ("https:", rest, NULL);
  if (*rest != '\0' && strstr (rest, "://") == NULL && strpbrk (rest, " \t\n") == NULL &&
      strchr (rest, '.') != NULL)
    return g_strconcat ("https://", rest, NULL);

  return g_strdup (rest);
}

void
rp_watch_add_async (RpWatch *self,
                    const char *url,
                    gboolean as_page,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Adding *adding = g_new0 (Adding, 1);
  g_autofree char *address = dup_address (url);

  g_task_set_source_tag (task, rp_watch_add_async);
  g_task_set_task_data (task, adding, adding_free);
  if (!rp_text_is_web_url (address)) {
    g_task_return_new_error (task, RP_ERROR, RP_ERROR_INVALID,
                             _ ("“%s” is not the address of a feed or a page; it starts with "
                                "https:// and names a site"),
                             url);
    g_object_unref (task);
    return;
  }
  adding->workspace = g_object_ref (self->workspace);
  adding->source = rp_subscription_new (address);
  adding->as_page = as_page;
  rp_polite_send_async (self->polite, rp_poll_plan_make_request (adding->source),
                        RP_INTAKE_FILE_LIMIT, cancellable, looked_at_cb, task);
}

static void
glance_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_task_return_pointer (task, rp_glance_new (task_data), (GDestroyNotify) rp_glance_free);
}

static void
looked_at_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Adding *adding = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GTask) inner = NULL;

  adding->response = rp_polite_send_finish (RP_POLITE (source), result, &error);
  if (adding->response != NULL && adding->response->status != 200) {
    rp_poll_plan_refused (adding->source, adding->response, rp_time_now ());
    error = g_error_new_literal (RP_ERROR, RP_ERROR_REFUSED, adding->source->message);
  }
  if (error != NULL) {
    g_task_return_error (task, error);
    g_object_unref (task);
    return;
  }
  inner = g_task_new (NULL, NULL, glanced_cb, task);
  g_task_set_task_data (inner, rp_intake_fetch_take_answer (adding->response),
                        (GDestroyNotify) rp_source_free);
  g_task_run_in_thread (inner, glance_in_thread);
}

/* A feed tells what is new at once; the page that declares it keeps its name. */
static void
choose_address (Adding *adding, const RpGlance *glance)
{
  RpSubscription *source = adding->source;

  if (adding->response->moved)
    rp_subscription_set (&source->url, adding->response->url);
  if (glance->title != NULL)
    rp_subscription_set (&source->title, glance->title);
  rp_subscription_set (&source->site_url, glance->site_url);
  if (rp_glance_is_page (glance) && glance->wanted > 0 && !adding->as_page) {
    rp_subscription_set (&source->url, g_ptr_array_index (glance->feeds, 0));
    rp_subscription_set (&source->kind, RP_SUBSCRIPTION_FEED);
    g_clear_pointer (&adding->response, rp_response_free);
    return;
  }
  rp_subscription_set (&source->kind, rp_glance_is_feed (glance) ? RP_SUBSCRIPTION_FEED
                                                                 : RP_SUBSCRIPTION_DOCUMENT);
}

static gpointer
add (RpStore *store, gpointer data, GError **error)
{
  return rp_store_add_source (store, data, error) ? RP_WORK_DONE : NULL;
}

static void
glanced_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Adding *adding = g_task_get_task_data (task);
  g_autoptr (RpGlance) glance = g_task_propagate_pointer (G_TASK (result), NULL);

  if (glance->problem != NULL) {
    g_task_return_new_error (task, RP_ERROR, RP_ERROR_UNSUPPORTED, "%s: %s", adding->source->url,
                             glance->problem);
    g_object_unref (task);
    return;
  }
  choose_address (adding, glance);
  adding->source->created = adding->source->next_poll = rp_time_now ();
  rp_workspace_run_async (adding->workspace, add, adding->source, NULL, NULL, NULL, added_cb, task);
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Adding *adding = g_task_get_task_data (task);
  RpWatch *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!rp_workspace_finish_done (RP_WORKSPACE (source), result, &error)) {
    g_task_return_error (task, error);
    return;
  }
  if (adding->response != NULL)
    g_hash_table_insert (self->answers, g_strdup (adding->source->id),
                         g_steal_pointer (&adding->response));
  rp_watch_show (self, adding->source);
  g_task_return_pointer (task, g_object_ref (adding->source), g_object_unref);
}

RpSubscription *
rp_watch_add_finish (RpWatch *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- changes of the library, and the list after them ---- */

typedef struct {
  RpWorkFunc func;
  GPtrArray *sources; /* owned, of RpSubscription; or NULL */
  char *id;           /* owned, or NULL */
  char *licence_id;   /* owned, NULL = none */
  gboolean paused;
  int count; /* out */
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_clear_pointer (&change->sources, g_ptr_array_unref);
  g_free (change->id);
  g_free (change->licence_id);
  g_free (change);
}

static void
reloaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (rp_watch_load_finish (RP_WATCH (source), result, &error))
    g_task_return_int (task, ((Change *) g_task_get_task_data (task))->count);
  else
    g_task_return_error (task, error);
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  GError *error = NULL;

  if (rp_workspace_finish_done (RP_WORKSPACE (source), result, &error)) {
    rp_watch_load_async (g_task_get_source_object (task), reloaded_cb, task);
    return;
  }
  g_task_return_error (task, error);
  g_object_unref (task);
}

/* Takes the change. */
static void
make_change (RpWatch *self, Change *change, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, make_change);
  g_task_set_task_data (task, change, change_free);
  rp_workspace_run_async (self->workspace, change->func, change, NULL, NULL, NULL, changed_cb,
                          task);
}

gboolean
rp_watch_change_finish (RpWatch *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_int (G_TASK (result), error) >= 0;
}

static gboolean
restore_each (RpStore *store, gpointer data, GError **error)
{
  Change *change = data;

  for (guint i = 0; i < change->sources->len; i++) {
    RpSubscription *source = g_ptr_array_index (change->sources, i);
    g_autoptr (GError) local = NULL;

    if (source->created == 0)
      source->created = rp_time_now ();
    if (rp_store_add_source (store, source, &local)) {
      change->count++;
    } else if (!g_error_matches (local, RP_ERROR, RP_ERROR_CONFLICT)) {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  }

  return TRUE;
}

static gpointer
restore (RpStore *store, gpointer data, GError **error)
{
  return rp_store_transaction (store, restore_each, data, error) ? RP_WORK_DONE : NULL;
}

void
rp_watch_restore_async (RpWatch *self,
                        GPtrArray *sources,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  Change *change = g_new0 (Change, 1);

  change->func = restore;
  change->sources = g_ptr_array_ref (sources);
  make_change (self, change, callback, user_data);
}

int
rp_watch_restore_finish (RpWatch *self, GAsyncResult *result, GError **error)
{
  return (int) g_task_propagate_int (G_TASK (result), error);
}

static gpointer
drop (RpStore *store, gpointer data, GError **error)
{
  return rp_store_remove_source (store, ((Change *) data)->id, error) ? RP_WORK_DONE : NULL;
}

void
rp_watch_remove_async (RpWatch *self,
                       const char *id,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  Change *change = g_new0 (Change, 1);

  change->func = drop;
  change->id = g_strdup (id);
  g_hash_table_remove (self->answers, id);
  make_change (self, change, callback, user_data);
}

gboolean
rp_watch_remove_finish (RpWatch *self, GAsyncResult *result, GError **error)
{
  return rp_watch_change_finish (self, result, error);
}

static RpSubscription *
get_source (RpStore *store, const Change *change, GError **error)
{
  g_autoptr (GError) local = NULL;
  RpSubscription *source = rp_store_get_source (store, change->id, &local);

  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else if (source == NULL)
    g_set_error (error, RP_ERROR, RP_ERROR_NOT_FOUND, _ ("There is no source “%s”"), change->id);

  return source;
}

static gpointer
pause_source (RpStore *store, gpointer data, GError **error)
{
  Change *change = data;
  g_autoptr (RpSubscription) source = get_source (store, change, error);

  if (source == NULL)
    return NULL;
  source->paused = change->paused;
  if (!change->paused)
    source->next_poll = MAX (rp_time_now (), source->wait_until);

  return rp_store_update_source (store, source, error) ? RP_WORK_DONE : NULL;
}

void
rp_watch_pause_async (RpWatch *self,
                      const char *id,
                      gboolean paused,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  Change *change = g_new0 (Change, 1);

  change->func = pause_source;
  change->id = g_strdup (id);
  change->paused = paused;
  make_change (self, change, callback, user_data);
}

static gpointer
set_licence (RpStore *store, gpointer data, GError **error)
{
  Change *change = data;
  g_autoptr (RpSubscription) source = get_source (store, change, error);

  if (source == NULL)
    return NULL;
  rp_subscription_set (&source->licence_id, change->licence_id);

  return rp_store_update_source (store, source, error) ? RP_WORK_DONE : NULL;
}

void
rp_watch_set_licence_async (RpWatch *self,
                            const char *id,
                            const char *licence_id,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  Change *change = g_new0 (Change, 1);

  change->func = set_licence;
  change->id = g_strdup (id);
  change->licence_id = g_strdup (licence_id);
  make_change (self, change, callback, user_data);
}
