#include "rp-xmlrpc.h"

#include <glib/gi18n-lib.h>

#include "rp-error.h"
#include "rp-json.h"
#include "rp-text.h"
#include "rp-xml.h"

#define MAX_DEPTH 32

/* ---- writing ---- */

static void write_value (GString *xml, JsonNode *node);

static void
write_string (GString *xml, const char *type, const char *text)
{
  g_autofree char *escaped = rp_text_escape (text);

  g_string_append_printf (xml, "<value><%s>%s</%s></value>", type, escaped, type);
}

static void
write_secret (GString *xml, const char *text)
{
  if (strpbrk (text, "<>&\"") == NULL || strstr (text, "]]>") != NULL)
    write_string (xml, "string", text);
  else
    g_string_append_printf (xml, "<value><string><![CDATA[%s]]></string></value>", text);
}

static void
write_array (GString *xml, JsonArray *array)
{
  g_string_append (xml, "<value><array><data>");
  for (guint i = 0; i < json_array_get_length (array); i++)
    write_value (xml, json_array_get_element (array, i));
  g_string_append (xml, "</data></array></value>");
}

static void
write_struct (GString *xml, JsonObject *object)
{
  g_autoptr (GList) names = json_object_get_members (object);

  g_string_append (xml, "<value><struct>");
  for (GList *l = names; l != NULL; l = l->next) {
    g_autofree char *name = rp_text_escape (l->data);

    g_string_append_printf (xml, "<member><name>%s</name>", name);
    write_value (xml, json_object_get_member (object, l->data));
    g_string_append (xml, "</member>");
  }
  g_string_append (xml, "</struct></value>");
}

static void
write_object (GString *xml, JsonObject *object)
{
  if (json_object_get_size (object) != 1)
    write_struct (xml, object);
  else if (rp_json_has (object, "secret"))
    write_secret (xml, rp_json_get_string (object, "secret"));
  else if (rp_json_has (object, "base64"))
    write_string (xml, "base64", rp_json_get_string (object, "base64"));
  else if (rp_json_has (object, "dateTime.iso8601"))
    write_string (xml, "dateTime.iso8601", rp_json_get_string (object, "dateTime.iso8601"));
  else
    write_struct (xml, object);
}

static void
write_scalar (GString *xml, JsonNode *node)
{
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    g_string_append_printf (xml, "<value><boolean>%d</boolean></value>",
                            json_node_get_boolean (node) ? 1 : 0);
  else if (json_node_get_value_type (node) == G_TYPE_INT64)
    g_string_append_printf (xml, "<value><int>%" G_GINT64_FORMAT "</int></value>",
                            json_node_get_int (node));
  else
    write_string (xml, "string", json_node_get_string (node));
}

static void
write_value (GString *xml, JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    write_object (xml, json_node_get_object (node));
  else if (JSON_NODE_HOLDS_ARRAY (node))
    write_array (xml, json_node_get_array (node));
  else
    write_scalar (xml, node);
}

GBytes *
rp_xmlrpc_write (const char *method, JsonArray *params)
{
  GString *xml = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");

  g_string_append_printf (xml, "<methodCall><methodName>%s</methodName><params>", method);
  for (guint i = 0; i < json_array_get_length (params); i++) {
    g_string_append (xml, "<param>");
    write_value (xml, json_array_get_element (params, i));
    g_string_append (xml, "</param>");
  }
  g_string_append (xml, "</params></methodCall>\n");

  return g_string_free_to_bytes (xml);
}

JsonObject *
rp_xmlrpc_special (const char *type, const char *text)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, type, text);

  return object;
}

/* ---- reading ---- */

static JsonNode *read_value (xmlNode *value, guint depth);

static char *
dup_content (xmlNode *node)
{
  xmlChar *content = xmlNodeGetContent (node);
  char *text = g_strdup (content != NULL ? (const char *) content : "");

  xmlFree (content);

  return text;
}

static JsonNode *
read_struct (xmlNode *node, guint depth)
{
  JsonObject *object = json_object_new ();
  JsonNode *result = json_node_new (JSON_NODE_OBJECT);

  for (xmlNode *member = rp_xml_child (node, NULL, "member"); member != NULL;
       member = rp_xml_next (member, NULL, "member")) {
    g_autofree char *name = rp_xml_dup_child_text (member, NULL, "name");
    xmlNode *value = rp_xml_child (member, NULL, "value");

    if (name != NULL && value != NULL)
      json_object_set_member (object, name, read_value (value, depth + 1));
  }
  json_node_take_object (result, object);

  return result;
}

