/* One <nitf> element, alone or inside a NewsML item: fills what the article still lacks. Any
 * thread.
 */
#pragma once

#include "rp-import-statement.h"
#include "rp-importer.h"
#include "rp-xml.h"

G_BEGIN_DECLS

void rp_nitf_read (xmlNode *nitf, const RpSource *source, RpArticle *article, RpRightsScan *scan);
/* The text of any content (NITF, XHTML, text …) as the article's body, and NITF's pictures. */
void rp_nitf_read_body (xmlNode *content,
                        const RpSource *source,
                        RpArticle *article,
                        RpRightsScan *scan);

G_END_DECLS
