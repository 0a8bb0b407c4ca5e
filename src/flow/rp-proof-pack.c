#include "rp-proof-pack.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "rp-error.h"
#include "rp-json.h"
#include "rp-licence-odrl.h"
#include "rp-resources.h"
#include "rp-store-articles.h"
#include "rp-store-blobs.h"
#include "rp-store-licences.h"
#include "rp-store-proof.h"
#include "rp-text.h"

void
rp_proof_page_free (RpProofPage *page)
{
  g_free (page->partner_id);
  g_free (page->url);
  g_free (page->picture);
  g_free (page->failure);
  g_free (page);
}

static gboolean
add_object (RpProofZip *zip,
            const char *name,
            const char *words,
            JsonObject *object,
            GError **error)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (node, object);

  return rp_proof_zip_add_json (zip, name, words, node, error);
}

/* Bodies are kept in parts; a name with "+" stands for several. */
static gboolean
add_blobs (RpProofJob *job,
           RpProofZip *zip,
           const char *name,
           const char *words,
           const char *blobs,
           GError **error)
{
  g_autoptr (RpBody) body = rp_body_new ();
  g_auto (GStrv) parts = g_strsplit (blobs, "+", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (!rp_store_add_blob (job->store, parts[i], body, error))
      return FALSE;

  return rp_proof_zip_add (zip, name, words, body, error);
}

/* What arrived may be lost; the proof says so instead of not being there. */
static gboolean
add_blobs_or_remark (RpProofJob *job,
                     RpProofZip *zip,
                     const char *name,
                     const char *words,
                     const char *blobs,
                     GError **error)
{
  g_autoptr (RpBody) body = rp_body_new ();
  g_autoptr (GError) local = NULL;

  if (rp_store_add_blob (job->store, blobs, body, &local))
    return rp_proof_zip_add (zip, name, words, body, error);
  g_ptr_array_add (job->remarks, g_strdup_printf (_ ("%s is not in the library any more: %s"),
                                                  words, local->message));

  return TRUE;
}

/* ---- the article and its source ---- */

static char *
dup_file_name (const char *name)
{
  g_autofree char *base = name != NULL ? g_path_get_basename (name) : g_strdup ("source");
  char *plain = g_str_to_ascii (base, NULL);

  g_strcanon (plain, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS ".-", '-');

  return plain;
}

static gboolean
add_article (RpProofJob *job, RpProofZip *zip, RpArticle *article, GError **error)
{
  g_autoptr (RpArticle) original = rp_store_get_original (job->store, job->article_id, NULL);
  g_autoptr (JsonObject) edited = rp_article_to_json (article);
  g_autoptr (JsonObject) imported = original != NULL ? rp_article_to_json (original) : NULL;
  const char *snapshot = rp_article_get (article, RP_ARTICLE_SNAPSHOT);
  g_autofree char *plain = dup_file_name (rp_article_get (article, RP_ARTICLE_SOURCE_NAME));
  g_autofree char *name = g_strconcat ("source/", plain, NULL);

  json_object_set_object_member (job->facts, "article", json_object_ref (edited));
  if (!add_object (zip, "article/edited.json", _ ("The article as edited"), edited, error) ||
      (imported != NULL && !add_object (zip, "article/imported.json",
                                        _ ("The article as it was imported"), imported, error)))
    return FALSE;
  if (snapshot == NULL)
    return TRUE;
  json_object_set_string_member (job->facts, "snapshot", name);

  return add_blobs_or_remark (job, zip, name, _ ("What arrived, byte for byte"), snapshot, error);
}

/* ---- the licence ---- */

static gboolean
add_documents (RpProofJob *job, RpProofZip *zip, JsonObject *profile, GError **error)
{
  JsonArray *documents = rp_json_get_array (profile, "documents");

  for (guint i = 0; documents != NULL && i < json_array_get_length (documents); i++) {
    JsonObject *document = json_array_get_object_element (documents, i);
    const char *sha256 = rp_json_get_string (document, "sha256");
    g_autofree char *plain = dup_file_name (rp_json_get_string (document, "name"));
    g_autofree char *name =
      g_strdup_printf ("licence/documents/%.12s-%s", sha256 != NULL ? sha256 : "", plain);

    if (sha256 != NULL &&
        !add_blobs_or_remark (job, zip, name, _ ("A document of the licence"), sha256, error))
      return FALSE;
  }

  return TRUE;
}

static gboolean
add_licence (RpProofJob *job, RpProofZip *zip, RpLicence *licence, GError **error)
{
  JsonObject *profile = rp_licence_get_profile (licence);
  g_autofree char *odrl = rp_licence_write_odrl (licence, NULL);

  json_object_set_object_member (job->facts, "licence", rp_json_object_copy (profile));

  return add_object (zip, "licence/licence.json", _ ("The licence"), profile, error) &&
         (odrl == NULL || rp_proof_zip_add_text (zip, "licence/licence.odrl.jsonld",
                                                 _ ("The licence as ODRL"), odrl, error)) &&
         add_documents (job, zip, profile, error);
}

static gboolean
add_versions (RpProofJob *job, RpProofZip *zip, const char *licence_id, GError **error)
{
  g_autoptr (GPtrArray) versions = rp_store_list_licence_versions (job->store, licence_id, error);

  if (versions == NULL)
    return FALSE;
  for (guint i = 0; i < versions->len; i++) {
    const RpLicenceVersion *version = versions->pdata[i];
    g_autofree char *name =
      g_strdup_printf ("licence/version-%" G_GINT64_FORMAT ".json", version->version);

    if (!add_object (zip, name, _ ("An earlier or the present version of the licence"),
                     rp_licence_get_profile (version->licence), error))
      return FALSE;
  }

  return TRUE;
}

static RpLicence *
find_licence (RpProofJob *job, const char *id)
{
  g_autoptr (GPtrArray) own = rp_store_list_licences (job->store, NULL);

  for (guint i = 0; own != NULL && i < own->len; i++)
    if (g_strcmp0 (rp_licence_get_id (own->pdata[i]), id) == 0)
      return g_object_ref (own->pdata[i]);

  return rp_licence_book_lookup (job->book, id) != NULL
           ? g_object_ref (rp_licence_book_lookup (job->book, id))
           : NULL;
}

static gboolean
add_licences (RpProofJob *job, RpProofZip *zip, RpArticle *article, GError **error)
{
  const char *id = rp_article_get (article, RP_ARTICLE_LICENCE_ID);
  g_autoptr (RpLicence) licence = id != NULL ? find_licence (job, id) : NULL;

  if (licence == NULL) {
    g_ptr_array_add (job->remarks, g_strdup (_ ("The article has no licence.")));
    return TRUE;
  }

  return add_licence (job, zip, licence, error) && add_versions (job, zip, id, error);
}

/* ---- what was sent ---- */

static gboolean
add_body (RpProofJob *job,
          RpProofZip *zip,
          const char *folder,
          const char *side,
          JsonObject *row,
          const char *words,
          GError **error)
{
  g_autofree char *blob_member = g_strconcat (side, "_blob", NULL);
  g_autofree char *text_member = g_strconcat (side, "_text", NULL);
  g_autofree char *name = g_strconcat (folder, "/", side, "-body", NULL);
  const char *text = rp_json_get_string (row, text_member);
  const char *blobs = rp_json_get_string (row, blob_member);

  if (text != NULL)
    return rp_proof_zip_add_text (zip, name, words, text, error);

  return blobs == NULL || add_blobs (job, zip, name, words, blobs, error);
}

static gboolean
add_exchange (RpProofJob *job, RpProofZip *zip, JsonObject *row, GError **error)
{
  const char *partner = rp_json_get_string (row, "partner");
  const char *id = rp_json_get_string (row, "exchange");
  const char *failure = rp_json_get_string (row, "error");
  g_autofree char *folder = g_strdup_printf ("exchanges/%s/%s", partner, id);
  g_autofree char *request_name = g_strconcat (folder, "/request.txt", NULL);
  g_autofree char *response_name = g_strconcat (folder, "/response.txt", NULL);
  g_autofree char *request = g_strdup_printf ("%s %s\n%s", rp_json_get_string (row, "method"),
                                              rp_json_get_string (row, "url"),
                                              rp_json_get_string (row, "request_headers") != NULL
                                                ? rp_json_get_string (row, "request_headers")
                                                : "");
  g_autofree char *response = g_strdup_printf ("%d\n%s%s", (int) rp_json_get_int (row, "status", 0),
                                               rp_json_get_string (row, "response_headers") != NULL
                                                 ? rp_json_get_string (row, "response_headers")
                                                 : "",
                                               failure != NULL ? failure : "");

  return rp_proof_zip_add_text (zip, request_name, rp_json_get_string (row, "label"), request,
                                error) &&
         add_body (job, zip, folder, "request", row, _ ("What was sent"), error) &&
         rp_proof_zip_add_text (zip, response_name, _ ("What was answered"), response, error) &&
         add_body (job, zip, folder, "response", row, _ ("What was answered"), error);
}

static gboolean
add_exchanges (RpProofJob *job, RpProofZip *zip, JsonArray *rows, GError **error)
{
  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (!add_exchange (job, zip, json_array_get_object_element (rows, i), error))
      return FALSE;

  return TRUE;
}

/* ---- pages ---- */

static gboolean
add_pages (RpProofJob *job, RpProofZip *zip, JsonArray *evidence, GError **error)
{
  for (guint i = 0; i < json_array_get_length (evidence); i++) {
    JsonObject *row = json_array_get_object_element (evidence, i);
    const char *page = rp_json_get_string (row, "page");
    g_autofree char *name =
      g_strdup_printf ("pages/%s-%03u.html", rp_json_get_string (row, "partner"), i + 1);

    if (page != NULL &&
        !add_blobs_or_remark (job, zip, name, _ ("A public page as it was"), page, error))
      return FALSE;
  }

  return TRUE;
}

static gboolean
add_made_file (RpProofZip *zip,
               const char *name,
               const char *words,
               const char *path,
               GError **error)
{
  g_autoptr (RpBody) body = rp_body_new ();
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info =
    g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, NULL, error);

  if (info == NULL)
    return FALSE;
  rp_body_add_file (body, path, g_file_info_get_size (info), NULL);

  return rp_proof_zip_add (zip, name, words, body, error);
}

