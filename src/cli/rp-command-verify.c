#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "rp-cli.h"
#include "rp-verify.h"

extern const RpCommand rp_command_verify;

static void
print_one (RpCli *cli, const RpVerification *row)
{
  if (cli->json) {
    g_autoptr (JsonObject) object = rp_verification_to_json (row);

    rp_cli_print_json (object);
    return;
  }
  printf ("%s\t%s\n\t%s\n", row->partner_name, rp_cli_or_dash (row->public_url), row->message);
  for (guint i = 0; row->remedies[i] != NULL; i++)
    printf ("\t%s\n", row->remedies[i]);
}

/* Partly when something that was sent is not there. */
static int
run (RpCli *cli, int argc, char **argv)
{
  g_autofree char *article = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  gboolean bad = FALSE;

  if (!rp_cli_parse (cli, &rp_command_verify, NULL, &argc, &argv))
    return RP_EXIT_USAGE;
  if (argc != 2)
    return rp_cli_usage (&rp_command_verify);
  if (rp_cli_open (cli) == NULL)
    return RP_EXIT_FAILED;
  article = rp_cli_find_article (cli, argv[1]);
  if (article == NULL)
    return RP_EXIT_FAILED;
  rp_verify_async (cli->workspace, article, NULL, rp_cli_ready_cb, &result);
  rows = rp_verify_finish (cli->workspace, rp_cli_wait (&result), &error);
  if (rows == NULL)
    return rp_cli_fail (error);
  if (rows->len == 0)
    g_printerr ("reprintctl: %s\n", _ ("No partner has this article."));
  for (guint i = 0; i < rows->len; i++) {
    const RpVerification *row = rows->pdata[i];

    print_one (cli, row);
    bad = bad || g_str_equal (row->verdict, "broken") || g_str_equal (row->verdict, "still") ||
          g_str_equal (row->verdict, "unseen");
  }

  return bad ? RP_EXIT_PARTLY : RP_EXIT_DONE;
}

const RpCommand rp_command_verify = {
  .name = "verify",
  .usage = "ARTICLE [--json]",
  .summary = N_ ("Look at what partners show of an article"),
  .run = run,
};
