#include "rp-partner-finder.h"

#include <glib/gi18n-lib.h>

#include "rp-text.h"

struct _RpPartnerFinder {
  AdwPreferencesGroup parent_instance;

  AdwEntryRow *address;
  GtkSpinner *spinner;
  AdwActionRow *answer;
  GtkImage *sign;

  RpWorkspace *workspace;    /* owned */
  GCancellable *cancellable; /* owned: of the search that is on, NULL = none */
};

G_DEFINE_FINAL_TYPE (RpPartnerFinder, rp_partner_finder, ADW_TYPE_PREFERENCES_GROUP)

enum {
  FOUND,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
show_answer (RpPartnerFinder *self, const char *title, const char *words, gboolean good)
{
  g_autofree char *escaped = g_markup_escape_text (words, -1);

  gtk_widget_set_visible (GTK_WIDGET (self->answer), TRUE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->answer), title);
  adw_action_row_set_subtitle (self->answer, escaped);
  gtk_image_set_from_icon_name (self->sign,
                                good ? "object-select-symbolic" : "dialog-information-symbolic");
  gtk_widget_remove_css_class (GTK_WIDGET (self->sign), "success");
  if (good)
    gtk_widget_add_css_class (GTK_WIDGET (self->sign), "success");
}

static void
tell (RpPartnerFinder *self, GPtrArray *found)
{
  const RpDiscovery *best = found->len > 0 ? found->pdata[0] : NULL;
  g_autofree char *title = NULL;

  if (best == NULL) {
    show_answer (self, _ ("Nothing That Reprint Knows Was Found"),
                 _ ("Choose the kind of site below, or ask the partner how it receives articles."),
                 FALSE);
    return;
  }
  /* Translators: %s is a kind of site, "WordPress" */
  title = g_strdup_printf (_ ("%s Was Found"), best->title);
  show_answer (self, title,
               best->needs->len > 0 ? _ ("Only what is missing is asked for below.")
                                    : _ ("Nothing more is needed; test the connection."),
               TRUE);
  g_signal_emit (self, signals[FOUND], 0, best);
}

static void
discovered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RpPartnerFinder) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = rp_discover_finish (RP_WORKSPACE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  gtk_spinner_set_spinning (self->spinner, FALSE);
  if (found != NULL)
    tell (self, found);
  else
    show_answer (self, _ ("The Site Was Not Reached"), error->message, FALSE);
}

static void
apply_cb (RpPartnerFinder *self)
{
  g_autofree char *address = rp_text_clean (gtk_editable_get_text (GTK_EDITABLE (self->address)));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_set_visible (GTK_WIDGET (self->answer), FALSE);
  if (address == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  gtk_spinner_set_spinning (self->spinner, TRUE);
  rp_discover_async (self->workspace, address, self->cancellable, discovered_cb,
                     g_object_ref (self));
}

static gboolean
grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (RP_PARTNER_FINDER (widget)->address));
}

static void
rp_partner_finder_dispose (GObject *object)
{
  RpPartnerFinder *self = RP_PARTNER_FINDER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->workspace);
  gtk_widget_dispose_template (GTK_WIDGET (object), RP_TYPE_PARTNER_FINDER);
  G_OBJECT_CLASS (rp_partner_finder_parent_class)->dispose (object);
}

static void
rp_partner_finder_class_init (RpPartnerFinderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_partner_finder_dispose;
  widget_class->grab_focus = grab_focus;
  signals[FOUND] = g_signal_new ("found", RP_TYPE_PARTNER_FINDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/reprint/Reprint/dialogs/rp-partner-finder.ui");
  gtk_widget_class_bind_template_child (widget_class, RpPartnerFinder, address);
  gtk_widget_class_bind_template_child (widget_class, RpPartnerFinder, spinner);
  gtk_widget_class_bind_template_child (widget_class, RpPartnerFinder, answer);
  gtk_widget_class_bind_template_child (widget_class, RpPartnerFinder, sign);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
}

static void
rp_partner_finder_init (RpPartnerFinder *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rp_partner_finder_set_workspace (RpPartnerFinder *self, RpWorkspace *workspace)
{
  g_set_object (&self->workspace, workspace);
}
