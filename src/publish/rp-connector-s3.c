/* Storage that speaks S3: each article is a whole page with its pictures, a file that states its
 * licence, and a feed, as public files of a bucket. Every request is signed (version 4) with the
 * digest of its body. An object is replaced as a whole, so no staging is needed; what is there is
 * looked at first, and If-None-Match and If-Match guard it where the storage knows them. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "rp-aws4.h"
#include "rp-error.h"
#include "rp-json.h"
#include "rp-shelf-stages.h"
#include "rp-text.h"
#include "rp-time.h"
#include "rp-xml.h"

extern const RpConnector rp_connector_s3;

#define USUAL_REGION "us-east-1"
#define USUAL_CACHE "public, max-age=300"
#define CLOCK_TOLERANCE 60

/* ---- addresses ---- */

/* "https://storage.example/bucket/" or "https://bucket.storage.example/". Gives. */
static char *
dup_bucket_url (RpExchange *exchange, const char *bucket)
{
  const char *style = rp_shelf_get_setting (exchange, "style", "path");
  const char *url = rp_partner_get_url (exchange->partner);
  const char *slash = g_str_has_suffix (url, "/") ? "" : "/";
  const char *host = strstr (url, "://") + strlen ("://");

  if (g_str_equal (style, "host"))
    return g_strdup_printf ("%.*s%s.%s%s", (int) (host - url), url, bucket, host, slash);

  return g_strconcat (url, slash, bucket, "/", NULL);
}

static gboolean
is_bucket_name (const char *name)
{
  return name != NULL && *name != '.' && strlen (name) >= 3 &&
         strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789.-_ABCDEFGHIJKLMNOPQRSTUVWXYZ") ==
           strlen (name);
}

static gboolean
find_base (RpExchange *exchange, GError **error)
{
  const char *bucket = rp_shelf_get_setting (exchange, "bucket", NULL);
  g_autofree char *base = NULL;

  if (!is_bucket_name (bucket)) {
    g_set_error (error, RP_ERROR, RP_ERROR_INVALID,
                 _ ("The name of the bucket is missing or cannot be one. Enter it in the settings "
                    "of %s"),
                 rp_partner_get_name (exchange->partner));
    return FALSE;
  }
  base = dup_bucket_url (exchange, bucket);
  json_object_set_string_member (exchange->delivery->memory, "base", base);

  return TRUE;
}

/* ---- signing ---- */

static gint64
get_clock (RpExchange *exchange)
{
  return exchange->now +
         rp_json_get_int (exchange->delivery->memory, "clock", 0) * G_TIME_SPAN_SECOND;
}

static gboolean
sign (RpExchange *exchange, GError **error)
{
  g_autofree char *secret = exchange->dup_secret (exchange, "secret_key");
  const RpAws4 signer = {
    .access_key = rp_shelf_get_setting (exchange, "username", ""),
    .secret_key = secret != NULL ? g_strstrip (secret) : "",
    .region = rp_shelf_get_setting (exchange, "region", USUAL_REGION),
    .now = get_clock (exchange),
  };

  if (g_str_equal (exchange->request->method, "PUT"))
    rp_request_set_header (exchange->request, "Cache-Control",
                           rp_shelf_get_setting (exchange, "cache", USUAL_CACHE));

  return rp_aws4_sign (&signer, exchange->request, error);
}

static RpStep
send_signed (RpExchange *exchange, RpStep next, GError **error)
{
  if (next == RP_STEP_SEND && !sign (exchange, error))
    return RP_STEP_FAILED;

  return next;
}

/* ---- what only S3 says ---- */

/* A word of an error, <Error><Code>…</Code></Error>. Gives; NULL = none. */
static char *
dup_word (const RpResponse *response, const char *name)
{
  g_autoptr (xmlDoc) doc = response->status >= 300 && g_bytes_get_size (response->body) > 0
                             ? rp_xml_parse (response->body, FALSE, NULL, NULL)
                             : NULL;
  xmlNode *root = doc != NULL ? xmlDocGetRootElement (doc) : NULL;

  return root != NULL && rp_xml_is (root, NULL, "Error") ? rp_xml_dup_child_text (root, NULL, name)
                                                         : NULL;
}

/* The same request, signed by the storage's clock. */
static gboolean
take_clock (RpExchange *exchange, const RpResponse *response, const char *code)
{
  gint64 theirs = rp_time_instant (rp_response_get_header (response, "Date"));
  gint64 ahead = (theirs - exchange->now) / G_TIME_SPAN_SECOND;

  if (g_strcmp0 (code, "RequestTimeTooSkewed") != 0 || theirs == RP_TIME_NONE ||
      rp_exchange_has_note (exchange, "clocked") || ABS (ahead) < CLOCK_TOLERANCE)
    return FALSE;
  rp_exchange_note (exchange, "clocked");
  json_object_set_int_member (exchange->delivery->memory, "clock", ahead);
  rp_exchange_remark (exchange,
                      _ ("The clock of this computer is wrong by %d minutes; Reprint goes by the "
                         "clock of %s."),
                      (int) (ABS (ahead) / 60), rp_partner_get_name (exchange->partner));

  return TRUE;
}

