#include "rp-licence-group.h"

#include <glib/gi18n-lib.h>

#include "rp-clearance.h"
#include "rp-may.h"
#include "rp-text.h"

#include <string.h>

#define STATEMENT_SHOWN 160

struct _RpLicenceGroup {
  AdwPreferencesGroup parent_instance;

  GtkWidget *change;
  GtkImage *icon;
  GtkLabel *name;
  GtkLabel *words;
  GtkWidget *confirm_buttons;
  GtkWidget *unknown_buttons;
  GtkWidget *new_agreement;
  GtkWidget *choose;
  GtkLabel *evidence;
};

G_DEFINE_FINAL_TYPE (RpLicenceGroup, rp_licence_group, ADW_TYPE_PREFERENCES_GROUP)

static gboolean
has_confidence (RpArticle *article, const char *confidence)
{
  return g_strcmp0 (rp_article_get (article, RP_ARTICLE_LICENCE_CONFIDENCE), confidence) == 0;
}

static char *
dup_found_words (RpArticle *article)
{
  if (has_confidence (article, "confirmed"))
    return g_strdup (_ ("Confirmed by a person."));
  if (has_confidence (article, "guessed"))
    return g_strdup (_ ("Guessed from the words of the article. Please confirm it."));
  if (has_confidence (article, "parsed"))
    return g_strdup (_ ("Recognised in the text."));

  return g_strdup (_ ("Stated by the source."));
}

/* Why the book thinks so, when it thinks of the same licence. */
static char *
dup_known_evidence (RpWorkspace *workspace, RpArticle *article, RpLicence *licence)
{
  g_autoptr (RpProposal) proposal = rp_clearance_propose (workspace, article);
  g_autofree char *found = dup_found_words (article);

  if (proposal->licence != licence || proposal->reason == NULL)
    return g_steal_pointer (&found);

  return g_strdup_printf ("%s %s", proposal->reason, found);
}

static void
show_known (RpLicenceGroup *self, RpWorkspace *workspace, RpArticle *article, RpLicence *licence)
{
  g_autofree char *words = rp_licence_describe (licence, article);
  g_autofree char *evidence = dup_known_evidence (workspace, article, licence);

  gtk_label_set_text (self->name, rp_licence_get_name (licence));
  gtk_label_set_text (self->words, words);
  gtk_label_set_text (self->evidence, evidence);
  gtk_widget_set_visible (self->confirm_buttons, rp_clearance_needs_review (workspace, article) &&
                                                   rp_may_do (workspace, "win.confirm-licence"));
}

static char *
dup_unknown_words (RpArticle *article)
{
  RpStatement *statement = rp_article_get_statement (article);
  const char *said = rp_statement_get (statement, RP_STATEMENT_STATEMENT);
  g_autofree char *shown = NULL;

  if (said == NULL)
    said = rp_statement_get (statement, RP_STATEMENT_COPYRIGHT_NOTICE);
  if (said == NULL)
    return g_strdup (_ ("Nothing may be published until it is known. The source does not say who "
                        "may publish it."));
  shown = rp_text_shorten (said, STATEMENT_SHOWN);
  if (g_str_has_suffix (shown, ".")) /* our own sentence has a full stop, too */
    shown[strlen (shown) - 1] = '\0';

  return g_strdup_printf (
    _ ("Nothing may be published until it is known. The source only says “%s”."), shown);
}

static gboolean
names_licensor (RpArticle *article)
{
  RpStatement *statement = rp_article_get_statement (article);

  return rp_statement_get (statement, RP_STATEMENT_LICENSOR) != NULL ||
         rp_statement_get (statement, RP_STATEMENT_RIGHTS_HOLDER) != NULL;
}

static void
set_suggested (GtkWidget *button, gboolean suggested)
{
  if (suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  else
    gtk_widget_remove_css_class (button, "suggested-action");
}

static void
show_unknown (RpLicenceGroup *self, RpArticle *article)
{
  g_autofree char *words = dup_unknown_words (article);
  gboolean named = names_licensor (article);

  gtk_label_set_text (self->name, _ ("No licence found"));
  gtk_label_set_text (self->words, words);
  gtk_label_set_text (
    self->evidence,
    _ ("Looked at: the text, what the page declares, its links, and the agreements in the book."));
  gtk_widget_set_visible (self->new_agreement, named);
  set_suggested (self->new_agreement, named);
  set_suggested (self->choose, !named);
  gtk_widget_set_visible (self->confirm_buttons, FALSE);
}

static void
show_evidence_tooltip (RpLicenceGroup *self, RpArticle *article)
{
  GPtrArray *evidence = rp_statement_get_evidence (rp_article_get_statement (article));
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < evidence->len; i++)
    g_string_append_printf (lines, "%s%s", i > 0 ? "\n" : "",
                            (const char *) g_ptr_array_index (evidence, i));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->evidence), lines->len > 0 ? lines->str : NULL);
}

static void
rp_licence_group_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), RP_TYPE_LICENCE_GROUP);
  G_OBJECT_CLASS (rp_licence_group_parent_class)->dispose (object);
}

static void
rp_licence_group_class_init (RpLicenceGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_licence_group_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/reprint/Reprint/pages/rp-licence-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RpLicenceGroup, change);
  gtk_widget_class_bind_template_child (widget_class, RpLicenceGroup, icon);
  gtk_widget_class_bind_template_child (widget_class, RpLicenceGroup, name);
  gtk_widget_class_bind_template_child (widget_class, RpLicenceGroup, words);
  gtk_widget_class_bind_template_child (widget_class, RpLicenceGroup, confirm_buttons);
  gtk_widget_class_bind_template_child (widget_class, RpLicenceGroup, unknown_buttons);
  gtk_widget_class_bind_template_child (widget_class, RpLicenceGroup, new_agreement);
  gtk_widget_class_bind_template_child (widget_class, RpLicenceGroup, choose);
  gtk_widget_class_bind_template_child (widget_class, RpLicenceGroup, evidence);
}

static void
rp_licence_group_init (RpLicenceGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rp_licence_group_show (RpLicenceGroup *self, RpWorkspace *workspace, RpArticle *article)
{
  RpLicence *licence = rp_clearance_get_licence (workspace, article);

  gtk_widget_set_visible (self->change,
                          licence != NULL && rp_may_do (workspace, "inspector.choose-licence"));
  gtk_widget_set_visible (self->unknown_buttons,
                          licence == NULL && rp_may_do (workspace, "inspector.choose-licence"));
  gtk_image_set_from_icon_name (self->icon, licence != NULL ? "application-certificate-symbolic"
                                                            : "dialog-question-symbolic");
  gtk_widget_remove_css_class (GTK_WIDGET (self->icon), licence != NULL ? "warning" : "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), licence != NULL ? "dim-label" : "warning");
  if (licence != NULL)
    show_known (self, workspace, article, licence);
  else
    show_unknown (self, article);
  show_evidence_tooltip (self, article);
}
