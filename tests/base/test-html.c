#include <string.h>

#include "rp-error.h"
#include "rp-html-quick.h"
#include "rp-html.h"

static const struct {
  const char *name;
  const char *dirty;
  const char *clean;
} cleaned[] = {
  {"loose-lines", "one <b>two</b><br><br>three<div>four</div>",
   "<p>one <b>two</b></p><p>three</p><p>four</p>"},
  {"script",
   "<p>a<script>alert(1)</script><style>p{}</style><noscript>n</noscript><template>t</template>b</"
   "p>",
   "<p>ab</p>"},
  {"controls",
   "<form>ask<select><option>o</option></select><button>go</button><textarea>x</textarea></form>",
   "<p>ask</p>"},
  {"javascript",
   "<p><a href=\" java\nscript:x()\">a</a><a href=\"vbscript:x\">b</a><a "
   "href=\"data:text/html,x\">c</a></p>",
   "<p>abc</p>"},
  {"relative", "<p><a href=\"/x?a=1&amp;b=2\" onclick=\"y()\" class=\"z\">a</a></p>",
   "<p><a href=\"https://site.example/x?a=1&amp;b=2\">a</a></p>"},
  {"mail", "<p><a href=\"mailto:a@b.example\">a</a><a href=\"tel:+1\">b</a></p>",
   "<p><a href=\"mailto:a@b.example\">a</a><a href=\"tel:+1\">b</a></p>"},
  {"image-inside-the-file",
   "<p><img src=\"cid:part1@mail\" alt=\"\"><a href=\"cid:part1@mail\">k</a></p>",
   "<p><img src=\"cid:part1@mail\" alt=\"\" />k</p>"},
  {"image-data",
   "<p><img src=\"data:image/svg+xml,x\">k<img src=\"data:image/png;base64,AA==\" alt=\"q\"></p>",
   "<p>k<img src=\"data:image/png;base64,AA==\" alt=\"q\" /></p>"},
  {"lazy-image",
   "<figure><img src=\"data:image/gif;base64,R0\" "
   "data-src=\"/a.jpg\"><figcaption>C</figcaption></figure>",
   "<figure><img src=\"https://site.example/a.jpg\" /><figcaption>C</figcaption></figure>"},
  {"frame", "<p>a</p><iframe src=\"https://video.example/1\"></iframe>",
   "<p>a</p><figure><figcaption><a "
   "href=\"https://video.example/1\">https://video.example/1</a></figcaption></figure>"},
  {"frame-in-figure",
   "<figure><div><iframe src=\"https://video.example/1\"></iframe></div><figcaption>c</"
   "figcaption></figure>",
   "<figure><figcaption><a href=\"https://video.example/1\">https://video.example/1</a><br />c</"
   "figcaption></figure>"},
  {"table", "<table><tr><th colspan=2>h<tr><td>1<td>2</table>",
   "<table><tr><th colspan=\"2\">h</th></tr><tr><td>1</td><td>2</td></tr></table>"},
  {"linked-blocks", "<a href=\"https://o.example/\"><h3>T</h3><p>x</p></a>",
   "<h3><a href=\"https://o.example/\">T</a></h3><p><a href=\"https://o.example/\">x</a></p>"},
  {"list-items", "<ul><li><div>a</div><div>b</div></li><li>c</li></ul>",
   "<ul><li><p>a</p><p>b</p></li><li>c</li></ul>"},
  {"entities", "<p>&lt;&amp;&nbsp;&eacute;&#1;</p>", "<p>&lt;&amp;\xc2\xa0\xc3\xa9</p>"},
  {"empty", "<p> &nbsp; </p><div></div><b></b>", ""},
  {"nothing", NULL, ""},
};

