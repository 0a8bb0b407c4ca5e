#include "rp-fixes.h"

#include <glib/gi18n-lib.h>

#include "rp-ask.h"
#include "rp-deed.h"
#include "rp-partner-dialog.h"
#include "rp-permission-dialog.h"
#include "rp-remedy.h"
#include "rp-schedule-dialog.h"
#include "rp-time.h"

typedef void (*Fix) (RpInspector *inspector, const RpConcern *concern);

static GtkWindow *
get_window (RpInspector *inspector)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (inspector)));
}

static void
activate (RpInspector *inspector, const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (inspector), action, NULL);
}

static void
choose_licence (RpInspector *inspector, const RpConcern *concern)
{
  activate (inspector, "inspector.choose-licence");
}

static void
ask_owner (RpInspector *inspector, const RpConcern *concern)
{
  rp_deed_ask_owner (inspector, concern->finding->fix_args);
}

static void
edit_agreement (RpInspector *inspector, const RpConcern *concern)
{
  activate (inspector, "inspector.edit-agreement");
}

static void
recorded_cb (GObject *owner)
{
  rp_inspector_note_replaced (RP_INSPECTOR (owner));
}

static void
ask_permission (RpInspector *inspector, const char *kind, const RpConcern *concern)
{
  RpArticle *article = rp_inspector_get_article (inspector);

  rp_permission_dialog_present (get_window (inspector), rp_inspector_get_workspace (inspector),
                                rp_article_get (article, RP_ARTICLE_ID), kind,
                                concern->finding->message, recorded_cb, G_OBJECT (inspector));
}

static void
source_named_cb (const char *words, gpointer owner)
{
  RpInspector *inspector = owner;
  RpArticle *article = rp_inspector_get_article (inspector);
  g_autoptr (RpArticle) changed = rp_article_copy (article);

  rp_article_set (changed, RP_ARTICLE_SITE_NAME, words);
  rp_workspace_save_article_async (rp_inspector_get_workspace (inspector), changed, article, NULL,
                                   rp_deed_done_cb,
                                   rp_deed_new (inspector, rp_workspace_save_article_finish, TRUE));
}

/* The line is written by itself; what it lacks is the name of the source. */
static void
name_source (RpInspector *inspector, const RpConcern *concern)
{
  const char *site = rp_article_get (rp_inspector_get_article (inspector), RP_ARTICLE_SITE_NAME);
  const RpQuestion question = {
    .heading = _ ("Where was the article first published?"),
    .body = _ ("The credit line names it as the source."),
    .accept = _ ("_Save"),
    .field = _ ("Source"),
    .words = site,
  };

  if (site != NULL)
    edit_agreement (inspector, concern);
  else
    rp_ask_words (get_window (inspector), &question, source_named_cb, G_OBJECT (inspector));
}

static void
record_approval (RpInspector *inspector, const RpConcern *concern)
{
  const char *kind = concern->finding->fix_args;

  ask_permission (inspector, kind != NULL ? kind : "republish", concern);
}

/* An embargo without an end is lifted by permission; a hold is a state of the article. */
static void
release_article (RpInspector *inspector, const RpConcern *concern)
{
  RpArticle *article = rp_inspector_get_article (inspector);
  g_autoptr (RpArticle) changed = rp_article_copy (article);
  const char *status = rp_article_get (changed, RP_ARTICLE_PUBSTATUS);

  if (status == NULL || g_str_equal (status, "usable")) {
    ask_permission (inspector, "embargo", concern);
    return;
  }
  rp_article_set (changed, RP_ARTICLE_PUBSTATUS, "usable");
  rp_workspace_save_article_async (rp_inspector_get_workspace (inspector), changed, article, NULL,
                                   rp_deed_done_cb,
                                   rp_deed_new (inspector, rp_workspace_save_article_finish, TRUE));
}

static void
withdraw_cb (gpointer owner)
{
  rp_deed_withdraw (RP_INSPECTOR (owner), NULL, _ ("The article was recalled."));
}

static void
withdraw_article (RpInspector *inspector, const RpConcern *concern)
{
  const RpQuestion question = {
    .heading = _ ("Withdraw the article from every partner?"),
    .body = _ ("It is taken back wherever it was published. What was sent stays in the history."),
    .accept = _ ("_Withdraw"),
    .destructive = TRUE,
  };

  rp_ask (get_window (inspector), &question, withdraw_cb, G_OBJECT (inspector));
}

static void
scheduled_cb (gint64 when, gboolean there, gpointer user_data)
{
  rp_deed_publish_at (RP_INSPECTOR (user_data), when, there);
}

static void
schedule (RpInspector *inspector, const RpConcern *concern)
{
  rp_schedule_dialog_present (get_window (inspector), rp_time_instant (concern->finding->fix_args),
                              scheduled_cb, inspector);
}

static void
leave_out (RpInspector *inspector, const RpConcern *concern)
{
  rp_inspector_leave_out (inspector, concern->partners);
}

