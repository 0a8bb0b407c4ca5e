#include "rp-aws4.h"

#include <string.h>

#define SERVICE "s3"
#define SIGNED "host;x-amz-content-sha256;x-amz-date"
#define DIGEST_SIZE 32

static char *
format_time (gint64 now, const char *format)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (now / G_TIME_SPAN_SECOND);

  return g_date_time_format (time, format);
}

static char *
digest_body (RpRequest *request, GError **error)
{
  if (request->body == NULL)
    return g_compute_checksum_for_string (G_CHECKSUM_SHA256, "", 0);

  return rp_body_checksum (request->body, G_CHECKSUM_SHA256, error);
}

/* What the session will write into the header Host. */
static char *
dup_host (GUri *uri)
{
  int port = g_uri_get_port (uri);
  gboolean usual = port == -1 || port == (g_str_equal (g_uri_get_scheme (uri), "https") ? 443 : 80);

  return usual ? g_strdup (g_uri_get_host (uri))
               : g_strdup_printf ("%s:%d", g_uri_get_host (uri), port);
}

static char *
dup_canonical (RpRequest *request, const char *digest, const char *moment)
{
  g_autoptr (GUri) uri = g_uri_parse (request->url, G_URI_FLAGS_ENCODED, NULL);
  g_autofree char *host = uri != NULL ? dup_host (uri) : g_strdup ("");
  const char *path = uri != NULL ? g_uri_get_path (uri) : "";
  const char *query = uri != NULL ? g_uri_get_query (uri) : NULL;

  return g_strdup_printf ("%s\n%s\n%s\nhost:%s\nx-amz-content-sha256:%s\nx-amz-date:%s\n\n" SIGNED
                          "\n%s",
                          request->method, *path != '\0' ? path : "/", query != NULL ? query : "",
                          host, digest, moment, digest);
}

static void
mix (guint8 key[DIGEST_SIZE], gsize key_size, const guint8 *start, const char *text)
{
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, start, key_size);
  gsize size = DIGEST_SIZE;

  g_hmac_update (hmac, (const guchar *) text, -1);
  g_hmac_get_digest (hmac, key, &size);
}

static char *
dup_signature (const RpAws4 *signer, const char *day, const char *text)
{
  g_autofree char *start = g_strconcat ("AWS4", signer->secret_key, NULL);
  const char *parts[] = {signer->region, SERVICE, "aws4_request"};
  guint8 key[DIGEST_SIZE];

  mix (key, strlen (start), (const guint8 *) start, day);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    mix (key, DIGEST_SIZE, key, parts[i]);

  return g_compute_hmac_for_string (G_CHECKSUM_SHA256, key, DIGEST_SIZE, text, -1);
}

gboolean
rp_aws4_sign (const RpAws4 *signer, RpRequest *request, GError **error)
{
  g_autofree char *moment = format_time (signer->now, "%Y%m%dT%H%M%SZ");
  g_autofree char *day = format_time (signer->now, "%Y%m%d");
  g_autofree char *digest = digest_body (request, error);
  g_autofree char *canonical = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *scope = NULL;
  g_autofree char *text = NULL;
  g_autofree char *signature = NULL;
  g_autofree char *value = NULL;

  if (digest == NULL)
    return FALSE;
  canonical = dup_canonical (request, digest, moment);
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, canonical, -1);
  scope = g_strdup_printf ("%s/%s/" SERVICE "/aws4_request", day, signer->region);
  text = g_strdup_printf ("AWS4-HMAC-SHA256\n%s\n%s\n%s", moment, scope, hash);
  signature = dup_signature (signer, day, text);
  value =
    g_strdup_printf ("AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=" SIGNED ", Signature=%s",
                     signer->access_key, scope, signature);
  rp_request_set_header (request, "x-amz-content-sha256", digest);
  rp_request_set_header (request, "x-amz-date", moment);
  rp_request_set_header (request, "Authorization", value);

  return TRUE;
}
