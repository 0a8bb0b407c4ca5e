#include "rp-workspace-private.h"

#include "rp-fanout.h"
#include "rp-library.h"
#include "rp-rejudge.h"
#include "rp-resources.h"
#include "rp-store-query.h"
#include "rp-time.h"

#define TURNS_TO_FOLLOW 20 /* what is published is judged less often than what is not */
#define TURN_SECONDS 20    /* how late an article may become ready */

G_DEFINE_FINAL_TYPE (RpWorkspace, rp_workspace, G_TYPE_OBJECT)

enum {
  PROP_AWAY = 1,
};

/* ---- the store's threads ---- */

void
rp_workspace_run_async (RpWorkspace *self,
                        RpWorkFunc func,
                        gpointer data,
                        GDestroyNotify free_data,
                        GDestroyNotify free_result,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  const RpWork work = {func, data, free_data, free_result};

  rp_store_thread_run_async (self->thread, G_OBJECT (self), &work, cancellable, callback,
                             user_data);
}

void
rp_workspace_count_async (RpWorkspace *self,
                          const RpWork *work,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  rp_store_thread_run_async (self->beside, G_OBJECT (self), work, cancellable, callback, user_data);
}

gpointer
rp_workspace_run_finish (RpWorkspace *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
run_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

gpointer
rp_workspace_run (RpWorkspace *self, RpWorkFunc func, gpointer data, GError **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GAsyncResult) result = NULL;

  g_main_context_push_thread_default (context);
  rp_workspace_run_async (self, func, data, NULL, NULL, NULL, run_done_cb, &result);
  while (result == NULL)
    g_main_context_iteration (context, TRUE);
  g_main_context_pop_thread_default (context);

  return rp_workspace_run_finish (self, result, error);
}

gboolean
rp_workspace_finish_done (RpWorkspace *self, GAsyncResult *result, GError **error)
{
  return rp_workspace_run_finish (self, result, error) != NULL;
}

/* ---- the object ---- */

static void
rp_workspace_dispose (GObject *object)
{
  rp_workspace_close (RP_WORKSPACE (object));
  G_OBJECT_CLASS (rp_workspace_parent_class)->dispose (object);
}

static void
rp_workspace_finalize (GObject *object)
{
  RpWorkspace *self = RP_WORKSPACE (object);

  g_clear_object (&self->sources);
  g_clear_object (&self->presence);
  g_clear_object (&self->http);
  g_clear_object (&self->secrets);
  g_clear_object (&self->book);
  g_clear_object (&self->partners);
  g_clear_pointer (&self->lists, rp_desk_lists_free);
  g_hash_table_unref (self->uploads);
  g_hash_table_unref (self->counts);
  g_clear_pointer (&self->thread, rp_store_thread_free);
  g_clear_pointer (&self->beside, rp_store_thread_free);
  g_free (self->person);
  g_free (self->uri);
  G_OBJECT_CLASS (rp_workspace_parent_class)->finalize (object);
}

static void
rp_workspace_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, RP_WORKSPACE (object)->away);
}

