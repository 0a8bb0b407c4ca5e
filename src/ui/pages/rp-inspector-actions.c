#include "rp-inspector-actions.h"

#include <glib/gi18n-lib.h>

#include "rp-agreement-dialog.h"
#include "rp-ask.h"
#include "rp-choose-licence.h"
#include "rp-clearance.h"
#include "rp-deed.h"
#include "rp-dispatch.h"
#include "rp-history.h"
#include "rp-inspector.h"
#include "rp-partner-dialog.h"
#include "rp-text-window.h"
#include "rp-toast.h"
#include "rp-verify.h"

static GtkWindow *
get_window (GtkWidget *widget)
{
  return GTK_WINDOW (gtk_widget_get_root (widget));
}

static const char *
get_article_id (RpInspector *self)
{
  return rp_article_get (rp_inspector_get_article (self), RP_ARTICLE_ID);
}

/* ---- the licence ---- */

static void
licence_chosen_cb (RpLicence *licence, GObject *owner)
{
  RpInspector *self = RP_INSPECTOR (owner);

  if (rp_inspector_get_article (self) != NULL)
    rp_clearance_set_licence_async (rp_inspector_get_workspace (self), get_article_id (self),
                                    rp_licence_get_id (licence), NULL, rp_deed_done_cb,
                                    rp_deed_new (self, rp_clearance_set_licence_finish, TRUE));
}

static void
choose_licence (GtkWidget *widget, const char *action, GVariant *target)
{
  RpInspector *self = RP_INSPECTOR (widget);

  rp_choose_licence_present (get_window (widget), rp_inspector_get_workspace (self),
                             rp_inspector_get_article (self), licence_chosen_cb, G_OBJECT (self));
}

static void
new_agreement (GtkWidget *widget, const char *action, GVariant *target)
{
  RpInspector *self = RP_INSPECTOR (widget);
  RpArticle *article = rp_inspector_get_article (self);
  g_autoptr (JsonObject) profile = rp_licence_draft_for (article);

  rp_agreement_dialog_present (get_window (widget), rp_inspector_get_workspace (self), profile,
                               article, licence_chosen_cb, G_OBJECT (self));
}

static void
agreement_changed_cb (RpLicence *licence, GObject *owner)
{
  rp_inspector_note_replaced (RP_INSPECTOR (owner));
}

/* Public licences cannot be changed, so another one is chosen instead. */
static void
edit_agreement (GtkWidget *widget, const char *action, GVariant *target)
{
  RpInspector *self = RP_INSPECTOR (widget);
  RpArticle *article = rp_inspector_get_article (self);
  RpLicence *licence = rp_clearance_get_licence (rp_inspector_get_workspace (self), article);

  if (licence == NULL || rp_licence_is_builtin (licence))
    choose_licence (widget, action, target);
  else
    rp_agreement_dialog_present (get_window (widget), rp_inspector_get_workspace (self),
                                 rp_licence_get_profile (licence), article, agreement_changed_cb,
                                 G_OBJECT (self));
}

static void
confirm_licence (GtkWidget *widget, const char *action, GVariant *target)
{
  RpInspector *self = RP_INSPECTOR (widget);

  rp_clearance_confirm_async (rp_inspector_get_workspace (self), get_article_id (self), NULL,
                              rp_deed_done_cb,
                              rp_deed_new (self, rp_clearance_confirm_finish, TRUE));
}

static void
credit_worded_cb (const char *words, gpointer owner)
{
  RpInspector *self = RP_INSPECTOR (owner);
  RpWorkspace *workspace = rp_inspector_get_workspace (self);
  RpArticle *article = rp_inspector_get_article (self);
  g_autoptr (RpArticle) changed = rp_article_copy (article);
  RpLicence *licence = rp_clearance_get_licence (workspace, changed);
  g_autofree char *text =
    licence != NULL ? rp_licence_dup_credit_template (licence, changed, words) : NULL;

  rp_article_set (changed, RP_ARTICLE_CREDIT_TEMPLATE, text);
  rp_workspace_save_article_async (workspace, changed, article, NULL, rp_deed_done_cb,
                                   rp_deed_new (self, rp_workspace_save_article_finish, TRUE));
}

static void
edit_credit (GtkWidget *widget, const char *action, GVariant *target)
{
  RpInspector *self = RP_INSPECTOR (widget);
  RpArticle *article = rp_inspector_get_article (self);
  RpLicence *licence = rp_clearance_get_licence (rp_inspector_get_workspace (self), article);
  g_autofree char *credit = licence != NULL ? rp_licence_build_credit (licence, article) : NULL;
  const RpQuestion question = {
    .heading = _ ("How should the article be credited?"),
    .body = _ ("Author, source and licence have to be named; the words between them are yours. An "
               "empty line takes the licence's own words again."),
    .accept = _ ("_Save"),
    .field = _ ("Credit line"),
    .words = credit,
  };

  rp_ask_words (get_window (widget), &question, credit_worded_cb, G_OBJECT (self));
}

static void
ask_owner (GtkWidget *widget, const char *action, GVariant *target)
{
  rp_deed_ask_owner (RP_INSPECTOR (widget), "republish");
}

