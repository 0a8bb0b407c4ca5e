#include "rp-article-row.h"

struct _RpArticleRow {
  GObject parent_instance;

  char *id;       /* owned, NULL while not loaded */
  char *headline; /* owned */
  char *source;   /* owned */
  char *licence;  /* owned */
  char *state;    /* owned */
  char *company;  /* owned, NULL = nobody */
  gint64 imported;
  gboolean unread;
};

enum {
  PROP_ID = 1,
  PROP_HEADLINE,
  PROP_SOURCE,
  PROP_LICENCE,
  PROP_STATE,
  PROP_IMPORTED,
  PROP_UNREAD,
  PROP_LOADED,
  PROP_COMPANY,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RpArticleRow, rp_article_row, G_TYPE_OBJECT)

static void
rp_article_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  RpArticleRow *self = RP_ARTICLE_ROW (object);

  switch (id) {
  case PROP_ID:
    g_value_set_string (value, self->id);
    break;
  case PROP_HEADLINE:
    g_value_set_string (value, self->headline);
    break;
  case PROP_SOURCE:
    g_value_set_string (value, self->source);
    break;
  case PROP_LICENCE:
    g_value_set_string (value, self->licence);
    break;
  case PROP_STATE:
    g_value_set_string (value, self->state);
    break;
  case PROP_IMPORTED:
    g_value_set_int64 (value, self->imported);
    break;
  case PROP_UNREAD:
    g_value_set_boolean (value, self->unread);
    break;
  case PROP_LOADED:
    g_value_set_boolean (value, self->id != NULL);
    break;
  case PROP_COMPANY:
    g_value_set_string (value, self->company);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
clear (RpArticleRow *self)
{
  g_free (self->id);
  g_free (self->headline);
  g_free (self->source);
  g_free (self->licence);
  g_free (self->state);
}

static void
rp_article_row_finalize (GObject *object)
{
  clear (RP_ARTICLE_ROW (object));
  g_free (RP_ARTICLE_ROW (object)->company);
  G_OBJECT_CLASS (rp_article_row_parent_class)->finalize (object);
}

static GParamSpec *
string_property (const char *name)
{
  return g_param_spec_string (name, NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static GParamSpec *
boolean_property (const char *name)
{
  return g_param_spec_boolean (name, NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static void
rp_article_row_class_init (RpArticleRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rp_article_row_get_property;
  object_class->finalize = rp_article_row_finalize;
  properties[PROP_ID] = string_property ("id");
  properties[PROP_HEADLINE] = string_property ("headline");
  properties[PROP_SOURCE] = string_property ("source");
  properties[PROP_LICENCE] = string_property ("licence");
  properties[PROP_STATE] = string_property ("state");
  properties[PROP_IMPORTED] = g_param_spec_int64 ("imported", NULL, NULL, 0, G_MAXINT64, 0,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_UNREAD] = boolean_property ("unread");
  properties[PROP_LOADED] = boolean_property ("loaded");
  properties[PROP_COMPANY] = string_property ("company");
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rp_article_row_init (RpArticleRow *self)
{
}

RpArticleRow *
rp_article_row_new (void)
{
  return g_object_new (RP_TYPE_ARTICLE_ROW, NULL);
}

void
rp_article_row_fill (RpArticleRow *self,
                     const char *id,
                     const char *headline,
                     const char *source,
                     const char *licence,
                     const char *state,
                     gint64 imported,
                     gboolean unread)
{
  clear (self);
  self->id = g_strdup (id);
  self->headline = g_strdup (headline);
  self->source = g_strdup (source);
  self->licence = g_strdup (licence);
  self->state = g_strdup (state);
  self->imported = imported;
  self->unread = unread;

  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 1; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  g_object_thaw_notify (G_OBJECT (self));
}

void
rp_article_row_set_company (RpArticleRow *self, const char *words)
{
  if (g_strcmp0 (words, self->company) == 0)
    return;
  g_free (self->company);
  self->company = g_strdup (words);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPANY]);
}

const char *
rp_article_row_get_company (RpArticleRow *self)
{
  return self->company;
}

const char *
rp_article_row_get_id (RpArticleRow *self)
{
  return self->id;
}

const char *
rp_article_row_get_headline (RpArticleRow *self)
{
  return self->headline;
}

const char *
rp_article_row_get_source (RpArticleRow *self)
{
  return self->source;
}

const char *
rp_article_row_get_licence (RpArticleRow *self)
{
  return self->licence;
}

const char *
rp_article_row_get_state (RpArticleRow *self)
{
  return self->state;
}

gint64
rp_article_row_get_imported (RpArticleRow *self)
{
  return self->imported;
}

gboolean
rp_article_row_get_unread (RpArticleRow *self)
{
  return self->unread;
}
