/* Prints what `reprintctl inspect --json FILE…` prints, without the rest of the program: for
 * measurements. */
#include <gio/gio.h>
#include <stdio.h>

#include "rp-importer.h"
#include "rp-json.h"

typedef struct {
  RpImportSink sink;
  const char *file;
} Printer;

static gboolean
print_article (RpImportSink *sink, RpArticle *article)
{
  g_autoptr (JsonObject) object = rp_article_to_json (article);
  g_autofree char *line = NULL;

  rp_json_set_string (object, "file", ((Printer *) sink)->file);
  line = rp_json_object_to_text (object, FALSE);
  puts (line);

  return TRUE;
}

static gboolean
inspect (const char *path)
{
  Printer printer = {.sink.article = print_article, .file = path};
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (RpSource) source = NULL;
  g_autofree char *name = g_path_get_basename (path);
  char *data = NULL;
  gsize size;

  if (g_file_get_contents (path, &data, &size, &error)) {
    bytes = g_bytes_new_take (data, size);
    source = rp_source_new (bytes, name);
    if (rp_import (source, &printer.sink, &error))
      return TRUE;
  }
  g_printerr ("%s: %s\n", path, error->message);

  return FALSE;
}

int
main (int argc, char **argv)
{
  gboolean all = TRUE;

  for (int i = 1; i < argc; i++)
    all &= inspect (argv[i]);

  return all ? 0 : 4;
}
