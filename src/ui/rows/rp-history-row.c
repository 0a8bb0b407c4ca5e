#include "rp-history-row.h"

#include <adwaita.h>

#include "rp-time.h"

struct _RpHistoryRow {
  GtkBox parent_instance;

  GtkImage *knob;
  GtkWidget *rail;
  GtkLabel *title;
  GtkLabel *time;
  GtkLabel *link;
  GtkActionable *sent;
  GtkWidget *original;
};

G_DEFINE_FINAL_TYPE (RpHistoryRow, rp_history_row, GTK_TYPE_BOX)

/* The sign of a kind; what is not listed gets a plain dot of time. */
static const struct {
  const char *kind;
  const char *icon;
  const char *style;
} looks[] = {
  {"imported", "folder-download-symbolic", NULL},
  {"edited", "document-edit-symbolic", NULL},
  {"licence", "application-certificate-symbolic", NULL},
  {"approved", "object-select-symbolic", "ok"},
  {"queued", "mail-send-symbolic", NULL},
  {"delivered", "rp-published-symbolic", "ok"},
  {"failed", "action-unavailable-symbolic", "warn"},
  {"withdrawn", "edit-undo-symbolic", NULL},
  {"updated", "view-refresh-symbolic", NULL},
  {"killed", "action-unavailable-symbolic", "warn"},
  {"vanished", "dialog-warning-symbolic", "warn"},
  {"returned", "object-select-symbolic", "ok"},
};

static void
show_kind (RpHistoryRow *self, const char *kind)
{
  const char *icon = "document-open-recent-symbolic";

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++) {
    if (g_strcmp0 (looks[i].kind, kind) != 0)
      continue;
    icon = looks[i].icon;
    if (looks[i].style != NULL)
      gtk_widget_add_css_class (GTK_WIDGET (self->knob), looks[i].style);
  }
  gtk_image_set_from_icon_name (self->knob, icon);
  gtk_widget_set_visible (self->original, g_strcmp0 (kind, "imported") == 0);
}

static void
show_link (RpHistoryRow *self, const char *url)
{
  g_autofree char *markup =
    url != NULL ? g_markup_printf_escaped ("<a href=\"%s\">%s</a>", url, url) : NULL;

  gtk_label_set_markup (self->link, markup != NULL ? markup : "");
  gtk_widget_set_visible (GTK_WIDGET (self->link), url != NULL);
}

static void
rp_history_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), RP_TYPE_HISTORY_ROW);
  G_OBJECT_CLASS (rp_history_row_parent_class)->dispose (object);
}

static void
rp_history_row_class_init (RpHistoryRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_history_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/reprint/Reprint/rows/rp-history-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RpHistoryRow, knob);
  gtk_widget_class_bind_template_child (widget_class, RpHistoryRow, rail);
  gtk_widget_class_bind_template_child (widget_class, RpHistoryRow, title);
  gtk_widget_class_bind_template_child (widget_class, RpHistoryRow, time);
  gtk_widget_class_bind_template_child (widget_class, RpHistoryRow, link);
  gtk_widget_class_bind_template_child (widget_class, RpHistoryRow, sent);
  gtk_widget_class_bind_template_child (widget_class, RpHistoryRow, original);
}

static void
rp_history_row_init (RpHistoryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rp_history_row_new (RpHistoryItem *item, gboolean is_last)
{
  RpHistoryRow *self = g_object_new (RP_TYPE_HISTORY_ROW, NULL);
  g_autofree char *time = rp_time_format_long (item->at);

  show_kind (self, item->kind);
  gtk_label_set_label (self->title, item->words != NULL ? item->words : "");
  gtk_label_set_label (self->time, time != NULL ? time : "");
  show_link (self, item->url);
  if (item->delivery_id != NULL) {
    gtk_actionable_set_action_target (self->sent, "s", item->delivery_id);
    gtk_actionable_set_action_name (self->sent, "history.sent");
    gtk_widget_set_visible (GTK_WIDGET (self->sent), TRUE);
  }
  gtk_widget_set_visible (self->rail, !is_last);

  return GTK_WIDGET (self);
}
