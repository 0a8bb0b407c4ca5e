/* The workspace and what happens to its library: by this program, by others, by the sender. */
#include "rp-workspace-private.h"

#include "rp-store-articles.h"
#include "rp-store-claims.h"

/* ---- telling everybody ---- */

static gpointer
count_states (RpStore *store, gpointer data, GError **error)
{
  return rp_store_count_states (store, error);
}

static void
states_counted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RpWorkspace *self = RP_WORKSPACE (source);
  GHashTable *counts = rp_workspace_run_finish (self, result, NULL);

  if (counts == NULL)
    return;
  g_hash_table_unref (self->counts);
  self->counts = counts;
  g_signal_emit_by_name (self, "articles-changed");
}

static gboolean
refresh_cb (gpointer user_data)
{
  RpWorkspace *self = user_data;
  const RpWork states = {count_states, NULL, NULL, (GDestroyNotify) g_hash_table_unref};

  self->refresh = 0;
  rp_desk_lists_refresh (self->lists);
  rp_workspace_count_async (self, &states, NULL, states_counted_cb, NULL);

  return G_SOURCE_REMOVE;
}

/* Many changes in one go are one refresh. */
static void
refresh_soon (RpWorkspace *self)
{
  if (self->refresh == 0)
    self->refresh = g_timeout_add (20, refresh_cb, self);
}

void
rp_workspace_note_article (RpWorkspace *self, const char *id)
{
  if (id != NULL)
    g_signal_emit_by_name (self, "article-changed", id);
  refresh_soon (self);
}

void
rp_workspace_note_outbox (RpWorkspace *self)
{
  g_signal_emit_by_name (self, "outbox-changed");
}

void
rp_workspace_wake_sender (RpWorkspace *self)
{
  if (self->sender != NULL)
    rp_sender_wake (self->sender);
}

/* ---- partners and licences in memory ---- */

static gpointer
load_shelf (RpStore *store, gpointer data, GError **error)
{
  return rp_shelf_load (store, error);
}

static void
replace_partners (RpWorkspace *self, GPtrArray *fresh)
{
  guint before = g_list_model_get_n_items (G_LIST_MODEL (self->partners));

  g_list_store_splice (self->partners, 0, before, fresh->pdata, fresh->len);
}

void
rp_workspace_take_shelf (RpWorkspace *self, const RpShelf *shelf)
{
  replace_partners (self, shelf->partners);
  rp_shelf_fill_book (shelf, self->book);
}

static void
shelf_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RpWorkspace *self = RP_WORKSPACE (source);
  g_autoptr (RpShelf) shelf = rp_workspace_run_finish (self, result, NULL);

  self->reloading = FALSE;
  if (shelf != NULL)
    rp_workspace_take_shelf (self, shelf);
  if (self->reload_again)
    rp_workspace_reload_shelf (self);
}

void
rp_workspace_reload_shelf (RpWorkspace *self)
{
  self->reload_again = self->reloading;
  if (self->reloading)
    return;
  self->reloading = TRUE;
  rp_workspace_run_async (self, load_shelf, NULL, NULL, (GDestroyNotify) rp_shelf_free, NULL,
                          shelf_loaded_cb, NULL);
}

/* ---- what others do ---- */

static void
note_changes (RpWorkspace *self)
{
  rp_workspace_reload_shelf (self);
  refresh_soon (self);
  rp_workspace_note_outbox (self);
  rp_workspace_wake_sender (self);
  if (self->sources != NULL)
    rp_watch_load_async (self->sources, NULL, NULL);
  g_signal_emit_by_name (self, "changed-elsewhere");
}

void
rp_workspace_heard_cb (RpHeard heard, gpointer user_data)
{
  RpWorkspace *self = user_data;
  gboolean away = heard & RP_HEARD_AWAY ? TRUE : heard & RP_HEARD_BACK ? FALSE : self->away;

  if (away != self->away) {
    self->away = away;
    g_object_notify (G_OBJECT (self), "away");
  }
  if (heard & RP_HEARD_CHANGES)
    note_changes (self);
  if (heard & (RP_HEARD_PRESENCE | RP_HEARD_BACK))
    g_signal_emit_by_name (self, "presence-changed");
}

/* ---- what the sender does ---- */

static void
note_upload (RpWorkspace *self, const RpSenderNews *news)
{
  RpUpload *upload = g_new (RpUpload, 1);

  *upload = (RpUpload){(guint64) news->sent, (guint64) news->size};
  g_hash_table_replace (self->uploads, g_strdup (news->delivery_id), upload);
  g_signal_emit_by_name (self, "uploading", news->delivery_id);
}

const RpUpload *
rp_workspace_get_upload (RpWorkspace *self, const char *delivery_id)
{
  return g_hash_table_lookup (self->uploads, delivery_id);
}

void
rp_workspace_sender_told_cb (const RpSenderNews *news, gpointer user_data)
{
  RpWorkspace *self = user_data;

  if (news->size > 0) {
    note_upload (self, news);
    return;
  }
  if (news->delivery_id != NULL)
    g_hash_table_remove (self->uploads, news->delivery_id);
  rp_workspace_note_article (self, news->article_id);
  rp_workspace_note_outbox (self);
  rp_workspace_reload_shelf (self);
}

static gpointer
try_unreachable (RpStore *store, gpointer data, GError **error)
{
  return rp_store_try_unreachable (store, error) ? RP_WORK_DONE : NULL;
}

static void
unreachable_tried_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (rp_workspace_finish_done (RP_WORKSPACE (source), result, &error))
    rp_workspace_wake_sender (RP_WORKSPACE (source));
  else
    g_warning ("The outbox could not be woken: %s", error->message);
}

void
rp_workspace_woken_cb (gpointer user_data)
{
  rp_workspace_run_async (user_data, try_unreachable, NULL, NULL, NULL, NULL, unreachable_tried_cb,
                          NULL);
}
