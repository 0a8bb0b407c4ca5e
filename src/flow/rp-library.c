#include "rp-library.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "rp-error.h"
#include "rp-secrets.h"
#include "rp-store-copy.h"
#include "rp-store-months.h"
#include "rp-store-roles.h"
#include "rp-store.h"
#include "rp-time.h"

#define PASSWORD "library-password" /* the key under which the keyring has it */

static GMutex remembered_lock;
static GHashTable *remembered; /* guarded: address -> password; NULL = none yet */

static char *
dup_remembered (const char *uri)
{
  char *password;

  g_mutex_lock (&remembered_lock);
  password = remembered != NULL ? g_strdup (g_hash_table_lookup (remembered, uri)) : NULL;
  g_mutex_unlock (&remembered_lock);

  return password;
}

void
rp_library_remember_password (const char *uri, const char *password)
{
  g_return_if_fail (uri != NULL);

  g_mutex_lock (&remembered_lock);
  if (remembered == NULL)
    remembered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (password != NULL)
    g_hash_table_insert (remembered, g_strdup (uri), g_strdup (password));
  else
    g_hash_table_remove (remembered, uri);
  g_mutex_unlock (&remembered_lock);
}

static char *
ask_keyring (const char *uri)
{
  g_autoptr (RpSecrets) secrets = NULL;
  char *password = dup_remembered (uri);

  if (password != NULL)
    return password;
  secrets = rp_secrets_new ();

  return rp_secrets_lookup (secrets, uri, PASSWORD);
}

void
rp_library_use_keyring (void)
{
  rp_db_set_password_source (ask_keyring);
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (rp_secrets_store_finish (RP_SECRETS (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
rp_library_keep_password_async (const char *uri,
                                const char *password,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (RpSecrets) secrets = rp_secrets_new ();
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, rp_library_keep_password_async);
  if (rp_db_is_server (uri))
    rp_secrets_store_async (secrets, uri, uri, PASSWORD, password, cancellable, kept_cb,
                            g_steal_pointer (&task));
  else
    g_task_return_new_error (task, RP_ERROR, RP_ERROR_INVALID, _ ("“%s” is no library on a server"),
                             uri);
}

gboolean
rp_library_keep_password_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
rp_library_is_shared (const char *uri)
{
  g_return_val_if_fail (uri != NULL, FALSE);

  return rp_db_is_server (uri);
}

/* ---- looking at one ---- */

static char *
describe (const RpStoreSight *sight, GError **error)
{
  if (sight->empty)
    return g_strdup (_ ("It can be reached and is still empty: it becomes a library when it is "
                        "used."));
  if (sight->version == 0) {
    g_set_error_literal (
      error, RP_ERROR, RP_ERROR_INVALID,
      _ ("It can be reached, but something else than a Reprint library is there; "
         "ask whoever runs the server for another place"));
    return NULL;
  }
  if (sight->version > sight->known) {
    g_set_error (error, RP_ERROR, RP_ERROR_INVALID,
                 _ ("It can be reached, but belongs to a newer version of Reprint (%d); install "
                    "that version to use it"),
                 (int) sight->version);
    return NULL;
  }

  return g_strdup_printf (
    sight->version < sight->known
      ? ngettext ("It can be reached: a Reprint library of version %d with %u article, which is "
                  "brought up to date when it is used.",
                  "It can be reached: a Reprint library of version %d with %u articles, which is "
                  "brought up to date when it is used.",
                  (gulong) sight->articles)
      : ngettext ("It can be reached: a Reprint library of version %d with %u article.",
                  "It can be reached: a Reprint library of version %d with %u articles.",
                  (gulong) sight->articles),
    (int) sight->version, (guint) sight->articles);
}

static void
look_in_thread (GTask *task, gpointer source, gpointer uri, GCancellable *cancellable)
{
  GError *error = NULL;
  RpStoreSight sight;
  char *words = rp_store_look (uri, &sight, &error) ? describe (&sight, &error) : NULL;

  if (words != NULL)
    g_task_return_pointer (task, words, g_free);
  else
    g_task_return_error (task, error);
}

void
rp_library_look_async (const char *uri,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (uri != NULL);

  rp_library_use_keyring ();
  g_task_set_source_tag (task, rp_library_look_async);
  g_task_set_task_data (task, g_strdup (uri), g_free);
  g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread (task, look_in_thread);
}

char *
rp_library_look_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

char *
rp_library_dup_companion (const char *uri, const char *name)
{
  g_autofree char *digest = NULL;

  if (!rp_db_is_server (uri))
    return g_strconcat (uri, ".", name, NULL);
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, uri, -1);

  return g_build_filename (g_get_user_data_dir (), "reprint", name, digest, NULL);
}

static gboolean
check_backup (const char *path, GError **error)
{
  g_autoptr (RpStore) store = NULL;

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR)) {
    g_set_error (error, RP_ERROR, RP_ERROR_NOT_FOUND, _ ("There is no backup “%s”"), path);
    return FALSE;
  }
  store = rp_store_open (path, error);

  return store != NULL && rp_store_check (store, error);
}

