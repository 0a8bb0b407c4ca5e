/* The pictures of imported articles: fetched within limits, several at a time, and asked what they
 * say of themselves. Main thread; only rp-intake-run.c includes this. */
#pragma once

#include <gio/gio.h>

#include "rp-article.h"
#include "rp-http.h"

G_BEGIN_DECLS

/* Fills bytes, hash, type and metadata of the articles' media (RpArticle). What cannot be had is a
 * warning of its article; the call itself never fails. */
void rp_intake_pictures_async (RpHttp *http,
                               GPtrArray *articles,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
void rp_intake_pictures_finish (RpHttp *http, GAsyncResult *result);

G_END_DECLS
