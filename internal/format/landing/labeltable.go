package landing

// labels are the headings and labels of article pages, lower-cased, ё as е,
// apostrophes straight. They were collected from the interfaces of OJS and its
// kin (Elpub), SciELO, Math-Net.Ru, J-STAGE and from printed articles, in the
// languages that these have.
var labels = makeLabels([]labelRow{
	{fAbstract, "en", "abstract|summary|annotation|article abstract", ""},
	{fAbstract, "ru", "аннотация|реферат|резюме|аннотация статьи", ""},
	{fAbstract, "uk", "анотація", ""},
	{fAbstract, "pt", "resumo", ""},
	{fAbstract, "es", "resumen", ""},
	{fAbstract, "fr", "résumé|resumé", ""},
	{fAbstract, "de", "zusammenfassung|kurzfassung", ""},
	{fAbstract, "it", "riassunto|sommario", ""},
	{fAbstract, "ja", "要旨|抄録|要約|概要", ""},
	{fAbstract, "zh", "摘要", ""},

	{fKeywords, "en", "keywords|key words|keyword|key-words|keywords and phrases|index terms|subject headings|author keywords", ""},
	{fKeywords, "ru", "ключевые слова|ключевые слова и фразы|ключевые понятия", ""},
	{fKeywords, "uk", "ключові слова", ""},
	{fKeywords, "pt", "palavras-chave|palavras chave|palavra-chave|descritores|unitermos", ""},
	{fKeywords, "es", "palabras clave|palabras claves|palabras-clave|descriptores", ""},
	{fKeywords, "fr", "mots-clés|mots clés|mots-clefs|mots clefs", ""},
	{fKeywords, "de", "schlüsselwörter|schlagwörter|stichwörter", ""},
	{fKeywords, "it", "parole chiave|parole-chiave", ""},
	{fKeywords, "ja", "キーワード|索引用語", ""},
	{fKeywords, "zh", "关键词|關鍵詞", ""},

	{fAuthors, "en", "authors|author(s)|about the author|about the authors|about the author(s)|about author|about authors|author biography|author biographies|author information|information about the author|information about the authors|authors and affiliations|author details|affiliations and author information|contributor information", "author|by"},
	{fAuthors, "ru", "авторы|об авторе|об авторах|сведения об авторах|сведения об авторе|информация об авторах|информация об авторе|биография автора|биографии авторов", "автор"},
	{fAuthors, "uk", "про автора|про авторів|відомості про авторів|біографія автора", "автори"},
	{fAuthors, "pt", "autores|sobre o autor|sobre a autora|sobre os autores|biografia do autor|biografias dos autores|informações dos autores|biografia do autor", "autor|autoria"},
	{fAuthors, "es", "sobre el autor|sobre la autora|sobre los autores|biografía del autor|biografías de los autores|información de los autores", ""},
	{fAuthors, "fr", "à propos de l'auteur|à propos des auteurs|biographie de l'auteur", "auteur|auteurs"},
	{fAuthors, "de", "über den autor|über die autorin|über die autoren|autor/innen-biografie", "autor*innen"},
	{fAuthors, "ja", "著者情報|著者について", "著者"},

	{fReferences, "en", "references|reference|reference list|list of references|bibliography|bibliographic references|literature cited|works cited|cited literature|references and notes|references & notes|cited references", ""},
	{fReferences, "ru", "список литературы|литература|библиография|библиографический список|список источников|список источников и литературы|список использованной литературы|список использованных источников|список цитируемой литературы|использованная литература|источники и литература|источники|литература и источники|цитируемая литература|пристатейный библиографический список|ссылки|цитированная литература", ""},
	{fReferences, "uk", "список літератури|література|список використаної літератури|список використаних джерел|посилання|бібліографія", ""},
	{fReferences, "pt", "referências|referências bibliográficas|referencias bibliograficas|bibliografia|obras citadas|referência", ""},
	{fReferences, "es", "referencias|referencias bibliográficas|bibliografía|bibliografía citada|citas|literatura citada", ""},
	{fReferences, "fr", "références|références bibliographiques|bibliographie|ouvrages cités", ""},
	{fReferences, "de", "literaturhinweise|literatur|literaturverzeichnis|bibliografie|quellen", ""},
	{fReferences, "it", "riferimenti bibliografici", ""},
	{fReferences, "ja", "参考文献|引用文献|文献|文献リスト", ""},
	{fReferences, "zh", "参考文献|參考文獻", ""},

	{fCitation, "en", "for citation|for citations|for citation(s)|cite this article|cite this article as|cite this paper|how to cite|how to cite this article|how to cite this paper|to cite this article|please cite this article as|please cite as|recommended citation|suggested citation|citation|cite as|citation example|reference to this paper should be made as follows", ""},
	{fCitation, "ru", "для цитирования|образец цитирования|цитировать|как цитировать|цитирование|ссылка для цитирования|библиографическое описание|цитата|рекомендуемая форма цитирования|как цитировать статью|для цитирования статьи|форма цитирования|пример цитирования", ""},
	{fCitation, "uk", "як цитувати|для цитування|цитувати", ""},
	{fCitation, "pt", "como citar|para citar|citar|como citar este artigo|citação", ""},
	{fCitation, "es", "cómo citar|como citar este artículo|cómo citar este artículo|para citar este artículo|cita sugerida|forma de citar", ""},
	{fCitation, "fr", "comment citer|pour citer cet article|pour citer", ""},
	{fCitation, "de", "zitationsvorschlag|zitierweise|zitiervorschlag", ""},
	{fCitation, "it", "come citare", ""},
	{fCitation, "ja", "引用方法|引用形式", ""},

	{fLicence, "en", "license|licence|rights and permissions|rights|copyright and license|creative commons license terms|licensing", ""},
	{fLicence, "ru", "лицензия|тип лицензии|права и лицензия", ""},
	{fLicence, "uk", "ліцензія", ""},
	{fLicence, "pt", "licença|licença de uso", ""},
	{fLicence, "es", "licencia", ""},
	{fLicence, "de", "lizenz", ""},
	{fLicence, "ja", "ライセンス", ""},

	{fViews, "en", "", "views|abstract views|article views|page views|number of views|abstract view|total views|views of abstract|viewed"},
	{fViews, "ru", "", "просмотров|просмотры|количество просмотров|просмотров аннотации|просмотров статьи|число просмотров|просмотры аннотации|просмотров страницы"},
	{fViews, "uk", "", "переглядів|перегляди|переглядів анотації"},
	{fViews, "pt", "", "visualizações|acessos|visualizações do resumo|número de acessos"},
	{fViews, "es", "", "vistas|visitas|visualizaciones|vistas de resumen"},
	{fViews, "ja", "", "閲覧数|アクセス数"},
	{fThisPage, "en", "", "this page|abstract page"},
	{fThisPage, "ru", "", "эта страница|страница аннотации"},
	{fDownloads, "en", "", "downloads|pdf downloads|pdf views|full-text pdf views|full text downloads|number of downloads|pdf download"},
	{fDownloads, "ru", "", "скачиваний|загрузок|скачивания|загрузки|количество скачиваний|скачиваний pdf"},
	{fDownloads, "pt", "", "downloads do pdf|transferências"},
	{fDownloads, "es", "", "descargas|descargas de pdf"},
	{fDownloads, "ja", "", "ダウンロード数"},

	{fDOI, "", "doi|digital object identifier|цифровой идентификатор|идентификатор doi|doi статьи|article doi", ""},
	{fISSN, "", "issn|e-issn|eissn|p-issn|pissn|issn-l", "issn (print)|issn (online)|print issn|online issn|issn print|issn online|issn (печатный)|issn (онлайн)|issn печатный|issn электронный|electronic issn|issn impresso|issn eletrônico|issn en línea|issn impreso"},
	{fUDC, "", "удк|udc|udk|cdu|udc code", "индекс удк|уdk"},
	{fBBK, "", "ббк|bbk|lbc", ""},
	{fMSC, "", "msc|msc 2010|msc 2020|msc 2000", "mathematics subject classification|msc2010|msc2020"},
	{fJEL, "", "", "jel|jel classification|jel-классификация|jel classification codes|jel codes|классификация jel|jel code"},
	{fPACS, "", "", "pacs|pacs numbers|pacs codes"},
	{fEDN, "", "edn", ""},
	{fELibrary, "", "", "elibrary id"},

	{fReceived, "en", "", "received|submitted|date submitted|received date|date received|article received|submission date|received by the editors|received in|submitted on"},
	{fReceived, "ru", "", "поступила в редакцию|статья поступила|поступила|дата поступления|дата поступления статьи|статья поступила в редакцию|получена|получено|поступила в редакцию журнала|дата получения|поступила в редколлегию"},
	{fReceived, "uk", "", "надійшла до редакції|надійшла|отримано|стаття надійшла до редакції"},
	{fReceived, "pt", "", "recebido|recebido em|recebido|submetido|submissão|data de submissão|enviado"},
	{fReceived, "es", "", "recibido|recibido el|fecha de recepción|enviado|fecha de recibido"},
	{fReceived, "ja", "", "受付|受付日|受領|原稿受付|投稿日"},
	{fRevised, "en", "", "revised|received in revised form|revision received|revised version received|date revised"},
	{fRevised, "ru", "", "исправленный вариант|после доработки|доработана|поступила после доработки|поступила после рецензирования|одобрена после рецензирования|дата доработки|исправлена"},
	{fRevised, "pt", "", "revisado|revisado em|revisão"},
	{fRevised, "es", "", "revisado el|fecha de revisión"},
	{fRevised, "ja", "", "改訂|修正|修正日"},
	{fAccepted, "en", "", "accepted|date accepted|accepted for publication|acceptance date|article accepted"},
	{fAccepted, "ru", "", "принята к публикации|принята|принята к печати|принята в печать|дата принятия|дата принятия к публикации|принято|подписана в печать|принято к публикации|дата принятия в печать"},
	{fAccepted, "uk", "", "прийнята до друку|прийнято|прийнята"},
	{fAccepted, "pt", "", "aceito|aceito em|aprovado|aprovado em|aceite|data de aceite"},
	{fAccepted, "es", "", "aceptado|aceptado el|fecha de aceptación|aprobado"},
	{fAccepted, "ja", "", "受理|受理日|採択|採録|採用日"},
	{fPublished, "en", "published|publication date", "date published|published online|publication in this collection|available online|first published|online publication date|first online|date of publication|issue published online|published date"},
	{fPublished, "ru", "опубликован|дата публикации", "опубликована|опубликовано|опубликована онлайн|опубликовано онлайн|статья опубликована|дата выхода"},
	{fPublished, "uk", "", "опубліковано|дата публікації|опублікована"},
	{fPublished, "pt", "publicado", "publicação nesta coleção|publicado em|data de publicação|publicação"},
	{fPublished, "es", "", "publicación en esta colección|publicado el|fecha de publicación"},
	{fPublished, "de", "", "veröffentlicht"},
	{fPublished, "fr", "", "publiée|publié"},
	{fPublished, "ja", "", "発行日|公開日|公開|出版日|発行"},

	{fTitle, "en", "", "title|article title|paper title"},
	{fTitle, "ru", "", "заглавие|название статьи|название|заголовок|тема"},
	{fTitle, "pt", "", "título|título do artigo"},
	{fTitle, "ja", "", "題名|論題|タイトル|標題"},
	{fJournal, "en", "", "journal|journal title|journal name|source"},
	{fJournal, "ru", "", "журнал|название журнала|издание"},
	{fJournal, "pt", "", "revista|periódico"},
	{fJournal, "ja", "", "誌名|雑誌名|掲載誌"},
	{fYear, "", "", "year|год|год издания|год публикации|ano|año|рік"},
	{fVolume, "", "", "volume|vol|vol.|том|volumen|tomo|巻"},
	{fIssue, "", "issue|выпуск|edição|опубликован в выпуске|published in", "number|no|no.|выпуск|номер|номер выпуска|número|fascículo|号|випуск"},
	{fPages, "", "", "pages|page|страница|pp|pp.|page range|страницы|с.|стр.|стр|páginas|paginas|páginas (do-ao)|頁|ページ|сторінки"},
	{fLanguage, "", "", "language|язык|язык статьи|язык публикации|idioma|言語|мова|text language|language of the article|sprache"},
	{fSection, "", "section|раздел|рубрика|seção|sección|categories", "раздел журнала|rubric|rubrique|розділ|heading|rubrik"},
	{fType, "", "", "article type|type|publication type|тип статьи|тип публикации|тип|document type|вид публикации|tipo de artigo|tipo|type of article|論文種別|記事種別"},
	{fPublisher, "", "", "publisher|издатель|издательство|editora|editorial|出版者|出版社|発行者|発行元|видавець"},
	{fCopyright, "", "", "copyright|авторские права|правообладатель|copyright holder|direitos autorais"},
	{fFunding, "en", "funding|funding information|financial support|funding statement|sources of funding", ""},
	{fFunding, "ru", "финансирование|источники финансирования|источник финансирования|информация о финансировании|сведения о финансировании|финансовая поддержка", ""},
	{fFunding, "pt", "financiamento", "apoio"},
	{fFunding, "es", "financiación|financiamiento", ""},
	{fAffiliation, "", "", "affiliation|affiliations|место работы|место работы авторов|организация|организации|accompanying affiliations|aff|filiação|afiliación|所属|аффилиация"},
	{fEnglishVersion, "en", "", "english version|english translation|english full text|translated version"},
	{fEnglishVersion, "ru", "", "англоязычная версия|английская версия|перевод|переводная версия"},
	{fFullText, "", "full text|полный текст|texto completo|full-text|текст статьи|файлы|全文|本文|повний текст|texte intégral|volltext|полный текст статьи|article files|full text (pdf)", "pdf"},

	{fBody, "en", "introduction", ""},
	{fBody, "ru", "введение", ""},
	{fBody, "uk", "вступ", ""},
	{fBody, "pt", "introdução", ""},
	{fBody, "es", "introducción", ""},
	{fBody, "de", "einleitung", ""},
	{fBody, "ja", "はじめに|緒言|序論", ""},

	{fForm, "", "journal free access|journal open access|journal restricted access|free access|open access|ジャーナル フリー|ジャーナル オープンアクセス|フリー|history|article history|histórico|histórico do artigo|historial|история статьи|datas de publicação|fechas de publicación|publication dates|электронная библиотека|информация о публикации|details|詳細|article information", ""},
	{fIgnored, "en", "most read articles by the same author(s)|similar articles|related articles|article metrics|metrics|downloads data|download data|downloads|supplementary files|additional files|backlinks|refbacks|you may also start an advanced similarity search for this article|export citation|download citation|more citation formats|indexing metadata|related articles on google scholar|citing articles on google scholar|statistics|plum analytics|altmetric|crossmark|dimensions|cited by|citations", "citing articles on google scholar|related articles on google scholar|send to|share with"},
	{fIgnored, "ru", "дополнительные файлы|обратные ссылки|похожие статьи|статистика|метрики|метрики статей|скачать цитирование|экспорт цитирования|реферативные базы данных|загрузки|скачивания|популярные статьи|другие статьи автора|наиболее читаемые статьи этого автора (авторов)|вы также можете начать расширеннвй поиск похожих статей для этой статьи|вы также можете начать расширенный поиск похожих статей для этой статьи", "реферативные базы данных|отправить|поделиться"},
	{fIgnored, "pt", "arquivos suplementares|artigos semelhantes|artigos mais lidos pelo mesmo(s) autor(es)|baixar citação|dados de download|métricas|fomatos de citação|formatos de citação", ""},
	{fIgnored, "es", "archivos suplementarios|artículos similares|descargas|métricas|artículos más leídos del mismo autor/a|descargar cita|más formatos de cita", ""},
	{fForm, "", "article tools|article details|current issue|browse|user|login|subscription|information|make a submission|views|просмотры|просмотры аннотации|article views|share|share this article|review|рецензия|developed by|sponsored by|article sidebar|main article content|main navigation|keywords cloud|search|archives|latest issue|font size|notifications|journal content|open journal systems|language selection|contacts|most read|most viewed|что такое qr-код|обратная связь|поиск|информация|архив|архивы|текущий выпуск|текущий номер|для авторов|для читателей|для библиотек|язык сайта|ключевые слова журнала|навигация|личный кабинет|выходные данные|детали статьи|поделиться|idioma|idioma do site|detalhes do artigo|detalles del artículo", "what is a qr-code|обратная связь"},

	{fUnplaced, "en", "acknowledgements|acknowledgments|acknowledgement|conflict of interest|conflict of interests|conflicts of interest|competing interests|author contributions|authors' contributions|contribution of the authors|data availability|data availability statement|ethics statement|highlights|notes|corresponding author|correspondence|disclosure|appendix|abbreviations|ethics approval", "corresponding author|correspondence|correspondence to|for correspondence|address for correspondence|contact|e-mail for correspondence|article id|article number|conclusion|conclusions|purpose|objective|objectives|methods|results|aim|background"},
	{fUnplaced, "ru", "благодарности|благодарность|конфликт интересов|вклад авторов|заявленный вклад авторов|доступность данных|примечания|основные положения|для корреспонденции|автор для корреспонденции|соблюдение этических стандартов|критерии авторства", "автор для корреспонденции|для корреспонденции|адрес для корреспонденции|корреспонденция|контакты|цель|методы|результаты|выводы|заключение"},
	{fUnplaced, "pt", "agradecimentos|conflito de interesses|conflitos de interesse|contribuição dos autores|contribuições dos autores|disponibilidade de dados|notas|declaração de interesse", "correspondência|autor correspondente"},
	{fUnplaced, "es", "agradecimientos|conflicto de intereses|contribución de los autores|notas al pie", "correspondencia|autor de correspondencia"},

	{fAddresses, "", "образцы ссылок на эту страницу|linking options|постоянный адрес|permanent link|permalink|постоянная ссылка|direct link to this article", "url|адрес статьи|адрес страницы|link"},
	{fForm, "", "", "войти|логин|пароль|персональный вход|login|password|username|user name|personal entry|имя пользователя|search for|искать|поиск по|поиск|enter|remember me"},
	{fAMSBIB, "", "цитирование в формате amsbib|citation in format amsbib|amsbib citation", ""},
})