static gboolean
check_region (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autofree char *said = dup_word (response, "Region");
  const char *region = rp_response_get_header (response, "x-amz-bucket-region");

  if (region == NULL)
    region = said;
  if (region == NULL || (response->status != 301 && response->status != 400) ||
      g_strcmp0 (region, rp_shelf_get_setting (exchange, "region", USUAL_REGION)) == 0)
    return TRUE;
  g_set_error (error, RP_ERROR, RP_ERROR_REFUSED,
               _ ("The bucket is in the region “%s”. Enter that region in the settings of %s"),
               region, rp_partner_get_name (exchange->partner));

  return FALSE;
}

static gboolean
check_code (RpExchange *exchange, const char *code, GError **error)
{
  const char *name = rp_partner_get_name (exchange->partner);

  if (g_strcmp0 (code, "InvalidAccessKeyId") == 0)
    g_set_error (error, RP_ERROR, RP_ERROR_CREDENTIALS,
                 _ ("%s does not know the access key. Enter access key and secret key again"),
                 name);
  else if (g_strcmp0 (code, "SignatureDoesNotMatch") == 0)
    g_set_error (error, RP_ERROR, RP_ERROR_CREDENTIALS,
                 _ ("%s does not accept the signature. Enter the secret key again, and check the "
                    "region"),
                 name);
  else if (g_strcmp0 (code, "NoSuchBucket") == 0)
    g_set_error (error, RP_ERROR, RP_ERROR_REFUSED,
                 _ ("%s has no bucket “%s”. Ask for its name, or for it to be made"), name,
                 rp_shelf_get_setting (exchange, "bucket", ""));
  else
    return TRUE;

  return FALSE;
}

static gboolean
check (RpExchange *exchange, const RpResponse *response, const char *code, GError **error)
{
  if (!check_region (exchange, response, error) || !check_code (exchange, code, error))
    return FALSE;
  if (response->status != 409)
    return TRUE;
  g_set_error (error, RP_ERROR, RP_ERROR_BUSY,
               _ ("Somebody else writes the same file at %s; it is tried again later"),
               rp_partner_get_name (exchange->partner));

  return FALSE;
}

/* ---- the conversation ---- */

static const RpStage stages[] = {
  RP_SHELF_STAGE (place),     RP_SHELF_STAGE (confirm),    RP_SHELF_STAGE (picture),
  RP_SHELF_STAGE (licence),   RP_SHELF_STAGE (direct),     RP_SHELF_STAGE (verify),
  RP_SHELF_STAGE (remove),    RP_SHELF_STAGE (leftover),   RP_SHELF_STAGE (unlicense),
  RP_SHELF_STAGE (feed_read), RP_SHELF_STAGE (feed_write), {NULL},
};

static RpStep
converse (const RpStage *table, RpExchange *exchange, const RpResponse *last, GError **error)
{
  g_autofree char *code = last != NULL ? dup_word (last, "Code") : NULL;

  if (!find_base (exchange, error))
    return RP_STEP_FAILED;
  if (last != NULL && take_clock (exchange, last, code))
    last = NULL;
  if (last != NULL && !check (exchange, last, code, error))
    return RP_STEP_FAILED;

  return send_signed (exchange, rp_stages_step (table, exchange, last, error), error);
}

static RpStep
s3_step (RpExchange *exchange, const RpResponse *last, GError **error)
{
  if (!rp_shelf_check_errand (exchange, error))
    return RP_STEP_FAILED;
  if (!rp_shelf_has_work (exchange))
    return RP_STEP_DONE;
  if (last == NULL)
    rp_shelf_begin (exchange);
  rp_shelf_note (exchange, "direct", TRUE);

  return converse (stages, exchange, last, error);
}

static RpStep
s3_look (RpExchange *exchange, const RpResponse *last, GError **error)
{
  if (!find_base (exchange, error))
    return RP_STEP_FAILED;

  return send_signed (exchange, rp_shelf_look (exchange, last, error), error);
}

/* ---- testing the connection ---- */

static gboolean
list_needed (RpExchange *exchange)
{
  return exchange->account == NULL;
}

static RpRequest *
list_ask (RpExchange *exchange, GError **error)
{
  g_autofree char *url = g_strconcat (rp_json_get_string (exchange->delivery->memory, "base"),
                                      "?list-type=2&max-keys=1", NULL);

  return rp_request_new ("GET", url, _ ("Looking into the bucket"));
}

