#include "rp-shelf.h"

#include "rp-store-licences.h"
#include "rp-store-partners.h"

void
rp_shelf_free (RpShelf *shelf)
{
  g_clear_pointer (&shelf->partners, g_ptr_array_unref);
  g_clear_pointer (&shelf->licences, g_ptr_array_unref);
  g_clear_pointer (&shelf->rules, g_hash_table_unref);
  g_free (shelf);
}

RpShelf *
rp_shelf_load (RpStore *store, GError **error)
{
  g_autoptr (RpShelf) shelf = g_new0 (RpShelf, 1);

  shelf->partners = rp_store_list_partners (store, error);
  if (shelf->partners != NULL)
    shelf->licences = rp_store_list_licences (store, error);
  if (shelf->licences != NULL)
    shelf->rules = rp_store_list_licence_rules (store, error);

  return shelf->rules != NULL ? g_steal_pointer (&shelf) : NULL;
}

static gboolean
holds (const RpShelf *shelf, const char *id)
{
  for (guint i = 0; i < shelf->licences->len; i++)
    if (g_strcmp0 (rp_licence_get_id (g_ptr_array_index (shelf->licences, i)), id) == 0)
      return TRUE;

  return FALSE;
}

void
rp_shelf_fill_book (const RpShelf *shelf, RpLicenceBook *book)
{
  GHashTableIter iter;
  gpointer pattern, id;

  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (book)); i > 0; i--) {
    g_autoptr (RpLicence) licence = g_list_model_get_item (G_LIST_MODEL (book), i - 1);

    if (!rp_licence_is_builtin (licence) && !holds (shelf, rp_licence_get_id (licence)))
      rp_licence_book_remove (book, rp_licence_get_id (licence));
  }
  for (guint i = 0; i < shelf->licences->len; i++)
    rp_licence_book_add (book, g_ptr_array_index (shelf->licences, i));
  rp_licence_book_clear_rules (book);
  g_hash_table_iter_init (&iter, shelf->rules);
  while (g_hash_table_iter_next (&iter, &pattern, &id))
    rp_licence_book_add_rule (book, pattern, id);
}