static void
edit_partner (RpInspector *inspector, const RpConcern *concern)
{
  if (concern->partners->len > 0)
    rp_partner_dialog_present (get_window (inspector), rp_inspector_get_workspace (inspector),
                               g_ptr_array_index (concern->partners, 0));
}

static void
edit_picture (RpInspector *inspector, const RpConcern *concern)
{
  const char *args = concern->finding->fix_args;
  g_auto (GStrv) urls = g_strsplit (args != NULL ? args : "", "\n", 2);

  rp_inspector_edit_picture (inspector, urls[0]);
}

static void
edit_byline (RpInspector *inspector, const RpConcern *concern)
{
  rp_inspector_edit_byline (inspector);
}

static void
tell_owner (RpInspector *inspector, const RpConcern *concern)
{
  g_autofree char *mail = rp_clearance_dup_tell_owner (rp_inspector_get_workspace (inspector),
                                                       rp_inspector_get_article (inspector));

  gtk_show_uri (get_window (inspector), mail, GDK_CURRENT_TIME);
}

static void
run_remedy (RpInspector *inspector, const RpConcern *concern, const char *value)
{
  const char *id = rp_article_get (rp_inspector_get_article (inspector), RP_ARTICLE_ID);
  g_autoptr (GStrvBuilder) partners = g_strv_builder_new ();
  g_auto (GStrv) ids = NULL;

  for (guint i = 0; i < concern->partners->len; i++)
    g_strv_builder_add (partners, rp_partner_get_id (concern->partners->pdata[i]));
  ids = g_strv_builder_end (partners);
  rp_remedy_fix_async (rp_inspector_get_workspace (inspector), id, concern->finding,
                       (const char *const *) ids, value, NULL, rp_deed_done_cb,
                       rp_deed_new (inspector, rp_remedy_fix_finish, TRUE));
}

/* What was missing was typed: the remedy runs with it. */
static void
fix_with (RpInspector *inspector, const char *action, const char *words)
{
  g_autoptr (GPtrArray) nobody = g_ptr_array_new ();
  RpFinding finding = {.fix_action = (char *) action};
  const RpConcern concern = {.finding = &finding, .partners = nobody};

  run_remedy (inspector, &concern, words);
}

static void
counter_given_cb (const char *words, gpointer owner)
{
  fix_with (owner, "insert-counter", words);
}

/* The counter came neither with the article nor with the licence. */
static void
ask_counter (RpInspector *inspector, const RpConcern *concern)
{
  const RpQuestion question = {
    .heading = _ ("Which page counter does the licensor want?"),
    .body = _ ("Paste the address of its picture; the page that explains the licence shows it."),
    .accept = _ ("_Insert"),
    .field = _ ("Address of the Counter"),
  };

  rp_ask_words (get_window (inspector), &question, counter_given_cb, G_OBJECT (inspector));
}

static void
title_given_cb (const char *words, gpointer owner)
{
  fix_with (owner, "insert-title", words);
}

static void
ask_title (RpInspector *inspector, const RpConcern *concern)
{
  const RpQuestion question = {
    .heading = _ ("What is the article's title?"),
    .body = _ ("The licence wants it named with the credit."),
    .accept = _ ("_Insert"),
    .field = _ ("Title"),
  };

  rp_ask_words (get_window (inspector), &question, title_given_cb, G_OBJECT (inspector));
}

static void
edit_address (RpInspector *inspector, const RpConcern *concern)
{
  rp_inspector_edit_address (inspector);
}

/* Known, but this partner does not pass it on; or not known to anybody yet. */
static void
set_canonical (RpInspector *inspector, const RpConcern *concern)
{
  if (rp_remedy_needs_value (rp_inspector_get_article (inspector), concern->finding))
    edit_address (inspector, concern);
  else
    leave_out (inspector, concern);
}

static const struct {
  const char *action;
  Fix fix;
} fixes[] = {
  {"set-licence", choose_licence},
  {"ask-owner", ask_owner},
  {"tell-owner", tell_owner},
  {"record-approval", record_approval},
  {"renew-licence", edit_agreement},
  {"release-article", release_article},
  {"withdraw-article", withdraw_article},
  {"schedule", schedule},
  {"choose-partner", leave_out},
  {"edit-partner", edit_partner},
  {"insert-counter", ask_counter},
  {"credit-image", edit_picture},
  {"insert-byline", edit_byline},
  {"insert-link", edit_address},
  {"set-canonical", set_canonical},
  {"insert-credit", name_source},
  {"insert-title", ask_title},
  {"insert-mandatory-line", edit_agreement},
  {"insert-changes-note", edit_agreement},
  {"move-credit", edit_agreement},
};

void
rp_fixes_run (RpInspector *inspector, const RpConcern *concern)
{
  RpArticle *article = rp_inspector_get_article (inspector);

  g_return_if_fail (article != NULL && concern->finding->fix_action != NULL);

  if (rp_remedy_can_fix (article, concern->finding)) {
    run_remedy (inspector, concern, NULL);
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (fixes); i++)
    if (g_str_equal (fixes[i].action, concern->finding->fix_action))
      fixes[i].fix (inspector, concern);
}
