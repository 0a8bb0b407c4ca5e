#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <stdio.h>

#include "rp-cli.h"
#include "rp-dispatch.h"
#include "rp-history.h"
#include "rp-outcome.h"

extern const RpCommand rp_command_outbox;

static int
list_outbox (RpCli *cli)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) deliveries = NULL;

  rp_dispatch_list_async (cli->workspace, NULL, FALSE, NULL, rp_cli_ready_cb, &result);
  deliveries = rp_dispatch_list_finish (cli->workspace, rp_cli_wait (&result), &error);
  if (deliveries == NULL)
    return rp_cli_fail (error);
  for (guint i = 0; i < deliveries->len; i++)
    rp_cli_print_delivery (cli, g_ptr_array_index (deliveries, i));

  return RP_EXIT_DONE;
}

static gboolean
stop_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  return G_SOURCE_REMOVE;
}

/* Without a limit it goes on until it is told to stop, as a service would. */
static int
run_for (RpCli *cli, guint at_once, int seconds)
{
  g_autoptr (GCancellable) stop = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_unix_signal_add (SIGINT, stop_cb, stop);
  g_unix_signal_add (SIGTERM, stop_cb, stop);
  if (seconds > 0)
    g_timeout_add_seconds ((guint) seconds, stop_cb, stop);
  rp_dispatch_run_async (cli->workspace, FALSE, at_once, stop, rp_cli_ready_cb, &result);
  if (!rp_dispatch_run_finish (cli->workspace, rp_cli_wait (&result), &error))
    return rp_cli_fail (error);

  return RP_EXIT_DONE;
}

static int
run_outbox (RpCli *cli, gboolean until_empty, guint at_once, int seconds)
{
  g_autoptr (GError) error = NULL;

  if (!until_empty)
    return run_for (cli, at_once, seconds);
  if (!rp_outcome_deliver (cli, at_once, &error))
    return rp_cli_fail (error);

  return RP_EXIT_DONE;
}

static int
retry_one (RpCli *cli, const char *id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rp_dispatch_retry_async (cli->workspace, id, NULL, rp_cli_ready_cb, &result);

  return rp_dispatch_retry_finish (cli->workspace, rp_cli_wait (&result), &error)
           ? RP_EXIT_DONE
           : rp_cli_fail (error);
}

static int
cancel_one (RpCli *cli, const char *id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rp_dispatch_cancel_async (cli->workspace, id, NULL, rp_cli_ready_cb, &result);

  return rp_dispatch_cancel_finish (cli->workspace, rp_cli_wait (&result), &error)
           ? RP_EXIT_DONE
           : rp_cli_fail (error);
}

static int
show_transcript (RpCli *cli, const char *id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  rp_history_transcript_async (cli->workspace, id, NULL, rp_cli_ready_cb, &result);
  text = rp_history_transcript_finish (cli->workspace, rp_cli_wait (&result), &error);
  if (text == NULL)
    return rp_cli_fail (error);
  puts (text);

  return RP_EXIT_DONE;
}

static const struct {
  const char *name;
  int (*run) (RpCli *cli, const char *id);
} verbs[] = {
  {"retry", retry_one},
  {"cancel", cancel_one},
  {"show", show_transcript},
};

static int
run_verb (RpCli *cli, int argc, char **argv)
{
  int status = RP_EXIT_DONE;

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++) {
    if (!g_str_equal (argv[1], verbs[i].name) || argc < 3)
      continue;
    for (int j = 2; j < argc; j++)
      status = rp_cli_join (status, verbs[i].run (cli, argv[j]), j == 2);

    return status;
  }

  return rp_cli_usage (&rp_command_outbox);
}

static int
outbox_run (RpCli *cli, int argc, char **argv)
{
  gboolean until_empty = FALSE;
  int seconds = 0, at_once = 0;
  const GOptionEntry entries[] = {
    {"until-empty", 0, 0, G_OPTION_ARG_NONE, &until_empty, NULL, NULL},
    {"for", 0, 0, G_OPTION_ARG_INT, &seconds, NULL, NULL},
    {"at-once", 0, 0, G_OPTION_ARG_INT, &at_once, NULL, NULL},
    {NULL},
  };

  if (!rp_cli_parse (cli, &rp_command_outbox, entries, &argc, &argv))
    return RP_EXIT_USAGE;
  if (rp_cli_open (cli) == NULL)
    return RP_EXIT_FAILED;
  if (argc == 1)
    return list_outbox (cli);
  if (argc == 2 && g_str_equal (argv[1], "run"))
    return run_outbox (cli, until_empty, (guint) MAX (at_once, 0), seconds);

  return run_verb (cli, argc, argv);
}

const RpCommand rp_command_outbox = {
  .name = "outbox",
  .usage =
    "[--json]\nrun [--until-empty] [--for SECONDS] [--at-once N]\nretry D… | cancel D… | show D…",
  .summary = N_ ("What is on its way, and what was sent and answered"),
  .run = outbox_run,
};
