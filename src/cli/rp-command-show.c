#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "rp-cli.h"
#include "rp-history.h"
#include "rp-html.h"
#include "rp-json.h"

extern const RpCommand rp_command_show;

static void
write_bytes (GBytes *bytes)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  fwrite (data, 1, size, stdout);
}

static int
show_source (RpCli *cli, RpArticle *article)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  rp_workspace_get_blob_async (cli->workspace, rp_article_get (article, RP_ARTICLE_SNAPSHOT), NULL,
                               rp_cli_ready_cb, &result);
  bytes = rp_workspace_get_blob_finish (cli->workspace, rp_cli_wait (&result), &error);
  if (bytes == NULL)
    return rp_cli_fail (error);
  write_bytes (bytes);

  return RP_EXIT_DONE;
}

static void
print_history (JsonObject *object)
{
  JsonArray *history = rp_json_get_array (object, "history");

  for (guint i = 0; i < json_array_get_length (history); i++) {
    JsonObject *row = json_array_get_object_element (history, i);

    g_print ("  %s  %s", rp_json_get_string (row, "at"), rp_json_get_string (row, "words"));
    if (rp_json_get_string (row, "url") != NULL)
      g_print ("  %s", rp_json_get_string (row, "url"));
    g_print ("\n");
  }
}

static void
print_people (RpArticle *article, JsonObject *object)
{
  g_autofree char *byline = rp_article_dup_byline (article);

  g_print ("%s\n%s\n\n%s\n\n", rp_cli_or_dash (rp_article_get (article, RP_ARTICLE_HEADLINE)),
           rp_cli_or_dash (byline), rp_cli_or_dash (rp_json_get_string (object, "body_text")));
  g_print ("%s: %s\n", _ ("State"), rp_cli_or_dash (rp_article_get (article, RP_ARTICLE_STATE)));
  g_print ("%s: %s (%s)\n", _ ("Licence"),
           rp_cli_or_dash (rp_article_get (article, RP_ARTICLE_LICENCE_ID)),
           rp_cli_or_dash (rp_article_get (article, RP_ARTICLE_LICENCE_CONFIDENCE)));
  g_print ("%s\n", _ ("History:"));
  print_history (object);
}

static int
show_all (RpCli *cli, RpArticle *article)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = NULL;

  rp_history_show_async (cli->workspace, rp_article_get (article, RP_ARTICLE_ID), NULL,
                         rp_cli_ready_cb, &result);
  object = rp_history_show_finish (cli->workspace, rp_cli_wait (&result), &error);
  if (object == NULL)
    return rp_cli_fail (error);
  if (cli->json)
    rp_cli_print_json (object);
  else
    print_people (article, object);

  return RP_EXIT_DONE;
}

static int
show_run (RpCli *cli, int argc, char **argv)
{
  gboolean html = FALSE, text = FALSE, source = FALSE;
  const GOptionEntry entries[] = {
    {"html", 0, 0, G_OPTION_ARG_NONE, &html, NULL, NULL},
    {"text", 0, 0, G_OPTION_ARG_NONE, &text, NULL, NULL},
    {"source", 0, 0, G_OPTION_ARG_NONE, &source, NULL, NULL},
    {NULL},
  };
  g_autofree char *id = NULL;
  g_autoptr (RpArticle) article = NULL;
  const char *body;

  if (!rp_cli_parse (cli, &rp_command_show, entries, &argc, &argv))
    return RP_EXIT_USAGE;
  if (argc != 2)
    return rp_cli_usage (&rp_command_show);
  if (rp_cli_open (cli) == NULL)
    return RP_EXIT_FAILED;
  id = rp_cli_find_article (cli, argv[1]);
  article = id != NULL ? rp_cli_get_article (cli, id) : NULL;
  if (article == NULL)
    return RP_EXIT_FAILED;

  body = rp_article_get (article, RP_ARTICLE_BODY_HTML);
  if (source)
    return show_source (cli, article);
  if (html)
    puts (body != NULL ? body : "");
  else if (text) {
    g_autofree char *plain = rp_html_to_text (body);

    puts (plain);
  } else
    return show_all (cli, article);

  return RP_EXIT_DONE;
}

const RpCommand rp_command_show = {
  .name = "show",
  .usage = "ARTICLE [--json|--html|--text|--source]",
  .summary = N_ ("Show an article, its deliveries and its history"),
  .run = show_run,
};
