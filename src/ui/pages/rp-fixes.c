#include "rp-fixes.h"

#include <glib/gi18n-lib.h>

#include "rp-ask.h"
#include "rp-deed.h"
#include "rp-partner-dialog.h"
#include "rp-permission-dialog.h"
#include "rp-schedule-dialog.h"
#include "rp-text.h"
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
  g_autoptr (RpArticle) changed = rp_article_copy (rp_inspector_get_article (inspector));

  rp_article_set (changed, RP_ARTICLE_SITE_NAME, words);
  rp_workspace_save_article_async (rp_inspector_get_workspace (inspector), changed, NULL,
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
  g_autoptr (RpArticle) changed = rp_article_copy (rp_inspector_get_article (inspector));
  const char *status = rp_article_get (changed, RP_ARTICLE_PUBSTATUS);

  if (status == NULL || g_str_equal (status, "usable")) {
    ask_permission (inspector, "embargo", concern);
    return;
  }
  rp_article_set (changed, RP_ARTICLE_PUBSTATUS, "usable");
  rp_workspace_save_article_async (rp_inspector_get_workspace (inspector), changed, NULL,
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
scheduled_cb (gint64 when, gpointer user_data)
{
  rp_deed_publish_at (RP_INSPECTOR (user_data), when);
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

/* The address is known to the rule, or to the person. */
static void
set_address (RpInspector *inspector, const RpConcern *concern)
{
  const char *url = concern->finding->fix_args;
  g_autoptr (RpArticle) changed = NULL;

  if (url == NULL || !rp_text_is_web_url (url)) {
    rp_inspector_edit_address (inspector);
    return;
  }
  changed = rp_article_copy (rp_inspector_get_article (inspector));
  rp_article_set (changed, RP_ARTICLE_CANONICAL_URL, url);
  rp_workspace_save_article_async (rp_inspector_get_workspace (inspector), changed, NULL,
                                   rp_deed_done_cb,
                                   rp_deed_new (inspector, rp_workspace_save_article_finish, TRUE));
}

static const struct {
  const char *action;
  Fix fix;
} fixes[] = {
  {"set-licence", choose_licence},
  {"set-copy-licence", choose_licence},
  {"ask-owner", ask_owner},
  {"record-approval", record_approval},
  {"renew-licence", edit_agreement},
  {"release-article", release_article},
  {"withdraw-article", withdraw_article},
  {"schedule", schedule},
  {"choose-partner", leave_out},
  {"edit-partner", edit_partner},
  {"set-noindex", edit_partner},
  {"insert-counter", edit_partner},
  {"credit-image", edit_picture},
  {"insert-byline", edit_byline},
  {"insert-link", set_address},
  {"set-canonical", set_address},
  {"insert-credit", name_source},
  {"insert-title", edit_agreement},
  {"insert-mandatory-line", edit_agreement},
  {"insert-changes-note", edit_agreement},
  {"move-credit", edit_agreement},
};

void
rp_fixes_run (RpInspector *inspector, const RpConcern *concern)
{
  RpArticle *article = rp_inspector_get_article (inspector);

  g_return_if_fail (article != NULL && concern->finding->fix_action != NULL);

  if (rp_clearance_can_fix (concern->finding)) {
    rp_clearance_fix_async (rp_inspector_get_workspace (inspector),
                            rp_article_get (article, RP_ARTICLE_ID), concern->finding, NULL,
                            rp_deed_done_cb,
                            rp_deed_new (inspector, rp_clearance_fix_finish, TRUE));
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (fixes); i++)
    if (g_str_equal (fixes[i].action, concern->finding->fix_action))
      fixes[i].fix (inspector, concern);
}