static gboolean
add_picture (RpProofJob *job, RpProofZip *zip, const RpProofPage *page, GError **error)
{
  g_autofree char *name = g_strdup_printf ("pages/%s.png", page->partner_id);

  if (page->picture != NULL)
    return add_made_file (zip, name, _ ("What the page looked like when the proof was made"),
                          page->picture, error);
  g_ptr_array_add (job->remarks, g_strdup_printf (_ ("No picture of %s could be taken: %s"),
                                                  page->url, page->failure));

  return TRUE;
}

static gboolean
add_pictures (RpProofJob *job, RpProofZip *zip, GError **error)
{
  for (guint i = 0; i < job->pages->len; i++)
    if (!add_picture (job, zip, job->pages->pdata[i], error))
      return FALSE;

  return TRUE;
}

/* ---- all of it ---- */

static gboolean
add_rows (RpProofJob *job, RpProofZip *zip, GError **error)
{
  const char *const *names = rp_store_get_proof_names ();

  for (guint i = 0; names[i] != NULL; i++) {
    g_autoptr (JsonArray) rows =
      rp_store_list_proof_rows (job->store, names[i], job->article_id, error);
    g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
    g_autofree char *name = g_strdup_printf ("records/%s.json", names[i]);

    if (rows == NULL)
      return FALSE;
    json_node_set_array (node, rows);
    json_object_set_array_member (job->facts, names[i], json_array_ref (rows));
    if (!rp_proof_zip_add_json (zip, name, NULL, node, error))
      return FALSE;
  }

  return TRUE;
}

