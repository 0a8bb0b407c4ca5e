#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "rp-cli.h"
#include "rp-ledger.h"
#include "rp-time.h"

extern const RpCommand rp_command_ledger;

typedef struct {
  char *licence, *partner, *from, *to, *output;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->licence);
  g_free (options->partner);
  g_free (options->from);
  g_free (options->to);
  g_free (options->output);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
is_time (const char *text)
{
  return text == NULL || rp_time_instant (text) != RP_TIME_NONE;
}

static int export(RpCli *cli, const Options *options)
{
  const RpLedgerScope scope = {
    .licence_id = options->licence,
    .partner_id = options->partner,
    .from = options->from != NULL ? rp_time_instant (options->from) : 0,
    .to = options->to != NULL ? rp_time_instant (options->to) : 0,
  };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *csv = NULL;

  rp_ledger_export_async (cli->workspace, &scope, NULL, rp_cli_ready_cb, &result);
  csv = rp_ledger_export_finish (cli->workspace, rp_cli_wait (&result), &error);
  if (csv == NULL)
    return rp_cli_fail (error);
  if (options->output == NULL)
    fputs (csv, stdout);
  else if (!g_file_set_contents (options->output, csv, -1, &error))
    return rp_cli_fail (error);

  return RP_EXIT_DONE;
}

static int
run (RpCli *cli, int argc, char **argv)
{
  g_auto (Options) options = {NULL};
  const GOptionEntry entries[] = {
    {"licence", 0, 0, G_OPTION_ARG_STRING, &options.licence, NULL, NULL},
    {"partner", 0, 0, G_OPTION_ARG_STRING, &options.partner, NULL, NULL},
    {"from", 0, 0, G_OPTION_ARG_STRING, &options.from, NULL, NULL},
    {"to", 0, 0, G_OPTION_ARG_STRING, &options.to, NULL, NULL},
    {"output", 0, 0, G_OPTION_ARG_FILENAME, &options.output, NULL, NULL},
    {NULL},
  };

  if (!rp_cli_parse (cli, &rp_command_ledger, entries, &argc, &argv))
    return RP_EXIT_USAGE;
  if (argc != 1 || !is_time (options.from) || !is_time (options.to))
    return rp_cli_usage (&rp_command_ledger);

  return rp_cli_open (cli) != NULL ? export(cli, &options) : RP_EXIT_FAILED;
}

const RpCommand rp_command_ledger = {
  .name = "ledger",
  .usage = "[--licence L] [--partner P] [--from TIME] [--to TIME] [--output FILE.csv]",
  .summary = N_ ("What was published where under which licence, as a table (CSV)"),
  .run = run,
};
