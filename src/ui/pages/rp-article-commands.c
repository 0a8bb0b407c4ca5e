#include "rp-article-page-private.h"

#include <glib/gi18n-lib.h>

#include "rp-article-row.h"
#include "rp-clearance.h"
#include "rp-dispatch.h"
#include "rp-move.h"
#include "rp-permission-dialog.h"
#include "rp-pick.h"
#include "rp-proof.h"
#include "rp-schedule-dialog.h"
#include "rp-text-window.h"
#include "rp-text.h"
#include "rp-time.h"
#include "rp-toast.h"

typedef struct {
  RpArticlePage *page; /* owned */
  char *status;        /* owned, NULL = the partner's setting */
  gint64 when;
} Order;

static void
order_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Order *order = user_data;
  g_autoptr (RpArticlePage) self = order->page;
  g_autofree char *status = order->status;
  const RpPublishOptions options = {.status = status, .publish_at = order->when};
  g_autoptr (GError) error = NULL;

  if (!rp_saver_flush_finish (RP_SAVER (source), result, &error)) {
    rp_toast_show_error (GTK_WIDGET (self), error);
  } else if (self->inspector != NULL) {
    g_auto (GStrv) ids = rp_inspector_dup_partner_ids (self->inspector);

    rp_publisher_publish (self->publisher, (const char *const *) ids, &options);
  }
  g_free (order);
}

/* What was typed last is part of what is sent. */
static void
start_order (RpArticlePage *self, const char *status, gint64 when)
{
  Order *order = g_new0 (Order, 1);

  order->page = g_object_ref (self);
  order->status = g_strdup (status);
  order->when = when;
  rp_saver_flush_async (self->saver, order_cb, order);
}

static void
publish_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  start_order (user_data, NULL, 0);
}

static void
draft_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  start_order (user_data, "draft", 0);
}

static void
scheduled_cb (gint64 when, gboolean there, gpointer user_data)
{
  start_order (user_data, there ? "schedule" : NULL, when);
}

static GtkWindow *
get_window (RpArticlePage *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static void
schedule_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RpArticlePage *self = user_data;
  gint64 embargo = rp_time_instant (rp_article_get (self->article, RP_ARTICLE_EMBARGOED_UNTIL));

  rp_schedule_dialog_present (get_window (self), embargo > rp_time_now () ? embargo : 0,
                              scheduled_cb, self);
}

static void
stop_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  rp_publisher_stop (RP_ARTICLE_PAGE (user_data)->publisher);
}

static void
withdraw_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  rp_publisher_withdraw (RP_ARTICLE_PAGE (user_data)->publisher);
}

static void
rendered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpArticlePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = rp_clearance_render_finish (RP_WORKSPACE (source), result, &error);

  if (self->editor == NULL)
    return;
  if (bytes != NULL)
    rp_text_window_present_bytes (get_window (self), _ ("What Will Be Sent"), bytes);
  else
    rp_toast_show_error (GTK_WIDGET (self), error);
}

static void
dry_run_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RpArticlePage *self = user_data;
  g_auto (GStrv) ids = rp_inspector_dup_partner_ids (self->inspector);
  RpPartner *partner = ids != NULL && ids[0] != NULL
                         ? rp_workspace_find_partner (self->workspace, ids[0])
                         : rp_preview_get_partner (self->preview);
  const char *form = partner != NULL ? rp_dispatch_get_rendition (partner) : "page";

  rp_clearance_render_async (self->workspace, self->article, form != NULL ? form : "page", partner,
                             NULL, rendered_cb, g_object_ref (self));
}

static void
show_proof_cb (GObject *owner, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *uri = g_file_get_uri (file);

  gtk_show_uri (get_window (RP_ARTICLE_PAGE (owner)), uri, GDK_CURRENT_TIME);
}

static void
proof_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpArticlePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RpProof) proof = rp_proof_write_finish (RP_WORKSPACE (source), result, &error);

  if (proof == NULL) {
    rp_toast_show_error (GTK_WIDGET (self), error);
  } else {
    const RpToastButton button = {_ ("_Open"), show_proof_cb, G_OBJECT (self), proof->path};

    rp_toast_show (GTK_WIDGET (self),
                   proof->remarks[0] != NULL ? proof->remarks[0] : _ ("The proof is complete."),
                   &button);
  }
}

static void
proof_place_cb (GListModel *files, gpointer owner)
{
  RpArticlePage *self = owner;
  g_autoptr (GFile) file = g_list_model_get_item (files, 0);
  g_autofree char *path = g_file_get_path (file);

  if (path == NULL || self->id == NULL)
    return;
  rp_toast_show (GTK_WIDGET (self), _ ("The proof is being put together."), NULL);
  rp_proof_write_async (self->workspace, self->id, path, NULL, proof_written_cb,
                        g_object_ref (self));
}

static void
proof_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RpArticlePage *self = user_data;
  g_autofree char *slug = rp_text_slug (rp_article_get (self->article, RP_ARTICLE_HEADLINE), 50);
  g_autofree char *name = g_strdup_printf (_ ("Proof %s.zip"), slug);

  rp_pick_place (get_window (self), _ ("Save a Proof of Publication"), name, proof_place_cb,
                 G_OBJECT (self));
}

