#include "rp-everywhere.h"

#include <glib/gi18n-lib.h>

#include "rp-delivery-words.h"

#define ERRAND "rp-errand"

typedef struct {
  RpWorkspace *workspace; /* owned */
  GtkWindow *window;      /* owned: where it is asked first; NULL = it is not */
  char *article_id;       /* owned */
  GPtrArray *found;       /* owned, of RpFanOut; NULL until it is known */
  RpFanOutAction action;
  guint next;
} Errand;

static void done_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  g_application_release (g_application_get_default ());
  g_clear_pointer (&errand->found, g_ptr_array_unref);
  g_clear_object (&errand->window);
  g_object_unref (errand->workspace);
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
do_next (Errand *errand) /* taken */
{
  while (errand->next < errand->found->len) {
    const RpFanOut *fanout = errand->found->pdata[errand->next++];

    if (fanout->action == errand->action) {
      rp_fanout_do_async (errand->workspace, fanout, NULL, done_cb, errand);
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
  do_next (errand);
}

/* ---- asking first ---- */

void
rp_everywhere_ask (GtkWindow *window,
                   RpWorkspace *workspace,
                   const RpFanOut *fanout,
                   RpAskCallback callback,
                   GObject *owner)
{
  g_autofree char *partners = rp_delivery_dup_shown_by (workspace, fanout->partners);
  g_autofree char *body = g_strconcat (fanout->reason, "\n\n", partners, NULL);
  g_autofree char *heading =
    g_strdup_printf (ngettext ("Take the article down at %u partner?",
                               "Take the article down at %u partners?", fanout->partners->len),
                     fanout->partners->len);
  const RpQuestion question = {
    .heading = heading,
    .body = body,
    .accept = _ ("_Withdraw"),
    .destructive = TRUE,
  };

  rp_ask (window, &question, callback, owner);
}

static void
agreed_cb (gpointer owner)
{
  do_next (g_object_steal_data (owner, ERRAND));
}

/* The question keeps the errand, and ends it when it is dismissed. */
static void
ask (Errand *errand) /* taken */
{
  g_autoptr (GObject) owner = g_object_new (G_TYPE_OBJECT, NULL);

  g_object_set_data_full (owner, ERRAND, errand, errand_free);
  for (guint i = 0; i < errand->found->len; i++) {
    const RpFanOut *fanout = errand->found->pdata[i];

    if (fanout->action == errand->action) {
      rp_everywhere_ask (errand->window, errand->workspace, fanout, agreed_cb, owner);
      return;
    }
  }
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Errand *errand = user_data;
  g_autoptr (GError) error = NULL;

  errand->found = rp_fanout_list_finish (RP_WORKSPACE (source), result, &error);
  if (errand->found == NULL) {
    tell_failure (errand, error);
    errand_free (errand);
  } else if (errand->window != NULL) {
    ask (errand);
  } else {
    do_next (errand);
  }
}

static void
start (RpWorkspace *workspace, GtkWindow *window, const char *article_id, RpFanOutAction action)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->workspace = g_object_ref (workspace);
  errand->window = window != NULL ? g_object_ref (window) : NULL;
  errand->article_id = g_strdup (article_id);
  errand->action = action;
  g_application_hold (g_application_get_default ());
  rp_fanout_list_async (workspace, article_id, NULL, listed_cb, errand);
}

void
rp_everywhere_update (RpWorkspace *workspace, const char *article_id)
{
  start (workspace, NULL, article_id, RP_FANOUT_UPDATE);
}

void
rp_everywhere_withdraw (RpWorkspace *workspace, GtkWindow *window, const char *article_id)
{
  g_return_if_fail (GTK_IS_WINDOW (window));

  start (workspace, window, article_id, RP_FANOUT_WITHDRAW);
}
