/* Licences and partners of the workspace, and the library as a whole. */
#include "rp-pair.h"
#include "rp-rejudge.h"
#include "rp-store-licences.h"
#include "rp-store-partners.h"
#include "rp-time.h"
#include "rp-work.h"

/* ---- licences ---- */

static gpointer
save_licence (RpStore *store, gpointer data, GError **error)
{
  return rp_store_save_licence (store, data, rp_time_now (), error);
}

void
rp_workspace_save_licence_async (RpWorkspace *self,
                                 RpLicence *licence,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  rp_workspace_run_async (self, save_licence, g_object_ref (licence), g_object_unref,
                          g_object_unref, cancellable, callback, user_data);
}

RpLicence *
rp_workspace_save_licence_finish (RpWorkspace *self, GAsyncResult *result, GError **error)
{
  RpLicence *licence = rp_workspace_run_finish (self, result, error);

  if (licence != NULL) {
    rp_licence_book_add (rp_workspace_get_book (self), licence);
    rp_workspace_note_article (self, NULL);
    rp_rejudge_soon (self, TRUE);
  }

  return licence;
}

static gpointer
remove_licence (RpStore *store, gpointer data, GError **error)
{
  return rp_store_remove_licence (store, data, rp_time_now (), error) ? RP_WORK_DONE : NULL;
}

void
rp_workspace_remove_licence_async (RpWorkspace *self,
                                   const char *id,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  rp_workspace_run_async (self, remove_licence, g_strdup (id), g_free, NULL, cancellable, callback,
                          user_data);
}

static gboolean
finish_and_reload (RpWorkspace *self, GAsyncResult *result, gboolean book_changed, GError **error)
{
  gboolean done = rp_workspace_finish_done (self, result, error);

  if (done) {
    rp_workspace_reload_shelf (self);
    rp_workspace_note_article (self, NULL);
    rp_rejudge_soon (self, book_changed);
  }

  return done;
}

gboolean
rp_workspace_remove_licence_finish (RpWorkspace *self, GAsyncResult *result, GError **error)
{
  return finish_and_reload (self, result, TRUE, error);
}

static gpointer
set_licence_rule (RpStore *store, gpointer data, GError **error)
{
  RpPair *pair = data;

  return rp_store_set_licence_rule (store, pair->id, pair->value, error) ? RP_WORK_DONE : NULL;
}

void
rp_workspace_set_licence_rule_async (RpWorkspace *self,
                                     const char *pattern,
                                     const char *licence_id,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  if (licence_id != NULL)
    rp_licence_book_add_rule (rp_workspace_get_book (self), pattern, licence_id);
  rp_workspace_run_async (self, set_licence_rule, rp_pair_new (pattern, licence_id), rp_pair_free,
                          NULL, cancellable, callback, user_data);
}

gboolean
rp_workspace_set_licence_rule_finish (RpWorkspace *self, GAsyncResult *result, GError **error)
{
  return finish_and_reload (self, result, TRUE, error);
}

/* ---- partners ---- */

static gpointer
save_partner (RpStore *store, gpointer data, GError **error)
{
  return rp_store_save_partner (store, data, rp_time_now (), error) ? RP_WORK_DONE : NULL;
}

void
rp_workspace_save_partner_async (RpWorkspace *self,
                                 RpPartner *partner,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  rp_workspace_run_async (self, save_partner, rp_partner_copy (partner), g_object_unref, NULL,
                          cancellable, callback, user_data);
}

gboolean
rp_workspace_save_partner_finish (RpWorkspace *self, GAsyncResult *result, GError **error)
{
  return finish_and_reload (self, result, FALSE, error);
}

static gpointer
remove_partner (RpStore *store, gpointer data, GError **error)
{
  return rp_store_remove_partner (store, data, error) ? RP_WORK_DONE : NULL;
}

void
rp_workspace_remove_partner_async (RpWorkspace *self,
                                   const char *id,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  rp_workspace_run_async (self, remove_partner, g_strdup (id), g_free, NULL, cancellable, callback,
                          user_data);
}

gboolean
rp_workspace_remove_partner_finish (RpWorkspace *self, GAsyncResult *result, GError **error)
{
  return finish_and_reload (self, result, FALSE, error);
}

/* ---- the library ---- */

static gpointer
back_up (RpStore *store, gpointer data, GError **error)
{
  return rp_store_backup (store, data, error) ? RP_WORK_DONE : NULL;
}

void
rp_workspace_backup_async (RpWorkspace *self,
                           const char *path,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  rp_workspace_run_async (self, back_up, g_strdup (path), g_free, NULL, cancellable, callback,
                          user_data);
}

gboolean
rp_workspace_backup_finish (RpWorkspace *self, GAsyncResult *result, GError **error)
{
  return rp_workspace_finish_done (self, result, error);
}

static gpointer
check (RpStore *store, gpointer data, GError **error)
{
  return rp_store_check (store, error) ? RP_WORK_DONE : NULL;
}

void
rp_workspace_check_async (RpWorkspace *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  rp_workspace_run_async (self, check, NULL, NULL, NULL, cancellable, callback, user_data);
}

gboolean
rp_workspace_check_finish (RpWorkspace *self, GAsyncResult *result, GError **error)
{
  return rp_workspace_finish_done (self, result, error);
}
