#include "rp-render-feed.h"

#include "rp-render-credit.h"
#include "rp-render-rights.h"
#include "rp-text.h"

RpRenderFeed
rp_render_feed_of (const RpRenderJob *job, char **out_title, char **out_language)
{
  const char *partner_url = job->partner != NULL ? rp_partner_get_url (job->partner) : NULL;
  g_autofree char *source = rp_render_dup_source (job);
  RpRenderFeed feed = {
    .updated = job->now,
  };

  /* Whose feed it is: readers take the title for the name of the site. */
  if (job->partner != NULL)
    *out_title = g_strdup (rp_partner_get_name (job->partner));
  else if (!rp_text_is_empty (source))
    *out_title = g_steal_pointer (&source);
  else
    *out_title = g_strdup (rp_article_get (job->article, RP_ARTICLE_HEADLINE));
  *out_language = rp_render_dup_language (job);
  feed.title = *out_title;
  feed.language = *out_language;
  feed.home_url = rp_text_is_web_url (partner_url) ? partner_url : rp_render_get_original_url (job);

  return feed;
}
