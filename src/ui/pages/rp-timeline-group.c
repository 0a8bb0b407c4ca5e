#include "rp-timeline-group.h"

#include "rp-time.h"
#include "rp-turn.h"

struct _RpTimelineGroup {
  AdwPreferencesGroup parent_instance;

  GtkListBox *rows;
};

G_DEFINE_FINAL_TYPE (RpTimelineGroup, rp_timeline_group, ADW_TYPE_PREFERENCES_GROUP)

static const char *
get_icon (RpTurnKind kind)
{
  switch (kind) {
  case RP_TURN_EMBARGO_ENDS:
  case RP_TURN_EXCLUSIVE_ENDS:
    return "changes-prevent-symbolic";
  case RP_TURN_PUBLISHED:
    return "rp-published-symbolic";
  case RP_TURN_REMOVAL:
    return "user-trash-symbolic";
  case RP_TURN_QUOTA_REFILLS:
    return "view-refresh-symbolic";
  case RP_TURN_LICENCE_BEGINS:
  case RP_TURN_LICENCE_ENDS:
  case RP_TURN_ARTICLE_ENDS:
  case RP_TURN_FIRST_USE_ENDS:
  default:
    return "alarm-symbolic";
  }
}

static GtkWidget *
make_row (const RpTurn *turn, gint64 now)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *when = rp_time_format_long (turn->at);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), turn->words);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), when);
  adw_action_row_set_icon_name (ADW_ACTION_ROW (row), get_icon (turn->kind));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  if (turn->at < now && turn->kind != RP_TURN_PUBLISHED)
    gtk_widget_add_css_class (row, "dim-label");

  return row;
}

static void
empty (RpTimelineGroup *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->rows))) != NULL)
    gtk_list_box_remove (self->rows, child);
}

static void
rp_timeline_group_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), RP_TYPE_TIMELINE_GROUP);
  G_OBJECT_CLASS (rp_timeline_group_parent_class)->dispose (object);
}

static void
rp_timeline_group_class_init (RpTimelineGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_timeline_group_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/reprint/Reprint/pages/rp-timeline-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RpTimelineGroup, rows);
}

static void
rp_timeline_group_init (RpTimelineGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rp_timeline_group_show (RpTimelineGroup *self, GPtrArray *turns)
{
  gint64 now = rp_time_now ();

  g_return_if_fail (RP_IS_TIMELINE_GROUP (self));

  empty (self);
  gtk_widget_set_visible (GTK_WIDGET (self), turns != NULL && turns->len > 1);
  for (guint i = 0; turns != NULL && i < turns->len; i++)
    gtk_list_box_append (self->rows, make_row (g_ptr_array_index (turns, i), now));
}
