/* For rp-article-json.c only. */
#pragma once

#include "rp-article.h"

void rp_article_take_statement (RpArticle *self, RpStatement *statement);
