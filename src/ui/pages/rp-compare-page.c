#include "rp-compare-page.h"

#include <gio/gio.h>

#include "rp-text.h"

static void
append_runs (GString *html, const RpPassage *passage, RpRunKind left_out)
{
  static const char *const tags[] = {"span", "del", "ins"};
  gboolean first = TRUE;

  for (guint i = 0; i < passage->runs->len; i++) {
    const RpRun *run = passage->runs->pdata[i];
    g_autofree char *text = rp_text_escape (run->text);

    if (run->kind == left_out)
      continue;
    g_string_append_printf (html, "%s<%s>%s</%s>", first ? "" : " ", tags[run->kind], text,
                            tags[run->kind]);
    first = FALSE;
  }
}

static void
append_cell (GString *html, const RpPassage *passage, gboolean there, RpRunKind left_out)
{
  g_string_append_printf (html, "<div class=\"cell %s\" dir=\"auto\">", passage->role);
  if (there)
    append_runs (html, passage, left_out);
  g_string_append (html, "</div>");
}

static void
append_passages (GString *html, const RpComparison *comparison, gboolean in_one)
{
  guint change = 0;

  for (guint i = 0; i < comparison->passages->len; i++) {
    const RpPassage *passage = comparison->passages->pdata[i];

    g_string_append_printf (html, "<section class=\"%s\"", passage->changed ? "changed" : "same");
    if (passage->changed)
      g_string_append_printf (html, " id=\"change-%u\"", ++change);
    g_string_append (html, ">");
    if (in_one) {
      append_cell (html, passage, TRUE, (RpRunKind) -1);
    } else {
      append_cell (html, passage, passage->before, RP_RUN_NEW);
      append_cell (html, passage, passage->after, RP_RUN_GONE);
    }
    g_string_append (html, "</section>\n");
  }
}

static void
append_heads (GString *html, const RpCompareHeads *heads)
{
  g_autofree char *before = rp_text_escape (heads->before);
  g_autofree char *after = rp_text_escape (heads->after);

  g_string_append_printf (html, "<header><div>%s</div><div>%s</div></header>\n", before, after);
}

char *
rp_compare_page_build (const RpComparison *comparison, const RpCompareHeads *heads, gboolean in_one)
{
  g_autoptr (GBytes) css = g_resources_lookup_data ("/app/reprint/Reprint/compare.css",
                                                    G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GString) html = g_string_new ("<!doctype html>\n<html><head><meta charset=\"utf-8\">");
  g_autofree char *language = rp_text_escape (heads->language);

  g_string_append (html, "<style>");
  g_string_append_len (html, g_bytes_get_data (css, NULL), (gssize) g_bytes_get_size (css));
  g_string_append_printf (html, "</style></head><body class=\"%s\" lang=\"%s\">\n",
                          in_one ? "one" : "two", language);
  if (!in_one)
    append_heads (html, heads);
  append_passages (html, comparison, in_one);
  g_string_append (html, "</body></html>");

  return g_string_free (g_steal_pointer (&html), FALSE);
}
