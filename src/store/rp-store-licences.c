#include "rp-store-licences.h"

#include "rp-json.h"

RpLicence *
rp_store_save_licence (RpStore *store, RpLicence *licence, gint64 now, GError **error)
{
  g_autoptr (JsonObject) profile = rp_json_object_copy (rp_licence_get_profile (licence));
  g_autofree char *text = NULL;
  gint64 version;

  if (!rp_db_get_int (rp_store_get_db (store), &version, error,
                      "SELECT coalesce (max (version), 0) + 1 FROM licences WHERE id = $1", "s",
                      rp_licence_get_id (licence)))
    return NULL;

  json_object_set_int_member (profile, "version", version);
  text = rp_json_object_to_text (profile, FALSE);
  if (!rp_db_exec (rp_store_get_db (store), error, NULL,
                   "INSERT INTO licences (id, version, changed, removed, profile)"
                   " VALUES ($1, $2, $3, 0, $4)",
                   "siis", rp_licence_get_id (licence), version, now, text))
    return NULL;

  return rp_licence_new_from_json (profile, error);
}

gboolean
rp_store_remove_licence (RpStore *store, const char *id, gint64 now, GError **error)
{
  return rp_db_exec (rp_store_get_db (store), error, NULL,
                     "INSERT INTO licences (id, version, changed, removed, profile)"
                     " SELECT id, version + 1, $2, 1, profile FROM licences WHERE id = $1"
                     " ORDER BY version DESC LIMIT 1",
                     "si", id, now);
}

GPtrArray *
rp_store_list_licences (RpStore *store, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RpDbRows) rows =
    rp_db_query (rp_store_get_db (store), error,
                 "SELECT profile FROM licences AS newest WHERE removed = 0 AND version ="
                 " (SELECT max (version) FROM licences WHERE id = newest.id) ORDER BY id",
                 "");
  g_autoptr (GError) local = NULL;

  if (rows == NULL)
    return NULL;
  while (rp_db_next (rows, &local)) {
    g_autoptr (JsonNode) node = rp_json_parse_text (rp_db_text (rows, 0), &local);
    RpLicence *licence =
      node != NULL ? rp_licence_new_from_json (json_node_get_object (node), &local) : NULL;

    if (licence == NULL)
      break;
    g_ptr_array_add (list, licence);
  }
  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return NULL;
  }

  return g_steal_pointer (&list);
}

static RpLicenceVersion *
read_version (RpDbRows *rows, GError **error)
{
  g_autoptr (JsonNode) node = rp_json_parse_text (rp_db_text (rows, 3), error);
  g_autoptr (RpLicenceVersion) version = g_new0 (RpLicenceVersion, 1);

  version->version = rp_db_int (rows, 0);
  version->changed = rp_db_int (rows, 1);
  version->removed = rp_db_int (rows, 2) != 0;
  version->licence =
    node != NULL ? rp_licence_new_from_json (json_node_get_object (node), error) : NULL;

  return version->licence != NULL ? g_steal_pointer (&version) : NULL;
}

GPtrArray *
rp_store_list_licence_versions (RpStore *store, const char *id, GError **error)
{
  g_autoptr (GPtrArray) list =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rp_licence_version_free);
  g_autoptr (RpDbRows) rows =
    rp_db_query (rp_store_get_db (store), error,
                 "SELECT version, changed, removed, profile FROM licences WHERE id = $1"
                 " ORDER BY version DESC",
                 "s", id);
  g_autoptr (GError) local = NULL;

  if (rows == NULL)
    return NULL;
  while (rp_db_next (rows, &local)) {
    RpLicenceVersion *version = read_version (rows, &local);

    if (version == NULL)
      break;
    g_ptr_array_add (list, version);
  }
  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return NULL;
  }

  return g_steal_pointer (&list);
}

gboolean
rp_store_set_licence_rule (RpStore *store,
                           const char *pattern,
                           const char *licence_id,
                           GError **error)
{
  if (licence_id == NULL)
    return rp_db_exec (rp_store_get_db (store), error, NULL,
                       "DELETE FROM licence_rules WHERE pattern = $1", "s", pattern);

  return rp_db_exec (rp_store_get_db (store), error, NULL,
                     "INSERT INTO licence_rules (pattern, licence_id) VALUES ($1, $2)"
                     " ON CONFLICT (pattern) DO UPDATE SET licence_id = excluded.licence_id",
                     "ss", pattern, licence_id);
}

GHashTable *
rp_store_list_licence_rules (RpStore *store, GError **error)
{
  g_autoptr (GHashTable) rules = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (RpDbRows) rows = rp_db_query (rp_store_get_db (store), error,
                                           "SELECT pattern, licence_id FROM licence_rules", "");
  g_autoptr (GError) local = NULL;

  if (rows == NULL)
    return NULL;
  while (rp_db_next (rows, &local))
    g_hash_table_insert (rules, g_strdup (rp_db_text (rows, 0)), g_strdup (rp_db_text (rows, 1)));
  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return NULL;
  }

  return g_steal_pointer (&rules);
}
