#include "rp-site.h"

#include "rp-error.h"
#include "rp-json.h"
#include "rp-text.h"
#include "rp-time.h"

#include <glib/gi18n-lib.h>

#include <string.h>

struct _RpSite {
  char *items_folder;
  char *media_folder;
  char *url;
  char *secret;
  char *token;
  GPtrArray *items; /* owned, of RpSiteItem */
};

static void
item_free (gpointer data)
{
  RpSiteItem *item = data;

  g_free (item->id);
  g_free (item->guid);
  g_free (item->version);
  g_free (item->status);
  g_clear_pointer (&item->item, json_object_unref);
  g_clear_pointer (&item->properties, json_object_unref);
  g_free (item);
}

static gboolean
write_file (const char *path, const char *text, gssize length, GError **error)
{
  return g_file_set_contents_full (
    path, text, length, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

static char *
make_secret (void)
{
  g_autofree char *one = g_uuid_string_random ();
  g_autofree char *two = g_uuid_string_random ();
  g_autofree char *both = g_strconcat (one, two, NULL);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, both, -1);
}

static JsonObject *
read_object (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gsize length;
  g_autoptr (GBytes) bytes = NULL;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  bytes = g_bytes_new_take (g_steal_pointer (&text), length);

  return rp_json_parse_object (bytes, path, error);
}

static char *
choose_secret (const char *given, JsonObject *kept, const char *name)
{
  const char *old = kept != NULL ? rp_json_get_string (kept, name) : NULL;

  if (given != NULL)
    return g_strdup (given);

  return old != NULL ? g_strdup (old) : make_secret ();
}

static gboolean
settle_secrets (RpSite *site,
                const char *directory,
                const char *secret,
                const char *token,
                GError **error)
{
  g_autofree char *path = g_build_filename (directory, "site.json", NULL);
  g_autoptr (JsonObject) kept = read_object (path, NULL);
  g_autoptr (JsonObject) now = json_object_new ();
  g_autofree char *text = NULL;

  site->secret = choose_secret (secret, kept, "secret");
  site->token = choose_secret (token, kept, "token");
  json_object_set_string_member (now, "secret", site->secret);
  json_object_set_string_member (now, "token", site->token);
  text = rp_json_object_to_text (now, TRUE);

  return write_file (path, text, -1, error);
}

static gboolean
make_folder (const char *path, GError **error)
{
  if (g_mkdir_with_parents (path, 0700) == 0)
    return TRUE;

  g_set_error (error, RP_ERROR, RP_ERROR_STORAGE, _ ("The folder %s could not be made: %s"), path,
               g_strerror (errno));

  return FALSE;
}

static JsonObject *
ref_object (JsonObject *object, const char *name)
{
  JsonObject *found = rp_json_get_object (object, name);

  return found != NULL ? json_object_ref (found) : NULL;
}

static RpSiteItem *
load_item (const char *path, GError **error)
{
  g_autoptr (JsonObject) object = read_object (path, error);
  RpSiteItem *item;

  if (object == NULL)
    return NULL;
  if (rp_json_get_string (object, "id") == NULL || rp_json_get_object (object, "item") == NULL) {
    g_set_error (error, RP_ERROR, RP_ERROR_UNREADABLE, _ ("%s does not hold an article"), path);
    return NULL;
  }

  item = g_new0 (RpSiteItem, 1);
  item->id = g_strdup (rp_json_get_string (object, "id"));
  item->guid = g_strdup (rp_json_get_string (object, "guid"));
  item->version = g_strdup (rp_json_get_string (object, "version"));
  item->status = g_strdup (rp_json_get_string (object, "status"));
  item->received = rp_json_get_int (object, "received", 0);
  item->updated = rp_json_get_int (object, "updated", 0);
  item->item = ref_object (object, "item");
  item->properties = ref_object (object, "properties");

  return item;
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const RpSiteItem *one = *(RpSiteItem *const *) a;
  const RpSiteItem *two = *(RpSiteItem *const *) b;

  if (one->received != two->received)
    return one->received > two->received ? -1 : 1;

  return g_strcmp0 (one->id, two->id);
}

static gboolean
load_items (RpSite *site, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (site->items_folder, 0, error);
  const char *name;

  if (dir == NULL)
    return FALSE;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (site->items_folder, name, NULL);
    RpSiteItem *item;

    if (!g_str_has_suffix (name, ".json"))
      continue;
    item = load_item (path, error);
    if (item == NULL)
      return FALSE;
    g_ptr_array_add (site->items, item);
  }
  g_ptr_array_sort (site->items, compare_items);

  return TRUE;
}

RpSite *
rp_site_open (const char *directory, const char *secret, const char *token, GError **error)
{
  g_autoptr (RpSite) site = g_new0 (RpSite, 1);

  g_return_val_if_fail (directory != NULL, NULL);

  site->items = g_ptr_array_new_with_free_func (item_free);
  site->items_folder = g_build_filename (directory, "items", NULL);
  site->media_folder = g_build_filename (directory, "media", NULL);
  site->url = g_strdup ("");
  if (!make_folder (site->items_folder, error) || !make_folder (site->media_folder, error) ||
      !settle_secrets (site, directory, secret, token, error) || !load_items (site, error))
    return NULL;

  return g_steal_pointer (&site);
}

void
rp_site_free (RpSite *site)
{
  g_free (site->items_folder);
  g_free (site->media_folder);
  g_free (site->url);
  g_free (site->secret);
  g_free (site->token);
  g_ptr_array_unref (site->items);
  g_free (site);
}

const char *
rp_site_get_secret (RpSite *site)
{
  return site->secret;
}

const char *
rp_site_get_token (RpSite *site)
{
  return site->token;
}

const char *
rp_site_get_url (RpSite *site)
{
  return site->url;
}

