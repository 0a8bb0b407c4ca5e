#include "rp-about.h"

#include <glib/gi18n-lib.h>

#define METAINFO "/app/reprint/Reprint/metainfo.xml"

/* The newest release of the metainfo, on its way to the words of the window. */
typedef struct {
  char *version;   /* owned, NULL = not read yet */
  GString *notes;  /* owned */
  GString *text;   /* owned: of the block that is being read */
  gboolean inside; /* in the description of the first release */
  gboolean done;
} Release;

static gboolean
is_block (const char *element)
{
  return g_str_equal (element, "p") || g_str_equal (element, "li");
}

static void
start_cb (GMarkupParseContext *context,
          const char *element,
          const char **names,
          const char **values,
          gpointer user_data,
          GError **error)
{
  Release *release = user_data;

  if (release->done)
    return;
  if (g_str_equal (element, "release") && release->version == NULL) {
    for (guint i = 0; names[i] != NULL; i++)
      if (g_str_equal (names[i], "version"))
        release->version = g_strdup (values[i]);
  } else if (release->version != NULL && g_str_equal (element, "description")) {
    release->inside = TRUE;
  } else if (release->inside) {
    g_string_append_printf (release->notes, "<%s>", element);
    g_string_truncate (release->text, 0);
  }
}

/* Translators know a block as one line. */
static void
add_block (Release *release)
{
  g_auto (GStrv) words = g_strsplit_set (g_strstrip (release->text->str), " \t\n", -1);
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *escaped = NULL;

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_string_append_printf (line, "%s%s", line->len > 0 ? " " : "", words[i]);
  escaped = g_markup_escape_text (_ (line->str), -1);
  g_string_append (release->notes, escaped);
}

static void
end_cb (GMarkupParseContext *context, const char *element, gpointer user_data, GError **error)
{
  Release *release = user_data;

  if (g_str_equal (element, "release"))
    release->done = TRUE;
  if (g_str_equal (element, "description"))
    release->inside = FALSE;
  if (!release->inside)
    return;
  if (is_block (element))
    add_block (release);
  g_string_append_printf (release->notes, "</%s>", element);
}

static void
text_cb (GMarkupParseContext *context,
         const char *text,
         gsize length,
         gpointer user_data,
         GError **error)
{
  Release *release = user_data;

  if (release->inside)
    g_string_append_len (release->text, text, (gssize) length);
}

static void
add_release_notes (AdwAboutWindow *window)
{
  static const GMarkupParser parser = {start_cb, end_cb, text_cb, NULL, NULL};
  g_autoptr (GBytes) metainfo = g_resources_lookup_data (METAINFO, 0, NULL);
  g_autoptr (GString) notes = g_string_new (NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  Release release = {NULL, notes, text, FALSE, FALSE};
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, &release, NULL);
  g_autoptr (GError) error = NULL;
  gsize size;
  const char *bytes = g_bytes_get_data (metainfo, &size);

  if (!g_markup_parse_context_parse (context, bytes, (gssize) size, &error))
    g_warning ("The release notes cannot be read: %s", error->message);
  else if (notes->len > 0) {
    adw_about_window_set_release_notes (window, notes->str);
    adw_about_window_set_release_notes_version (window, release.version);
  }
  g_free (release.version);
}

void
rp_about_present (GtkWindow *parent)
{
  GtkWidget *window = g_object_new (
    ADW_TYPE_ABOUT_WINDOW, "transient-for", parent, "application-name", _ ("Reprint"),
    "application-icon", RP_APP_ID, "version", RP_VERSION, "developer-name",
    _ ("The Reprint developers"), "comments",
    _ ("Publishes licensed articles with their credit, everywhere at once, and takes them back in "
       "time."),
    "license-type", GTK_LICENSE_GPL_3_0, NULL);

  add_release_notes (ADW_ABOUT_WINDOW (window));
  gtk_window_present (GTK_WINDOW (window));
}
