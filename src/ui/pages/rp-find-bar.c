#include "rp-find-bar.h"

#include <glib/gi18n-lib.h>

struct _RpFindBar {
  AdwBin parent_instance;

  GtkSearchBar *bar;
  GtkEditable *words;
  GtkLabel *count;
  GtkToggleButton *match_case;
  GtkToggleButton *show_replace;
  GtkWidget *replace_row;
  GtkEditable *replacement;
  GtkWidget *replace;
  GtkWidget *replace_all;

  gboolean can_replace;
  guint n_found;
};

G_DEFINE_FINAL_TYPE (RpFindBar, rp_find_bar, ADW_TYPE_BIN)

enum {
  FIND,
  STEP,
  REPLACE,
  CLOSED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
update_buttons (RpFindBar *self)
{
  gboolean can = self->can_replace && self->n_found > 0;

  gtk_widget_set_sensitive (self->replace, can);
  gtk_widget_set_sensitive (self->replace_all, can);
  gtk_widget_set_sensitive (GTK_WIDGET (self->replacement), self->can_replace);
  gtk_widget_set_sensitive (GTK_WIDGET (self->show_replace), self->can_replace);
}

static void
changed_cb (RpFindBar *self)
{
  if (gtk_search_bar_get_search_mode (self->bar))
    g_signal_emit (self, signals[FIND], 0);
}

static void
next_cb (RpFindBar *self)
{
  g_signal_emit (self, signals[STEP], 0, 1);
}

static void
previous_cb (RpFindBar *self)
{
  g_signal_emit (self, signals[STEP], 0, -1);
}

static void
replace_cb (RpFindBar *self)
{
  if (gtk_widget_get_sensitive (self->replace))
    g_signal_emit (self, signals[REPLACE], 0, FALSE);
}

static void
replace_all_cb (RpFindBar *self)
{
  g_signal_emit (self, signals[REPLACE], 0, TRUE);
}

static void
mode_cb (RpFindBar *self)
{
  if (!gtk_search_bar_get_search_mode (self->bar))
    g_signal_emit (self, signals[CLOSED], 0);
}

static gboolean
escape_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  RpFindBar *self = RP_FIND_BAR (widget);

  gtk_search_bar_set_search_mode (self->bar, FALSE);

  return TRUE;
}

static void
rp_find_bar_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RP_TYPE_FIND_BAR);
  G_OBJECT_CLASS (rp_find_bar_parent_class)->dispose (object);
}

static void
add_signals (GType type)
{
  signals[FIND] =
    g_signal_new ("find", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[STEP] =
    g_signal_new ("step", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[REPLACE] = g_signal_new ("replace", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[CLOSED] =
    g_signal_new ("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rp_find_bar_class_init (RpFindBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_find_bar_dispose;
  add_signals (G_TYPE_FROM_CLASS (klass));
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/reprint/Reprint/pages/rp-find-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, RpFindBar, bar);
  gtk_widget_class_bind_template_child (widget_class, RpFindBar, words);
  gtk_widget_class_bind_template_child (widget_class, RpFindBar, count);
  gtk_widget_class_bind_template_child (widget_class, RpFindBar, match_case);
  gtk_widget_class_bind_template_child (widget_class, RpFindBar, show_replace);
  gtk_widget_class_bind_template_child (widget_class, RpFindBar, replace_row);
  gtk_widget_class_bind_template_child (widget_class, RpFindBar, replacement);
  gtk_widget_class_bind_template_child (widget_class, RpFindBar, replace);
  gtk_widget_class_bind_template_child (widget_class, RpFindBar, replace_all);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, replace_cb);
  gtk_widget_class_bind_template_callback (widget_class, replace_all_cb);
  gtk_widget_class_bind_template_callback (widget_class, mode_cb);
}

static void
rp_find_bar_init (RpFindBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->bar, self->words);
  update_buttons (self);
}

void
rp_find_bar_open (RpFindBar *self, gboolean with_replace)
{
  g_return_if_fail (RP_IS_FIND_BAR (self));

  gtk_search_bar_set_search_mode (self->bar, TRUE);
  if (with_replace && self->can_replace)
    gtk_toggle_button_set_active (self->show_replace, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->words));
  gtk_editable_select_region (self->words, 0, -1);
  g_signal_emit (self, signals[FIND], 0);
}

gboolean
rp_find_bar_is_open (RpFindBar *self)
{
  return gtk_search_bar_get_search_mode (self->bar);
}

const char *
rp_find_bar_get_words (RpFindBar *self)
{
  return gtk_editable_get_text (self->words);
}

const char *
rp_find_bar_get_replacement (RpFindBar *self)
{
  return gtk_editable_get_text (self->replacement);
}

gboolean
rp_find_bar_get_match_case (RpFindBar *self)
{
  return gtk_toggle_button_get_active (self->match_case);
}

void
rp_find_bar_show_count (RpFindBar *self, guint at, guint count)
{
  g_autofree char *words = NULL;

  g_return_if_fail (RP_IS_FIND_BAR (self));

  if (*gtk_editable_get_text (self->words) == '\0')
    words = g_strdup ("");
  else if (count == 0)
    words = g_strdup (_ ("Not found"));
  else
    words = g_strdup_printf (_ ("%u of %u"), at, count);
  gtk_label_set_label (self->count, words);
  self->n_found = count;
  update_buttons (self);
}

void
rp_find_bar_set_can_replace (RpFindBar *self, gboolean can)
{
  g_return_if_fail (RP_IS_FIND_BAR (self));

  self->can_replace = can;
  if (!can)
    gtk_toggle_button_set_active (self->show_replace, FALSE);
  update_buttons (self);
}
