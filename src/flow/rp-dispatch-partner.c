/* Testing a partner, and the kinds of partners there are. */
#include <glib/gi18n-lib.h>

#include "rp-connector.h"
#include "rp-courier.h"
#include "rp-dispatch.h"
#include "rp-error.h"
#include "rp-store-deliveries.h"
#include "rp-time.h"
#include "rp-work.h"

typedef struct {
  RpWorkspace *workspace; /* owned */
  RpPartner *partner;     /* owned: the caller's own object */
  RpDelivery *delivery;   /* owned: gives the probe a memory; never queued */
  RpArticle *article;     /* owned, empty */
  RpExchange *exchange;   /* owned */
  GHashTable *secrets;    /* owned: key -> value, read beforehand off the main thread */
  const RpConnector *connector;
  char *words; /* owned */
} Test;

static void
test_free (gpointer data)
{
  Test *test = data;

  g_clear_object (&test->workspace);
  g_clear_object (&test->partner);
  g_clear_object (&test->delivery);
  g_clear_object (&test->article);
  g_clear_pointer (&test->exchange, rp_exchange_free);
  g_clear_pointer (&test->secrets, g_hash_table_unref);
  g_free (test->words);
  g_free (test);
}

static char *
dup_test_secret (RpExchange *exchange, const char *key)
{
  Test *test = exchange->user_data;

  return g_strdup (g_hash_table_lookup (test->secrets, key));
}

static void
state_saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Test *test = g_task_get_task_data (task);
  GError *error = NULL;

  if (rp_workspace_save_partner_finish (RP_WORKSPACE (source), result, &error))
    g_task_return_pointer (task, g_steal_pointer (&test->words), g_free);
  else
    g_task_return_error (task, error);
}

static gpointer
resume_partner (RpStore *store, gpointer data, GError **error)
{
  return rp_store_resume_partner (store, data, error) ? g_strdup (data) : NULL;
}

static void
resumed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree char *id = rp_workspace_run_finish (RP_WORKSPACE (source), result, NULL);

  rp_workspace_wake_sender (RP_WORKSPACE (source));
}

static void
test_succeeded (GTask *task)
{
  Test *test = g_task_get_task_data (task);
  const char *id = rp_partner_get_id (test->partner);

  test->words = g_strdup (test->exchange->account != NULL ? test->exchange->account : "");
  rp_partner_set_state (test->partner, RP_PARTNER_CONNECTED, NULL);
  rp_partner_set_learned (test->partner, test->exchange->learned);
  if (rp_workspace_find_partner (test->workspace, id) == NULL) {
    g_task_return_pointer (task, g_steal_pointer (&test->words), g_free);
    return;
  }
  rp_workspace_run_async (test->workspace, resume_partner, g_strdup (id), g_free, g_free, NULL,
                          resumed_cb, NULL);
  rp_workspace_save_partner_async (test->workspace, test->partner, NULL, state_saved_cb,
                                   g_object_ref (task));
}

static void
probed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Test *test = g_task_get_task_data (task);
  GError *error = NULL;

  if (rp_courier_carry_finish (RP_COURIER (source), result, &error)) {
    test_succeeded (task);
    return;
  }
  rp_partner_set_state (test->partner, RP_PARTNER_NEEDS_YOU, error->message);
  g_task_return_error (task, error);
}

/* Secrets are read off the main thread: the keyring may ask for its password. */
static void
read_secrets (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Test *test = task_data;
  RpSecrets *secrets = rp_workspace_get_secrets (test->workspace);

  for (const RpSetting *setting = test->connector->settings; setting->key != NULL; setting++)
    if (setting->kind == RP_SETTING_SECRET) {
      char *value = rp_secrets_lookup (secrets, rp_partner_get_id (test->partner), setting->key);

      if (value != NULL)
        g_hash_table_insert (test->secrets, g_strdup (setting->key), value);
    }
  g_task_return_boolean (task, TRUE);
}

static gboolean
check_secrets (Test *test, GError **error)
{
  for (const RpSetting *setting = test->connector->settings; setting->key != NULL; setting++) {
    if (setting->kind != RP_SETTING_SECRET || !setting->required ||
        g_hash_table_contains (test->secrets, setting->key))
      continue;
    g_set_error (error, RP_ERROR, RP_ERROR_CREDENTIALS, _ ("“%s” is missing"), _ (setting->label));
    return FALSE;
  }

  return TRUE;
}

static void
secrets_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Test *test = g_task_get_task_data (task);
  g_autoptr (RpCourier) courier = NULL;
  GError *error = NULL;

  if (!check_secrets (test, &error)) {
    g_task_return_error (task, error);
    g_object_unref (task);
    return;
  }
  courier = rp_courier_new (rp_workspace_get_http (test->workspace), NULL);
  rp_courier_carry_async (courier, test->connector, test->exchange, RP_ERRAND_PROBE,
                          g_task_get_cancellable (task), probed_cb, task);
}

