package texmath

import "strings"

// pairs makes a table of names and characters that stand in turn.
func pairs(list string) map[string]string {
	out := map[string]string{}
	words := strings.Fields(list)
	for i := 0; i+1 < len(words); i += 2 {
		out[words[i]] = words[i+1]
	}
	return out
}

// letters are commands that are a letter or stand as one.
var letters = pairs(`
	alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ varkappa ϰ lambda λ mu μ nu ν
	xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω digamma ϝ
	Alpha Α Beta Β Gamma Γ Delta Δ Epsilon Ε Zeta Ζ Eta Η Theta Θ Iota Ι Kappa Κ Lambda Λ Mu Μ Nu Ν Xi Ξ Omicron Ο Pi Π Rho Ρ Sigma Σ
	Tau Τ Upsilon Υ Phi Φ Chi Χ Psi Ψ Omega Ω
	upalpha α upbeta β upgamma γ updelta δ upepsilon ϵ upvarepsilon ε upzeta ζ upeta η uptheta θ upkappa κ uplambda λ upmu μ upnu ν
	upxi ξ uppi π uprho ρ upsigma σ uptau τ upphi ϕ upvarphi φ upchi χ uppsi ψ upomega ω Updelta Δ Upgamma Γ Upomega Ω Uppsi Ψ Upphi Φ
	Uppi Π Upsigma Σ Uplambda Λ Uptheta Θ textmu µ micro µ
	infty ∞ hbar ℏ hslash ℏ ell ℓ Re ℜ Im ℑ aleph ℵ beth ℶ gimel ℷ wp ℘ imath ı jmath ȷ partial ∂ nabla ∇ emptyset ∅ varnothing ∅
	eth ð Angstrom Å AA Å O Ø o ø ae æ AE Æ oe œ ss ß l ł L Ł complement ∁ mho ℧ Bbbk 𝕜 top ⊤ bot ⊥ degree ° celsius ℃ P ¶ S § copyright ©`)

// uprights are letters that are not slanted.
const uprights = ` upalpha upbeta upgamma updelta upepsilon upvarepsilon upzeta upeta uptheta upkappa uplambda upmu upnu upxi uppi uprho upsigma
uptau upphi upvarphi upchi uppsi upomega Updelta Upgamma Upomega Uppsi Upphi Uppi Upsigma Uplambda Uptheta textmu micro infty hbar hslash
Re Im aleph beth gimel nabla emptyset varnothing Angstrom AA O AE ss P S copyright degree celsius top bot `

// operators are commands that are one operator, relation, arrow or mark.
var operators = pairs(`
	pm ± mp ∓ times × div ÷ cdot ⋅ cdotp · ast ∗ star ⋆ circ ∘ bullet ∙ cap ∩ cup ∪ uplus ⊎ sqcap ⊓ sqcup ⊔ vee ∨ lor ∨ wedge ∧ land ∧
	setminus ∖ smallsetminus ∖ wr ≀ diamond ⋄ bigtriangleup △ bigtriangledown ▽ triangleleft ◃ triangleright ▹ oplus ⊕ ominus ⊖
	otimes ⊗ oslash ⊘ odot ⊙ bigcirc ◯ dagger † ddagger ‡ amalg ⨿ ltimes ⋉ rtimes ⋊ boxtimes ⊠ boxplus ⊞ boxdot ⊡ dotplus ∔ Cap ⋒ Cup ⋓
	leq ≤ le ≤ geq ≥ ge ≥ leqslant ⩽ geqslant ⩾ lesssim ≲ gtrsim ≳ lessapprox ⪅ gtrapprox ⪆ ll ≪ gg ≫ lll ⋘ ggg ⋙ prec ≺ succ ≻ preceq ⪯ succeq ⪰
	sim ∼ simeq ≃ approx ≈ approxeq ≊ cong ≅ equiv ≡ asymp ≍ doteq ≐ triangleq ≜ coloneqq ≔ eqqcolon ≕ propto ∝ varpropto ∝ models ⊨ vDash ⊨
	vdash ⊢ dashv ⊣ perp ⟂ mid ∣ nmid ∤ parallel ∥ nparallel ∦ bowtie ⋈ smile ⌣ frown ⌢ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ subsetneq ⊊ supsetneq ⊋
	nsubseteq ⊈ nsupseteq ⊉ sqsubseteq ⊑ sqsupseteq ⊒ in ∈ ni ∋ notin ∉ neq ≠ ne ≠ nleq ≰ ngeq ≱ nless ≮ ngtr ≯ ncong ≇ lt < gt > lessgtr ≶ gtrless ≷
	leqq ≦ geqq ≧ lneq ⪇ gneq ⪈ bumpeq ≏ vartriangle △ lhd ⊲ rhd ⊳ unlhd ⊴ unrhd ⊵
	leftarrow ← gets ← rightarrow → to → leftrightarrow ↔ uparrow ↑ downarrow ↓ updownarrow ↕ Leftarrow ⇐ Rightarrow ⇒ Leftrightarrow ⇔
	Uparrow ⇑ Downarrow ⇓ Updownarrow ⇕ longleftarrow ⟵ longrightarrow ⟶ longleftrightarrow ⟷ Longleftarrow ⟸ Longrightarrow ⟹
	Longleftrightarrow ⟺ iff ⟺ implies ⟹ impliedby ⟸ mapsto ↦ longmapsto ⟼ hookleftarrow ↩ hookrightarrow ↪ leftharpoonup ↼ leftharpoondown ↽
	rightharpoonup ⇀ rightharpoondown ⇁ rightleftharpoons ⇌ leftrightharpoons ⇋ leftrightarrows ⇆ rightleftarrows ⇄ nearrow ↗ searrow ↘
	swarrow ↙ nwarrow ↖ rightsquigarrow ⇝ leadsto ⇝ nrightarrow ↛ nleftarrow ↚ nRightarrow ⇏ twoheadrightarrow ↠ circlearrowleft ↺ circlearrowright ↻
	forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬ therefore ∴ because ∵ angle ∠ measuredangle ∡ triangle △ square □ Box □ blacksquare ■ lozenge ◊ Diamond ◇
	clubsuit ♣ diamondsuit ♢ heartsuit ♡ spadesuit ♠ flat ♭ natural ♮ sharp ♯ checkmark ✓ prime ′ backprime ‵ surd √ qed ∎ bigstar ★
	ldots … dots … dotsc … dotsb ⋯ dotsm ⋯ dotsi ⋯ dotso … cdots ⋯ vdots ⋮ ddots ⋱ hdots … colon : ratio ∶ lbrace { rbrace } { { } } lbrack [ rbrack ]
	langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lvert | rvert | vert | lVert ‖ rVert ‖ Vert ‖ | ‖ lgroup ⟮ rgroup ⟯ lmoustache ⎰
	rmoustache ⎱ llbracket ⟦ rrbracket ⟧ ulcorner ⌜ urcorner ⌝ llcorner ⌞ lrcorner ⌟ backslash \ % % & & $ $ # # _ _ pounds £ euro € textbar |
	textless < textgreater > textasciitilde ~ textdegree ° percent % slash / textendash – textemdash —`)

