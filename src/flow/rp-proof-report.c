/* The report of a proof: what a licensor or a court wants to read, in plain words and plain HTML.
 */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "rp-json.h"
#include "rp-proof-pack.h"
#include "rp-text.h"
#include "rp-time.h"

static void
add_element (GString *html, const char *element, const char *text)
{
  g_autofree char *escaped = rp_text_escape (text);

  g_string_append_printf (html, "<%s>%s</%s>\n", element, escaped, element);
}

/* A row of two; nothing when there is nothing to say. */
static void
add_fact (GString *html, const char *label, const char *value)
{
  g_autofree char *first = rp_text_escape (label);
  g_autofree char *second = rp_text_escape (value);

  if (!rp_text_is_empty (value))
    g_string_append_printf (html, "<tr><th>%s</th><td>%s</td></tr>\n", first, second);
}

static void
add_cells (GString *html, const char *element, const char *const *texts)
{
  g_string_append (html, "<tr>");
  for (guint i = 0; texts[i] != NULL; i++) {
    g_autofree char *escaped = rp_text_escape (texts[i]);

    g_string_append_printf (html, "<%s>%s</%s>", element, escaped, element);
  }
  g_string_append (html, "</tr>\n");
}

static const char *
get (JsonObject *row, const char *member)
{
  const char *value = rp_json_get_string (row, member);

  return value != NULL ? value : "";
}

/* "2026-03-01T08:00:00Z" as people read it: "2026-03-01 08:00:00". Gives. */
static char *
dup_moment (const char *value)
{
  char *text = g_strdup (value);
  gsize length = strlen (text);

  if (length < 20 || text[10] != 'T' || text[length - 1] != 'Z')
    return text;
  text[10] = ' ';
  text[19] = '\0';

  return text;
}

static void
add_article (GString *html, JsonObject *facts)
{
  JsonObject *article = rp_json_get_object (facts, "article");
  g_autofree char *authors = NULL;
  g_autoptr (GString) names = g_string_new (NULL);
  JsonArray *list = rp_json_get_array (article, "authors");

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            get (json_array_get_object_element (list, i), "name"));
  add_element (html, "h1", get (article, "headline"));
  g_string_append (html, "<table>\n");
  add_fact (html, _ ("Authors"), names->str);
  add_fact (html, _ ("Original"), get (article, "canonical_url"));
  add_fact (html, _ ("Source"), get (article, "site_name"));
  add_fact (html, _ ("Published there"), get (article, "published"));
  add_fact (html, _ ("What arrived (SHA-256)"), get (article, "snapshot"));
  add_fact (html, _ ("File in this proof"), get (facts, "snapshot"));
  g_string_append (html, "</table>\n");
}

static void
add_list (GString *html, const char *title, char **sentences)
{
  if (sentences[0] == NULL)
    return;
  add_element (html, "h3", title);
  g_string_append (html, "<ul>\n");
  for (guint i = 0; sentences[i] != NULL; i++)
    add_element (html, "li", sentences[i]);
  g_string_append (html, "</ul>\n");
}

static void
add_licence (GString *html, JsonObject *facts)
{
  JsonObject *profile = rp_json_get_object (facts, "licence");
  g_autoptr (RpLicence) licence = profile != NULL ? rp_licence_new_from_json (profile, NULL) : NULL;
  g_auto (GStrv) may = NULL;
  g_auto (GStrv) must = NULL;
  g_auto (GStrv) may_not = NULL;

  add_element (html, "h2", _ ("Licence"));
  if (licence == NULL) {
    add_element (html, "p", _ ("The article has no licence."));
    return;
  }
  g_string_append (html, "<table>\n");
  add_fact (html, _ ("Name"), rp_licence_get_name (licence));
  add_fact (html, _ ("Address"), rp_licence_get_url (licence));
  add_fact (html, _ ("Licensor"), get (profile, "licensor"));
  add_fact (html, _ ("Rights holder"), get (profile, "rights_holder"));
  g_string_append (html, "</table>\n");
  may = rp_licence_list_may (licence);
  must = rp_licence_list_must (licence);
  may_not = rp_licence_list_may_not (licence);
  add_list (html, _ ("You may"), may);
  add_list (html, _ ("You must"), must);
  add_list (html, _ ("You may not"), may_not);
}

static void
add_table (GString *html,
           JsonArray *rows,
           const char *title,
           const char *const *heads,
           const char *members)
{
  g_auto (GStrv) names = g_strsplit (members, " ", -1);

  add_element (html, "h2", title);
  if (rows == NULL || json_array_get_length (rows) == 0) {
    add_element (html, "p", _ ("Nothing is recorded."));
    return;
  }
  g_string_append (html, "<table>\n");
  add_cells (html, "th", heads);
  for (guint i = 0; i < json_array_get_length (rows); i++) {
    JsonObject *row = json_array_get_object_element (rows, i);
    g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

    for (guint n = 0; names[n] != NULL; n++)
      g_ptr_array_add (texts, dup_moment (get (row, names[n])));
    g_ptr_array_add (texts, NULL);
    add_cells (html, "td", (const char *const *) texts->pdata);
  }
  g_string_append (html, "</table>\n");
}

