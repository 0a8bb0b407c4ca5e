/* Classes of the lines that Reprint adds to a rendition: written by render/, looked for by rights/
 * before sending and by flow/rp-watch in what the partner shows. */
#pragma once

#define RP_MARK_BYLINE "reprint-byline"
#define RP_MARK_CREDIT "reprint-credit"
#define RP_MARK_LINE "reprint-line"       /* a sentence that the licence prescribes */
#define RP_MARK_CHANGES "reprint-changes" /* what was changed */
#define RP_MARK_COPY "reprint-copy"       /* the licence of the changed version */
#define RP_MARK_COUNTER "reprint-counter" /* the licensor's page counter */
#define RP_MARK_PICTURE "reprint-picture" /* credit of one picture */
#define RP_MARK_COMMENT "reprint:"        /* <!-- reprint:MARKER --> */
