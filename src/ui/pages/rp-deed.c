#include "rp-deed.h"

#include <glib/gi18n-lib.h>

#include "rp-clearance.h"
#include "rp-dispatch.h"
#include "rp-toast.h"

typedef struct {
  RpInspector *inspector; /* owned */
  RpDeedFinish finish;
  gboolean replaces;
} Deed;

gpointer
rp_deed_new (RpInspector *inspector, RpDeedFinish finish, gboolean replaces)
{
  Deed *deed = g_new0 (Deed, 1);

  deed->inspector = g_object_ref (inspector);
  deed->finish = finish;
  deed->replaces = replaces;

  return deed;
}

void
rp_deed_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Deed *deed = user_data;
  g_autoptr (RpInspector) inspector = deed->inspector;
  g_autoptr (GError) error = NULL;

  if (!deed->finish (RP_WORKSPACE (source), result, &error))
    rp_toast_show_error (GTK_WIDGET (inspector), error);
  else if (deed->replaces)
    rp_inspector_note_replaced (inspector);
  g_free (deed);
}

static void
tell_kept_back (RpInspector *inspector, GPtrArray *results)
{
  for (guint i = 0; i < results->len; i++) {
    const RpQueued *queued = g_ptr_array_index (results, i);

    if (queued->message != NULL)
      rp_toast_show (GTK_WIDGET (inspector), queued->message, NULL);
  }
}

static void
published_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpInspector) inspector = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) results =
    rp_dispatch_publish_finish (RP_WORKSPACE (source), result, &error);

  if (results == NULL)
    rp_toast_show_error (GTK_WIDGET (inspector), error);
  else
    tell_kept_back (inspector, results);
}

void
rp_deed_publish_at (RpInspector *inspector, gint64 when, gboolean there)
{
  RpArticle *article = rp_inspector_get_article (inspector);
  g_auto (GStrv) partners = rp_inspector_dup_wanted_ids (inspector);
  RpPublishOptions options = {.status = there ? "schedule" : NULL, .publish_at = when};

  if (article == NULL)
    return;
  rp_dispatch_publish_async (
    rp_inspector_get_workspace (inspector), rp_article_get (article, RP_ARTICLE_ID),
    (const char *const *) partners, &options, NULL, published_cb, g_object_ref (inspector));
}

static void
withdrawn_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpInspector) inspector = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) results =
    rp_dispatch_withdraw_finish (RP_WORKSPACE (source), result, &error);

  if (results == NULL)
    rp_toast_show_error (GTK_WIDGET (inspector), error);
  else
    tell_kept_back (inspector, results);
}

void
rp_deed_withdraw (RpInspector *inspector, const char *partner_id, const char *reason)
{
  RpArticle *article = rp_inspector_get_article (inspector);
  const char *partners[] = {partner_id, NULL};

  if (article == NULL)
    return;
  rp_dispatch_withdraw_async (
    rp_inspector_get_workspace (inspector), rp_article_get (article, RP_ARTICLE_ID),
    partner_id != NULL ? partners : NULL, reason, NULL, withdrawn_cb, g_object_ref (inspector));
}

void
rp_deed_ask_owner (RpInspector *self, const char *kind)
{
  g_autofree char *mail = rp_clearance_dup_ask_owner (rp_inspector_get_workspace (self),
                                                      rp_inspector_get_article (self), kind);

  gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), mail, GDK_CURRENT_TIME);
}
