/* Two people's changes to one article: what joins by itself, and what is left to a person. */
#include "rp-merge.h"

#include "rp-json.h"

/* Each column is what was changed in a copy of the article below; NULL = nothing. */
static const struct {
  const char *name;
  const char *mine;
  const char *theirs;
  const char *merged; /* what the result says, as the changes do */
  const char *both;   /* names with spaces between them */
} cases[] = {
  {"nothing", NULL, NULL, NULL, NULL},
  {"mine", "{'headline':'A'}", NULL, "{'headline':'A'}", NULL},
  {"theirs", NULL, "{'headline':'A'}", "{'headline':'A'}", NULL},
  {"the-same", "{'headline':'A'}", "{'headline':'A'}", "{'headline':'A'}", NULL},
  {"two-fields", "{'headline':'A'}", "{'body_html':'<p>B</p>'}",
   "{'headline':'A','body_html':'<p>B</p>'}", NULL},
  {"one-field", "{'headline':'A'}", "{'headline':'B'}", "{'headline':'B'}", "headline"},
  {"in-reading-order", "{'body_html':'<p>A</p>','headline':'A','provider':'A'}",
   "{'provider':'B','body_html':'<p>B</p>','headline':'B'}",
   "{'headline':'B','body_html':'<p>B</p>','provider':'B'}", "headline body_html provider"},
  {"one-meets-one-joins", "{'headline':'A','summary':'S'}", "{'headline':'B'}",
   "{'headline':'B','summary':'S'}", "headline"},
  {"emptied-by-me", "{'subheadline':null}", NULL, "{'subheadline':null}", NULL},
  {"emptied-and-changed", "{'subheadline':null}", "{'subheadline':'B'}", "{'subheadline':'B'}",
   "subheadline"},
  {"new-field", "{'ed_note':'A'}", "{'dateline':'B'}", "{'ed_note':'A','dateline':'B'}", NULL},
  {"authors", "{'authors':[{'name':'Cy Tarn'}]}", "{'headline':'B'}",
   "{'authors':[{'name':'Cy Tarn'}],'headline':'B'}", NULL},
  {"authors-of-both", "{'authors':[{'name':'Cy Tarn'}]}", "{'authors':[]}", "{'authors':[]}",
   "authors"},
  {"tags-added-by-both", "{'tags':['quay','boats','mine']}", "{'tags':['quay','boats','theirs']}",
   "{'tags':['quay','boats','theirs','mine']}", NULL},
  {"tags-taken-away", "{'tags':['boats']}", "{'tags':['quay','boats','new']}",
   "{'tags':['boats','new']}", NULL},
  {"tags-taken-away-by-both", "{'tags':['quay']}", "{'tags':['boats']}", "{'tags':[]}", NULL},
  {"licence", "{'licence_id':'a','licence_name':'A'}", "{'headline':'B'}",
   "{'licence_id':'a','licence_name':'A','headline':'B'}", NULL},
  {"licence-is-one-field", "{'licence_id':'a','licence_name':'A'}",
   "{'licence_confidence':'confirmed'}", "{'licence_confidence':'confirmed'}", "licence_id"},
  {"pictures-added-by-both",
   "{'images':[{'url':'p:1','caption':'One'},{'url':'p:2','caption':'Mine'}]}",
   "{'images':[{'url':'p:1','caption':'One'},{'url':'p:3','caption':'Theirs'}]}",
   "{'images':[{'url':'p:1','caption':'One'},{'url':'p:3','caption':'Theirs'},"
   "{'url':'p:2','caption':'Mine'}]}",
   NULL},
  {"words-of-two-pictures",
   "{'images':[{'url':'p:1','caption':'Mine'},{'url':'p:2','caption':'Two'}]}",
   "{'images':[{'url':'p:1','caption':'One'}]}",
   "{'images':[{'url':'p:1','caption':'Mine'},"
   "{'url':'p:2','caption':'Two'}]}",
   NULL},
  {"words-of-one-picture", "{'images':[{'url':'p:1','caption':'Mine'}]}",
   "{'images':[{'url':'p:1','caption':'Theirs'}]}", "{'images':[{'url':'p:1','caption':'Theirs'}]}",
   "images"},
  {"picture-taken-out", "{'images':[]}", "{'headline':'B'}", "{'images':[],'headline':'B'}", NULL},
  {"picture-taken-out-and-changed", "{'images':[]}",
   "{'images':[{'url':'p:1','caption':'Theirs'}]}", "{'images':[{'url':'p:1','caption':'Theirs'}]}",
   "images"},
  {"state-is-theirs", "{'state':'archive'}", "{'state':'ready'}", "{'state':'ready'}", NULL},
};

static const char start[] =
  "{'id':'a1','headline':'Boats','subheadline':'On the hour','body_html':'<p>The quay.</p>',"
  "'authors':[{'name':'Ada Quill'}],'tags':['quay','boats'],'provider':'Gull Holm Gazette',"
  "'images':[{'url':'p:1','caption':'One'}],'state':'needs-licence'}";

static JsonObject *
read_object (const char *text)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (JsonNode) node = rp_json_parse_text (json, NULL);

  g_assert_nonnull (node);

  return json_object_ref (json_node_get_object (node));
}

static RpArticle *
make (const char *changes)
{
  g_autoptr (JsonObject) object = read_object (start);
  g_autoptr (JsonObject) changed = changes != NULL ? read_object (changes) : json_object_new ();
  g_autoptr (GList) names = json_object_get_members (changed);

  for (GList *name = names; name != NULL; name = name->next)
    json_object_set_member (object, name->data,
                            json_node_copy (json_object_get_member (changed, name->data)));

  return rp_article_from_json (object);
}

static char *
dup_text (RpArticle *article)
{
  g_autoptr (JsonObject) object = rp_article_to_json (article);

  return rp_json_object_to_text (object, TRUE);
}

static void
test_merge (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (RpArticle) base = make (NULL);
  g_autoptr (RpArticle) mine = make (cases[i].mine);
  g_autoptr (RpArticle) theirs = make (cases[i].theirs);
  g_autoptr (RpArticle) expected = make (cases[i].merged);
  g_auto (GStrv) both = NULL;
  g_autoptr (RpArticle) merged = rp_merge (base, mine, theirs, &both);
  g_autofree char *names = both != NULL ? g_strjoinv (" ", both) : NULL;
  g_autofree char *got = dup_text (merged);
  g_autofree char *wanted = dup_text (expected);

  g_assert_cmpstr (names, ==, cases[i].both);
  g_assert_cmpstr (got, ==, wanted);
}

/* Id and state make no difference; anything else does. */
static void
test_same (void)
{
  g_autoptr (RpArticle) one = make ("{'id':'1','state':'ready','headline':'A'}");
  g_autoptr (RpArticle) other = make ("{'id':'2','state':'blocked','headline':'A'}");
  g_autoptr (RpArticle) third = make ("{'headline':'A','licence_id':'a'}");

  g_assert_true (rp_merge_is_same (one, other));
  g_assert_false (rp_merge_is_same (other, third));
  g_assert_false (rp_merge_is_same (third, other));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/core/merge/", cases[i].name, NULL);

    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_merge);
  }
  g_test_add_func ("/core/merge/same", test_same);

  return g_test_run ();
}
