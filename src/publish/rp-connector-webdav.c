/* WebDAV (RFC 4918): each article is a whole page in a folder, with its pictures, a file that
 * states its licence, and a feed of all that is there. The page is written under another name and
 * then moved, so that readers never see half of it; licence and pictures are there before it. All
 * of it can be sent again without harm: what is there is looked at first, and known by our mark. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "rp-answer.h"
#include "rp-json.h"
#include "rp-shelf-stages.h"
#include "rp-webdav.h"

extern const RpConnector rp_connector_webdav;

/* ---- folders ---- */

/* The folder of a path that comes after the first `n`: "2026/", "2026/03/". Gives; NULL = no more.
 */
static char *
dup_folder (const char *path, guint n)
{
  const char *slash = strchr (path, '/');

  for (; slash != NULL && n > 0; n--)
    slash = strchr (slash + 1, '/');

  return slash != NULL ? g_strndup (path, (gsize) (slash + 1 - path)) : NULL;
}

static gint64
count_folders (RpExchange *exchange)
{
  return rp_json_get_int (rp_shelf_get_known (exchange), "folders", 0);
}

static gboolean
folder_needed (RpExchange *exchange)
{
  g_autofree char *folder =
    dup_folder (rp_shelf_get_path (exchange, NULL), (guint) count_folders (exchange));

  return rp_shelf_is_uploading (exchange) && rp_shelf_is_new (exchange) && folder != NULL;
}

static RpRequest *
folder_ask (RpExchange *exchange, GError **error)
{
  g_autofree char *folder =
    dup_folder (rp_shelf_get_path (exchange, NULL), (guint) count_folders (exchange));

  return rp_shelf_request (exchange, "MKCOL", folder, _ ("Making a folder"));
}

/* 405 says that it is there; some send to the address with a slash instead. */
static gboolean
folder_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  gboolean there = response->status == 405 || response->status == 301;

  if (!there && !rp_shelf_check (exchange, response, error))
    return FALSE;
  json_object_set_int_member (rp_shelf_get_known (exchange), "folders",
                              count_folders (exchange) + 1);

  return TRUE;
}

/* ---- the page ---- */

/* In the same folder, because only there a move is one step. */
static char *
dup_staging_path (RpExchange *exchange)
{
  const char *path = rp_shelf_get_path (exchange, NULL);
  const char *name = strrchr (path, '/');
  int length = name != NULL ? (int) (name + 1 - path) : 0;

  return g_strdup_printf ("%.*sreprint-%s.part", length, path, exchange->delivery->marker);
}

static gboolean
stage_needed (RpExchange *exchange)
{
  return rp_shelf_is_uploading (exchange) && !rp_shelf_knows (exchange, "staged");
}

static RpRequest *
stage_ask (RpExchange *exchange, GError **error)
{
  g_autofree char *path = dup_staging_path (exchange);
  g_autoptr (GBytes) page = rp_shelf_render_page (exchange, error);

  return page != NULL
           ? rp_shelf_put (exchange, path, RP_SHELF_PAGE, page, _ ("Uploading the article"))
           : NULL;
}

static gboolean
stage_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  if (!rp_shelf_check (exchange, response, error))
    return FALSE;
  rp_shelf_note (exchange, "staged", TRUE);

  return TRUE;
}

static gboolean
move_needed (RpExchange *exchange)
{
  return rp_shelf_is_uploading (exchange) && !rp_shelf_knows (exchange, "direct");
}

/* A destination without host, because a server behind a proxy does not know by what name and scheme
 * it is called. */
static RpRequest *
move_ask (RpExchange *exchange, GError **error)
{
  g_autofree char *staging = dup_staging_path (exchange);
  g_autofree char *escaped = g_uri_escape_string (rp_shelf_get_path (exchange, NULL), "/", FALSE);
  g_autofree char *url = rp_exchange_dup_url (exchange, escaped);
  gboolean is_new = rp_shelf_is_new (exchange);
  RpRequest *request =
    rp_shelf_request (exchange, "MOVE", staging, _ ("Putting the article in its place"));
  const char *host = strstr (url, "://");

  rp_request_set_header (request, "Destination", strchr (host + strlen ("://"), '/'));
  rp_request_set_header (request, "Overwrite", is_new ? "F" : "T");

  return request;
}

/* Where nothing is left to move, or something is in the way, the page itself tells how it stands:
 * proxies repeat requests. Servers that cannot move, or know the destination by another name, get
 * the page in one piece. */
