package app

import (
	"net/mail"
	"slices"
	"strings"

	"offprint/internal/errs"
	"offprint/internal/journal"
	"offprint/internal/pid"
)

// registryKeys are the settings of what a journal is to registries.
var registryKeys = []string{"doi-prefix", "doi-pattern", "depositor", "depositor-email", "registrant", "update-policy", "archives", "licence-accepted", "licence-mining",
	"country", "rsci-title", "jalc-site", "ojs-section"}

// setRegistry changes one of them and reports whether there is such a one.
func setRegistry(j *journal.Journal, key, value string) bool {
	if !slices.Contains(registryKeys, key) {
		return false
	}
	r := *j.Registered()
	switch key {
	case "doi-prefix":
		r.DOIPrefix = value
	case "doi-pattern":
		r.DOIPattern = value
	case "depositor":
		r.Depositor = value
	case "depositor-email":
		r.DepositorEmail = value
	case "registrant":
		r.Registrant = value
	case "update-policy":
		r.UpdatePolicy = value
	case "archives":
		r.Archives = nil
		for _, name := range strings.Split(value, ",") {
			if name = strings.TrimSpace(name); name != "" {
				r.Archives = append(r.Archives, name)
			}
		}
	case "licence-accepted":
		r.AcceptedLicence = licenceAddress(value)
	case "licence-mining":
		r.MiningLicence = licenceAddress(value)
	case "country":
		r.Country = strings.ToUpper(value)
	case "rsci-title":
		r.RSCITitle = value
	case "jalc-site":
		r.JaLCSite = value
	case "ojs-section":
		r.OJSSection = value
	}
	j.Registry = &r
	return true
}

// licenceAddress is the address of a licence that is given by it or by its SPDX name.
func licenceAddress(value string) string {
	if l := journal.LicenceOf(value); l != nil && l.URL != "" {
		return l.URL
	}
	return value
}

// checkRegistry refuses what registries would refuse, and puts identifiers into their
// usual form.
func checkRegistry(j *journal.Journal) error {
	if j.Registry == nil {
		return nil
	}
	r := j.Registry
	if r.DOIPrefix != "" && !pid.Prefix(r.DOIPrefix) {
		return errs.Fieldf(errs.Invalid, "doi-prefix", "%q is no prefix of DOIs: write what the agency has given, such as 10.31696", r.DOIPrefix)
	}
	if err := journal.CheckPattern(r.DOIPattern); err != nil {
		return errs.Fieldf(errs.Invalid, "doi-pattern", "%v", err)
	}
	if r.DepositorEmail != "" {
		if a, err := mail.ParseAddress(r.DepositorEmail); err != nil || a.Address != r.DepositorEmail {
			return errs.Fieldf(errs.Invalid, "depositor-email", "%q is no e-mail address: write doi@example.org", r.DepositorEmail)
		}
	}
	if r.UpdatePolicy != "" {
		doi, ok := pid.DOI(r.UpdatePolicy)
		if !ok {
			return errs.Fieldf(errs.Invalid, "update-policy", "%q is no DOI: write that of the journal's page on corrections and retractions", r.UpdatePolicy)
		}
		r.UpdatePolicy = doi
	}
	if r.Country != "" && (len(r.Country) != 2 || strings.Trim(r.Country, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "") {
		return errs.Fieldf(errs.Invalid, "country", "%q is no code of a country: write two letters such as RU or BR (ISO 3166-1)", r.Country)
	}
	for _, l := range []struct{ key, address string }{{"licence-accepted", r.AcceptedLicence}, {"licence-mining", r.MiningLicence}} {
		if l.address != "" && !strings.HasPrefix(l.address, "https://") && !strings.HasPrefix(l.address, "http://") {
			return errs.Fieldf(errs.Invalid, l.key, "%q is no licence with an address: write CC-BY-4.0 or its address", l.address)
		}
	}
	if r.RSCITitle != "" && strings.Trim(r.RSCITitle, "0123456789") != "" {
		return errs.Fieldf(errs.Invalid, "rsci-title", "%q is no number: write that of the journal in eLIBRARY.RU", r.RSCITitle)
	}
	return nil
}