static void
test_clean (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *clean = rp_html_clean (cleaned[i].dirty, "https://site.example/page/");
  g_autofree char *again = rp_html_clean (clean, "https://site.example/page/");
  g_autofree char *wrapped = g_strdup_printf ("<r>%s</r>", clean);
  g_autoptr (GBytes) bytes = g_bytes_new (wrapped, strlen (wrapped));
  gboolean broken = TRUE;
  g_autoptr (xmlDoc) doc = rp_xml_parse (bytes, FALSE, &broken, NULL);

  g_assert_cmpstr (clean, ==, cleaned[i].clean);
  g_assert_cmpstr (again, ==, clean);
  g_assert_false (broken);
}

static void
test_trackers (void)
{
  g_autoptr (xmlDoc) doc =
    rp_html_parse_fragment ("<p>a<img src=\"https://count.example/1.gif\" width=\"1\" "
                            "height=\"1\"><img src=\"/b.jpg\" width=\"10\" height=\"1\"></p>");
  g_autoptr (GPtrArray) trackers = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *html = NULL;

  rp_html_clean_tree (rp_html_get_body (doc), "https://site.example/", trackers);
  html = rp_html_serialise (rp_html_get_body (doc));
  g_assert_cmpuint (trackers->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (trackers, 0), "count.example"));
  g_assert_cmpstr (html, ==,
                   "<p>a<img src=\"https://site.example/b.jpg\" width=\"10\" height=\"1\" /></p>");
}

static const struct {
  const char *html;
  const char *text;
} texts[] = {
  {"<p>a  b</p><p>c</p>", "a b\n\nc"},
  {"<p>a<br>b</p>", "a\nb"},
  {"<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>", "1 2\n3"},
  {"<figure><img src=\"x\"><figcaption>cap</figcaption></figure><p>x</p>", "x"},
  {"<pre>a\n  b</pre>", "a\n  b"},
  {"<p>one <i>two</i>three</p>", "one twothree"},
  {NULL, ""},
};

static void
test_text (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autofree char *text = rp_html_to_text (texts[i].html);

    g_assert_cmpstr (text, ==, texts[i].text);
  }
}

#define BYTES(text) text, sizeof (text) - 1

static const struct {
  const char *name;
  const char *bytes;
  gsize size;
  const char *charset;
  const char *text;
} encoded[] = {
  {"utf-8-beats-meta", BYTES ("<meta charset=latin1><p>\xc3\xa9"), NULL, "\xc3\xa9"},
  {"transport", BYTES ("<p>\xe9"), "iso-8859-2", "\xc3\xa9"},
  {"meta", BYTES ("<meta charset=\"windows-1251\"><p>\xcc\xe8\xf0"), NULL,
   "\xd0\x9c\xd0\xb8\xd1\x80"},
  {"no-word", BYTES ("<p>\x80"), NULL, "\xe2\x82\xac"},
  {"utf-16", BYTES ("\xff\xfe<\0p\0>\0a\0"), NULL, "a"},
  {"nul", BYTES ("<p>a\0b"), NULL, "ab"},
};

static void
test_encoding (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GBytes) bytes = g_bytes_new (encoded[i].bytes, encoded[i].size);
  g_autoptr (GError) error = NULL;
  g_autoptr (xmlDoc) doc = rp_html_parse (bytes, encoded[i].charset, &error);
  g_autofree char *text = rp_html_tree_to_text (rp_html_get_body (doc));

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, encoded[i].text);
}

/* Depth, unmatched end tags and floods of attributes keep their text. */
static void
test_hostile (void)
{
  static const struct {
    const char *open, *middle, *close;
  } floods[] = {{"<div>", "deep", "</i>"},
                {"<b><p>", "bold", ""},
                {"<p a='1' b=2 ", ">kept", ""},
                {"<ul><li>", "item", "</div>"}};

  for (gsize i = 0; i < G_N_ELEMENTS (floods); i++) {
    g_autoptr (GString) page = g_string_new (NULL);
    g_autofree char *clean = NULL;

    for (guint k = 0; k < 20000; k++)
      g_string_append (page, floods[i].open);
    g_string_append (page, floods[i].middle);
    for (guint k = 0; k < 20000; k++)
      g_string_append (page, floods[i].close);
    clean = rp_html_clean (page->str, NULL);
    g_assert_nonnull (
      strstr (clean, floods[i].middle[0] == '>' ? floods[i].middle + 1 : floods[i].middle));
  }
}