static JsonNode *
read_array (xmlNode *node, guint depth)
{
  JsonArray *array = json_array_new ();
  JsonNode *result = json_node_new (JSON_NODE_ARRAY);
  xmlNode *data = rp_xml_child (node, NULL, "data");

  for (xmlNode *value = rp_xml_child (data, NULL, "value"); value != NULL;
       value = rp_xml_next (value, NULL, "value"))
    json_array_add_element (array, read_value (value, depth + 1));
  json_node_take_array (result, array);

  return result;
}

static xmlNode *
get_typed (xmlNode *value)
{
  xmlNode *node = value->children;

  while (node != NULL && node->type != XML_ELEMENT_NODE)
    node = node->next;

  return node;
}

/* A value without a type is a string. */
static JsonNode *
read_value (xmlNode *value, guint depth)
{
  xmlNode *typed = get_typed (value);
  g_autofree char *text = NULL;
  JsonNode *node;

  if (depth < MAX_DEPTH && rp_xml_is (typed, NULL, "struct"))
    return read_struct (typed, depth);
  if (depth < MAX_DEPTH && rp_xml_is (typed, NULL, "array"))
    return read_array (typed, depth);
  text = dup_content (typed != NULL ? typed : value);
  node = json_node_new (JSON_NODE_VALUE);
  if (rp_xml_is (typed, NULL, "boolean"))
    json_node_set_boolean (node, *text == '1');
  else if (rp_xml_is (typed, NULL, "int") || rp_xml_is (typed, NULL, "i4"))
    json_node_set_int (node, g_ascii_strtoll (text, NULL, 10));
  else
    json_node_set_string (node, text);

  return node;
}

void
rp_xmlrpc_fault_clear (RpXmlrpcFault *fault)
{
  g_clear_pointer (&fault->words, g_free);
}

static void
read_fault (xmlNode *node, RpXmlrpcFault *fault)
{
  g_autoptr (JsonNode) value = read_value (node, 0);
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (value) ? json_node_get_object (value) : NULL;
  g_autofree char *code = object != NULL ? rp_json_dup_text (object, "faultCode") : NULL;
  const char *words = object != NULL ? rp_json_get_string (object, "faultString") : NULL;

  fault->code = code != NULL ? g_ascii_strtoll (code, NULL, 10) : 0;
  fault->words = rp_text_shorten (words != NULL ? words : _ ("no explanation"), 200);
}

/* A closed door is closed for all calls, and says so in a page. */
static gboolean
check_door (RpExchange *exchange, const RpResponse *response, RpAnswerFlags flags, GError **error)
{
  if (response->status != 403 && response->status != 404 && response->status != 405)
    return rp_answer_check (exchange, response, flags, error);
  g_set_error (error, RP_ERROR, RP_ERROR_REFUSED,
               _ ("The host of %s does not let articles in this way (XML-RPC, %u). Ask the partner "
                  "to open it, or choose another kind of connection"),
               rp_partner_get_name (exchange->partner), response->status);

  return FALSE;
}

JsonNode *
rp_xmlrpc_read (RpExchange *exchange,
                const RpResponse *response,
                RpAnswerFlags flags,
                RpXmlrpcFault *out_fault,
                GError **error)
{
  g_autoptr (xmlDoc) doc = NULL;
  xmlNode *root, *fault, *param;

  if (!check_door (exchange, response, flags, error))
    return NULL;
  doc = rp_xml_parse (response->body, FALSE, NULL, NULL);
  root = doc != NULL ? xmlDocGetRootElement (doc) : NULL;
  fault = rp_xml_is (root, NULL, "methodResponse") ? rp_xml_child (root, NULL, "fault") : NULL;
  if (fault != NULL && rp_xml_child (fault, NULL, "value") != NULL) {
    read_fault (rp_xml_child (fault, NULL, "value"), out_fault);
    return NULL;
  }
  param = rp_xml_child (rp_xml_child (root, NULL, "params"), NULL, "param");
  if (rp_xml_is (root, NULL, "methodResponse") && rp_xml_child (param, NULL, "value") != NULL)
    return read_value (rp_xml_child (param, NULL, "value"), 0);
  rp_answer_fail_unreadable (exchange, response, flags, error);

  return NULL;
}
