#include <glib/gi18n-lib.h>

#include "rp-cli.h"
#include "rp-history.h"
#include "rp-json.h"
#include "rp-time.h"

extern const RpCommand rp_command_list;

static void
print_row (RpCli *cli, RpArticleRow *row)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *imported = rp_time_format (rp_article_row_get_imported (row));

  if (!cli->json) {
    g_print ("%.13s  %-14s  %-24.24s  %s\n", rp_article_row_get_id (row),
             rp_article_row_get_state (row), rp_cli_or_dash (rp_article_row_get_licence (row)),
             rp_article_row_get_headline (row));
    return;
  }
  rp_json_set_string (object, "article", rp_article_row_get_id (row));
  rp_json_set_string (object, "headline", rp_article_row_get_headline (row));
  rp_json_set_string (object, "source", rp_article_row_get_source (row));
  rp_json_set_string (object, "imported", imported);
  rp_json_set_string (object, "licence", rp_article_row_get_licence (row));
  rp_json_set_string (object, "state", rp_article_row_get_state (row));
  rp_cli_print_json (object);
}

static int
list_run (RpCli *cli, int argc, char **argv)
{
  int limit = 100;
  const GOptionEntry entries[] = {
    {"limit", 0, 0, G_OPTION_ARG_INT, &limit, NULL, NULL},
    {NULL},
  };
  g_autofree char *query = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  if (!rp_cli_parse (cli, &rp_command_list, entries, &argc, &argv))
    return RP_EXIT_USAGE;
  if (rp_cli_open (cli) == NULL)
    return RP_EXIT_FAILED;

  query = g_strjoinv (" ", argv + 1);
  rp_history_search_async (cli->workspace, query, (guint) MAX (limit, 0), NULL, rp_cli_ready_cb,
                           &result);
  rows = rp_history_search_finish (cli->workspace, rp_cli_wait (&result), &error);
  if (rows == NULL)
    return rp_cli_fail (error);
  for (guint i = 0; i < rows->len; i++)
    print_row (cli, g_ptr_array_index (rows, i));

  return RP_EXIT_DONE;
}

const RpCommand rp_command_list = {
  .name = "list",
  .usage = "[--json] [--limit N] [QUERY…]",
  .summary = N_ ("List articles; the words of the window’s search field"),
  .run = list_run,
};
