/* The text of a mail without what a mail adds to it: forwarded headers, cover notes, signatures,
 * quoted answers, tables that only lay out. Any thread. */
#pragma once

#include "rp-xml.h"

G_BEGIN_DECLS

/* What a forwarded mail says of itself in the text. Strings owned, NULL = not said. */
typedef struct {
  char *from;
  char *address;
  char *date;
  char *subject;
} RpForwarded;

void rp_forwarded_clear (RpForwarded *self);

/* The subject without "Fwd:", "EMBARGOED:", "Press release:" and the like. Gives. */
char *rp_mail_text_dup_headline (const char *subject);
/* The text that counts; what stood above a forwarded mail goes to `out_note` (gives, may be NULL).
 */
char *rp_mail_text_strip (const char *text, RpForwarded *out_forwarded, char **out_note);
/* The same on a raw tree, in place. */
void rp_mail_text_strip_tree (xmlNode *body, RpForwarded *out_forwarded, char **out_note);
/* "ENDS", "###": what ends a press release; below it stand notes to editors. */
gboolean rp_mail_text_is_end (const char *line);

G_END_DECLS
