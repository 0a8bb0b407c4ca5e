#include "rp-may.h"

static const struct {
  const char *action;
  RpMay needed;
} deeds[] = {
  {"app.sample", RP_MAY_EDIT | RP_MAY_PUBLISH | RP_MAY_LICENSE},
  {"bulk.archive", RP_MAY_EDIT},
  {"bulk.choose-licence", RP_MAY_EDIT},
  {"bulk.confirm", RP_MAY_EDIT},
  {"bulk.mark-read", RP_MAY_EDIT},
  {"bulk.mark-unread", RP_MAY_EDIT},
  {"bulk.publish", RP_MAY_PUBLISH},
  {"bulk.restore", RP_MAY_EDIT},
  {"bulk.trash", RP_MAY_EDIT},
  {"editor.type", RP_MAY_EDIT},
  {"fix.credit-image", RP_MAY_EDIT},
  {"fix.edit-partner", RP_MAY_PUBLISH},
  {"fix.insert-byline", RP_MAY_EDIT},
  {"fix.insert-changes-note", RP_MAY_LICENSE},
  {"fix.insert-counter", RP_MAY_EDIT},
  {"fix.insert-credit", RP_MAY_EDIT},
  {"fix.insert-link", RP_MAY_EDIT},
  {"fix.insert-mandatory-line", RP_MAY_LICENSE},
  {"fix.insert-title", RP_MAY_EDIT},
  {"fix.move-credit", RP_MAY_LICENSE},
  {"fix.record-approval", RP_MAY_LICENSE},
  {"fix.release-article", RP_MAY_PUBLISH},
  {"fix.renew-licence", RP_MAY_LICENSE},
  {"fix.schedule", RP_MAY_PUBLISH},
  {"fix.set-canonical", RP_MAY_EDIT},
  {"fix.set-licence", RP_MAY_EDIT},
  {"fix.withdraw-article", RP_MAY_PUBLISH},
  {"inspector.cancel-delivery", RP_MAY_PUBLISH},
  {"inspector.choose-licence", RP_MAY_EDIT},
  {"inspector.confirm-licence", RP_MAY_EDIT},
  {"inspector.edit-agreement", RP_MAY_LICENSE},
  {"inspector.edit-credit", RP_MAY_EDIT},
  {"inspector.edit-partner", RP_MAY_PUBLISH},
  {"inspector.new-agreement", RP_MAY_LICENSE},
  {"inspector.retry", RP_MAY_PUBLISH},
  {"inspector.stop-delivery", RP_MAY_PUBLISH},
  {"inspector.withdraw", RP_MAY_PUBLISH},
  {"licences.duplicate", RP_MAY_LICENSE},
  {"licences.edit", RP_MAY_LICENSE},
  {"licences.import", RP_MAY_LICENSE},
  {"licences.import-text", RP_MAY_LICENSE},
  {"licences.new", RP_MAY_LICENSE},
  {"licences.remove", RP_MAY_LICENSE},
  {"outbox.cancel", RP_MAY_PUBLISH},
  {"outbox.edit-partner", RP_MAY_PUBLISH},
  {"outbox.retry", RP_MAY_PUBLISH},
  {"outbox.stop", RP_MAY_PUBLISH},
  {"sidebar.remove-search", RP_MAY_EDIT},
  {"sidebar.rename-search", RP_MAY_EDIT},
  {"sources.add", RP_MAY_EDIT},
  {"sources.import", RP_MAY_EDIT},
  {"sources.licence", RP_MAY_EDIT},
  {"sources.no-licence", RP_MAY_EDIT},
  {"sources.pause", RP_MAY_EDIT},
  {"sources.read", RP_MAY_EDIT},
  {"sources.read-all", RP_MAY_EDIT},
  {"sources.remove", RP_MAY_EDIT},
  {"sources.resume", RP_MAY_EDIT},
  {"win.add-partner", RP_MAY_PUBLISH},
  {"win.archive", RP_MAY_EDIT},
  {"win.change-licence", RP_MAY_EDIT},
  {"win.confirm-licence", RP_MAY_EDIT},
  {"win.draft", RP_MAY_PUBLISH},
  {"win.edit-partner", RP_MAY_PUBLISH},
  {"win.open", RP_MAY_EDIT},
  {"win.paste", RP_MAY_EDIT},
  {"win.publish", RP_MAY_PUBLISH},
  {"win.record-permission", RP_MAY_LICENSE},
  {"win.remove-sample", RP_MAY_EDIT | RP_MAY_PUBLISH | RP_MAY_LICENSE},
  {"win.restore", RP_MAY_EDIT},
  {"win.save-search", RP_MAY_EDIT},
  {"win.schedule", RP_MAY_PUBLISH},
  {"win.stop", RP_MAY_PUBLISH},
  {"win.subscribe", RP_MAY_EDIT},
  {"win.trash", RP_MAY_EDIT},
  {"win.withdraw", RP_MAY_PUBLISH},
};

gboolean
rp_may_do (RpWorkspace *workspace, const char *action)
{
  for (guint i = 0; i < G_N_ELEMENTS (deeds); i++)
    if (g_str_equal (deeds[i].action, action))
      return (~rp_workspace_get_rights (workspace) & deeds[i].needed) == 0;

  return TRUE;
}

static void
hide_buttons (GtkWidget *widget, RpWorkspace *workspace)
{
  const char *action =
    GTK_IS_ACTIONABLE (widget) ? gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)) : NULL;

  if (action != NULL && !rp_may_do (workspace, action))
    gtk_widget_set_visible (widget, FALSE);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    hide_buttons (child, workspace);
}

void
rp_may_limit (GtkWidget *widget, RpWorkspace *workspace)
{
  GtkWidgetClass *klass = GTK_WIDGET_GET_CLASS (widget);
  const char *action, *property;
  const GVariantType *type;
  GType owner;

  if (rp_workspace_get_rights (workspace) == RP_MAY_ALL)
    return;
  for (guint i = 0; gtk_widget_class_query_action (klass, i, &owner, &action, &type, &property);
       i++)
    if (!rp_may_do (workspace, action))
      gtk_widget_action_set_enabled (widget, action, FALSE);
  hide_buttons (widget, workspace);
}