static gboolean
move_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  static const guint unable[] = {400, 405, 409, 501, 502};

  for (guint i = 0; i < G_N_ELEMENTS (unable); i++)
    if (response->status == unable[i]) {
      rp_shelf_note (exchange, "direct", TRUE);
      return TRUE;
    }
  if (response->status != 412 && !rp_answer_is_gone (response) &&
      !rp_shelf_check (exchange, response, error))
    return FALSE;
  rp_shelf_note (exchange, "placed", TRUE);

  return TRUE;
}

static gboolean
tidy_needed (RpExchange *exchange)
{
  return rp_shelf_knows (exchange, "direct") && rp_shelf_knows (exchange, "staged");
}

static RpRequest *
tidy_ask (RpExchange *exchange, GError **error)
{
  g_autofree char *staging = dup_staging_path (exchange);

  return rp_shelf_request (exchange, "DELETE", staging, _ ("Tidying up"));
}

static gboolean
tidy_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  rp_shelf_note (exchange, "staged", FALSE);

  return TRUE;
}

static const RpStage stages[] = {
  RP_SHELF_STAGE (place),
  {"folder", folder_needed, folder_ask, folder_take},
  RP_SHELF_STAGE (confirm),
  RP_SHELF_STAGE (picture),
  RP_SHELF_STAGE (licence),
  {"stage", stage_needed, stage_ask, stage_take},
  {"move", move_needed, move_ask, move_take},
  RP_SHELF_STAGE (direct),
  {"tidy", tidy_needed, tidy_ask, tidy_take},
  RP_SHELF_STAGE (verify),
  RP_SHELF_STAGE (remove),
  RP_SHELF_STAGE (leftover),
  RP_SHELF_STAGE (unlicense),
  RP_SHELF_STAGE (feed_read),
  RP_SHELF_STAGE (feed_write),
  {NULL},
};

static RpStep
webdav_step (RpExchange *exchange, const RpResponse *last, GError **error)
{
  if (!rp_shelf_check_errand (exchange, error))
    return RP_STEP_FAILED;
  if (!rp_shelf_has_work (exchange))
    return RP_STEP_DONE;

  if (last == NULL)
    rp_shelf_begin (exchange);

  return rp_webdav_sign_in (exchange, rp_stages_step (stages, exchange, last, error));
}

static RpStep
webdav_look (RpExchange *exchange, const RpResponse *last, GError **error)
{
  return rp_webdav_sign_in (exchange, rp_shelf_look (exchange, last, error));
}

static const char *const well_known[] = {"remote.php/webdav/", "webdav/", "dav/", NULL};

static const char *const notes[] = {
  N_ ("Articles are whole web pages with a plain design of their own."),
  N_ ("A folder has no drafts: what is sent is public at once."),
  N_ (
    "When an article is withdrawn, its page, its pictures and its licence file are deleted and it "
    "leaves the feed."),
  NULL,
};

static const RpLimits limits = {.notes = notes};

static const RpSetting settings[] = {
  {.key = "url",
   .label = N_ ("Folder Address"),
   .hint = N_ ("The WebDAV address of the folder for articles; it must be there already"),
   .kind = RP_SETTING_ADDRESS,
   .required = TRUE},
  {.key = "username", .label = N_ ("User Name"), .kind = RP_SETTING_TEXT},
  {.key = "password", .label = N_ ("Password"), .kind = RP_SETTING_SECRET},
  {.key = "public_url",
   .label = N_ ("Public Address"),
   .hint = N_ ("Where readers find the same folder; left empty it is the folder address"),
   .kind = RP_SETTING_ADDRESS},
  RP_SHELF_PATH_SETTING,
  {.key = "feed",
   .label = N_ ("Keep a Feed"),
   .hint = N_ ("feed.xml in the folder names the latest articles"),
   .kind = RP_SETTING_FLAG,
   .fallback = "yes"},
  RP_SHELF_LICENCE_SETTING,
  {NULL},
};

const RpConnector rp_connector_webdav = {
  .id = "webdav",
  .title = N_ ("Web Folder (WebDAV)"),
  .summary = N_ ("Folders on web servers and in clouds that take files by WebDAV"),
  .rendition = "page",
  .flags = RP_SHELF_FLAGS,
  .settings = settings,
  .limits = &limits,
  .at_once = RP_SHELF_AT_ONCE,
  .step = webdav_step,
  .probe = rp_webdav_probe,
  .look = webdav_look,
  .well_known = well_known,
  .recognise = rp_webdav_recognise,
};
