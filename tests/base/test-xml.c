#include <string.h>

#include "rp-error.h"
#include "rp-xml.h"

static xmlDoc *
parse (const char *text, gboolean recover, gboolean *broken, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return rp_xml_parse (bytes, recover, broken, error);
}

static const struct {
  const char *name;
  const char *xml;
  const char *text; /* all of the root's text */
} read_as[] = {
  {"plain", "<r>a <b>b</b></r>", "a b"},
  {"cdata", "<r><![CDATA[a & &nbsp; <b>]]></r>", "a & &nbsp; <b>"},
  {"declared-entity", "<!DOCTYPE r [<!ENTITY a \"x &#38; y\">]><r>[&b;]</r>", "[]"},
  {"simple-entity", "<!DOCTYPE r [<!ENTITY a 'ten'>]><r>&a; &a;</r>", "ten ten"},
  {"html-entity", "<r>caf&eacute;&nbsp;&hellip;</r>", "caf\xc3\xa9 \xe2\x80\xa6"},
  {"bare-ampersand", "<r>A&B &amp; C</r>", "A&B & C"},
  {"external", "<!DOCTYPE r [<!ENTITY a SYSTEM \"file:///etc/hostname\">]><r>[&a;]</r>", "[]"},
  {"external-subset", "<!DOCTYPE r SYSTEM \"http://127.0.0.1:9/x.dtd\"><r>ok</r>", "ok"},
  {"nested", "<!DOCTYPE r [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><r>[&b;]</r>", "[]"},
  {"wrong-declaration", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><r>\xc3\xa9</r>",
   "\xc3\xa9"},
  {"latin-1", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><r>\xe9</r>", "\xc3\xa9"},
  {"space-before", "\n\n<?xml version=\"1.0\"?><r>a</r>", "a"},
};

static void
test_read (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GError) error = NULL;
  gboolean broken = TRUE;
  g_autoptr (xmlDoc) doc = parse (read_as[i].xml, FALSE, &broken, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_assert_false (broken);
  text = rp_xml_dup_text (xmlDocGetRootElement (doc));
  g_assert_cmpstr (text, ==, read_as[i].text);
}

static void
test_broken (void)
{
  g_autoptr (GError) error = NULL;
  gboolean broken = FALSE;
  g_autoptr (xmlDoc) none = parse ("<r><a>x</r>", FALSE, NULL, &error);
  g_autoptr (xmlDoc) some = parse ("<r><a>x</r>", TRUE, &broken, NULL);

  g_assert_null (none);
  g_assert_error (error, RP_ERROR, RP_ERROR_UNREADABLE);
  g_assert_nonnull (some);
  g_assert_true (broken);
}

static void
test_elements (void)
{
  g_autoptr (xmlDoc) doc =
    parse ("<r xmlns:n='urn:n'><a k=' v '>1</a><n:a>2</n:a><b/><a e=''/></r>", FALSE, NULL, NULL);
  xmlNode *root = xmlDocGetRootElement (doc);
  xmlNode *first = rp_xml_child (root, NULL, "a");
  g_autofree char *value = rp_xml_dup_attribute (first, "k");
  g_autofree char *other = rp_xml_dup_child_text (root, "urn:n", "a");
  g_autofree char *empty = NULL;

  g_assert_cmpstr (value, ==, "v");
  g_assert_cmpstr (other, ==, "2");
  g_assert_true (rp_xml_is (rp_xml_next (first, NULL, "a"), "urn:n", "a"));
  g_assert_null (rp_xml_child (root, "urn:n", "b"));
  empty = rp_xml_dup_attribute (root->last, "e");
  g_assert_null (empty);
}

static gpointer
parse_at_once (gpointer user_data)
{
  gint *waiting = user_data;
  g_autoptr (xmlDoc) doc = NULL;

  g_atomic_int_dec_and_test (waiting);
  while (g_atomic_int_get (waiting) > 0)
    ;
  doc = parse ("<r/>", FALSE, NULL, NULL);
  g_assert_nonnull (doc);
  return NULL;
}

static void
first_of_all (void)
{
  GThread *threads[8];
  gint waiting = G_N_ELEMENTS (threads);

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("reader", parse_at_once, &waiting);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

/* Each round in a process of its own, where nothing was read before. */
static void
test_first_of_all (void)
{
  if (g_test_subprocess ()) {
    first_of_all ();
    return;
  }
  for (guint i = 0; i < 100; i++) {
    g_test_trap_subprocess (NULL, 60 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_DEFAULT);
    g_test_trap_assert_passed ();
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/xml/first-of-all", test_first_of_all);
  for (gsize i = 0; i < G_N_ELEMENTS (read_as); i++) {
    g_autofree char *path = g_strdup_printf ("/base/xml/read/%s", read_as[i].name);

    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_read);
  }
  g_test_add_func ("/base/xml/broken", test_broken);
  g_test_add_func ("/base/xml/elements", test_elements);

  return g_test_run ();
}
