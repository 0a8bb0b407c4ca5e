#include "rp-choose-licence.h"

#include <glib/gi18n-lib.h>

#include "rp-clearance.h"
#include "rp-licence-list.h"
#include "rp-names.h"

struct _RpChooseLicence {
  AdwWindow parent_instance;

  GtkWidget *choose;
  RpLicenceList *list;
  GtkLabel *words;

  RpArticle *article; /* owned */
  GObject *owner;     /* owned */
  RpChooseLicenceCallback callback;
};

G_DEFINE_FINAL_TYPE (RpChooseLicence, rp_choose_licence, ADW_TYPE_WINDOW)

static void
selected_cb (RpChooseLicence *self)
{
  RpLicence *licence = rp_licence_list_get_selected (self->list);
  g_autofree char *words = licence != NULL ? rp_licence_describe (licence, self->article)
                                           : g_strdup (_ ("Choose a licence of the book."));

  gtk_label_set_text (self->words, words);
  gtk_widget_set_sensitive (self->choose, licence != NULL);
}

static void
choose_cb (RpChooseLicence *self)
{
  RpLicence *licence = rp_licence_list_get_selected (self->list);

  if (licence == NULL)
    return;
  self->callback (licence, self->owner);
  gtk_window_close (GTK_WINDOW (self));
}

static void
rp_choose_licence_dispose (GObject *object)
{
  RpChooseLicence *self = RP_CHOOSE_LICENCE (object);

  g_clear_object (&self->article);
  g_clear_object (&self->owner);
  gtk_widget_dispose_template (GTK_WIDGET (object), RP_TYPE_CHOOSE_LICENCE);
  G_OBJECT_CLASS (rp_choose_licence_parent_class)->dispose (object);
}

static void
rp_choose_licence_class_init (RpChooseLicenceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_choose_licence_dispose;
  g_type_ensure (RP_TYPE_LICENCE_LIST);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/reprint/Reprint/dialogs/rp-choose-licence.ui");
  gtk_widget_class_bind_template_child (widget_class, RpChooseLicence, choose);
  gtk_widget_class_bind_template_child (widget_class, RpChooseLicence, list);
  gtk_widget_class_bind_template_child (widget_class, RpChooseLicence, words);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
}

static void
rp_choose_licence_init (RpChooseLicence *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rp_names_adopt (GTK_WIDGET (self));
}

/* The present one, else what the book proposes. */
static char *
dup_first (RpWorkspace *workspace, RpArticle *article)
{
  const char *present = rp_article_get (article, RP_ARTICLE_LICENCE_ID);
  g_autoptr (RpProposal) proposal = NULL;

  if (present != NULL)
    return g_strdup (present);
  proposal = rp_clearance_propose (workspace, article);

  return proposal->licence != NULL ? g_strdup (rp_licence_get_id (proposal->licence)) : NULL;
}

void
rp_choose_licence_present (GtkWindow *parent,
                           RpWorkspace *workspace,
                           RpArticle *article,
                           RpChooseLicenceCallback callback,
                           GObject *owner)
{
  RpChooseLicence *self = g_object_new (RP_TYPE_CHOOSE_LICENCE, "transient-for", parent, NULL);
  g_autofree char *first = dup_first (workspace, article);

  self->article = g_object_ref (article);
  self->callback = callback;
  self->owner = g_object_ref (owner);
  rp_licence_list_set_book (self->list, rp_workspace_get_book (workspace));
  rp_licence_list_select (self->list, first);
  selected_cb (self);
  gtk_window_present (GTK_WINDOW (self));
  rp_licence_list_focus_search (self->list);
}