static void
add_findings (GString *html, JsonArray *decisions)
{
  add_element (html, "h2", _ ("Decisions"));
  if (decisions == NULL || json_array_get_length (decisions) == 0)
    add_element (html, "p", _ ("Nothing is recorded."));
  for (guint i = 0; decisions != NULL && i < json_array_get_length (decisions); i++) {
    JsonObject *row = json_array_get_object_element (decisions, i);
    JsonObject *document = rp_json_get_object (row, "document");
    g_autofree char *at = dup_moment (get (row, "at"));
    JsonArray *findings = document != NULL ? rp_json_get_array (document, "findings") : NULL;
    g_autofree char *title = g_strdup_printf (
      /* partner, moment, "ok", licence, its version */
      _ ("%s, %s: %s, by version %d of “%s”"), get (row, "partner"), at, get (row, "verdict"),
      (int) rp_json_get_int (row, "licence_version", 0), get (row, "licence"));

    add_element (html, "h3", title);
    g_string_append (html, "<ul>\n");
    for (guint n = 0; findings != NULL && n < json_array_get_length (findings); n++)
      add_element (html, "li", get (json_array_get_object_element (findings, n), "message"));
    g_string_append (html, "</ul>\n");
  }
}

static void
add_evidence (GString *html, JsonArray *evidence)
{
  add_element (html, "h2", _ ("What was found at the public addresses"));
  if (evidence == NULL || json_array_get_length (evidence) == 0)
    add_element (html, "p", _ ("Nothing is recorded."));
  for (guint i = 0; evidence != NULL && i < json_array_get_length (evidence); i++) {
    JsonObject *row = json_array_get_object_element (evidence, i);
    g_autofree char *at = dup_moment (get (row, "at"));
    g_autofree char *line = g_strdup_printf ("%s %s: %s", at, get (row, "url"),
                                             get (rp_json_get_object (row, "document"), "message"));

    add_element (html, "p", line);
  }
}

static void
add_remarks (GString *html, GPtrArray *remarks)
{
  if (remarks->len == 0)
    return;
  add_element (html, "h2", _ ("What this proof lacks"));
  g_string_append (html, "<ul>\n");
  for (guint i = 0; i < remarks->len; i++)
    add_element (html, "li", remarks->pdata[i]);
  g_string_append (html, "</ul>\n");
}

char *
rp_proof_write_report (RpProofJob *job)
{
  const char *const deliveries[] = {_ ("Partner"), _ ("What"),           _ ("Result"),
                                    _ ("When"),    _ ("Public address"), NULL};
  const char *const approvals[] = {_ ("What"), _ ("Who"), _ ("Why"), _ ("When"), NULL};
  const char *const uses[] = {_ ("Licence"), _ ("Partner"),  _ ("When"),
                              _ ("Fee"),     _ ("Currency"), NULL};
  const char *const events[] = {_ ("When"), _ ("What"), NULL};
  GString *html =
    g_string_new ("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"/>"
                  "<style>body{font:15px/1.5 sans-serif;max-width:60em;margin:2em "
                  "auto;padding:0 1em}table{border-collapse:collapse}th,td{text-align:"
                  "left;vertical-align:top;padding:.2em 1em .2em 0}</style></head>"
                  "<body>\n");
  g_autofree char *stamp = rp_time_format (job->now);
  g_autofree char *made = dup_moment (stamp);
  g_autofree char *line = g_strdup_printf (
    _ (
      "This proof was made on %s with Reprint. Times are in UTC. The manifest names the SHA-256 of "
      "every file; “reprintctl proof --verify” compares them."),
    made);

  add_element (html, "p", _ ("Proof of publication"));
  add_article (html, job->facts);
  add_element (html, "p", line);
  add_licence (html, job->facts);
  add_table (html, rp_json_get_array (job->facts, "deliveries"), _ ("Deliveries"), deliveries,
             "partner action state settled public_url");
  add_evidence (html, rp_json_get_array (job->facts, "evidence"));
  add_findings (html, rp_json_get_array (job->facts, "decisions"));
  add_table (html, rp_json_get_array (job->facts, "approvals"),
             _ ("What people allowed beyond the licence’s words"), approvals,
             "kind name reason at");
  add_table (html, rp_json_get_array (job->facts, "uses"), _ ("Uses"), uses,
             "licence partner at amount currency");
  add_table (html, rp_json_get_array (job->facts, "history"), _ ("History"), events, "at words");
  add_remarks (html, job->remarks);
  g_string_append (html, "</body></html>\n");

  return g_string_free (html, FALSE);
}
