/* Who has which article open, and who edits it: one row per window, with a lease that the window
 * renews while it lives. At most one edits an article: the first who begins, until it leaves, lets
 * another take over, or its lease has lapsed. All times are of the clock that everybody shares
 * (rp_store_get_time). On a server a change is told at once (RpDbNews.presence), renewing to
 * nobody.
 */
#pragma once

#include "rp-deskmate.h"
#include "rp-store.h"

G_BEGIN_DECLS

#define RP_STORE_PRESENCE_LEASE (45 * G_TIME_SPAN_SECOND)
/* In a file: who shares it is on this machine, where a program that has died is seen at once, and
 * every renewal is a write. */
#define RP_STORE_PRESENCE_LEASE_IN_FILE (10 * G_TIME_SPAN_MINUTE)

/* The window of `mate` shows its article and no other; one that it edited before is free. */
gboolean
rp_store_enter_article (RpStore *store, const RpDeskmate *mate, gint64 now, GError **error);
/* It shows none. */
gboolean rp_store_leave_article (RpStore *store, const char *holder, GError **error);
/* The window edits what it has entered, unless somebody else does; with `take_over` in any case.
 * Who has it now is in the list. */
gboolean rp_store_edit_article (RpStore *store,
                                const char *holder,
                                gboolean take_over,
                                gint64 now,
                                GError **error);
/* *out_there FALSE: the lease had lapsed and the row is gone; the article has to be entered again.
 */
gboolean rp_store_renew_presence (RpStore *store,
                                  const char *holder,
                                  gint64 now,
                                  gboolean *out_there,
                                  GError **error);
/* Of RpDeskmate: all who are there, the one who asks among them; who edits comes first. Gives. */
GPtrArray *rp_store_list_presence (RpStore *store, gint64 now, GError **error);

G_END_DECLS