/* ---- deliveries and partners ---- */

static void
retry (GtkWidget *widget, const char *action, GVariant *target)
{
  RpInspector *self = RP_INSPECTOR (widget);

  rp_dispatch_retry_async (rp_inspector_get_workspace (self), g_variant_get_string (target, NULL),
                           NULL, rp_deed_done_cb,
                           rp_deed_new (self, rp_dispatch_retry_finish, FALSE));
}

static void
cancel_delivery (GtkWidget *widget, const char *action, GVariant *target)
{
  RpInspector *self = RP_INSPECTOR (widget);

  rp_dispatch_cancel_async (rp_inspector_get_workspace (self), g_variant_get_string (target, NULL),
                            NULL, rp_deed_done_cb,
                            rp_deed_new (self, rp_dispatch_cancel_finish, FALSE));
}

static void
stop_delivery (GtkWidget *widget, const char *action, GVariant *target)
{
  rp_dispatch_stop (rp_inspector_get_workspace (RP_INSPECTOR (widget)),
                    g_variant_get_string (target, NULL));
}

static void
transcript_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpInspector) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = rp_history_transcript_finish (RP_WORKSPACE (source), result, &error);

  if (text == NULL)
    rp_toast_show_error (GTK_WIDGET (self), error);
  else
    rp_text_window_present (get_window (GTK_WIDGET (self)), _ ("What Was Sent"), text, NULL);
}

static void
transcript (GtkWidget *widget, const char *action, GVariant *target)
{
  RpInspector *self = RP_INSPECTOR (widget);

  rp_history_transcript_async (rp_inspector_get_workspace (self),
                               g_variant_get_string (target, NULL), NULL, transcript_cb,
                               g_object_ref (self));
}

static void
withdraw_cb (const char *reason, gpointer owner)
{
  RpInspector *self = RP_INSPECTOR (owner);
  const char *partner = g_object_get_data (owner, "rp-withdraw-from");

  rp_deed_withdraw (self, partner, reason);
}

static void
withdraw (GtkWidget *widget, const char *action, GVariant *target)
{
  RpInspector *self = RP_INSPECTOR (widget);
  const char *id = g_variant_get_string (target, NULL);
  RpPartner *partner = rp_workspace_find_partner (rp_inspector_get_workspace (self), id);
  g_autofree char *heading = NULL;
  RpQuestion question = {
    .body = _ ("The article is taken down there. Reprint keeps what was sent, and the reason."),
    .accept = _ ("_Withdraw"),
    .field = _ ("Reason"),
    .destructive = TRUE,
  };

  if (partner == NULL)
    return;
  heading = g_strdup_printf (_ ("Withdraw the article from %s?"), rp_partner_get_name (partner));
  question.heading = heading;
  g_object_set_data_full (G_OBJECT (self), "rp-withdraw-from", g_strdup (id), g_free);
  rp_ask_words (get_window (widget), &question, withdraw_cb, G_OBJECT (self));
}

static void
verified_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpInspector) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = rp_verify_finish (RP_WORKSPACE (source), result, &error);

  if (rows == NULL)
    rp_toast_show_error (GTK_WIDGET (self), error);
  else if (rows->len == 1)
    rp_toast_show (GTK_WIDGET (self), ((RpVerification *) rows->pdata[0])->message, NULL);
  else
    rp_toast_show (GTK_WIDGET (self), _ ("The partners’ pages were looked at."), NULL);
}

static void
verify (GtkWidget *widget, const char *action, GVariant *target)
{
  RpInspector *self = RP_INSPECTOR (widget);

  rp_verify_async (rp_inspector_get_workspace (self), get_article_id (self), NULL, verified_cb,
                   g_object_ref (self));
}

static void
edit_partner (GtkWidget *widget, const char *action, GVariant *target)
{
  RpInspector *self = RP_INSPECTOR (widget);
  RpWorkspace *workspace = rp_inspector_get_workspace (self);
  const char *id = g_variant_get_string (target, NULL);

  rp_partner_dialog_present (get_window (widget), workspace,
                             *id != '\0' ? rp_workspace_find_partner (workspace, id) : NULL);
}

void
rp_inspector_actions_install (GtkWidgetClass *widget_class)
{
  static const struct {
    const char *name;
    const char *parameter;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {
    {"inspector.choose-licence", NULL, choose_licence},
    {"inspector.new-agreement", NULL, new_agreement},
    {"inspector.edit-agreement", NULL, edit_agreement},
    {"inspector.confirm-licence", NULL, confirm_licence},
    {"inspector.edit-credit", NULL, edit_credit},
    {"inspector.ask-owner", NULL, ask_owner},
    {"inspector.retry", "s", retry},
    {"inspector.cancel-delivery", "s", cancel_delivery},
    {"inspector.stop-delivery", "s", stop_delivery},
    {"inspector.transcript", "s", transcript},
    {"inspector.withdraw", "s", withdraw},
    {"inspector.verify", "s", verify},
    {"inspector.edit-partner", "s", edit_partner},
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].parameter,
                                     actions[i].activate);
}