static void
original_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpArticlePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = rp_workspace_get_blob_finish (RP_WORKSPACE (source), result, &error);

  if (self->editor == NULL)
    return;
  if (bytes != NULL)
    rp_text_window_present_bytes (get_window (self), _ ("The Original, as It Arrived"), bytes);
  else
    rp_toast_show_error (GTK_WIDGET (self), error);
}

static void
show_original_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RpArticlePage *self = user_data;

  rp_workspace_get_blob_async (self->workspace, rp_article_get (self->article, RP_ARTICLE_SNAPSHOT),
                               NULL, original_read_cb, g_object_ref (self));
}

static void
ask_owner_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RpArticlePage *self = user_data;
  gboolean licensed = rp_clearance_get_licence (self->workspace, self->article) != NULL;
  const char *kind = !licensed                            ? "republish"
                     : self->changes & RP_CHANGE_HEADLINE ? "rewrite"
                     : self->changes == RP_CHANGE_NONE    ? "style"
                                                          : "headline";
  g_autofree char *mail = rp_clearance_dup_ask_owner (self->workspace, self->article, kind);

  gtk_show_uri (get_window (self), mail, GDK_CURRENT_TIME);
}

static void
confirmed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpArticlePage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!rp_clearance_confirm_finish (RP_WORKSPACE (source), result, &error))
    rp_toast_show_error (GTK_WIDGET (self), error);
  else if (self->editor != NULL)
    rp_article_page_note_reviewed (self);
}

static void
confirm_licence_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RpArticlePage *self = user_data;

  rp_clearance_confirm_async (self->workspace, self->id, NULL, confirmed_cb, g_object_ref (self));
}

static void
change_licence_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RpArticlePage *self = user_data;

  gtk_widget_activate_action (GTK_WIDGET (self->inspector), "inspector.choose-licence", NULL);
}

static void
recorded_cb (GObject *owner)
{
  rp_article_page_reload (RP_ARTICLE_PAGE (owner), FALSE);
}

static void
record_permission_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RpArticlePage *self = user_data;
  const char *objection = rp_inspector_get_objection (self->inspector);

  rp_permission_dialog_present (
    get_window (self), self->workspace, self->id, g_variant_get_string (parameter, NULL),
    objection != NULL ? objection : _ ("The licence does not allow this change by itself."),
    recorded_cb, G_OBJECT (self));
}

static void
source_cb (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  RpArticlePage *self = user_data;

  adw_view_stack_set_visible_child_name (self->pages, "edit");
  rp_editor_set_show_source (self->editor, g_variant_get_boolean (state));
  g_simple_action_set_state (action, state);
  rp_article_page_reload (self, TRUE); /* one view shows what was typed in the other */
}

static void
find_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RpArticlePage *self = user_data;

  adw_view_stack_set_visible_child_name (self->pages, "edit");
  rp_editor_find (self->editor, g_str_equal (g_action_get_name (G_ACTION (action)), "replace"));
}

static void
page_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  adw_view_stack_set_visible_child_name (RP_ARTICLE_PAGE (user_data)->pages,
                                         g_variant_get_string (parameter, NULL));
}

/* The three moves share their handler: the action's name is the state. */
static void
move_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RpArticlePage *self = user_data;
  const char *name = g_action_get_name (G_ACTION (action));
  const char *state = g_str_equal (name, "archive") ? RP_STATE_ARCHIVE
                      : g_str_equal (name, "trash") ? RP_STATE_TRASH
                                                    : NULL;
  g_autofree char *id = g_strdup (self->id);

  rp_saver_save_now (self->saver);
  rp_move_article (GTK_WIDGET (self), self->workspace, id, state);
  rp_article_page_note_left (self);
}

static const GActionEntry action_entries[] = {
  {"publish", publish_cb},
  {"draft", draft_cb},
  {"schedule", schedule_cb},
  {"stop", stop_cb},
  {"withdraw", withdraw_cb},
  {"dry-run", dry_run_cb},
  {"show-original", show_original_cb},
  {"proof", proof_cb},
  {"ask-owner", ask_owner_cb},
  {"confirm-licence", confirm_licence_cb},
  {"change-licence", change_licence_cb},
  {"record-permission", record_permission_cb, "s"},
  {"source", NULL, NULL, "false", source_cb},
  {"find", find_cb},
  {"replace", find_cb},
  {"page", page_cb, "s"},
  {"archive", move_cb},
  {"trash", move_cb},
  {"restore", move_cb},
};

void
rp_article_commands_add (RpArticlePage *self, GActionMap *map)
{
  g_autoptr (GPropertyAction) inspector =
    g_property_action_new ("show-inspector", self->flap, "reveal-flap");

  g_action_map_add_action_entries (map, action_entries, G_N_ELEMENTS (action_entries), self);
  g_action_map_add_action (map, G_ACTION (inspector));
}
