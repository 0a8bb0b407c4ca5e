#include "rp-article-item.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "rp-time.h"

struct _RpArticleItem {
  GtkBox parent_instance;

  GtkCheckButton *check;
  GtkWidget *unread;
  GtkLabel *source;
  GtkLabel *age;
  GtkWidget *company;
  GtkLabel *headline;
  GtkLabel *licence;
  GtkImage *state_icon;
  GtkLabel *state;

  RpArticleRow *row; /* owned, NULL = none */
  const char *style; /* of the sign that is shown, NULL = none */
  gulong follows;    /* handler id */
  gulong meets;      /* handler id */
};

G_DEFINE_FINAL_TYPE (RpArticleItem, rp_article_item, GTK_TYPE_BOX)

static const struct {
  const char *state;
  const char *icon;
  const char *style;
  const char *words;
} looks[] = {
  {RP_STATE_NEEDS_LICENCE, "dialog-question-symbolic", "warning", N_ ("Needs licence")},
  {RP_STATE_READY, "object-select-symbolic", "success", N_ ("Ready")},
  {RP_STATE_BLOCKED, "action-unavailable-symbolic", "error", N_ ("Blocked")},
  {RP_STATE_SCHEDULED, "alarm-symbolic", "dim-label", N_ ("Scheduled")},
  {RP_STATE_PUBLISHED, "rp-published-symbolic", "success", N_ ("Published")},
  {RP_STATE_ATTENTION, "dialog-warning-symbolic", "warning", N_ ("Needs attention")},
  {RP_STATE_ARCHIVE, "folder-symbolic", "dim-label", N_ ("Archived")},
  {RP_STATE_TRASH, "user-trash-symbolic", "dim-label", N_ ("In the trash")},
};

static char *
dup_age (gint64 imported)
{
  gint64 minutes = MAX (0, (rp_time_now () - imported) / G_TIME_SPAN_MINUTE);

  if (minutes < 1)
    return g_strdup (_ ("now"));
  if (minutes < 60)
    return g_strdup_printf (_ ("%u min"), (guint) minutes);
  if (minutes < 24 * 60)
    return g_strdup_printf (_ ("%u h"), (guint) (minutes / 60));
  if (minutes < 48 * 60)
    return g_strdup (_ ("yesterday"));

  return rp_time_format_date (imported);
}

static void
set_style (RpArticleItem *self, const char *style)
{
  if (g_strcmp0 (self->style, style) == 0)
    return;
  if (self->style != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->state_icon), self->style);
  if (style != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->state_icon), style);
  self->style = style;
}

static void
show_state (RpArticleItem *self, const char *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++) {
    if (g_strcmp0 (looks[i].state, state) != 0)
      continue;
    set_style (self, looks[i].style);
    if (g_strcmp0 (gtk_image_get_icon_name (self->state_icon), looks[i].icon) != 0)
      gtk_image_set_from_icon_name (self->state_icon, looks[i].icon);
    gtk_label_set_label (self->state, _ (looks[i].words));
    return;
  }
  set_style (self, NULL);
  gtk_image_clear (self->state_icon);
  gtk_label_set_label (self->state, "");
}

static void
show_licence (RpArticleItem *self, const char *licence)
{
  gboolean known = licence != NULL && *licence != '\0';

  gtk_label_set_label (self->licence, known ? licence : _ ("No licence"));
  if (known)
    gtk_widget_remove_css_class (GTK_WIDGET (self->licence), "missing");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->licence), "missing");
}

/* While many rows go by, most are never seen: one that is not there yet keeps the words of the row
 * before it, unseen, because laying out nothing and then something costs twice. */
static void
show_row (RpArticleItem *self)
{
  RpArticleRow *row = self->row;
  gboolean loaded = rp_article_row_get_id (row) != NULL;
  g_autofree char *age = loaded ? dup_age (rp_article_row_get_imported (row)) : NULL;
  const char *source = rp_article_row_get_source (row);
  const char *headline = rp_article_row_get_headline (row);

  gtk_widget_set_opacity (GTK_WIDGET (self), loaded ? 1.0 : 0.0);
  if (!loaded)
    return;
  gtk_widget_set_visible (self->unread, rp_article_row_get_unread (row));
  gtk_label_set_label (self->source, source != NULL ? source : "");
  gtk_label_set_label (self->age, age);
  gtk_label_set_label (self->headline, headline != NULL ? headline : "");
  show_licence (self, rp_article_row_get_licence (row));
  show_state (self, rp_article_row_get_state (row));
  if (rp_article_row_get_unread (row))
    gtk_widget_remove_css_class (GTK_WIDGET (self), "read");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "read");
}

static void
show_company (RpArticleItem *self)
{
  const char *words = rp_article_row_get_company (self->row);

  if (words == NULL && !gtk_widget_get_visible (self->company))
    return;
  gtk_widget_set_visible (self->company, words != NULL);
  gtk_widget_set_tooltip_text (self->company, words);
  if (words != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->company), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    words, -1);
}

static void
unfollow (RpArticleItem *self)
{
  if (self->row == NULL)
    return;
  g_clear_signal_handler (&self->follows, self->row);
  g_clear_signal_handler (&self->meets, self->row);
}

static void
rp_article_item_dispose (GObject *object)
{
  RpArticleItem *self = RP_ARTICLE_ITEM (object);

  unfollow (self);
  g_clear_object (&self->row);
  gtk_widget_dispose_template (GTK_WIDGET (self), RP_TYPE_ARTICLE_ITEM);
  G_OBJECT_CLASS (rp_article_item_parent_class)->dispose (object);
}

static void
rp_article_item_class_init (RpArticleItemClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_article_item_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/reprint/Reprint/rows/rp-article-item.ui");
  gtk_widget_class_bind_template_child (widget_class, RpArticleItem, check);
  gtk_widget_class_bind_template_child (widget_class, RpArticleItem, unread);
  gtk_widget_class_bind_template_child (widget_class, RpArticleItem, source);
  gtk_widget_class_bind_template_child (widget_class, RpArticleItem, age);
  gtk_widget_class_bind_template_child (widget_class, RpArticleItem, company);
  gtk_widget_class_bind_template_child (widget_class, RpArticleItem, headline);
  gtk_widget_class_bind_template_child (widget_class, RpArticleItem, licence);
  gtk_widget_class_bind_template_child (widget_class, RpArticleItem, state_icon);
  gtk_widget_class_bind_template_child (widget_class, RpArticleItem, state);
}

static void
rp_article_item_init (RpArticleItem *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rp_article_item_new (void)
{
  return g_object_new (RP_TYPE_ARTICLE_ITEM, NULL);
}

void
rp_article_item_set_row (RpArticleItem *self, RpArticleRow *row)
{
  g_return_if_fail (RP_IS_ARTICLE_ITEM (self));

  unfollow (self);
  g_set_object (&self->row, row);
  if (row == NULL)
    return;
  self->follows = g_signal_connect_swapped (row, "notify::loaded", G_CALLBACK (show_row), self);
  self->meets = g_signal_connect_swapped (row, "notify::company", G_CALLBACK (show_company), self);
  show_row (self);
  show_company (self);
}

RpArticleRow *
rp_article_item_get_row (RpArticleItem *self)
{
  g_return_val_if_fail (RP_IS_ARTICLE_ITEM (self), NULL);

  return self->row;
}

void
rp_article_item_set_check (RpArticleItem *self, gboolean shown, gboolean active)
{
  g_return_if_fail (RP_IS_ARTICLE_ITEM (self));

  gtk_widget_set_visible (GTK_WIDGET (self->check), shown);
  gtk_check_button_set_active (self->check, active);
}
