package main

import (
	"bufio"
	"fmt"
	"io"
	"net/url"
	"strings"

	"offprint/internal/app"
	"offprint/internal/config"
)

type usageReportCmd struct {
	Report  string `arg:"" help:"Report or standard view: ${usage_reports}."`
	Out     string `arg:"" optional:"" default:"-" help:"File to write; - is standard output."`
	Format  string `help:"json, as the COUNTER API answers, or a table: tsv or csv." enum:"json,tsv,csv" default:"tsv" placeholder:"FORMAT"`
	Journal string `help:"Only this journal." placeholder:"PATH"`
	Begin   string `help:"First month, 2026-01. Default: the newest month of which usage is known." placeholder:"MONTH"`
	End     string `help:"Last month. Default: the first." placeholder:"MONTH"`

	Metric       []string `help:"Only these Metric_Types." placeholder:"METRIC"`
	DataType     []string `help:"Only these Data_Types." placeholder:"TYPE"`
	AccessType   []string `help:"Only these Access_Types: Controlled, Free_To_Read, Open." placeholder:"TYPE"`
	AccessMethod []string `help:"Only these Access_Methods: Regular, TDM." placeholder:"METHOD"`
	YOP          []string `help:"Only these years of publication: 2024 or 2020-2022." name:"yop" placeholder:"YEARS"`
	Item         []string `help:"Only the article with this DOI or address, or the journal with this ISSN." placeholder:"ID"`
	Author       []string `help:"Only articles of the author with this ORCID iD." placeholder:"ORCID"`
	Show         []string `help:"Attributes to show: YOP, Access_Type, Access_Method and, of articles, Authors, Publication_Date, Article_Version." placeholder:"ATTRIBUTE"`
	Parents      bool     `help:"Show the journal of each article."`
	Totals       bool     `help:"Tables without columns for months."`

	BaseURL string `help:"The site's public address, for the addresses in what is written." name:"base-url" env:"OFFPRINT_BASE_URL" placeholder:"URL"`
	config.Counter
}

// values are what the COUNTER API calls the flags.
func (c *usageReportCmd) values() url.Values {
	v := url.Values{}
	set := func(name string, list ...string) {
		if s := strings.Join(list, "|"); s != "" {
			v.Set(name, s)
		}
	}
	set("begin_date", c.Begin)
	if set("end_date", c.End); c.End == "" {
		set("end_date", c.Begin)
	}
	set("metric_type", c.Metric...)
	set("data_type", c.DataType...)
	set("access_type", c.AccessType...)
	set("access_method", c.AccessMethod...)
	set("yop", c.YOP...)
	set("item_id", c.Item...)
	set("author", c.Author...)
	set("attributes_to_show", c.Show...)
	if c.Parents {
		set("include_parent_details", "True")
	}
	if c.Totals {
		set("exclude_monthly_details", "True")
	}
	return v
}

func (c *usageReportCmd) Run(e *env) (err error) {
	a, err := app.Open(e.ctx, e.place)
	if err != nil {
		return err
	}
	defer a.Close()
	x := app.UsageReport{Report: strings.ToLower(c.Report), Format: c.Format, Journal: c.Journal, Values: c.values(), BaseURL: c.BaseURL, Name: c.CounterName, ID: c.CounterID, Registry: c.CounterRegistry}
	var differs []string
	write := func(w io.Writer) (err error) {
		differs, err = a.UsageReport(e.ctx, x, w)
		return err
	}
	if c.Out == "-" {
		w := bufio.NewWriter(e.stdout)
		if err = write(w); err == nil {
			err = w.Flush()
		}
	} else {
		err = writeWhole(c.Out, write)
	}
	for _, d := range differs {
		fmt.Fprintln(e.stderr, d)
	}
	return err
}
