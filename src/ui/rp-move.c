#include "rp-move.h"

#include <glib/gi18n-lib.h>

#include "rp-toast.h"

typedef struct {
  GtkWidget *widget;      /* owned */
  RpWorkspace *workspace; /* owned */
  char *id;               /* owned */
  const char *state;      /* static */
} Move;

static void
move_free (Move *move)
{
  g_object_unref (move->widget);
  g_object_unref (move->workspace);
  g_free (move->id);
  g_free (move);
}

static void
undo_cb (GObject *owner, const char *id)
{
  RpWorkspace *workspace = g_object_get_data (owner, "rp-move-workspace");

  rp_move_article (GTK_WIDGET (owner), workspace, id, NULL);
}

static void
say (Move *move)
{
  const RpToastButton undo = {_ ("Undo"), undo_cb, G_OBJECT (move->widget), move->id};

  g_object_set_data_full (G_OBJECT (move->widget), "rp-move-workspace",
                          g_object_ref (move->workspace), g_object_unref);
  if (g_strcmp0 (move->state, RP_STATE_ARCHIVE) == 0)
    rp_toast_show (move->widget, _ ("Moved to the archive"), &undo);
  else if (g_strcmp0 (move->state, RP_STATE_TRASH) == 0)
    rp_toast_show (move->widget, _ ("Moved to the trash"), &undo);
  else
    rp_toast_show (move->widget, _ ("Back on the desk"), NULL);
}

static void
moved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Move *move = user_data;
  g_autoptr (GError) error = NULL;

  if (rp_workspace_move_article_finish (RP_WORKSPACE (source), result, &error))
    say (move);
  else
    rp_toast_show_error (move->widget, error);
  move_free (move);
}

void
rp_move_article (GtkWidget *widget, RpWorkspace *workspace, const char *id, const char *state)
{
  Move *move = g_new0 (Move, 1);

  g_return_if_fail (id != NULL);

  move->widget = g_object_ref (widget);
  move->workspace = g_object_ref (workspace);
  move->id = g_strdup (id);
  move->state = state;
  rp_workspace_move_article_async (workspace, id, state, NULL, moved_cb, move);
}
