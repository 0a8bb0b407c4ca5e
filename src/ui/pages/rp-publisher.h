/* Publishing as the window does it: hands an article to its partners, follows what becomes of it
 * and says so, stops it, schedules it, takes it back. Follows one article at a time for its state,
 * and everything that was started here until it is settled. Main thread.
 *
 * Properties: "busy" (boolean): the article followed is on its way; "live" (boolean): a partner has
 * it; "held" (uint): so many deliveries of it leave only when the time to undo them is over. */
#pragma once

#include <gtk/gtk.h>

#include "rp-dispatch.h"
#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_TYPE_PUBLISHER (rp_publisher_get_type ())
G_DECLARE_FINAL_TYPE (RpPublisher, rp_publisher, RP, PUBLISHER, GObject)

/* Toasts and questions appear around `widget`, which owns the publisher. */
RpPublisher *rp_publisher_new (RpWorkspace *workspace, GtkWidget *widget);
void rp_publisher_set_article_id (RpPublisher *self, const char *article_id); /* NULL = none */
gboolean rp_publisher_is_busy (RpPublisher *self);
gboolean rp_publisher_is_live (RpPublisher *self);
guint rp_publisher_get_held (RpPublisher *self);
void rp_publisher_publish (RpPublisher *self,
                           const char *const *partner_ids,
                           const RpPublishOptions *options);
void rp_publisher_stop (RpPublisher *self);     /* what has not been sent yet */
void rp_publisher_undo (RpPublisher *self);     /* what is held, as if it had not been asked for */
void rp_publisher_withdraw (RpPublisher *self); /* asks first */

G_END_DECLS
