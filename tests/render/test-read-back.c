/* What Reprint writes, Reprint reads: every form that has an importer gives back the rights that it
 * was written with. */
#include "matrix.h"

#include "rp-importer.h"
#include "rp-render-rights.h"
#include "rp-text.h"
#include "rp-time.h"

#include <string.h>

static const struct {
  const char *form;
  const char *name; /* of a file */
} forms[] = {
  {"html", "a.html"},    {"page", "a.html"},     {"ninjs", "a.json"},  {"ninjs-2", "a.json"},
  {"ninjs-3", "a.json"}, {"newsml-g2", "a.xml"}, {"nitf", "a.xml"},    {"rss", "a.xml"},
  {"atom", "a.xml"},     {"jsonfeed", "a.json"}, {"markdown", "a.md"},
};

static guint asked, same;

static void
compare (const MatrixCell *cell,
         const char *form,
         const char *what,
         const char *is,
         const char *was)
{
  asked++;
  if (g_strcmp0 (is, was) == 0) {
    same++;
    return;
  }
  g_test_message ("%s, %s, %s: %s is “%s”, was “%s”", form, cell->article_name,
                  rp_licence_get_id (cell->licence), what, is, was);
  g_test_fail ();
}

static void
compare_moment (const MatrixCell *cell,
                const char *form,
                const char *what,
                const char *is,
                const char *was)
{
  g_autofree char *moment = rp_time_format (rp_time_instant (is));

  compare (cell, form, what, moment, was);
}

static const char *
get_first (const char *first, const char *second)
{
  return first != NULL ? first : second;
}

static const char *
get_kind (const MatrixCell *cell)
{
  const RpTerms *terms = rp_licence_get_terms (cell->licence);

  if (terms->is_creative_commons_by)
    return "creative-commons";
  if (terms->is_public_domain)
    return "public-domain";

  return terms->url != NULL || terms->licensor != NULL ? "licensed" : "all-rights-reserved";
}

static void
compare_grant (const MatrixCell *cell, const char *form, const char *kind)
{
  compare (cell, form, "kind", g_strcmp0 (kind, "permission") == 0 ? "licensed" : kind, "licensed");
}

/* Forms that have words of their own for the place and the address of the terms add these below. */
static void
compare_terms (const MatrixCell *cell, const char *form, const char *is, const char *was)
{
  gsize length = strlen (was);
  gboolean begins = is != NULL && g_str_has_prefix (is, was) && is[length] == '\n';

  compare (cell, form, "usage terms", begins ? was : is, was);
}

static void
compare_statement (const MatrixCell *cell,
                   const char *form,
                   RpArticle *back,
                   const RpRenderRights *was)
{
  RpStatement *is = rp_article_get_statement (back);
  const struct {
    const char *what;
    RpStatementField field;
    const char *was;
  } rows[] = {
    {"kind", RP_STATEMENT_KIND, get_kind (cell)},
    {"url", RP_STATEMENT_URL, was->url},
    {"spdx", RP_STATEMENT_SPDX, was->spdx},
    {"licensor", RP_STATEMENT_LICENSOR, was->licensor},
    {"holder", RP_STATEMENT_RIGHTS_HOLDER, was->holder},
    {"notice", RP_STATEMENT_COPYRIGHT_NOTICE, was->notice},
    {"usage terms", RP_STATEMENT_USAGE_TERMS, was->usage_terms},
    {"credit", RP_STATEMENT_CREDIT_LINE, was->credit},
    {"tdm", RP_STATEMENT_TDM, was->tdm_reserved ? "reserved" : NULL},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    /* The words of a credit line may ask for permission where the agreement grants a licence. */
    if (rows[i].field == RP_STATEMENT_KIND && was->url == NULL && was->licensor != NULL)
      compare_grant (cell, form, rp_statement_get (is, RP_STATEMENT_KIND));
    else if (rows[i].field == RP_STATEMENT_USAGE_TERMS && rows[i].was != NULL)
      compare_terms (cell, form, rp_statement_get (is, rows[i].field), rows[i].was);
    else if (rows[i].was != NULL || rows[i].field == RP_STATEMENT_TDM)
      compare (cell, form, rows[i].what, rp_statement_get (is, rows[i].field), rows[i].was);
  compare_moment (cell, form, "expires",
                  get_first (rp_statement_get (is, RP_STATEMENT_EXPIRES),
                             rp_article_get (back, RP_ARTICLE_EXPIRES)),
                  was->expires);
  compare_moment (cell, form, "embargo", rp_article_get (back, RP_ARTICLE_EMBARGOED_UNTIL),
                  was->embargo);
}

static RpMedia *
find_media (RpArticle *article, const char *url)
{
  GPtrArray *media = rp_article_get_media (article);

  for (guint i = 0; i < media->len; i++)
    if (g_strcmp0 (rp_media_get (media->pdata[i], RP_MEDIA_URL), url) == 0)
      return media->pdata[i];

  return NULL;
}

static void
compare_pictures (const MatrixCell *cell, const char *form, RpArticle *back)
{
  GPtrArray *media = rp_article_get_media (cell->article);

  for (guint i = 0; i < media->len; i++) {
    RpMedia *was = media->pdata[i];
    RpMedia *is = find_media (back, rp_media_get (was, RP_MEDIA_URL));

    compare (cell, form, "picture", is != NULL ? "there" : "gone", "there");
    if (is == NULL)
      continue;
    compare (cell, form, "picture's credit", rp_media_get (is, RP_MEDIA_CREDIT),
             rp_media_get (was, RP_MEDIA_CREDIT));
    compare (cell, form, "picture's licence", rp_media_get (is, RP_MEDIA_LICENCE_URL),
             rp_media_get (was, RP_MEDIA_LICENCE_URL));
  }
}

static void
check_form (const MatrixCell *cell, const RpRenderJob *job, guint form)
{
  g_autofree char *text = matrix_render (job, forms[form].form);
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (RpSource) source = rp_source_new (bytes, forms[form].name);
  g_autoptr (RpImportList) list = rp_import_list_new ();
  g_autoptr (RpRenderRights) was = rp_render_rights_new (job);
  g_autoptr (GError) error = NULL;

  rp_import (source, &list->sink, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->articles->len, ==, 1);
  compare_statement (cell, forms[form].form, list->articles->pdata[0], was);
  compare_pictures (cell, forms[form].form, list->articles->pdata[0]);
}

static guint current;

static void
check (const MatrixCell *cell, const RpRenderJob *job)
{
  check_form (cell, job, current);
}

static void
test_form (gconstpointer data)
{
  asked = same = 0;
  current = GPOINTER_TO_UINT (data);
  matrix_walk (check);
  g_test_message ("%s: %u of %u facts came back", forms[current].form, same, asked);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++) {
    g_autofree char *path = g_strdup_printf ("/render/read-back/%s", forms[i].form);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_form);
  }

  return g_test_run ();
}
