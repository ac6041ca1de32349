package feed

import (
	"encoding/json"
	"io"
	"time"
)

// The terms of JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/).
type (
	jsonFeed struct {
		Version     string       `json:"version"`
		Title       string       `json:"title"`
		HomePageURL string       `json:"home_page_url"`
		FeedURL     string       `json:"feed_url"`
		Description string       `json:"description,omitempty"`
		Language    string       `json:"language,omitempty"`
		Authors     []jsonAuthor `json:"authors,omitempty"`
		Items       []jsonItem   `json:"items"`
	}
	jsonAuthor struct {
		Name string `json:"name"`
	}
	jsonItem struct {
		ID            string           `json:"id"`
		URL           string           `json:"url"`
		Title         string           `json:"title"`
		ContentText   string           `json:"content_text"`
		DatePublished string           `json:"date_published,omitempty"`
		DateModified  string           `json:"date_modified,omitempty"`
		Authors       []jsonAuthor     `json:"authors,omitempty"`
		Tags          []string         `json:"tags,omitempty"`
		Language      string           `json:"language,omitempty"`
		Attachments   []jsonAttachment `json:"attachments,omitempty"`
	}
	jsonAttachment struct {
		URL      string `json:"url"`
		MimeType string `json:"mime_type"`
	}
)

// JSON writes the feed by JSON Feed 1.1.
func JSON(w io.Writer, f *Feed) error {
	out := jsonFeed{Version: "https://jsonfeed.org/version/1.1", Title: f.Title, HomePageURL: f.Home, FeedURL: f.Self, Description: f.Description,
		Language: f.Lang, Items: []jsonItem{}}
	if f.Publisher != "" {
		out.Authors = []jsonAuthor{{f.Publisher}}
	}
	for i := range f.Entries {
		e := &f.Entries[i]
		language := e.Lang
		if e.Abstract.Plain != "" && e.Abstract.Lang != "" {
			language = e.Abstract.Lang // an item has one language, that of its text
		}
		item := jsonItem{ID: e.Address, URL: e.Address, Title: e.Title, ContentText: e.Abstract.Plain, DateModified: e.Updated.Format(time.RFC3339),
			Tags: e.Keywords, Language: language}
		if full(e.Issued) {
			item.DatePublished = e.Issued + "T00:00:00Z"
		}
		for _, name := range e.Authors {
			item.Authors = append(item.Authors, jsonAuthor{name})
		}
		if e.PDF != "" {
			item.Attachments = []jsonAttachment{{e.PDF, "application/pdf"}}
		}
		out.Items = append(out.Items, item)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}
