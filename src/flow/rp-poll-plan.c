#include "rp-poll-plan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rp-text.h"
#include "rp-time.h"

#define JITTER_PARTS 1024
#define MAX_DOUBLINGS 8

/* ---- what the server says ---- */

/* The number behind a directive such as max-age; -1 = it is not there. */
static gint64
read_directive (const char *value, const char *name)
{
  g_auto (GStrv) parts = g_strsplit (value, ",", -1);
  gsize length = strlen (name);

  for (guint i = 0; parts[i] != NULL; i++) {
    const char *part = g_strstrip (parts[i]);

    if (g_ascii_strncasecmp (part, name, length) != 0)
      continue;
    if (part[length] == '\0')
      return 0;
    if (part[length] == '=')
      return g_ascii_strtoll (part + length + 1 + strspn (part + length + 1, "\" "), NULL, 10);
  }

  return -1;
}

static gint64
read_age (const RpResponse *response)
{
  const char *age = rp_response_get_header (response, "Age");

  return age != NULL ? CLAMP (g_ascii_strtoll (age, NULL, 10), 0, G_MAXINT) : 0;
}

static gint64
read_expires (const RpResponse *response, gint64 now)
{
  gint64 expires = rp_time_instant (rp_response_get_header (response, "Expires"));
  gint64 date = rp_time_instant (rp_response_get_header (response, "Date"));

  if (expires == RP_TIME_NONE)
    return 0;

  return MAX (0, expires - (date != RP_TIME_NONE ? date : now));
}

gint64
rp_poll_plan_freshness (const RpResponse *response, gint64 now)
{
  const char *control = rp_response_get_header (response, "Cache-Control");
  gint64 seconds;

  if (control == NULL)
    return read_expires (response, now);
  if (read_directive (control, "no-cache") >= 0 || read_directive (control, "no-store") >= 0)
    return 0;
  seconds = read_directive (control, "max-age");
  if (seconds < 0)
    seconds = read_directive (control, "s-maxage");
  if (seconds < 0)
    return read_expires (response, now);
  seconds = CLAMP (seconds, 0, G_MAXINT);

  return MAX (0, seconds - read_age (response)) * G_TIME_SPAN_SECOND;
}

static void
note_wait (RpSubscription *source, const RpResponse *response, gint64 now)
{
  gint64 seconds = rp_response_get_retry_after (response, now);

  source->wait_until = seconds > 0 ? now + seconds * G_TIME_SPAN_SECOND : 0;
}

/* ---- planning ---- */

/* Sources that were added together drift apart. From the id, so that it is the same each time. */
static gint64
add_jitter (RpSubscription *source, gint64 span)
{
  return span + span / 4 * (gint64) (g_str_hash (source->id) % JITTER_PARTS) / JITTER_PARTS;
}

static void
plan_after_failure (RpSubscription *source, gint64 now)
{
  guint doublings = MIN (source->failures, MAX_DOUBLINGS);
  gint64 span;

  source->failures++;
  source->polled = now;
  source->fresh_until = 0;
  span = add_jitter (source, RP_POLL_SHORTEST << doublings);
  source->next_poll = MAX (now + MIN (span, RP_POLL_LONGEST), source->wait_until);
}

static void
take_header (char **member, const RpResponse *response, const char *name)
{
  const char *value = rp_response_get_header (response, name);

  if (value != NULL || response->status == 200)
    rp_subscription_set (member, value);
}

void
rp_poll_plan_read (RpSubscription *source, const RpResponse *response, gint64 now)
{
  gint64 fresh = rp_poll_plan_freshness (response, now);
  gint64 span = MAX (fresh, source->pace);

  take_header (&source->etag, response, "ETag");
  take_header (&source->last_modified, response, "Last-Modified");
  source->status = response->status;
  source->failures = 0;
  source->polled = now;
  rp_subscription_set (&source->message, NULL);
  if (response->moved)
    rp_subscription_set (&source->url, response->url);
  note_wait (source, response, now);
  source->fresh_until = fresh > 0 ? now + MIN (fresh, RP_POLL_LONGEST) : 0;
  span = CLAMP (span > 0 ? span : RP_POLL_USUAL, RP_POLL_SHORTEST, RP_POLL_LONGEST);
  source->next_poll = MAX (now + span, source->wait_until);
}

static char *
dup_words (RpSubscription *source, const RpResponse *response)
{
  g_autofree char *host = rp_subscription_dup_host (source);
  g_autofree char *until =
    source->wait_until != 0 ? rp_time_format_long (source->wait_until) : NULL;

  switch (response->status) {
  case 401:
  case 403:
    return g_strdup_printf (_ ("%s does not let Reprint read this address (%u). Ask its owner for "
                               "one that needs no sign-in, or remove the source."),
                            host, response->status);
  case 404:
    return g_strdup_printf (_ ("%s has nothing at this address (404). Look there for the new "
                               "address of the feed, add it, and remove this source."),
                            host);
  case 410:
    return g_strdup_printf (_ ("%s says that this source has ended (410). It was paused; remove "
                               "it, or add its new address."),
                            host);
  case 429:
  case 503:
    return until != NULL
             ? g_strdup_printf (_ ("%s asks to be left alone until %s."), host, until)
             : g_strdup_printf (_ ("%s is too busy to answer; it will be asked again."), host);
  default:
    return g_strdup_printf (
      response->status >= 500 ? _ ("%s has trouble (%u %s); it will be asked again.")
                              : _ ("%s gave an answer that cannot be used (%u %s). Open the "
                                   "address in a browser to see why."),
      host, response->status, response->reason != NULL ? response->reason : "");
  }
}

void
rp_poll_plan_refused (RpSubscription *source, const RpResponse *response, gint64 now)
{
  g_autofree char *words = NULL;

  source->status = response->status;
  note_wait (source, response, now);
  words = dup_words (source, response);
  rp_subscription_set (&source->message, words);
  source->paused = source->paused || response->status == 410;
  plan_after_failure (source, now);
}

void
rp_poll_plan_failed (RpSubscription *source, const char *message, gint64 now)
{
  source->status = 0;
  source->wait_until = 0;
  rp_subscription_set (&source->message, message);
  plan_after_failure (source, now);
}

void
rp_poll_plan_unusable (RpSubscription *source, const char *message, gint64 now)
{
  rp_subscription_set (&source->etag, NULL);
  rp_subscription_set (&source->last_modified, NULL);
  rp_subscription_set (&source->body_hash, NULL);
  rp_poll_plan_failed (source, message, now);
}

RpRequest *
rp_poll_plan_make_request (RpSubscription *source)
{
  RpRequest *request = rp_request_new ("GET", source->url, _ ("Reading the source"));

  rp_request_set_header (request, "Accept",
                         "application/atom+xml, application/rss+xml, application/feed+json, "
                         "application/xml;q=0.9, text/html;q=0.8, */*;q=0.7");
  if (source->etag != NULL)
    rp_request_set_header (request, "If-None-Match", source->etag);
  if (source->last_modified != NULL)
    rp_request_set_header (request, "If-Modified-Since", source->last_modified);

  return request;
}