// large are the operators that grow in display.
var large = pairs(`
	sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ iiint ∭ oint ∮ bigcap ⋂ bigcup ⋃ bigsqcup ⨆ bigvee ⋁ bigwedge ⋀ bigoplus ⨁ bigotimes ⨂ bigodot ⨀ biguplus ⨄`)

// fences are the characters that are delimiters.
var fences = func() map[string]bool {
	out := map[string]bool{}
	for _, s := range strings.Fields(`( ) [ ] { } | ‖ / \ ⟨ ⟩ ⌊ ⌋ ⌈ ⌉ ⟮ ⟯ ⎰ ⎱ ⟦ ⟧ ⌜ ⌝ ⌞ ⌟ ↑ ↓ ↕ ⇑ ⇓ ⇕`) {
		out[s] = true
	}
	return out
}()

// functions are the names of functions; limited are those whose subscript
// stands below.
var functions = func() map[string]string {
	out := map[string]string{"liminf": "lim inf", "limsup": "lim sup", "injlim": "inj lim", "projlim": "proj lim", "bmod": "mod", "mod": "mod"}
	for _, s := range strings.Fields(`arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim ln log max min Pr sec
		sin sinh sup tan tanh sgn argmax argmin tr diag rank`) {
		out[s] = s
	}
	return out
}()

const limited = " det gcd inf lim liminf limsup injlim projlim max min Pr sup argmax argmin "

// accents are marks above a letter.
var accents = pairs(`
	hat ^ widehat ^ check ˇ widecheck ˇ tilde ~ widetilde ~ acute ´ grave ` + "`" + ` dot ˙ ddot ¨ dddot ⃛ breve ˘ vec → mathring ˚ overrightarrow → overleftarrow ←
	overleftrightarrow ↔`)

// spaces are widths of blanks, in em.
var spaces = map[string]string{
	",": "0.1667em", "thinspace": "0.1667em", ":": "0.2222em", ">": "0.2222em", "medspace": "0.2222em", ";": "0.2778em", "thickspace": "0.2778em",
	"!": "-0.1667em", "negthinspace": "-0.1667em", " ": "0.333em", "\n": "0.333em", "enspace": "0.5em", "enskip": "0.5em", "quad": "1em", "qquad": "2em",
	"space": "0.333em",
}

// faces are commands that choose an alphabet for their argument.
var faces = map[string]string{
	"mathrm": "normal", "mathup": "normal", "mathbf": "bold", "mathit": "italic", "mathnormal": "", "mathsf": "sans-serif", "mathtt": "monospace",
	"mathcal": "script", "mathscr": "script", "mathbb": "double-struck", "mathfrak": "fraktur", "mathds": "double-struck", "Bbb": "double-struck",
	"boldsymbol": "bold-italic", "bm": "bold-italic", "pmb": "bold-italic", "mathbfit": "bold-italic", "frak": "fraktur",
}

// words are the alphabets in which neighbouring letters are a word.
var words = map[string]bool{"normal": true, "bold": true, "italic": true, "sans-serif": true, "monospace": true}

// texts are commands whose argument is words.
var texts = map[string]string{
	"text": "", "mbox": "", "hbox": "", "textrm": "", "textnormal": "", "textup": "", "textbf": "bold", "textit": "italic", "textsf": "sans-serif",
	"texttt": "monospace", "emph": "italic", "textsc": "",
}

// switches are the commands of plain TeX that change the alphabet up to the
// end of the group; styles those that change the size.
var (
	switches = map[string]string{`\rm`: "normal", `\bf`: "bold", `\it`: "italic", `\cal`: "script", `\sf`: "sans-serif", `\tt`: "monospace", `\mit`: ""}
	styles   = map[string]string{
		`\displaystyle`: `displaystyle="true" scriptlevel="0"`, `\textstyle`: `displaystyle="false" scriptlevel="0"`,
		`\scriptstyle`: `displaystyle="false" scriptlevel="1"`, `\scriptscriptstyle`: `displaystyle="false" scriptlevel="2"`,
	}
)

// sizes are commands for large delimiters.
var sizes = map[string]string{"big": "1.2em", "Big": "1.8em", "bigg": "2.4em", "Bigg": "3em"}
