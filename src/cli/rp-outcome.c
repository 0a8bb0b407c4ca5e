#include "rp-outcome.h"

#include <glib/gi18n-lib.h>

#include "rp-dispatch.h"
#include "rp-json.h"

GStrv
rp_outcome_resolve_partners (RpCli *cli, char **names)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (; names != NULL && *names != NULL; names++) {
    RpPartner *partner = rp_cli_find_partner (cli, *names);

    if (partner == NULL)
      return NULL;
    g_strv_builder_add (builder, rp_partner_get_id (partner));
  }

  return g_strv_builder_end (builder);
}

gboolean
rp_outcome_deliver (RpCli *cli, guint at_once, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rp_dispatch_run_async (cli->workspace, TRUE, at_once, NULL, rp_cli_ready_cb, &result);

  return rp_dispatch_run_finish (cli->workspace, rp_cli_wait (&result), error);
}

static RpDelivery *
find_now (GPtrArray *deliveries, const char *id)
{
  for (guint i = 0; i < deliveries->len; i++) {
    RpDelivery *delivery = g_ptr_array_index (deliveries, i);

    if (g_str_equal (delivery->id, id))
      return delivery;
  }

  return NULL;
}

static GPtrArray *
read_deliveries (RpCli *cli, const char *article_id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rp_dispatch_list_async (cli->workspace, article_id, FALSE, NULL, rp_cli_ready_cb, &result);

  return rp_dispatch_list_finish (cli->workspace, rp_cli_wait (&result), error);
}

static int
status_of (const RpDelivery *delivery)
{
  switch (delivery->state) {
  case RP_DELIVERY_DELIVERED:
    return RP_EXIT_DONE;
  case RP_DELIVERY_FAILED:
  case RP_DELIVERY_CANCELLED:
    return RP_EXIT_FAILED;
  default:
    return RP_EXIT_QUEUED;
  }
}

static int
print_denied (RpCli *cli, const RpQueued *queued)
{
  if (queued->decision != NULL)
    rp_cli_print_decision (cli, queued->article_id, queued->partner_id, queued->decision, NULL);
  g_printerr ("reprintctl: %s: %s\n", queued->partner_id, queued->message);

  return queued->decision != NULL ? RP_EXIT_DENIED : RP_EXIT_FAILED;
}

static int
print_one (RpCli *cli, const RpQueued *queued, gboolean wait)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) deliveries = NULL;
  RpDelivery *now;

  if (queued->delivery == NULL)
    return print_denied (cli, queued);
  if (!wait) {
    rp_cli_print_delivery (cli, queued->delivery);
    return RP_EXIT_QUEUED;
  }
  deliveries = read_deliveries (cli, queued->article_id, &error);
  now = deliveries != NULL ? find_now (deliveries, queued->delivery->id) : NULL;
  if (now == NULL)
    return RP_EXIT_FAILED;
  rp_cli_print_delivery (cli, now);

  return status_of (now);
}

int
rp_outcome_print (RpCli *cli, GPtrArray *queued, gboolean wait)
{
  g_autoptr (GError) error = NULL;
  int status = RP_EXIT_DONE;

  if (wait && !rp_outcome_deliver (cli, 0, &error))
    return rp_cli_fail (error);
  for (guint i = 0; i < queued->len; i++)
    status = rp_cli_join (status, print_one (cli, g_ptr_array_index (queued, i), wait), i == 0);

  return status;
}
