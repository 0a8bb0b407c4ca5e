#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "rp-clearance.h"
#include "rp-cli.h"

extern const RpCommand rp_command_render;

static int
render (RpCli *cli, RpArticle *article, const char *form, RpPartner *partner)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize size;

  rp_clearance_render_async (cli->workspace, article, form, partner, NULL, rp_cli_ready_cb,
                             &result);
  bytes = rp_clearance_render_finish (cli->workspace, rp_cli_wait (&result), &error);
  if (bytes == NULL)
    return rp_cli_fail (error);
  fwrite (g_bytes_get_data (bytes, &size), 1, g_bytes_get_size (bytes), stdout);

  return RP_EXIT_DONE;
}

static int
render_run (RpCli *cli, int argc, char **argv)
{
  g_autofree char *form = NULL;
  g_autofree char *to = NULL;
  const GOptionEntry entries[] = {
    {"as", 0, 0, G_OPTION_ARG_STRING, &form, NULL, NULL},
    {"to", 0, 0, G_OPTION_ARG_STRING, &to, NULL, NULL},
    {NULL},
  };
  g_autofree char *id = NULL;
  g_autoptr (RpArticle) article = NULL;
  RpPartner *partner;

  if (!rp_cli_parse (cli, &rp_command_render, entries, &argc, &argv))
    return RP_EXIT_USAGE;
  if (argc != 2 || form == NULL)
    return rp_cli_usage (&rp_command_render);
  if (rp_cli_open (cli) == NULL)
    return RP_EXIT_FAILED;
  partner = to != NULL ? rp_cli_find_partner (cli, to) : NULL;
  id = to == NULL || partner != NULL ? rp_cli_find_article (cli, argv[1]) : NULL;
  article = id != NULL ? rp_cli_get_article (cli, id) : NULL;

  return article != NULL ? render (cli, article, form, partner) : RP_EXIT_FAILED;
}

const RpCommand rp_command_render = {
  .name = "render",
  .usage = "ARTICLE --as html|page|jsonld|ninjs|ninjs-2|ninjs-3|newsml-g2|nitf|rss|atom|jsonfeed|"
           "markdown|rsl|odrl\n[--to PARTNER]",
  .summary = N_ ("Write an article as a partner would get it"),
  .run = render_run,
};
