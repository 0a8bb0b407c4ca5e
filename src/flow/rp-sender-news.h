/* How the threads of a sender tell its maker what goes on. Any thread may tell and hold it; only
 * flow includes this. */
#pragma once

#include "rp-sender.h"

G_BEGIN_DECLS

typedef struct _RpSenderPost RpSenderPost;

/* What is told comes on the caller's default main context. Gives. */
RpSenderPost *rp_sender_post_new (RpSenderNotify notify, gpointer user_data);
RpSenderPost *rp_sender_post_ref (RpSenderPost *post);
void rp_sender_post_unref (RpSenderPost *post);
/* The news are copied. */
void rp_sender_post_tell (RpSenderPost *post, const RpSenderNews *news);
/* From here on nobody is told, not even what is on its way; on the maker's main context. */
void rp_sender_post_end (RpSenderPost *post);

G_END_DECLS