void
rp_dispatch_test_async (RpWorkspace *workspace,
                        RpPartner *partner,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = g_task_new (workspace, cancellable, callback, user_data);
  Test *test = g_new0 (Test, 1);
  g_autoptr (GTask) reading = NULL;
  GError *error = NULL;

  g_task_set_source_tag (task, rp_dispatch_test_async);
  g_task_set_task_data (task, test, test_free);
  test->workspace = g_object_ref (workspace);
  test->partner = g_object_ref (partner);
  test->connector = rp_connector_find (rp_partner_get_connector (partner), &error);
  if (test->connector == NULL || !rp_connector_check_settings (test->connector, partner, &error)) {
    g_task_return_error (task, error);
    g_object_unref (task);
    return;
  }
  test->delivery = rp_delivery_new ("", rp_partner_get_id (partner), RP_ACTION_CREATE);
  if (rp_partner_get_setting (partner, "status") != NULL) {
    g_free (test->delivery->status);
    test->delivery->status = g_strdup (rp_partner_get_setting (partner, "status"));
  }
  test->article = rp_article_new ();
  test->secrets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  test->exchange = rp_exchange_new ();
  test->exchange->article = test->article;
  test->exchange->partner = partner;
  test->exchange->delivery = test->delivery;
  test->exchange->now = rp_time_now ();
  test->exchange->dup_secret = dup_test_secret;
  test->exchange->user_data = test;

  reading = g_task_new (workspace, cancellable, secrets_read_cb, task);
  g_task_set_task_data (reading, test, NULL);
  g_task_run_in_thread (reading, read_secrets);
}

char *
rp_dispatch_test_finish (RpWorkspace *workspace, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- kinds ---- */

static void
kind_free (gpointer data)
{
  RpPartnerKind *kind = data;

  g_array_unref (kind->settings);
  g_free (kind);
}

/* What every partner can be told, whatever it speaks. */
static void
add_common_settings (RpPartnerKind *kind)
{
  static const char *const values[] = {"ask", "corrections", "withdrawals", "all", NULL};
  static const char *const labels[] = {N_ ("Ask Me"), N_ ("Send Corrections by Itself"),
                                       N_ ("Take Down by Itself"), N_ ("Do Both by Itself")};
  RpPartnerSetting follow = {
    .key = "follow",
    .label = _ ("When the Source or the Licence Changes"),
    .hint = _ ("What Reprint does there with articles that are published already"),
    .fallback = "ask",
    .choices = values,
    .choice_labels = labels,
  };

  g_array_append_val (kind->settings, follow);
}

static RpPartnerKind *
kind_new (const RpConnector *connector)
{
  RpPartnerKind *kind = g_new0 (RpPartnerKind, 1);

  kind->id = connector->id;
  kind->title = _ (connector->title);
  kind->summary = _ (connector->summary);
  kind->can_draft = (connector->flags & RP_CONNECTOR_DRAFTS) != 0;
  kind->can_canonical = (connector->flags & RP_CONNECTOR_CANONICAL) != 0;
  kind->can_withdraw = (connector->flags & RP_CONNECTOR_WITHDRAWS) != 0;
  kind->can_schedule = (connector->flags & RP_CONNECTOR_SCHEDULES) != 0;
  kind->notes = connector->limits != NULL ? connector->limits->notes : NULL;
  kind->settings = g_array_new (FALSE, TRUE, sizeof (RpPartnerSetting));
  for (const RpSetting *setting = connector->settings; setting->key != NULL; setting++) {
    RpPartnerSetting row = {
      .key = setting->key,
      .label = _ (setting->label),
      .hint = setting->hint != NULL ? _ (setting->hint) : NULL,
      .fallback = setting->fallback,
      .choices = setting->choices,
      .choice_labels = setting->choice_labels,
      .required = setting->required,
      .secret = setting->kind == RP_SETTING_SECRET,
      .address = setting->kind == RP_SETTING_ADDRESS,
      .flag = setting->kind == RP_SETTING_FLAG,
      .paper = setting->kind == RP_SETTING_PAPER,
      .learned = setting->kind == RP_SETTING_LEARNED ? setting->learned : NULL,
      .made_at = setting->made_at,
    };

    g_array_append_val (kind->settings, row);
  }
  add_common_settings (kind);

  return kind;
}

GPtrArray *
rp_dispatch_list_kinds (void)
{
  GPtrArray *kinds = g_ptr_array_new_with_free_func (kind_free);

  for (guint i = 0; rp_connectors[i] != NULL; i++)
    g_ptr_array_add (kinds, kind_new (rp_connectors[i]));

  return kinds;
}

gboolean
rp_dispatch_check_partner (RpPartner *partner, GError **error)
{
  const RpConnector *connector = rp_connector_find (rp_partner_get_connector (partner), error);

  return connector != NULL && rp_connector_check_settings (connector, partner, error);
}

const char *
rp_dispatch_get_rendition (RpPartner *partner)
{
  const RpConnector *connector = rp_connector_find (rp_partner_get_connector (partner), NULL);

  return connector != NULL ? connector->rendition : NULL;
}