/* A PDF needs the program that makes it; the HTML is the report all the same. */
static gboolean
add_pdf (RpProofJob *job, RpProofZip *zip, const char *html, GError **error)
{
  g_autofree char *program = rp_resources_find_program ("reprint-camera");
  g_autofree char *from = g_build_filename (job->folder, "report.html", NULL);
  g_autofree char *to = g_build_filename (job->folder, "report.pdf", NULL);
  g_autoptr (GSubprocess) printing = NULL;
  g_autoptr (GError) local = NULL;

  if (!g_file_set_contents (from, html, -1, error))
    return FALSE;
  if (program != NULL)
    printing = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, &local, program, "print", from,
                                 to, NULL);
  if (printing == NULL || !g_subprocess_wait_check (printing, NULL, &local)) {
    g_ptr_array_add (job->remarks, g_strdup (_ ("The report could not be made as a PDF.")));
    return TRUE;
  }

  return add_made_file (zip, "report.pdf", _ ("The report"), to, error);
}

static gboolean
add_report (RpProofJob *job, RpProofZip *zip, GError **error)
{
  g_autofree char *html = rp_proof_write_report (job);

  return rp_proof_zip_add_text (zip, "report.html", _ ("The report"), html, error) &&
         add_pdf (job, zip, html, error);
}

gboolean
rp_proof_pack (RpProofJob *job, RpProofZip *zip, GError **error)
{
  g_autoptr (RpArticle) article = rp_store_get_article (job->store, job->article_id, error);

  if (article == NULL)
    return FALSE;

  return add_article (job, zip, article, error) && add_licences (job, zip, article, error) &&
         add_rows (job, zip, error) &&
         add_exchanges (job, zip, rp_json_get_array (job->facts, "exchanges"), error) &&
         add_pages (job, zip, rp_json_get_array (job->facts, "evidence"), error) &&
         add_pictures (job, zip, error) && add_report (job, zip, error);
}
