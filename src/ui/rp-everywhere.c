#include "rp-everywhere.h"

#include <glib/gi18n-lib.h>

typedef struct {
  char *article_id; /* owned */
  GPtrArray *found; /* owned, of RpFanOut; NULL until it is known */
  RpFanOutAction action;
  guint next;
} Errand;

static void done_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
errand_free (Errand *errand)
{
  g_application_release (g_application_get_default ());
  g_clear_pointer (&errand->found, g_ptr_array_unref);
  g_free (errand->article_id);
  g_free (errand);
}

/* Nobody may be looking: bad news comes the way in which it was asked for. */
static void
tell_failure (Errand *errand, const GError *error)
{
  g_autoptr (GNotification) notification = g_notification_new (
    errand->action == RP_FANOUT_UPDATE ? _ ("The article could not be updated.")
                                       : _ ("The article could not be taken down."));

  g_notification_set_body (notification, error->message);
  g_notification_set_default_action_and_target (notification, "app.show-article", "s",
                                                errand->article_id);
  g_application_send_notification (g_application_get_default (), "everywhere", notification);
}

static void
do_next (RpWorkspace *workspace, Errand *errand) /* taken */
{
  while (errand->next < errand->found->len) {
    const RpFanOut *fanout = errand->found->pdata[errand->next++];

    if (fanout->action == errand->action) {
      rp_fanout_do_async (workspace, fanout, NULL, done_cb, errand);
      return;
    }
  }
  errand_free (errand);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Errand *errand = user_data;
  g_autoptr (GError) error = NULL;

  if (!rp_fanout_do_finish (RP_WORKSPACE (source), result, NULL, &error))
    tell_failure (errand, error);
  do_next (RP_WORKSPACE (source), errand);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Errand *errand = user_data;
  g_autoptr (GError) error = NULL;

  errand->found = rp_fanout_list_finish (RP_WORKSPACE (source), result, &error);
  if (errand->found != NULL) {
    do_next (RP_WORKSPACE (source), errand);
    return;
  }
  tell_failure (errand, error);
  errand_free (errand);
}

void
rp_everywhere_do (RpWorkspace *workspace, const char *article_id, RpFanOutAction action)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->article_id = g_strdup (article_id);
  errand->action = action;
  g_application_hold (g_application_get_default ());
  rp_fanout_list_async (workspace, article_id, NULL, listed_cb, errand);
}