void
rp_site_set_url (RpSite *site, const char *url)
{
  g_free (site->url);
  site->url = g_strdup (url);
}

GPtrArray *
rp_site_get_items (RpSite *site)
{
  return site->items;
}

RpSiteItem *
rp_site_find (RpSite *site, const char *id)
{
  for (guint i = 0; i < site->items->len; i++) {
    RpSiteItem *item = site->items->pdata[i];

    if (g_strcmp0 (item->id, id) == 0)
      return item;
  }

  return NULL;
}

RpSiteItem *
rp_site_find_guid (RpSite *site, const char *guid)
{
  for (guint i = 0; i < site->items->len; i++) {
    RpSiteItem *item = site->items->pdata[i];

    if (g_strcmp0 (item->guid, guid) == 0)
      return item;
  }

  return NULL;
}

/* After a restart on another port, addresses from before still mean the same article. */
RpSiteItem *
rp_site_find_url (RpSite *site, const char *url)
{
  const char *id = url != NULL ? strstr (url, "/articles/") : NULL;

  return id != NULL ? rp_site_find (site, id + strlen ("/articles/")) : NULL;
}

char *
rp_site_dup_item_url (RpSite *site, const RpSiteItem *item)
{
  return g_strconcat (site->url, "/articles/", item->id, NULL);
}

static char *
make_item_id (const char *guid, JsonObject *item)
{
  const char *headline = rp_json_get_string (item, "headline");
  g_autofree char *slug = rp_text_slug (headline != NULL ? headline : "", 60);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, guid, -1);

  digest[10] = '\0';

  return g_strconcat (slug, "-", digest, NULL);
}

static gboolean
save_item (RpSite *site, const RpSiteItem *item, GError **error)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *file = g_strconcat (item->id, ".json", NULL);
  g_autofree char *path = g_build_filename (site->items_folder, file, NULL);
  g_autofree char *text = NULL;

  json_object_set_string_member (object, "id", item->id);
  json_object_set_string_member (object, "guid", item->guid);
  json_object_set_string_member (object, "version", item->version);
  json_object_set_string_member (object, "status", item->status);
  json_object_set_int_member (object, "received", item->received);
  json_object_set_int_member (object, "updated", item->updated);
  json_object_set_object_member (object, "item", json_object_ref (item->item));
  if (item->properties != NULL)
    json_object_set_object_member (object, "properties", json_object_ref (item->properties));
  text = rp_json_object_to_text (object, FALSE);

  return write_file (path, text, -1, error);
}

static RpSiteItem *
make_item (const RpSiteItem *old, const char *guid, JsonObject *content)
{
  RpSiteItem *item = g_new0 (RpSiteItem, 1);

  item->id = old != NULL ? g_strdup (old->id) : make_item_id (guid, content);
  item->guid = g_strdup (guid);
  item->updated = rp_time_now ();
  item->received = old != NULL ? old->received : item->updated;

  return item;
}

gboolean
rp_site_put (RpSite *site,
             const char *guid,
             const char *version,
             const char *status,
             JsonObject *item,
             JsonObject *properties,
             GError **error)
{
  RpSiteItem *old;
  RpSiteItem *fresh;

  g_return_val_if_fail (guid != NULL && version != NULL && status != NULL && item != NULL, FALSE);

  old = rp_site_find_guid (site, guid);
  fresh = make_item (old, guid, item);
  fresh->version = g_strdup (version);
  fresh->status = g_strdup (status);
  fresh->item = json_object_ref (item);
  fresh->properties = properties != NULL ? json_object_ref (properties) : NULL;
  if (!save_item (site, fresh, error)) {
    item_free (fresh);
    return FALSE;
  }

  if (old != NULL)
    g_ptr_array_remove (site->items, old);
  g_ptr_array_add (site->items, fresh);
  g_ptr_array_sort (site->items, compare_items);

  return TRUE;
}

/* Ids become file names, so they are held to what is harmless there. */
gboolean
rp_site_is_media_id (const char *id)
{
  gsize length = id != NULL ? strlen (id) : 0;

  if (length == 0 || length > 200 || id[0] == '.')
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (id[i]) && strchr ("._:-", id[i]) == NULL)
      return FALSE;

  return !g_str_has_suffix (id, ".type");
}

static char *
make_media_path (RpSite *site, const char *id, const char *suffix)
{
  g_autofree char *file = g_strconcat (id, suffix, NULL);

  return g_build_filename (site->media_folder, file, NULL);
}

gboolean
rp_site_has_media (RpSite *site, const char *id)
{
  g_autofree char *path = rp_site_is_media_id (id) ? make_media_path (site, id, "") : NULL;

  return path != NULL && g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

gboolean
rp_site_put_media (RpSite *site, const char *id, const char *type, GBytes *bytes, GError **error)
{
  g_autofree char *path = make_media_path (site, id, "");
  g_autofree char *type_path = make_media_path (site, id, ".type");
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  /* The type first: a picture that is there has one. */
  return write_file (type_path, type, -1, error) &&
         write_file (path, data != NULL ? data : "", (gssize) size, error);
}

GBytes *
rp_site_load_media (RpSite *site, const char *id, char **out_type)
{
  g_autofree char *path = NULL;
  g_autofree char *type_path = NULL;
  char *data = NULL;
  gsize size;

  if (!rp_site_has_media (site, id))
    return NULL;

  path = make_media_path (site, id, "");
  type_path = make_media_path (site, id, ".type");
  if (!g_file_get_contents (path, &data, &size, NULL))
    return NULL;
  if (!g_file_get_contents (type_path, out_type, NULL, NULL))
    *out_type = g_strdup ("application/octet-stream");

  return g_bytes_new_take (data, size);
}