/* The database and what SQLite keeps beside it while it is in use. */
static gboolean
move_aside (const char *uri, const char *kept, GError **error)
{
  static const char *const endings[] = {"", "-wal", "-shm"};

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++) {
    g_autofree char *from = g_strconcat (uri, endings[i], NULL);
    g_autofree char *to = g_strconcat (kept, endings[i], NULL);
    g_autoptr (GFile) source = g_file_new_for_path (from);
    g_autoptr (GFile) target = g_file_new_for_path (to);

    if (g_file_query_exists (source, NULL) &&
        !g_file_move (source, target, G_FILE_COPY_NONE, NULL, NULL, NULL, error))
      return FALSE;
  }

  return TRUE;
}

gboolean
rp_library_restore (const char *uri, const char *path, char **out_kept, GError **error)
{
  g_autofree char *library = uri != NULL ? g_strdup (uri) : rp_store_dup_default_uri ();
  g_autofree char *kept = g_strdup_printf ("%s.replaced-%" G_GINT64_FORMAT ".bak", library,
                                           rp_time_now () / G_TIME_SPAN_SECOND);
  g_autoptr (GFile) source = g_file_new_for_path (path);
  g_autoptr (GFile) target = g_file_new_for_path (library);
  gboolean there = g_file_query_exists (target, NULL);

  if (rp_db_is_server (library)) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_UNSUPPORTED,
                         _ ("A backup is not put over a library on a server; copy it into an "
                            "empty database with “reprintctl library copy”"));
    return FALSE;
  }
  if (!check_backup (path, error) || !move_aside (library, kept, error))
    return FALSE;
  if (!g_file_copy (source, target, G_FILE_COPY_NONE, NULL, NULL, NULL, error)) {
    move_aside (kept, library, NULL);
    return FALSE;
  }
  *out_kept = there ? g_steal_pointer (&kept) : NULL;

  return TRUE;
}

static RpStore *
open_store (const char *uri, GError **error)
{
  g_autofree char *library = uri != NULL ? g_strdup (uri) : rp_store_dup_default_uri ();

  rp_library_use_keyring ();

  return rp_store_open (library, error);
}

gboolean
rp_library_optimise (const char *uri, GError **error)
{
  g_autoptr (RpStore) store = open_store (uri, error);

  return store != NULL && rp_store_optimise (store, error);
}

gboolean
rp_library_forget_before (const char *uri,
                          const char *month,
                          RpLibraryForgotten *out,
                          GError **error)
{
  g_autofree char *first = g_strconcat (month, "-01", NULL);
  gint64 before = strlen (month) == strlen ("2026-03") ? rp_time_instant (first) : RP_TIME_NONE;
  RpStoreForgotten forgotten = {0};
  g_autoptr (RpStore) store = NULL;

  if (before == RP_TIME_NONE) {
    g_set_error (error, RP_ERROR, RP_ERROR_INVALID, _ ("“%s” is no month; write it like 2026-03"),
                 month);
    return FALSE;
  }
  store = open_store (uri, error);
  if (store == NULL || !rp_store_forget_before (store, before, &forgotten, error))
    return FALSE;
  *out = (RpLibraryForgotten){forgotten.exchanges, forgotten.revisions, forgotten.originals};

  return TRUE;
}

gboolean
rp_library_give_role (const char *uri, const char *account, const char *role, GError **error)
{
  int found = rp_role_find (role);
  g_autoptr (RpStore) store = NULL;

  if (found < 0 && g_strcmp0 (role, "none") != 0) {
    g_set_error (
      error, RP_ERROR, RP_ERROR_INVALID,
      _ ("“%s” is no role; there are reader, editor, publisher, rights-manager, and none"), role);
    return FALSE;
  }
  store = open_store (uri, error);

  return store != NULL && rp_store_give_role (store, account, found, error);
}

gboolean
rp_library_list_members (const char *uri,
                         RpLibraryMember member,
                         gpointer user_data,
                         GError **error)
{
  g_autoptr (RpStore) store = open_store (uri, error);
  g_autoptr (GPtrArray) members = store != NULL ? rp_store_list_members (store, error) : NULL;

  for (guint i = 0; members != NULL && i < members->len; i++) {
    const RpStoreMember *found = members->pdata[i];

    member (found->account, rp_role_get_name (found->role), user_data);
  }

  return members != NULL;
}

/* So that the same copy is known again from another folder. */
static char *
dup_whole (const char *library)
{
  return strstr (library, "://") != NULL ? g_strdup (library)
                                         : g_canonicalize_filename (library, NULL);
}

gboolean
rp_library_copy (const char *from,
                 const char *to,
                 RpLibraryCopied copied,
                 gpointer user_data,
                 GError **error)
{
  g_autofree char *source = dup_whole (from);
  g_autofree char *target = dup_whole (to);
  g_autoptr (RpStore) store = NULL;

  if (g_str_equal (source, target) ||
      (!rp_db_is_server (source) && !g_file_test (source, G_FILE_TEST_IS_REGULAR))) {
    g_set_error (error, RP_ERROR, RP_ERROR_NOT_FOUND,
                 _ ("There is no library at “%s” that could be copied there"), from);
    return FALSE;
  }
  rp_library_use_keyring ();
  store = rp_store_open (source, error);

  return store != NULL && rp_store_copy (store, target, copied, user_data, error);
}
