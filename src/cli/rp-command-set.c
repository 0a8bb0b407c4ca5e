#include <glib/gi18n-lib.h>

#include "rp-cli.h"
#include "rp-error.h"
#include "rp-time.h"

extern const RpCommand rp_command_set;

static gboolean
is_time (RpArticleField field)
{
  return field == RP_ARTICLE_PUBLISHED || field == RP_ARTICLE_UPDATED ||
         field == RP_ARTICLE_EMBARGOED_UNTIL || field == RP_ARTICLE_EXPIRES;
}

static gboolean
is_ours (RpArticleField field)
{
  return field == RP_ARTICLE_ID || field == RP_ARTICLE_SNAPSHOT || field == RP_ARTICLE_STATE ||
         field == RP_ARTICLE_LICENCE_ID || field == RP_ARTICLE_LICENCE_CONFIDENCE ||
         field == RP_ARTICLE_FORMAT;
}

static void
set_list (RpArticle *article, const char *name, const char *value)
{
  g_auto (GStrv) words = g_strsplit (value, ",", -1);
  gboolean authors = g_str_equal (name, "authors");

  if (authors)
    rp_article_clear_authors (article);
  else
    rp_article_clear_tags (article);
  for (guint i = 0; words[i] != NULL; i++) {
    if (authors)
      rp_article_add_author (article, words[i], NULL, NULL);
    else
      rp_article_add_tag (article, words[i]);
  }
}

static gboolean
set_field (RpArticle *article, const char *name, const char *value, GError **error)
{
  RpArticleField field;

  if (g_str_equal (name, "authors") || g_str_equal (name, "tags")) {
    set_list (article, name, value);
    return TRUE;
  }
  if (!rp_article_field_from_name (name, &field) || is_ours (field)) {
    g_set_error (
      error, RP_ERROR, RP_ERROR_INVALID,
      _ ("“%s” is no field that can be set; use for instance headline, summary, authors, tags "
         "or body_html"),
      name);
    return FALSE;
  }
  if (is_time (field) && *value != '\0' && !rp_time_parse (value, NULL, NULL, NULL)) {
    g_set_error (error, RP_ERROR, RP_ERROR_INVALID,
                 _ ("“%s” is no time; write 2026-03-01T10:00:00Z"), value);
    return FALSE;
  }
  rp_article_set (article, field, value);

  return TRUE;
}

static gboolean
set_pair (RpArticle *article, const char *pair, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (pair, "=", 2);

  if (parts[0] != NULL && parts[1] != NULL)
    return set_field (article, parts[0], parts[1], error);
  g_set_error (error, RP_ERROR, RP_ERROR_INVALID, _ ("“%s” is not of the form FIELD=VALUE"), pair);

  return FALSE;
}

static int
save (RpCli *cli, RpArticle *article, RpArticle *base)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rp_workspace_save_article_async (cli->workspace, article, base, NULL, rp_cli_ready_cb, &result);
  if (!rp_workspace_save_article_finish (cli->workspace, rp_cli_wait (&result), &error))
    return rp_cli_fail (error);

  return RP_EXIT_DONE;
}

static int
set_run (RpCli *cli, int argc, char **argv)
{
  g_autofree char *id = NULL;
  g_autoptr (RpArticle) article = NULL;
  g_autoptr (RpArticle) base = NULL;
  g_autoptr (GError) error = NULL;

  if (!rp_cli_parse (cli, &rp_command_set, NULL, &argc, &argv))
    return RP_EXIT_USAGE;
  if (argc < 3)
    return rp_cli_usage (&rp_command_set);
  if (rp_cli_open (cli) == NULL)
    return RP_EXIT_FAILED;
  id = rp_cli_find_article (cli, argv[1]);
  article = id != NULL ? rp_cli_get_article (cli, id) : NULL;
  if (article == NULL)
    return RP_EXIT_FAILED;
  base = rp_article_copy (article);
  for (int i = 2; i < argc; i++)
    if (!set_pair (article, argv[i], &error))
      return rp_cli_fail (error);

  return save (cli, article, base);
}

const RpCommand rp_command_set = {
  .name = "set",
  .usage = "ARTICLE FIELD=VALUE…",
  .summary = N_ ("Change fields of an article"),
  .run = set_run,
};
