#include <glib/gi18n-lib.h>

#include "rp-clearance.h"
#include "rp-cli.h"
#include "rp-outcome.h"
#include "rp-remedy.h"

extern const RpCommand rp_command_fix;

typedef struct {
  char **to;
  const char *rule;
  const char *value;
} Wish;

static GPtrArray *
judge (RpCli *cli, RpArticle *article, const char *const *partners, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rp_clearance_judge_async (cli->workspace, article, partners, 0, NULL, rp_cli_ready_cb, &result);

  return rp_clearance_judge_finish (cli->workspace, rp_cli_wait (&result), error);
}

/* The finding, as the first partner that has it; the ids of all that have it go to `partners`. */
static const RpFinding *
find_finding (GPtrArray *verdicts, const char *rule, GStrvBuilder *partners)
{
  const RpFinding *found = NULL;

  for (guint i = 0; i < verdicts->len; i++) {
    const RpVerdictFor *verdict = verdicts->pdata[i];
    GPtrArray *findings = rp_decision_get_findings (verdict->decision);

    for (guint k = 0; k < findings->len; k++) {
      const RpFinding *finding = findings->pdata[k];

      if (g_ascii_strcasecmp (finding->rule, rule) != 0)
        continue;
      found = found != NULL ? found : finding;
      if (verdict->partner != NULL)
        g_strv_builder_add (partners, rp_partner_get_id (verdict->partner));
    }
  }

  return found;
}

static gboolean
is_possible (RpArticle *article, const RpFinding *finding, const Wish *wish)
{
  if (finding == NULL) {
    g_printerr (_ ("reprintctl: The check %s finds nothing to fix\n"), wish->rule);
    return FALSE;
  }
  if (wish->value == NULL && rp_remedy_needs_value (article, finding)) {
    g_printerr (_ ("reprintctl: This needs to be told something; give it with --value. %s\n"),
                finding->message);
    return FALSE;
  }
  if (wish->value == NULL && !rp_remedy_can_fix (article, finding)) {
    g_printerr (_ ("reprintctl: Somebody has to decide this. %s\n"), finding->message);
    return FALSE;
  }

  return TRUE;
}

static int
fix (RpCli *cli, const char *id, RpArticle *article, const Wish *wish)
{
  g_auto (GStrv) asked = rp_outcome_resolve_partners (cli, wish->to);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) partners = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) verdicts = NULL;
  g_autoptr (GError) error = NULL;
  const RpFinding *finding;

  if (asked == NULL)
    return RP_EXIT_FAILED;
  verdicts = judge (cli, article, wish->to != NULL ? (const char *const *) asked : NULL, &error);
  if (verdicts == NULL)
    return rp_cli_fail (error);
  finding = find_finding (verdicts, wish->rule, builder);
  if (!is_possible (article, finding, wish))
    return RP_EXIT_FAILED;
  partners = g_strv_builder_end (builder);
  rp_remedy_fix_async (cli->workspace, id, finding, (const char *const *) partners, wish->value,
                       NULL, rp_cli_ready_cb, &result);
  if (!rp_remedy_fix_finish (cli->workspace, rp_cli_wait (&result), &error))
    return rp_cli_fail (error);

  return RP_EXIT_DONE;
}

static int
fix_run (RpCli *cli, int argc, char **argv)
{
  g_auto (GStrv) to = NULL;
  g_autofree char *value = NULL;
  g_autofree char *id = NULL;
  g_autoptr (RpArticle) article = NULL;
  const GOptionEntry entries[] = {
    {"to", 0, 0, G_OPTION_ARG_STRING_ARRAY, &to, NULL, NULL},
    {"value", 0, 0, G_OPTION_ARG_STRING, &value, NULL, NULL},
    {NULL},
  };

  if (!rp_cli_parse (cli, &rp_command_fix, entries, &argc, &argv))
    return RP_EXIT_USAGE;
  if (argc != 3)
    return rp_cli_usage (&rp_command_fix);
  if (rp_cli_open (cli) == NULL)
    return RP_EXIT_FAILED;
  id = rp_cli_find_article (cli, argv[1]);
  article = id != NULL ? rp_cli_get_article (cli, id) : NULL;
  if (article == NULL)
    return RP_EXIT_FAILED;

  return fix (cli, id, article, &(Wish){.to = to, .rule = argv[2], .value = value});
}

const RpCommand rp_command_fix = {
  .name = "fix",
  .usage = "ARTICLE RULE [--to PARTNER]… [--value TEXT]",
  .summary = N_ ("Do what the button of a check does"),
  .run = fix_run,
};