// labelRow is a row of the table: words that are a label alone on their line
// or before a colon, and words that need the colon.
type labelRow struct {
	field        field
	lang         string
	plain, colon string
}

// labelTable has the labels that stand alone on a line, and those that stand
// before a colon. A word may be different things in the two places: "Views"
// alone heads a chart, "Views:" is a figure.
type labelTable struct {
	alone, before map[string]label
}

// makeLabels lets the first row that has a word keep it.
func makeLabels(rows []labelRow) labelTable {
	t := labelTable{alone: map[string]label{}, before: map[string]label{}}
	put := func(m map[string]label, words string, l label) {
		if _, taken := m[words]; !taken {
			m[words] = l
		}
	}
	for _, words := range splitBars(romanisedHeadings) {
		l := label{field: fReferences, lang: "en", romanised: true}
		put(t.alone, words, l)
		put(t.before, words, l)
	}
	for _, row := range rows {
		for _, words := range splitBars(row.colon) {
			put(t.before, words, label{field: row.field, lang: row.lang, colon: true})
		}
		for _, words := range splitBars(row.plain) {
			put(t.alone, words, label{field: row.field, lang: row.lang})
			put(t.before, words, label{field: row.field, lang: row.lang})
		}
	}
	return t
}

const romanisedHeadings = "references (transliterated)|references (romanized)|references (romanised)|references (in latin script)|references in roman script|references (transliteration)|transliterated references|транслитерация|список литературы в латинице|список литературы на английском языке|список литературы (транслитерация)"
