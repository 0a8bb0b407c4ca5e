/* A conversation as a table: the first stage that is still needed says what to ask, and reads the
 * answer to it. Whether a stage is needed is decided from delivery->memory alone, so that a
 * conversation goes on where a crash has cut it. */
#pragma once

#include "rp-connector.h"

G_BEGIN_DECLS

typedef struct {
  const char *name;
  gboolean (*needed) (RpExchange *exchange);
  RpRequest *(*ask) (RpExchange *exchange, GError **error); /* gives */
  gboolean (*take) (RpExchange *exchange, const RpResponse *response, GError **error);
} RpStage;

/* What most conversations ask themselves, for RpStage.needed. */
gboolean rp_stages_needs_lookup (RpExchange *exchange);  /* uncertain, and not marked "looked" */
gboolean rp_stages_needs_media (RpExchange *exchange);   /* a picture is still to be uploaded */
gboolean rp_stages_needs_sending (RpExchange *exchange); /* the article is, and no withdrawal */
gboolean rp_stages_needs_removal (RpExchange *exchange); /* it was sent, and is to be withdrawn */
gboolean rp_stages_needs_look (RpExchange *exchange);    /* for RpConnector.look */
gboolean rp_stages_needs_find (RpExchange *exchange);    /* for RpConnector.find */

/* For RpConnector.step; `stages` ends on a row without name. */
RpStep rp_stages_step (const RpStage *stages,
                       RpExchange *exchange,
                       const RpResponse *last,
                       GError **error);

G_END_DECLS
