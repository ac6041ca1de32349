// Package config is the one struct of settings. Its comments and help texts are
// the manual: the command line is made from them, and so is docs/commands.md.
//
// Every setting has a default that suits one machine; nothing has to be set to
// start. This package reads nothing itself: cmd/offprint fills the struct from
// flags and the environment.
package config

import "time"

// Place says where the truth is kept. It is common to every command.
type Place struct {
	Data     string `help:"Folder that holds the database and the files." default:"./offprint-data" env:"OFFPRINT_DATA" placeholder:"DIR" type:"path"`
	Database string `help:"Database of an installation of many nodes, postgres://user@host/name. Default: SQLite inside the data folder." env:"OFFPRINT_DATABASE" placeholder:"URL"`
	Files    string `help:"Where files are kept: a folder, or s3://bucket/prefix?endpoint=https://host&region=name with the keys in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. Default: a folder inside the data folder." env:"OFFPRINT_FILES" placeholder:"URL"`
}

// Outward is how other sites are asked. Nothing is asked of anybody unless a command
// or a setting says so.
type Outward struct {
	Offline bool   `help:"Ask nothing of other sites, whatever else is set." env:"OFFPRINT_OFFLINE"`
	Mailto  string `help:"E-mail address to which registries and other sites may write about what is asked of them." env:"OFFPRINT_MAILTO" placeholder:"ADDR"`
}

