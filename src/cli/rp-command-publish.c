#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "rp-clearance.h"
#include "rp-cli.h"
#include "rp-dispatch.h"
#include "rp-outcome.h"
#include "rp-time.h"

extern const RpCommand rp_command_publish;

typedef struct {
  GStrv to;
  char *at;
  char *status;
  gboolean dry_run;
  gboolean wait;
} Options;

static void
options_clear (Options *options)
{
  g_strfreev (options->to);
  g_free (options->at);
  g_free (options->status);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static int
show_rendition (RpCli *cli, RpArticle *article, RpPartner *partner)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  rp_clearance_render_async (cli->workspace, article, rp_dispatch_get_rendition (partner), partner,
                             NULL, rp_cli_ready_cb, &result);
  bytes = rp_clearance_render_finish (cli->workspace, rp_cli_wait (&result), &error);
  if (bytes == NULL)
    return rp_cli_fail (error);
  fwrite (g_bytes_get_data (bytes, NULL), 1, g_bytes_get_size (bytes), stdout);
  g_print ("\n");

  return RP_EXIT_DONE;
}

static int
dry_run (RpCli *cli, const char *article_id, GStrv partners)
{
  g_autoptr (RpArticle) article = rp_cli_get_article (cli, article_id);
  int status = RP_EXIT_DONE;

  if (article == NULL)
    return RP_EXIT_FAILED;
  for (guint i = 0; partners[i] != NULL; i++)
    status = rp_cli_join (
      status,
      show_rendition (cli, article, rp_workspace_find_partner (cli->workspace, partners[i])),
      i == 0);

  return status;
}

static int
publish (RpCli *cli, const char *article_id, GStrv partners, const Options *options)
{
  RpPublishOptions wish = {options->status, rp_time_instant (options->at)};
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) queued = NULL;

  rp_dispatch_publish_async (cli->workspace, article_id, (const char *const *) partners, &wish,
                             NULL, rp_cli_ready_cb, &result);
  queued = rp_dispatch_publish_finish (cli->workspace, rp_cli_wait (&result), &error);

  return queued != NULL ? rp_outcome_print (cli, queued, options->wait) : rp_cli_fail (error);
}

static gboolean
is_usable (const Options *options)
{
  gboolean known = options->status == NULL || g_str_equal (options->status, "draft") ||
                   g_str_equal (options->status, "publish") ||
                   g_str_equal (options->status, "schedule");

  return options->to != NULL && known &&
         (options->at == NULL || rp_time_instant (options->at) != RP_TIME_NONE);
}

static int
publish_all (RpCli *cli, int argc, char **argv, const Options *options)
{
  g_auto (GStrv) partners = rp_outcome_resolve_partners (cli, options->to);
  int status = RP_EXIT_DONE;

  if (partners == NULL)
    return RP_EXIT_FAILED;
  for (int i = 1; i < argc; i++) {
    g_autofree char *id = rp_cli_find_article (cli, argv[i]);
    int one = id == NULL         ? RP_EXIT_FAILED
              : options->dry_run ? dry_run (cli, id, partners)
                                 : publish (cli, id, partners, options);

    status = rp_cli_join (status, one, i == 1);
  }

  return status;
}

static int
publish_run (RpCli *cli, int argc, char **argv)
{
  g_auto (Options) options = {0};
  const GOptionEntry entries[] = {
    {"to", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.to, NULL, NULL},
    {"at", 0, 0, G_OPTION_ARG_STRING, &options.at, NULL, NULL},
    {"status", 0, 0, G_OPTION_ARG_STRING, &options.status, NULL, NULL},
    {"dry-run", 0, 0, G_OPTION_ARG_NONE, &options.dry_run, NULL, NULL},
    {"wait", 0, 0, G_OPTION_ARG_NONE, &options.wait, NULL, NULL},
    {NULL},
  };

  if (!rp_cli_parse (cli, &rp_command_publish, entries, &argc, &argv))
    return RP_EXIT_USAGE;
  if (argc < 2 || !is_usable (&options))
    return rp_cli_usage (&rp_command_publish);
  if (rp_cli_open (cli) == NULL)
    return RP_EXIT_FAILED;

  return publish_all (cli, argc, argv, &options);
}

const RpCommand rp_command_publish = {
  .name = "publish",
  .usage = "ARTICLE… --to PARTNER [--to PARTNER]… [--at TIME]\n"
           "        [--status draft|publish|schedule] [--dry-run] [--wait]",
  .summary = N_ ("Publish articles to partners, or update them there"),
  .run = publish_run,
};
