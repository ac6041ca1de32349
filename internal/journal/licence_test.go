package journal

import "testing"

func TestLicenceOfReadsAddressesAndIdentifiers(t *testing.T) {
	for in, want := range map[string]Licence{
		"http://creativecommons.org/licenses/by/4.0":                {URL: "https://creativecommons.org/licenses/by/4.0/", SPDX: "CC-BY-4.0"},
		"https://creativecommons.org/licenses/by-nc-nd/4.0/deed.ru": {URL: "https://creativecommons.org/licenses/by-nc-nd/4.0/", SPDX: "CC-BY-NC-ND-4.0"},
		"https://creativecommons.org/licenses/by-sa/3.0/de/":        {URL: "https://creativecommons.org/licenses/by-sa/3.0/de/", SPDX: "CC-BY-SA-3.0-DE"},
		"https://creativecommons.org/publicdomain/zero/1.0/":        {URL: "https://creativecommons.org/publicdomain/zero/1.0/", SPDX: "CC0-1.0"},
		"https://creativecommons.org/licenses/by/":                  {URL: "https://creativecommons.org/licenses/by/"},
		"CC-BY-NC-4.0":                      {URL: "https://creativecommons.org/licenses/by-nc/4.0/", SPDX: "CC-BY-NC-4.0"},
		"All rights reserved":               {Text: "All rights reserved"},
		"https://publisher.example/licence": {URL: "https://publisher.example/licence"},
	} {
		if got := LicenceOf(in); got == nil || *got != want {
			t.Errorf("LicenceOf(%q) = %+v, want %+v", in, got, want)
		}
	}
	if LicenceOf("  ") != nil {
		t.Error("an empty string is no licence")
	}
}

func TestLicenceNameIsShort(t *testing.T) {
	for in, want := range map[string]string{
		"https://creativecommons.org/licenses/by-nc-nd/4.0/": "CC BY-NC-ND 4.0", "CC0-1.0": "CC0 1.0", "All rights reserved": "All rights reserved",
	} {
		if got := LicenceOf(in).Name(); got != want {
			t.Errorf("%q is called %q, want %q", in, got, want)
		}
	}
}
