#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "rp-cli.h"
#include "rp-fanout.h"

extern const RpCommand rp_command_follow;

static void
print_one (RpCli *cli, const RpFanOut *fanout)
{
  g_autoptr (JsonObject) object = rp_fanout_to_json (fanout);

  if (cli->json) {
    rp_cli_print_json (object);
    return;
  }
  printf ("%.13s  %s\n\t%s\n\t%s", fanout->article_id, fanout->headline, fanout->reason,
          fanout->action == RP_FANOUT_UPDATE ? _ ("Update at") : _ ("Withdraw from"));
  for (guint i = 0; i < fanout->partners->len; i++)
    printf (" %s", (const char *) fanout->partners->pdata[i]);
  printf ("\n");
}

static int
do_one (RpCli *cli, const RpFanOut *fanout)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint count = 0;

  rp_fanout_do_async (cli->workspace, fanout, NULL, rp_cli_ready_cb, &result);
  if (!rp_fanout_do_finish (cli->workspace, rp_cli_wait (&result), &count, &error))
    return rp_cli_fail (error);

  return count == fanout->partners->len ? RP_EXIT_QUEUED : RP_EXIT_PARTLY;
}

static int
run_for (RpCli *cli, const char *article, gboolean wanted)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = NULL;
  int status = RP_EXIT_DONE;

  rp_fanout_list_async (cli->workspace, article, NULL, rp_cli_ready_cb, &result);
  found = rp_fanout_list_finish (cli->workspace, rp_cli_wait (&result), &error);
  if (found == NULL)
    return rp_cli_fail (error);
  for (guint i = 0; i < found->len; i++) {
    print_one (cli, found->pdata[i]);
    if (wanted)
      status = rp_cli_join (status, do_one (cli, found->pdata[i]), i == 0);
  }

  return status;
}

static int
run (RpCli *cli, int argc, char **argv)
{
  gboolean wanted = FALSE;
  g_autofree char *article = NULL;
  const GOptionEntry entries[] = {
    {"do", 0, 0, G_OPTION_ARG_NONE, &wanted, NULL, NULL},
    {NULL},
  };

  if (!rp_cli_parse (cli, &rp_command_follow, entries, &argc, &argv))
    return RP_EXIT_USAGE;
  if (argc > 2)
    return rp_cli_usage (&rp_command_follow);
  if (rp_cli_open (cli) == NULL)
    return RP_EXIT_FAILED;
  if (argc == 2) {
    article = rp_cli_find_article (cli, argv[1]);
    if (article == NULL)
      return RP_EXIT_FAILED;
  }

  return run_for (cli, article, wanted);
}

const RpCommand rp_command_follow = {
  .name = "follow",
  .usage = "[ARTICLE] [--do] [--json]",
  .summary = N_ ("What is to be updated or taken down, because the source or the licence changed"),
  .run = run,
};