// Serve is how the site is served.
type Serve struct {
	Outward
	Listen string `help:"Address to listen on." default:"127.0.0.1:8080" env:"OFFPRINT_LISTEN" placeholder:"ADDR"`
	// BaseURL is needed for canonical links, feeds and exports behind a proxy.
	BaseURL string `help:"The site's public address, https://journals.example.org. Default: http:// and the address listened on." env:"OFFPRINT_BASE_URL" placeholder:"URL" name:"base-url"`
	Metrics string `help:"Separate address for Prometheus metrics, for example 127.0.0.1:9090. Default: off." env:"OFFPRINT_METRICS" placeholder:"ADDR"`
	Theme   string `help:"Folder laid over the default theme: templates and tokens.css of the same names replace it." env:"OFFPRINT_THEME" placeholder:"DIR" type:"path"`
	// CacheMB bounds the memory for rendered pages.
	CacheMB int `help:"Memory for rendered pages, in MiB." default:"64" env:"OFFPRINT_CACHE_MB" placeholder:"N" name:"cache-mb"`
	// SearchRate and SearchBurst slow whoever searches too much; a network is 256
	// addresses of IPv4, or what one connection has of IPv6.
	SearchRate  float64 `help:"Searches a second from one network that are answered in the long run. 0: no limit." default:"8" env:"OFFPRINT_SEARCH_RATE" placeholder:"N" name:"search-rate"`
	SearchBurst int     `help:"Searches from one network that are answered at once, before the rate counts." default:"40" env:"OFFPRINT_SEARCH_BURST" placeholder:"N" name:"search-burst"`
	// PageRate and PageBurst bound what one network can make the site draw; a page
	// that is in memory does not count, nor do pictures and files.
	PageRate  float64 `help:"Pages a second that are not in memory and are drawn for one network in the long run. 0: no limit." default:"30" env:"OFFPRINT_PAGE_RATE" placeholder:"N" name:"page-rate"`
	PageBurst int     `help:"Pages drawn for one network at once, before the rate counts." default:"150" env:"OFFPRINT_PAGE_BURST" placeholder:"N" name:"page-burst"`
	// VerifyCrawlers asks the domain name system who a robot is.
	VerifyCrawlers bool `help:"Let the robots of search engines through all limits, when the domain name system confirms that they are what they say. Needs a network." env:"OFFPRINT_VERIFY_CRAWLERS" name:"verify-crawlers"`
	// HarvestRate and HarvestBurst slow harvesters and whoever fetches whole
	// journals; a well-behaved one waits as it is told and loses nothing.
	HarvestRate  float64 `help:"Requests of harvesters (OAI-PMH) a second from one network that are answered in the long run. 0: no limit." default:"20" env:"OFFPRINT_HARVEST_RATE" placeholder:"N" name:"harvest-rate"`
	HarvestBurst int     `help:"Requests of harvesters from one network that are answered at once, before the rate counts." default:"200" env:"OFFPRINT_HARVEST_BURST" placeholder:"N" name:"harvest-burst"`
	// Usage, UsageDays and Robots are the counting of readers.
	Usage     bool   `help:"Count readers, by the COUNTER Code of Practice." default:"true" negatable:"" env:"OFFPRINT_USAGE"`
	UsageDays int    `help:"Days for which the log of readers is kept, without addresses, so that they can be counted again." default:"90" env:"OFFPRINT_USAGE_DAYS" placeholder:"N" name:"usage-days"`
	Robots    string `help:"File with a newer list of robots that are not counted, as github.com/atmire/COUNTER-Robots has it. Default: the list that came with the program." env:"OFFPRINT_ROBOTS" placeholder:"FILE" type:"path"`
	Counter
	// CounterKeys keep what is read from those who have no key.
	CounterKeys string `help:"File of the keys with which the COUNTER API may be asked, one a line, each followed by requestor=ID or journals=PATH,PATH where it is not for everything. Default: everybody may ask." env:"OFFPRINT_COUNTER_KEYS" placeholder:"FILE" type:"path" name:"counter-keys"`
	// Networks and UsageCell are where readers are.
	Networks  string `help:"File with networks and the country and institution of each, by which readers are counted. Default: neither is counted." env:"OFFPRINT_NETWORKS" placeholder:"FILE" type:"path"`
	UsageCell int    `help:"Sessions that a country or an institution must have in a month to be named, at least 5." default:"10" env:"OFFPRINT_USAGE_CELL" placeholder:"N" name:"usage-cell"`
	// CheckLinks asks other sites, so it is off.
	CheckLinks bool `help:"Every night, ask the addresses of references whether they answer. Needs a network and --mailto; one node of an installation is enough." env:"OFFPRINT_CHECK_LINKS" name:"check-links"`
	// DeskKeys open editors' pages.
	DeskKeys string `help:"File of the keys with which editors open the pages below /desk/ of their journals, one a line, each followed by journals=PATH,PATH where it is not for all. Default: there are no such pages." env:"OFFPRINT_DESK_KEYS" placeholder:"FILE" type:"path" name:"desk-keys"`
	// TrustedProxies are believed to say who the reader is.
	TrustedProxies []string `help:"Proxies whose header X-Forwarded-For is believed: addresses or networks." default:"127.0.0.0/8,::1/128" env:"OFFPRINT_TRUSTED_PROXIES" placeholder:"ADDR,..." name:"trusted-proxies"`
	// StopWithin bounds the graceful stop after SIGINT or SIGTERM.
	StopWithin time.Duration `help:"How long running requests may take to finish at a stop." default:"10s" env:"OFFPRINT_STOP_WITHIN" placeholder:"TIME" name:"stop-within"`
	LogFormat  string        `help:"Log lines as text or json." default:"text" enum:"text,json" env:"OFFPRINT_LOG_FORMAT" placeholder:"text|json" name:"log-format"`
	LogLevel   string        `help:"Least level logged: debug, info, warn or error." default:"info" enum:"debug,info,warn,error" env:"OFFPRINT_LOG_LEVEL" placeholder:"LEVEL" name:"log-level"`
}

// Counter is what the installation is to libraries that count usage.
type Counter struct {
	CounterName     string `help:"Name of this platform in COUNTER reports. Default: the host of --base-url." env:"OFFPRINT_COUNTER_NAME" placeholder:"NAME" name:"counter-name"`
	CounterID       string `help:"Short name that stands before identifiers in COUNTER reports, as the COUNTER Registry gave it: at most 17 letters, digits, dots and underscores. Default: the end of the host of --base-url." env:"OFFPRINT_COUNTER_ID" placeholder:"ID" name:"counter-id"`
	CounterRegistry string `help:"Address of this platform's record in the COUNTER Registry, https://registry.countermetrics.org/platform/… Default: none." env:"OFFPRINT_COUNTER_REGISTRY" placeholder:"URL" name:"counter-registry"`
}

// Config is everything the application is built from.
type Config struct {
	Place
	Serve
}
