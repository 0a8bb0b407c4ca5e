/* Shows the first page of a library, then types searches into it as the window does, a letter at a
 * time, and prints for each the milliseconds until the first rows are there.
 *
 *   search-tool LIBRARY WORD… */
#include <gio/gio.h>
#include <string.h>

#include "rp-article-list.h"
#include "rp-article-row.h"
#include "rp-workspace.h"

#define PAGES 10

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  *(RpWorkspace **) user_data = rp_workspace_open_finish (result, &error);
  if (error != NULL)
    g_error ("%s", error->message);
}

static gboolean
has_rows (GListModel *list)
{
  g_autoptr (RpArticleRow) first = g_list_model_get_item (list, 0);

  return first != NULL && rp_article_row_get_id (first) != NULL;
}

/* The first rows, or that there are none. */
static double
search (RpWorkspace *workspace, const char *query)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GListModel) list = rp_workspace_list_articles (workspace, query);

  while (!has_rows (list) && !rp_article_list_is_counted (RP_ARTICLE_LIST (list)))
    g_main_context_iteration (NULL, TRUE);

  return (double) (g_get_monotonic_time () - start) / 1000;
}

int
main (int argc, char **argv)
{
  RpWorkspace *workspace = NULL;

  if (argc < 3)
    return 2;
  rp_workspace_open_async (argv[1], 0, NULL, opened_cb, &workspace);
  while (workspace == NULL)
    g_main_context_iteration (NULL, TRUE);
  for (int i = 0; i < PAGES; i++)
    g_print ("%.2f %s\n", search (workspace, "state:inbox"), "state:inbox");
  for (int i = 2; i < argc; i++)
    for (gsize length = 1; length <= strlen (argv[i]); length++) {
      g_autofree char *query = g_strdup_printf ("state:inbox %.*s", (int) length, argv[i]);

      g_print ("%.2f %s\n", search (workspace, query), query);
    }
  g_object_unref (workspace);

  return 0;
}