/* Fragments that are written out in full, and such that are not: the quick reader must see the same
 * as the full one, or nothing. */
static const struct {
  const char *html;
  gboolean quick;
} fragments[] = {
  {"<p>one</p>\n<p class=\"x\">two &amp; <b>three</b>&nbsp;four</p>", TRUE},
  {"text <em>alone</em><br/>and &#8212; &eacute; &#x201C;", TRUE},
  {"<ul>\n<li>a</li><li>b<ol><li>c</li></ol></li>\n</ul>", TRUE},
  {"<table><tbody><tr><th scope=\"row\">a</th><td>b</td></tr></tbody></table>", TRUE},
  {"<figure><img src='a.png' alt='it''s'/><figcaption>c</figcaption></figure>", FALSE},
  {"<figure><img src='a.png' alt='a \"b\"'><figcaption>c</figcaption></figure>", TRUE},
  {"<P><A HREF=\"/x?a=1&amp;b=2\" onclick=\"f('x')\">A</A></P>", TRUE},
  {"<dl><dt>a</dt><dd><p>b</p></dd></dl><blockquote><p>c</p></blockquote>", TRUE},
  {"<pre>a\n  b</pre><hr><h2>c</h2>", TRUE},
  {"<p>one<p>two", FALSE},
  {"<p>a<ul><li>b</li></ul></p>", FALSE},
  {"<p><b>a</p></b>", FALSE},
  {"<li>alone</li>", FALSE},
  {"<ul>text</ul>", FALSE},
  {"<a href=\"x\"><a href=\"y\">z</a></a>", FALSE},
  {"<p>a &unknown; b</p>", FALSE},
  {"<p>a & b</p>", FALSE},
  {"<p>1 < 2</p>", FALSE},
  {"<p title=unquoted>a</p>", FALSE},
  {"<p title=\"a\"title=\"b\">a</p>", FALSE},
  {"<script>x</script>", FALSE},
  {"<svg><p>a</p></svg>", FALSE},
  {"<!-- c --><p>a</p>", FALSE},
  {"<p>&#128;</p>", FALSE},
  {"<h2>a<h3>b</h3></h2>", FALSE},
  {"<br></br>", FALSE},
  {"<p>a\001b</p>", FALSE},
};

static void
test_quick (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *page = g_strdup_printf ("<html><body>%s</body></html>", fragments[i].html);
  g_autoptr (GBytes) bytes = g_bytes_new (page, strlen (page));
  g_autoptr (xmlDoc) full = rp_html_parse (bytes, "utf-8", NULL);
  g_autoptr (xmlDoc) quick = rp_html_read_quickly (fragments[i].html);
  g_autofree char *expected = rp_html_serialise (rp_html_get_body (full));
  g_autofree char *got = rp_html_serialise (rp_html_get_body (quick));

  g_assert_true ((quick != NULL) == fragments[i].quick);
  if (quick != NULL)
    g_assert_cmpstr (got, ==, expected);
}

static void
test_refused (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new ("", 0);
  g_autoptr (GError) error = NULL;

  g_assert_null (rp_html_parse (bytes, NULL, &error));
  g_assert_error (error, RP_ERROR, RP_ERROR_UNREADABLE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cleaned); i++) {
    g_autofree char *path = g_strdup_printf ("/base/html/clean/%s", cleaned[i].name);

    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_clean);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (encoded); i++) {
    g_autofree char *path = g_strdup_printf ("/base/html/encoding/%s", encoded[i].name);

    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_encoding);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (fragments); i++) {
    g_autofree char *path = g_strdup_printf ("/base/html/quick/%" G_GSIZE_FORMAT, i + 1);

    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_quick);
  }
  g_test_add_func ("/base/html/trackers", test_trackers);
  g_test_add_func ("/base/html/text", test_text);
  g_test_add_func ("/base/html/hostile", test_hostile);
  g_test_add_func ("/base/html/refused", test_refused);

  return g_test_run ();
}