static void
rp_workspace_class_init (RpWorkspaceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = rp_workspace_dispose;
  object_class->finalize = rp_workspace_finalize;
  object_class->get_property = rp_workspace_get_property;
  g_object_class_install_property (
    object_class, PROP_AWAY,
    g_param_spec_boolean ("away", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
  g_signal_new ("articles-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("article-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                G_TYPE_STRING);
  g_signal_new ("uploading", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                G_TYPE_STRING);
  g_signal_new ("changed-elsewhere", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("presence-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("outbox-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rp_workspace_init (RpWorkspace *self)
{
  self->http = rp_http_new ();
  self->secrets = rp_secrets_new ();
  self->book = rp_licence_book_new ();
  self->partners = g_list_store_new (RP_TYPE_PARTNER);
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->uploads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/* ---- opening and closing ---- */

typedef struct {
  RpStore *store;
  RpShelf *shelf;
} Opened;

static void
opened_free (gpointer data)
{
  Opened *opened = data;

  g_clear_pointer (&opened->store, rp_store_close);
  g_clear_pointer (&opened->shelf, rp_shelf_free);
  g_free (opened);
}

static void
open_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  RpWorkspace *self = task_data;
  Opened *opened = g_new0 (Opened, 1);
  GError *error = NULL;

  opened->store = rp_store_open (self->uri, &error);
  if (opened->store != NULL)
    opened->shelf = rp_shelf_load (opened->store, &error);
  if (opened->shelf != NULL) {
    g_task_return_pointer (task, opened, opened_free);
    return;
  }
  opened_free (opened);
  g_task_return_error (task, error);
}

void
rp_workspace_open_async (const char *uri,
                         RpWorkspaceFlags flags,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  RpWorkspace *self = g_object_new (RP_TYPE_WORKSPACE, NULL);
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  self->uri = uri != NULL ? g_strdup (uri) : rp_store_dup_default_uri ();
  self->flags = flags;
  rp_library_use_keyring ();
  g_task_set_source_tag (task, rp_workspace_open_async);
  g_task_set_task_data (task, self, g_object_unref);
  g_task_run_in_thread (task, open_in_thread);
}

static gboolean
turn_cb (gpointer user_data)
{
  RpWorkspace *self = user_data;

  rp_rejudge_due (self);
  if (self->turns_taken++ % TURNS_TO_FOLLOW == 0)
    rp_fanout_follow (self);

  return G_SOURCE_CONTINUE;
}

static RpWorkspaceFlags
get_allowed (RpMay rights)
{
  return RP_WORKSPACE_WATCH | ((rights & RP_MAY_PUBLISH) ? RP_WORKSPACE_SEND : 0) |
         ((rights & RP_MAY_EDIT) ? RP_WORKSPACE_POLL : 0);
}

static void
listen_in (RpStore *store, gpointer user_data)
{
  RpWorkspace *self = user_data;

  if (self->hearing != NULL)
    rp_hearing_listen_in (self->hearing, store);
}

static void
start (RpWorkspace *self, Opened *opened)
{
  self->rights = rp_store_get_rights (opened->store);
  self->flags &= get_allowed (self->rights);
  if (self->flags & RP_WORKSPACE_WATCH)
    self->hearing = rp_hearing_new (self, rp_workspace_heard_cb, self);
  self->thread = rp_store_thread_new (g_steal_pointer (&opened->store), listen_in, self);
  self->beside = rp_store_thread_new_beside (self->uri);
  self->lists = rp_desk_lists_new (self);
  rp_workspace_take_shelf (self, opened->shelf);
  if (self->flags & RP_WORKSPACE_SEND)
    self->sender = rp_sender_new (self->uri, self->secrets, RP_SENDER_DELIVER | RP_SENDER_LOOK, 0,
                                  rp_workspace_sender_told_cb, self);
  if (self->sender != NULL)
    self->wakeup = rp_wakeup_new (rp_workspace_woken_cb, self);
  if (self->flags & RP_WORKSPACE_POLL) {
    rp_watch_set_automatic (rp_workspace_get_watch (self), TRUE);
    self->turns = g_timeout_add_seconds (TURN_SECONDS, turn_cb, self);
  }
  if (self->flags & RP_WORKSPACE_WATCH)
    rp_workspace_note_article (self, NULL);
}

RpWorkspace *
rp_workspace_open_finish (GAsyncResult *result, GError **error)
{
  GTask *task = G_TASK (result);
  RpWorkspace *self = g_task_get_task_data (task);
  Opened *opened = g_task_propagate_pointer (task, error);

  if (opened == NULL)
    return NULL;
  if (!rp_resources_load_licences (self->book, error) ||
      !rp_resources_set_up_http (self->http, error)) {
    opened_free (opened);
    return NULL;
  }
  start (self, opened);
  opened_free (opened);

  return g_object_ref (self);
}

void
rp_workspace_close (RpWorkspace *self)
{
  if (self->hearing != NULL)
    rp_hearing_stop (self->hearing);
  if (self->presence != NULL)
    rp_presence_stop (self->presence);
  g_clear_handle_id (&self->turns, g_source_remove);
  g_clear_handle_id (&self->refresh, g_source_remove);
  g_clear_pointer (&self->wakeup, rp_wakeup_free);
  g_clear_pointer (&self->sender, rp_sender_free);
  if (self->sources != NULL)
    rp_watch_stop (self->sources);
  if (self->thread != NULL) {
    rp_rejudge_wait (self);
    rp_store_thread_stop (self->thread);
    rp_store_thread_stop (self->beside);
  }
  g_clear_pointer (&self->hearing, rp_hearing_free);
}

const char *
rp_workspace_get_uri (RpWorkspace *self)
{
  return self->uri;
}

RpMay
rp_workspace_get_rights (RpWorkspace *self)
{
  return self->rights;
}

void
rp_workspace_set_person (RpWorkspace *self, const char *name)
{
  g_free (self->person);
  self->person = g_strdup (name);
}

const char *
rp_workspace_get_person (RpWorkspace *self)
{
  return self->person;
}

void
rp_workspace_set_grace (RpWorkspace *self, gint64 grace)
{
  self->grace = grace;
}

gint64
rp_workspace_get_grace (RpWorkspace *self)
{
  return self->grace;
}

void
rp_workspace_note_held (RpWorkspace *self)
{
  self->held_until = MAX (self->held_until, rp_time_steady () + self->grace);
}

gint64
rp_workspace_get_held_until (RpWorkspace *self)
{
  return self->held_until;
}

gboolean
rp_workspace_is_away (RpWorkspace *self)
{
  return self->away;
}

RpHearing *
rp_workspace_get_hearing (RpWorkspace *self)
{
  return self->hearing;
}

RpPresence *
rp_workspace_get_presence (RpWorkspace *self)
{
  if (self->presence == NULL) {
    self->presence = rp_presence_new (self);
    rp_desk_lists_mark (self->lists, self->presence);
  }

  return self->presence;
}

RpHttp *
rp_workspace_get_http (RpWorkspace *self)
{
  return self->http;
}

RpLicenceBook *
rp_workspace_get_book (RpWorkspace *self)
{
  return self->book;
}

GListModel *
rp_workspace_get_partners (RpWorkspace *self)
{
  return G_LIST_MODEL (self->partners);
}

RpPartner *
rp_workspace_find_partner (RpWorkspace *self, const char *id_or_name)
{
  guint count = g_list_model_get_n_items (G_LIST_MODEL (self->partners));

  for (guint i = 0; i < count; i++) {
    g_autoptr (RpPartner) partner = g_list_model_get_item (G_LIST_MODEL (self->partners), i);

    if (g_strcmp0 (rp_partner_get_id (partner), id_or_name) == 0 ||
        g_ascii_strcasecmp (rp_partner_get_name (partner), id_or_name) == 0)
      return partner; /* the model holds it */
  }

  return NULL;
}

const char *
rp_workspace_get_partner_name (RpWorkspace *self, const char *id)
{
  RpPartner *partner = rp_workspace_find_partner (self, id);

  return partner != NULL ? rp_partner_get_name (partner) : id;
}

GPtrArray *
rp_workspace_copy_partners (RpWorkspace *self)
{
  GPtrArray *copies = g_ptr_array_new_with_free_func (g_object_unref);
  guint count = g_list_model_get_n_items (G_LIST_MODEL (self->partners));

  for (guint i = 0; i < count; i++) {
    g_autoptr (RpPartner) partner = g_list_model_get_item (G_LIST_MODEL (self->partners), i);

    g_ptr_array_add (copies, rp_partner_copy (partner));
  }

  return copies;
}

RpSecrets *
rp_workspace_get_secrets (RpWorkspace *self)
{
  return self->secrets;
}

struct _RpSender *
rp_workspace_get_sender (RpWorkspace *self)
{
  return self->sender;
}

RpWatch *
rp_workspace_get_watch (RpWorkspace *self)
{
  if (self->sources == NULL)
    self->sources = rp_watch_new (self);

  return self->sources;
}

guint
rp_workspace_get_count (RpWorkspace *self, const char *state)
{
  static const char *const inbox[] = {RP_STATE_NEEDS_LICENCE, RP_STATE_READY, RP_STATE_BLOCKED};
  guint count = 0;

  if (!g_str_equal (state, "inbox"))
    return GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, state));
  for (guint i = 0; i < G_N_ELEMENTS (inbox); i++)
    count += GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, inbox[i]));

  return count;
}

GListModel *
rp_workspace_list_articles (RpWorkspace *self, const char *query)
{
  return rp_desk_lists_add (self->lists, query);
}

gboolean
rp_workspace_check_query (RpWorkspace *self, const char *query, GError **error)
{
  return rp_store_query_check (query, error);
}
