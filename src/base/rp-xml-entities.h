/* Entities settled before the parser sees them: the document type goes, plain entities that it
 * declared and the named characters of HTML become text, all others become nothing. So there is no
 * expansion that could grow, and no file or address that could be opened. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* UTF-8 XML in (taken), UTF-8 XML out; `size` is updated. Gives. */
char *rp_xml_settle_entities (char *text, gsize *size);

G_END_DECLS
