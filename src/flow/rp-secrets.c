#include "rp-secrets.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

#include "rp-error.h"

#define FRESH (10 * G_TIME_SPAN_SECOND)

struct _RpSecrets {
  GObject parent_instance;

  GMutex lock;
  GHashTable *remembered; /* owned: "partner/key" -> value, guarded by lock */
  GHashTable *looked_up;  /* owned: "partner/key" -> Found, guarded by lock */
};

/* What the keyring said a moment ago: a fan-out asks it once and not for every delivery. */
typedef struct {
  char *value;  /* owned, NULL = it has none */
  gint64 until; /* of the monotonic clock */
} Found;

G_DEFINE_FINAL_TYPE (RpSecrets, rp_secrets, G_TYPE_OBJECT)

static const SecretSchema schema = {
  RP_APP_ID,
  SECRET_SCHEMA_NONE,
  {
    {"partner", SECRET_SCHEMA_ATTRIBUTE_STRING},
    {"key", SECRET_SCHEMA_ATTRIBUTE_STRING},
    {NULL, 0},
  },
};

static void
found_free (gpointer data)
{
  g_free (((Found *) data)->value);
  g_free (data);
}

static void
rp_secrets_finalize (GObject *object)
{
  RpSecrets *self = RP_SECRETS (object);

  g_hash_table_unref (self->looked_up);
  g_hash_table_unref (self->remembered);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (rp_secrets_parent_class)->finalize (object);
}

static void
rp_secrets_class_init (RpSecretsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rp_secrets_finalize;
}

static void
rp_secrets_init (RpSecrets *self)
{
  g_mutex_init (&self->lock);
  self->remembered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->looked_up = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, found_free);
}

RpSecrets *
rp_secrets_new (void)
{
  return g_object_new (RP_TYPE_SECRETS, NULL);
}

void
rp_secrets_remember (RpSecrets *self, const char *partner_id, const char *key, const char *value)
{
  g_mutex_lock (&self->lock);
  g_hash_table_replace (self->remembered, g_strconcat (partner_id, "/", key, NULL),
                        g_strdup (value));
  g_mutex_unlock (&self->lock);
}

static char *
dup_remembered (RpSecrets *self, const char *partner_id, const char *key)
{
  g_autofree char *name = g_strconcat (partner_id, "/", key, NULL);
  char *value;

  g_mutex_lock (&self->lock);
  value = g_strdup (g_hash_table_lookup (self->remembered, name));
  g_mutex_unlock (&self->lock);

  return value;
}

static char *
dup_environment (const char *partner_id, const char *key)
{
  g_autofree char *raw = partner_id != NULL
                           ? g_strconcat ("REPRINT_SECRET_", partner_id, "_", key, NULL)
                           : g_strconcat ("REPRINT_SECRET_", key, NULL);
  g_autofree char *name = g_ascii_strup (raw, -1);

  for (char *p = name; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p))
      *p = '_';

  return g_strdup (g_getenv (name));
}

/* TRUE when the keyring was asked a moment ago. */
static gboolean
find_fresh (RpSecrets *self, const char *name, char **out_value)
{
  const Found *found;

  g_mutex_lock (&self->lock);
  found = g_hash_table_lookup (self->looked_up, name);
  if (found != NULL && found->until <= g_get_monotonic_time ())
    found = NULL;
  if (found != NULL)
    *out_value = g_strdup (found->value);
  g_mutex_unlock (&self->lock);

  return found != NULL;
}

static void
keep_fresh (RpSecrets *self, const char *name, const char *value)
{
  Found *found = g_new0 (Found, 1);

  found->value = g_strdup (value);
  found->until = g_get_monotonic_time () + FRESH;
  g_mutex_lock (&self->lock);
  g_hash_table_replace (self->looked_up, g_strdup (name), found);
  g_mutex_unlock (&self->lock);
}

static char *
dup_from_keyring (RpSecrets *self, const char *partner_id, const char *key)
{
  g_autofree char *name = g_strconcat (partner_id, "/", key, NULL);
  g_autoptr (GError) error = NULL;
  char *value = NULL;

  if (find_fresh (self, name, &value))
    return value;
  value =
    secret_password_lookup_sync (&schema, NULL, &error, "partner", partner_id, "key", key, NULL);
  if (error != NULL)
    g_debug ("No secret service: %s", error->message);
  keep_fresh (self, name, value);

  return value;
}

char *
rp_secrets_lookup (RpSecrets *self, const char *partner_id, const char *key)
{
  char *value = dup_remembered (self, partner_id, key);

  if (value == NULL)
    value = dup_environment (partner_id, key);
  if (value == NULL)
    value = dup_environment (NULL, key);

  return value != NULL ? value : dup_from_keyring (self, partner_id, key);
}

static gboolean
belongs_to (gpointer key, gpointer value, gpointer user_data)
{
  return g_str_has_prefix (key, user_data);
}

void
rp_secrets_ask_again (RpSecrets *self, const char *partner_id)
{
  g_autofree char *prefix = g_strconcat (partner_id, "/", NULL);

  g_mutex_lock (&self->lock);
  g_hash_table_foreach_remove (self->looked_up, belongs_to, prefix);
  g_mutex_unlock (&self->lock);
}

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (secret_password_store_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (
      task, RP_ERROR, RP_ERROR_STORAGE,
      _ ("The password could not be put into the keyring (%s). Unlock or install "
         "a keyring such as GNOME Keyring, or set REPRINT_SECRET_… in the "
         "environment"),
      error->message);
}

void
rp_secrets_store_async (RpSecrets *self,
                        const char *partner_id,
                        const char *partner_name,
                        const char *key,
                        const char *value,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *label = g_strdup_printf (_ ("Reprint: %s (%s)"), partner_name, key);

  g_task_set_source_tag (task, rp_secrets_store_async);
  rp_secrets_remember (self, partner_id, key, value);
  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, label, value, cancellable, stored_cb,
                         task, "partner", partner_id, "key", key, NULL);
}

gboolean
rp_secrets_store_finish (RpSecrets *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
cleared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  secret_password_clear_finish (result, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

void
rp_secrets_clear_async (RpSecrets *self,
                        const char *partner_id,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *prefix = g_strconcat (partner_id, "/", NULL);

  g_task_set_source_tag (task, rp_secrets_clear_async);
  g_mutex_lock (&self->lock);
  g_hash_table_foreach_remove (self->remembered, belongs_to, prefix);
  g_mutex_unlock (&self->lock);
  rp_secrets_ask_again (self, partner_id);
  secret_password_clear (&schema, cancellable, cleared_cb, task, "partner", partner_id, NULL);
}

gboolean
rp_secrets_clear_finish (RpSecrets *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