static gboolean
list_take (RpExchange *exchange, const RpResponse *response, GError **error)
{
  g_autoptr (xmlDoc) doc = NULL;

  if (!rp_shelf_check (exchange, response, error))
    return FALSE;
  doc = rp_xml_parse (response->body, FALSE, NULL, NULL);
  if (doc == NULL || !rp_xml_is (xmlDocGetRootElement (doc), NULL, "ListBucketResult")) {
    g_set_error (error, RP_ERROR, RP_ERROR_REFUSED,
                 _ ("%s did not answer as S3 storage does. Check the address, or ask whether a "
                    "sign-in page stands in front of it"),
                 rp_partner_get_name (exchange->partner));
    return FALSE;
  }
  exchange->account = g_strdup_printf ("%s, %s", rp_shelf_get_setting (exchange, "username", ""),
                                       rp_shelf_get_setting (exchange, "bucket", ""));

  return TRUE;
}

static const RpStage probe_stages[] = {
  {"list", list_needed, list_ask, list_take},
  {NULL},
};

static RpStep
s3_probe (RpExchange *exchange, const RpResponse *last, GError **error)
{
  return converse (probe_stages, exchange, last, error);
}

static gboolean
s3_recognise (const RpResponse *response, RpSighting *sighting)
{
  const char *server = rp_response_get_header (response, "Server");
  g_autoptr (GUri) uri = g_uri_parse (response->url, G_URI_FLAGS_NONE, NULL);
  g_autofree char *url = NULL;

  if (uri == NULL || (rp_response_get_header (response, "x-amz-request-id") == NULL &&
                      g_strcmp0 (server, "AmazonS3") != 0 && g_strcmp0 (server, "MinIO") != 0))
    return FALSE;
  url = g_uri_join (G_URI_FLAGS_NONE, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri),
                    g_uri_get_port (uri), "/", NULL, NULL);
  sighting->certainty = 1;
  sighting->settings = json_object_new ();
  json_object_set_string_member (sighting->settings, "url", url);

  return TRUE;
}

static const char *const notes[] = {
  N_ ("Articles are whole web pages with a plain design of their own."),
  N_ ("A bucket has no drafts: what is sent is public at once, if the bucket is."),
  N_ ("The key needs the rights to list the bucket and to read, write and delete its files."),
  N_ (
    "When an article is withdrawn, its page, its pictures and its licence file are deleted and it "
    "leaves the feed; older versions stay where the bucket keeps them."),
  NULL,
};

static const RpLimits limits = {.notes = notes};

static const char *const style_values[] = {"path", "host", NULL};
static const char *const style_labels[] = {N_ ("In the Path"), N_ ("In the Host Name"), NULL};

static const RpSetting settings[] = {
  {.key = "url",
   .label = N_ ("Storage Address"),
   .hint = N_ ("Of the service, without the bucket: https://s3.eu-central-1.amazonaws.com"),
   .kind = RP_SETTING_ADDRESS,
   .required = TRUE},
  {.key = "bucket", .label = N_ ("Bucket"), .kind = RP_SETTING_TEXT, .required = TRUE},
  {.key = "username", .label = N_ ("Access Key ID"), .kind = RP_SETTING_TEXT, .required = TRUE},
  {.key = "secret_key",
   .label = N_ ("Secret Access Key"),
   .kind = RP_SETTING_SECRET,
   .required = TRUE},
  {.key = "region",
   .label = N_ ("Region"),
   .hint = N_ ("As the service names it; many that are not Amazon take any"),
   .kind = RP_SETTING_TEXT,
   .fallback = USUAL_REGION},
  {.key = "style",
   .label = N_ ("Bucket in the Address"),
   .kind = RP_SETTING_CHOICE,
   .fallback = "path",
   .choices = style_values,
   .choice_labels = style_labels},
  {.key = "public_url",
   .label = N_ ("Public Address"),
   .hint = N_ ("Where readers find the bucket’s files; left empty it is the bucket itself"),
   .kind = RP_SETTING_ADDRESS},
  RP_SHELF_PATH_SETTING,
  {.key = "cache",
   .label = N_ ("Keep in Caches"),
   .hint = N_ ("The header Cache-Control of every file"),
   .kind = RP_SETTING_TEXT,
   .fallback = USUAL_CACHE},
  {.key = "feed",
   .label = N_ ("Keep a Feed"),
   .hint = N_ ("feed.xml in the bucket names the latest articles"),
   .kind = RP_SETTING_FLAG,
   .fallback = "yes"},
  RP_SHELF_LICENCE_SETTING,
  {NULL},
};

static const char *const site_facts[] = {"clock", NULL};

const RpConnector rp_connector_s3 = {
  .id = "s3",
  .title = N_ ("Cloud Storage (S3)"),
  .summary = N_ ("Buckets of public files at Amazon and everyone who speaks S3"),
  .rendition = "page",
  .flags = RP_SHELF_FLAGS,
  .settings = settings,
  .limits = &limits,
  .at_once = RP_SHELF_AT_ONCE,
  .site_facts = site_facts,
  .step = s3_step,
  .probe = s3_probe,
  .look = s3_look,
  .recognise = s3_recognise,
};
