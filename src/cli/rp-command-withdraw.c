#include <glib/gi18n-lib.h>

#include "rp-cli.h"
#include "rp-dispatch.h"
#include "rp-outcome.h"

extern const RpCommand rp_command_withdraw;

static int
withdraw (RpCli *cli, const char *name, GStrv partners, const char *reason, gboolean wait)
{
  g_autofree char *id = rp_cli_find_article (cli, name);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) queued = NULL;

  if (id == NULL)
    return RP_EXIT_FAILED;
  rp_dispatch_withdraw_async (cli->workspace, id, (const char *const *) partners, reason, NULL,
                              rp_cli_ready_cb, &result);
  queued = rp_dispatch_withdraw_finish (cli->workspace, rp_cli_wait (&result), &error);
  if (queued == NULL)
    return rp_cli_fail (error);
  if (queued->len == 0)
    g_printerr (_ ("reprintctl: No partner has “%s”\n"), name);

  return rp_outcome_print (cli, queued, wait);
}

static int
withdraw_run (RpCli *cli, int argc, char **argv)
{
  g_auto (GStrv) from = NULL;
  g_auto (GStrv) partners = NULL;
  g_autofree char *reason = NULL;
  gboolean wait = FALSE;
  const GOptionEntry entries[] = {
    {"from", 0, 0, G_OPTION_ARG_STRING_ARRAY, &from, NULL, NULL},
    {"reason", 0, 0, G_OPTION_ARG_STRING, &reason, NULL, NULL},
    {"wait", 0, 0, G_OPTION_ARG_NONE, &wait, NULL, NULL},
    {NULL},
  };
  int status = RP_EXIT_DONE;

  if (!rp_cli_parse (cli, &rp_command_withdraw, entries, &argc, &argv))
    return RP_EXIT_USAGE;
  if (argc < 2)
    return rp_cli_usage (&rp_command_withdraw);
  if (rp_cli_open (cli) == NULL)
    return RP_EXIT_FAILED;
  if (from != NULL) {
    partners = rp_outcome_resolve_partners (cli, from);
    if (partners == NULL)
      return RP_EXIT_FAILED;
  }
  for (int i = 1; i < argc; i++)
    status = rp_cli_join (status, withdraw (cli, argv[i], partners, reason, wait), i == 1);

  return status;
}

const RpCommand rp_command_withdraw = {
  .name = "withdraw",
  .usage = "ARTICLE… [--from PARTNER]… [--reason TEXT] [--wait]",
  .summary = N_ ("Take articles back from the partners that have them"),
  .run = withdraw_run,
};
