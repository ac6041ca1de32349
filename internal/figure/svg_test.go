package figure

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"offprint/internal/errs"
)

const chart = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
 width="72pt" height="36pt" viewBox="0 0 100 50" inkscape:version="1.2">
<metadata><rdf xmlns="urn:x">who made it</rdf></metadata>
<style type="text/css">/* plain */ *{stroke-linejoin:round} .a{fill:url(#g)} g > path{stroke:#000}</style>
<defs><linearGradient id="g"><stop offset="0" stop-color="#fff"/></linearGradient><path id="m" d="M0 0h3"/></defs>
<g clip-path="url(#c)" style="opacity:.5"><rect class="a" x="1" y="2" width="3" height="4" fill="url(#g)"/>
<use xlink:href="#m" x="5"/><text x="3" y="4">Temperature &lt; 3 &amp; more: Ω</text></g>
<image width="1" height="1" xlink:href="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="/>
</svg>`

func TestPlainSVGComesThroughWhole(t *testing.T) {
	c, err := CleanSVG([]byte(chart))
	if err != nil {
		t.Fatal(err)
	}
	out := string(c.Bytes)
	for _, want := range []string{`fill="url(#g)"`, `xlink:href="#m"`, `clip-path="url(#c)"`, `.a{fill:url(#g)}`, `viewBox="0 0 100 50"`, "Temperature &lt; 3 &amp; more: Ω", "data:image/png;base64,iVBOR", "opacity:.5"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing in\n%s", want, out)
		}
	}
	if c.Width != 96 || c.Height != 48 || len(c.Removed) > 0 {
		t.Errorf("%d×%d, removed %q", c.Width, c.Height, c.Removed)
	}
	again, err := CleanSVG(c.Bytes)
	if err != nil || !bytes.Equal(again.Bytes, c.Bytes) {
		t.Errorf("cleaning twice is not cleaning once: %v\n%s\n%s", err, c.Bytes, again.Bytes)
	}
}

func TestWhatRunsLoadsOrLinksIsRemoved(t *testing.T) {
	for _, inside := range []string{
		`<script>alert(1)</script>`, `<SCRIPT>alert(1)</SCRIPT>`, `<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>`,
		`<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>`,
		`<rect onclick="alert(1)"/>`, `<rect ONLOAD="alert(1)"/>`,
		`<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="https://evil.example/"/></foreignObject>`,
		`<a href="javascript:alert(1)"><rect/></a>`, `<use href="https://evil.example/x.svg#a"/>`, `<use xlink:href="x.svg#a"/>`,
		`<image href="https://evil.example/a.png"/>`, `<image href="data:image/svg+xml;base64,PHN2Zz48L3N2Zz4="/>`, `<image href="data:image/png;base64,PHN2Zz48L3N2Zz4="/>`,
		`<image href="data:image/svg+xml,&lt;svg onload='alert(1)'/>"/>`,
		`<style>@import url(https://evil.example/a.css);</style>`, `<style>@\69mport "https://evil.example"</style>`, `<style>*{fill:url(https://evil.example/#a)}</style>`,
		`<style>*{background:u\72l(https://evil.example)}</style>`, `<style>*{b:image-set("https://evil.example" 1x)}</style>`, `<style>a{/**/b:url(/*x*/"https://evil.example")}</style>`,
		`<style><![CDATA[</style><script>alert(1)</script>]]></style>`,
		`<rect style="fill:url('https://evil.example/#a')"/>`, `<rect fill="url(https://evil.example/#a)"/>`, `<rect filter="url(#a) url(//evil.example/b)"/>`,
		`<rect style="-moz-binding:url(#a)"/>`, `<rect style="width:expression(alert(1))"/>`,
		`<set attributeName="href" to="https://evil.example/"/>`, `<animate attributeName="xlink:href" values="javascript:alert(1)"/>`,
		`<filter><feImage href="https://evil.example/a.png"/></filter>`, `<font-face-uri href="https://evil.example/f"/>`, `<cursor href="https://evil.example/c"/>`,
		`<?xml-stylesheet href="https://evil.example/a.css"?>`, `<handler type="text/ecmascript">alert(1)</handler>`,
		`<rect xml:base="https://evil.example/"/>`, `<iframe src="https://evil.example"/>`,
	} {
		c, err := CleanSVG([]byte(`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">` + inside + `<rect/></svg>`))
		if err != nil {
			t.Errorf("%s: %v", inside, err)
			continue
		}
		lower := strings.ToLower(string(c.Bytes))
		for _, bad := range []string{"evil", "alert", "script", "onclick", "onload", "foreign", "svg+xml", "@", "phn2", "binding", "import"} {
			if strings.Contains(lower, bad) {
				t.Errorf("%s: left as %s", inside, c.Bytes)
				break
			}
		}
		if !strings.HasSuffix(lower, "<rect></rect></svg>") {
			t.Errorf("%s: what follows is lost: %s", inside, c.Bytes)
		}
	}
}

func TestUnsafeSVGIsRefusedWithAReason(t *testing.T) {
	var uses strings.Builder
	uses.WriteString(`<svg xmlns="http://www.w3.org/2000/svg"><g id="l0"><rect/></g>`)
	for i := 1; i < 30; i++ {
		fmt.Fprintf(&uses, `<g id="l%d"><use href="#l%d"/><use href="#l%d"/></g>`, i, i-1, i-1)
	}
	uses.WriteString("</svg>")
	for name, c := range map[string]struct{ svg, want string }{
		"entities":  {`<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>`, "entities"},
		"entity":    {`<svg xmlns="http://www.w3.org/2000/svg">&nbsp;</svg>`, "entities"},
		"unclosed":  {`<svg xmlns="http://www.w3.org/2000/svg"><g>`, "well-formed"},
		"two roots": {`<svg xmlns="http://www.w3.org/2000/svg"/><svg xmlns="http://www.w3.org/2000/svg"/>`, "root"},
		"other":     {`<html/>`, "not an SVG"},
		"empty":     {``, "complete"},
		"deep":      {`<svg xmlns="http://www.w3.org/2000/svg">` + strings.Repeat("<g>", 5000) + strings.Repeat("</g>", 5000) + `</svg>`, "nested"},
		"uses":      {uses.String(), "over and over"},
		"circle":    {`<svg xmlns="http://www.w3.org/2000/svg"><g id="a"><use href="#a"/></g></svg>`, "within itself"},
		"by class":  {`<svg xmlns="http://www.w3.org/2000/svg"><style>.x{fill:url(#p)}</style><pattern id="p"><rect class="x"/></pattern></svg>`, "within itself"},
	} {
		if _, err := CleanSVG([]byte(c.svg)); !errors.Is(err, errs.Invalid) || !strings.Contains(errs.Message(err), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSVGSize(t *testing.T) {
	for attrs, want := range map[string][2]int{
		`width="100" height="50"`: {100, 50}, `width="1in" height="25.4mm"`: {96, 96}, `viewBox="0,0 300 150"`: {300, 150},
		`width="200" viewBox="0 0 100 50"`: {200, 100}, `width="100%" height="100%" viewBox="0 0 64 32"`: {64, 32}, ``: {0, 0},
		`width="-5" height="NaN"`: {0, 0}, `height="10" viewBox="0 0 0 0"`: {0, 0}, `width="1e9" height="1"`: {0, 0},
	} {
		c, err := CleanSVG([]byte(`<svg xmlns="http://www.w3.org/2000/svg" ` + attrs + `/>`))
		if err != nil || c.Width != want[0] || c.Height != want[1] {
			t.Errorf("%s: %+v, %v", attrs, c, err)
		}
	}
}

func TestSVGHasOneRendition(t *testing.T) {
	p := madeOf(t, maker(t, Limits{}), "a.svg", []byte(chart))
	if sizes(p) != "96x48 svg+xml" || p.Shown {
		t.Errorf("%s, shown %v", sizes(p), p.Shown)
	}
}

// sound fails when an SVG that was cleaned holds what it must not.
func sound(t *testing.T, out []byte) {
	dec := xml.NewDecoder(bytes.NewReader(out))
	for {
		tok, err := dec.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatalf("the result is not well-formed: %v\n%s", err, out)
		}
		switch tok := tok.(type) {
		case xml.Directive, xml.ProcInst, xml.Comment:
			t.Fatalf("%T in the result:\n%s", tok, out)
		case xml.StartElement:
			if !svgElements[tok.Name.Local] || tok.Name.Space != nsSVG {
				t.Fatalf("element %v in the result:\n%s", tok.Name, out)
			}
			for _, a := range tok.Attr {
				if a.Name.Local == "href" && !strings.HasPrefix(a.Value, "#") && !embedded(a.Value) || strings.HasPrefix(strings.ToLower(a.Name.Local), "on") {
					t.Fatalf("attribute %v in the result:\n%s", a, out)
				}
			}
		}
	}
}

func FuzzCleanSVG(f *testing.F) {
	f.Add([]byte(chart))
	f.Add([]byte(`<svg><style>.a{fill:url(#b)}</style><use href="#x"/><script>1</script><g id="x" onclick="1" class="a"/></svg>`))
	f.Add([]byte(`<!DOCTYPE svg [<!ENTITY a "b">]><svg:svg xmlns:svg="http://www.w3.org/2000/svg" a:b="c">&a;<![CDATA[<x>]]></svg:svg>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := CleanSVG(data)
		if err != nil {
			return
		}
		sound(t, c.Bytes)
	})
}
