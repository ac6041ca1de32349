package landing

import (
	"encoding/json"
	"strings"
)

// maxLinkedData bounds a block of JSON-LD in bytes.
const maxLinkedData = 1 << 20

// linkedData reads a JSON-LD block that describes a scholarly article in the
// terms of schema.org, as statements with the prefix "ld:". Anything else in it
// is about the site.
func linkedData(block string) []meta {
	if len(block) > maxLinkedData || !strings.Contains(block, "Article") {
		return nil
	}
	var root any
	if err := json.Unmarshal([]byte(block), &root); err != nil {
		return nil
	}
	var out []meta
	for _, object := range objects(root) {
		if isArticleType(object["@type"]) {
			return articleData(object)
		}
	}
	return out
}

// objects are the objects of the top: one, a list, or those under @graph.
func objects(v any) []map[string]any {
	switch v := v.(type) {
	case []any:
		var out []map[string]any
		for _, x := range v {
			if o, ok := x.(map[string]any); ok {
				out = append(out, o)
			}
		}
		return out
	case map[string]any:
		if graph, ok := v["@graph"].([]any); ok {
			return objects(graph)
		}
		return []map[string]any{v}
	}
	return nil
}

func isArticleType(v any) bool {
	switch v := v.(type) {
	case string:
		return isAmong(v, "ScholarlyArticle", "MedicalScholarlyArticle", "Article")
	case []any:
		for _, x := range v {
			if isArticleType(x) {
				return true
			}
		}
	}
	return false
}

// articleData makes statements of an article.
func articleData(o map[string]any) []meta {
	var out []meta
	say := func(key string, values ...string) {
		for _, v := range values {
			if v != "" {
				out = append(out, meta{key: "ld:" + key, value: v})
			}
		}
	}
	title := texts(o["headline"])
	if len(title) == 0 {
		title = texts(o["name"])
	}
	say("title", title...)
	say("abstract", texts(o["abstract"])...)
	say("keywords", strings.Join(texts(o["keywords"]), "; "))
	say("date", texts(o["datePublished"])...)
	say("language", texts(o["inLanguage"])...)
	say("license", texts(o["license"])...)
	say("first", texts(o["pageStart"])...)
	say("last", texts(o["pageEnd"])...)
	say("pages", texts(o["pagination"])...)
	say("publisher", texts(o["publisher"])...)
	for _, id := range append(texts(o["identifier"]), append(texts(o["sameAs"]), texts(o["@id"])...)...) {
		if strings.Contains(id, "10.") && (strings.Contains(id, "doi") || strings.HasPrefix(id, "10.")) {
			say("doi", id)
			break
		}
	}
	for _, person := range list2(o["author"]) {
		say("author", texts(person)...)
		if a, ok := person.(map[string]any); ok {
			say("institution", texts(a["affiliation"])...)
			for _, id := range append(texts(a["@id"]), texts(a["sameAs"])...) {
				if strings.Contains(id, "orcid.org") {
					say("orcid", id)
					break
				}
			}
		}
	}
	partOf(o["isPartOf"], say, 0)
	return out
}

// partOf follows an article into its issue, volume and journal.
func partOf(v any, say func(string, ...string), depth int) {
	for _, x := range list2(v) {
		o, ok := x.(map[string]any)
		if !ok || depth > 4 {
			continue
		}
		say("issue", texts(o["issueNumber"])...)
		say("volume", texts(o["volumeNumber"])...)
		say("issn", texts(o["issn"])...)
		if t, _ := o["@type"].(string); t == "Periodical" {
			say("journal", texts(o["name"])...)
		}
		partOf(o["isPartOf"], say, depth+1)
	}
}

func list2(v any) []any {
	if l, ok := v.([]any); ok {
		return l
	}
	return []any{v}
}

// texts are the plain values of a property: strings, numbers, the name, value
// or address of objects.
func texts(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{strings.TrimSpace(v)}
	case float64:
		return []string{strings.TrimSuffix(strings.TrimRight(jsonNumber(v), "0"), ".")}
	case []any:
		var out []string
		for _, x := range v {
			out = append(out, texts(x)...)
		}
		return out
	case map[string]any:
		for _, key := range []string{"name", "value", "@value", "url", "@id"} {
			if s, ok := v[key].(string); ok && s != "" {
				return []string{s}
			}
		}
	}
	return nil
}

func jsonNumber(v float64) string {
	b, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	if s := string(b); !strings.Contains(s, ".") {
		return s + ".0"
	}
	return string(b)
}
