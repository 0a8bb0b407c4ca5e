/* XML-RPC, between JSON and XML: a call's parameters go in as a JSON array, an answer comes out as
 * a JSON value. Structs are objects. What JSON has no word for is an object with one member:
 * {"base64": text}, {"dateTime.iso8601": "20260301T10:00:00"}, and {"secret": text}, a string that
 * stands in the call letter by letter, so that it can be found and hidden in what is kept. */
#pragma once

#include "rp-answer.h"

G_BEGIN_DECLS

GBytes *rp_xmlrpc_write (const char *method, JsonArray *params); /* gives */

typedef struct {
  gint64 code;
  char *words; /* owned */
} RpXmlrpcFault;

void rp_xmlrpc_fault_clear (RpXmlrpcFault *fault);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RpXmlrpcFault, rp_xmlrpc_fault_clear)

/* The value of an answer; NULL with an error, or with *out_fault filled and no error when the
 * server answered that it could not (the error is then the caller's to choose). Gives. */
JsonNode *rp_xmlrpc_read (RpExchange *exchange,
                          const RpResponse *response,
                          RpAnswerFlags flags,
                          RpXmlrpcFault *out_fault,
                          GError **error);

JsonObject *
rp_xmlrpc_special (const char *type, const char *text); /* "base64" and the like; gives */

G_END_DECLS
