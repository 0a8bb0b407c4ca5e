#include "rp-desk-bar.h"

#include <glib/gi18n-lib.h>

#include "rp-may.h"
#include "rp-time.h"

struct _RpDeskBar {
  AdwBin parent_instance;

  GtkRevealer *revealer;
  GtkBox *box;
  GtkImage *icon;
  GtkLabel *words;
  GtkButton *act;

  RpWorkspace *workspace; /* not owned: outlives the window */
  char *article_id;       /* owned, NULL = none */
  const char *deed;       /* the signal of the button, NULL = it has none */
  gboolean clash;
};

G_DEFINE_FINAL_TYPE (RpDeskBar, rp_desk_bar, ADW_TYPE_BIN)

enum {
  TAKE_OVER,
  COMPARE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* `words` NULL = nothing to say; what is only to be known is calm. */
static void
say (RpDeskBar *self, const char *words, const char *icon, const char *deed, const char *label)
{
  gtk_revealer_set_reveal_child (self->revealer, words != NULL);
  self->deed = deed;
  gtk_widget_set_visible (GTK_WIDGET (self->act), deed != NULL);
  if (words == NULL)
    return;
  gtk_label_set_text (self->words, words);
  gtk_image_set_from_icon_name (self->icon, icon);
  if (label != NULL)
    gtk_button_set_label (self->act, label);
  if (g_str_equal (icon, "avatar-default-symbolic"))
    gtk_widget_add_css_class (GTK_WIDGET (self->box), "calm");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->box), "calm");
}

/* Of today only the time, and not to the second. */
static char *
dup_moment (gint64 instant)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_local (instant / G_TIME_SPAN_SECOND);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (rp_time_now () / G_TIME_SPAN_SECOND);

  if (g_date_time_get_day_of_year (moment) != g_date_time_get_day_of_year (now))
    return rp_time_format_long (instant);

  /* Translators: a time of day */
  return g_date_time_format (moment, C_ ("time of day", "%H:%M"));
}

static void
say_editor (RpDeskBar *self, const RpDeskmate *editor, gboolean lost)
{
  g_autofree char *moment = dup_moment (editor->edits);
  g_autofree char *words =
    lost ? g_strdup_printf (_ ("%s took over at %s. What you typed is kept."),
                            rp_presence_get_name (editor), moment)
         : g_strdup_printf (_ ("%s has been editing this since %s. You can read it."),
                            rp_presence_get_name (editor), moment);

  say (self, words, "changes-prevent-symbolic",
       rp_may_do (self->workspace, "editor.type") ? "take-over" : NULL, _ ("Take Over"));
}

static void
say_who (RpDeskBar *self)
{
  RpPresence *presence = rp_presence_get (self->workspace);
  const RpDeskmate *editor = rp_presence_get_editor (presence, self->article_id);
  const RpDeskmate *reader = rp_presence_get_reader (presence, self->article_id);
  g_autofree char *words = NULL;

  if (editor != NULL) {
    say_editor (self, editor, rp_presence_has_lost (presence));
    return;
  }
  if (!rp_may_do (self->workspace, "editor.type"))
    words = g_strdup (_ ("You can read this desk. Whoever looks after it can let you change it."));
  else if (reader != NULL)
    words = g_strdup_printf (_ ("%s has this open, too."), rp_presence_get_name (reader));
  say (self, words, "avatar-default-symbolic", NULL, NULL);
}

static void
update (RpDeskBar *self)
{
  if (rp_workspace_is_away (self->workspace))
    say (self,
         _ ("The server with the library does not answer. What you type is kept on this computer, "
            "and saved when the server is back."),
         "network-offline-symbolic", NULL, NULL);
  else if (self->clash)
    say (self,
         _ ("Somebody else has changed the same part of this article. Nothing was overwritten: "
            "choose what is to stay."),
         "dialog-warning-symbolic", "compare", _ ("Compare…"));
  else
    say_who (self);
}

static void
act_cb (RpDeskBar *self)
{
  if (self->deed != NULL)
    g_signal_emit_by_name (self, self->deed);
}

static void
rp_desk_bar_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RP_TYPE_DESK_BAR);
  G_OBJECT_CLASS (rp_desk_bar_parent_class)->dispose (object);
}

static void
rp_desk_bar_finalize (GObject *object)
{
  g_free (RP_DESK_BAR (object)->article_id);
  G_OBJECT_CLASS (rp_desk_bar_parent_class)->finalize (object);
}

static void
rp_desk_bar_class_init (RpDeskBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_desk_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = rp_desk_bar_finalize;
  signals[TAKE_OVER] =
    g_signal_new ("take-over", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[COMPARE] =
    g_signal_new ("compare", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/reprint/Reprint/pages/rp-desk-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, RpDeskBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, RpDeskBar, box);
  gtk_widget_class_bind_template_child (widget_class, RpDeskBar, icon);
  gtk_widget_class_bind_template_child (widget_class, RpDeskBar, words);
  gtk_widget_class_bind_template_child (widget_class, RpDeskBar, act);
  gtk_widget_class_bind_template_callback (widget_class, act_cb);
}

static void
rp_desk_bar_init (RpDeskBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rp_desk_bar_set_workspace (RpDeskBar *self, RpWorkspace *workspace)
{
  g_return_if_fail (RP_IS_DESK_BAR (self));

  self->workspace = workspace;
  g_signal_connect_object (workspace, "notify::away", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (rp_presence_get (workspace), "changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

void
rp_desk_bar_set_article_id (RpDeskBar *self, const char *article_id)
{
  g_return_if_fail (RP_IS_DESK_BAR (self));

  g_free (self->article_id);
  self->article_id = g_strdup (article_id);
  update (self);
}

void
rp_desk_bar_set_clash (RpDeskBar *self, gboolean clash)
{
  g_return_if_fail (RP_IS_DESK_BAR (self));

  self->clash = clash;
  update (self);
}
