#include "rp-source-group.h"

#include <glib/gi18n-lib.h>

#include "rp-language-row.h"
#include "rp-text.h"
#include "rp-toast.h"

struct _RpSourceGroup {
  AdwPreferencesGroup parent_instance;

  AdwActionRow *site;
  GtkWidget *open;
  RpLanguageRow *language;
  GtkEditable *byline;
  GtkEditable *address;

  RpArticle *article; /* owned, NULL = none */
};

G_DEFINE_FINAL_TYPE (RpSourceGroup, rp_source_group, ADW_TYPE_PREFERENCES_GROUP)

enum {
  EDITED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static const char *
get_address (RpArticle *article)
{
  const char *url = rp_article_get (article, RP_ARTICLE_CANONICAL_URL);

  return url != NULL ? url : rp_article_get (article, RP_ARTICLE_SOURCE_URL);
}

static void
open_cb (RpSourceGroup *self)
{
  gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), get_address (self->article),
                GDK_CURRENT_TIME);
}

static void
byline_cb (RpSourceGroup *self)
{
  g_autoptr (RpArticle) changed = rp_article_copy (self->article);
  g_auto (GStrv) names = g_strsplit (gtk_editable_get_text (self->byline), ",", -1);

  rp_article_clear_authors (changed);
  for (guint i = 0; names[i] != NULL; i++) {
    g_autofree char *name = rp_text_clean (names[i]);

    if (name != NULL)
      rp_article_add_author (changed, name, NULL, NULL);
  }
  g_signal_emit (self, signals[EDITED], 0, changed);
}

static void
address_cb (RpSourceGroup *self)
{
  g_autoptr (RpArticle) changed = rp_article_copy (self->article);
  g_autofree char *url = rp_text_clean (gtk_editable_get_text (self->address));

  if (url != NULL && !rp_text_is_web_url (url)) {
    gtk_widget_add_css_class (GTK_WIDGET (self->address), "error");
    rp_toast_show (GTK_WIDGET (self), _ ("An address starts with https:// and names a site."),
                   NULL);
    return;
  }
  gtk_widget_remove_css_class (GTK_WIDGET (self->address), "error");
  rp_article_set (changed, RP_ARTICLE_CANONICAL_URL, url);
  g_signal_emit (self, signals[EDITED], 0, changed);
}

static void
language_cb (RpSourceGroup *self, const char *language)
{
  g_autoptr (RpArticle) changed = rp_article_copy (self->article);

  rp_article_set (changed, RP_ARTICLE_LANGUAGE, language);
  g_signal_emit (self, signals[EDITED], 0, changed);
}

static char *
dup_authors (RpArticle *article)
{
  GPtrArray *authors = rp_article_get_authors (article);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < authors->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            ((const RpAuthor *) g_ptr_array_index (authors, i))->name);

  return g_strdup (names->str);
}

/* What somebody is typing stays. */
static void
set_entry (GtkEditable *entry, const char *text)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (entry));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (entry)))
    return;
  if (g_strcmp0 (gtk_editable_get_text (entry), text) != 0)
    gtk_editable_set_text (entry, text);
}

static void
show_site (RpSourceGroup *self)
{
  const char *site = rp_article_get (self->article, RP_ARTICLE_SITE_NAME);
  const char *name = rp_article_get (self->article, RP_ARTICLE_SOURCE_NAME);
  const char *url = get_address (self->article);
  g_autofree char *host = url != NULL ? rp_text_host (url) : NULL;
  const char *title = site != NULL ? site : host != NULL ? host : name;
  g_autofree char *escaped =
    g_markup_escape_text (title != NULL ? title : _ ("The source is not known"), -1);
  g_autofree char *subtitle =
    g_markup_escape_text (name != NULL && name != title ? name : _ ("The original is kept"), -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->site), escaped);
  adw_action_row_set_subtitle (self->site, subtitle);
  gtk_widget_set_visible (self->open, url != NULL);
}

static void
rp_source_group_dispose (GObject *object)
{
  g_clear_object (&RP_SOURCE_GROUP (object)->article);
  gtk_widget_dispose_template (GTK_WIDGET (object), RP_TYPE_SOURCE_GROUP);
  G_OBJECT_CLASS (rp_source_group_parent_class)->dispose (object);
}

static void
rp_source_group_class_init (RpSourceGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rp_source_group_dispose;
  g_type_ensure (RP_TYPE_LANGUAGE_ROW);
  signals[EDITED] = g_signal_new ("edited", RP_TYPE_SOURCE_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, RP_TYPE_ARTICLE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/reprint/Reprint/pages/rp-source-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RpSourceGroup, site);
  gtk_widget_class_bind_template_child (widget_class, RpSourceGroup, open);
  gtk_widget_class_bind_template_child (widget_class, RpSourceGroup, language);
  gtk_widget_class_bind_template_child (widget_class, RpSourceGroup, byline);
  gtk_widget_class_bind_template_child (widget_class, RpSourceGroup, address);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, language_cb);
  gtk_widget_class_bind_template_callback (widget_class, byline_cb);
  gtk_widget_class_bind_template_callback (widget_class, address_cb);
}

static void
rp_source_group_init (RpSourceGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rp_source_group_show (RpSourceGroup *self, RpArticle *article)
{
  g_autofree char *authors = dup_authors (article);
  const char *url = rp_article_get (article, RP_ARTICLE_CANONICAL_URL);

  g_set_object (&self->article, article);
  show_site (self);
  rp_language_row_show (self->language, rp_article_get (article, RP_ARTICLE_LANGUAGE));
  set_entry (self->byline, authors);
  set_entry (self->address, url != NULL ? url : "");
}

void
rp_source_group_set_editable (RpSourceGroup *self, gboolean editable)
{
  g_return_if_fail (RP_IS_SOURCE_GROUP (self));

  gtk_widget_set_sensitive (GTK_WIDGET (self->language), editable);
  gtk_editable_set_editable (GTK_EDITABLE (self->byline), editable);
  gtk_editable_set_editable (GTK_EDITABLE (self->address), editable);
}

void
rp_source_group_edit_byline (RpSourceGroup *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->byline));
}

void
rp_source_group_edit_address (RpSourceGroup *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->address));
}
