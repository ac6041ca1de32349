package landing

import "strings"

// siteFurniture are lines that sites print on every page. They may be left out
// without a word, for they are not about the article.
var siteFurniture = makeFurniture(
	"register login|зарегистрироваться войти|elibrary.ru|научная электронная библиотека|advanced search|расширенный поиск|search|поиск|home|главная|about|about the journal|о журнале|login|log in|вход|войти|register|регистрация|зарегистрироваться|archives|архив|архивы|archive|current|текущий выпуск|current issue|announcements|новости|submissions|отправить статью|contact|contacts|контакты|menu|меню|skip to main content|skip to main navigation menu|skip to site footer|open menu|back to top|наверх|share|поделиться|print|печать|print this article|email this article|email the author|post a comment|toc|scroll to|scroll to:|перейти|перейти:|перейти к|перейти к:|содержание|table of contents|next|previous|назад|далее|editorial board|редакционная коллегия|for authors|авторам|user|username|password|remember me|запомнить пароль|забыли пароль?|forgot password?|forgot your password?|найти|go|ok|en|ru|rus|eng|rus eng|ru en|en ru|ru | en|en | ru|english|русский|português|español|português (brasil)|español (españa)",
	"full text|full text:|полный текст|полный текст:|pdf|pdf (rus)|pdf (eng)|pdf (en)|pdf (ru)|pdf (english)|pdf (русский)|pdf файл|html файл|pdf файл html файл|pdf file html file|pdf file|html file|html|xml|epub|download pdf|скачать pdf|download|скачать|pdf (español)|pdf (português)|pdf (português (brasil))|read|view|preview|просмотр|texto completo|texto completo:",
	"creative commons license|creative commons licence|лицензия creative commons|creative commons attribution license|licencia creative commons|licença creative commons|лицензия creative commons: attribution",
	"журналы|персоналии|организации|конференции|семинары|видеотека|личный кабинет|общая информация|последний выпуск|импакт-фактор|правила для авторов|загрузить рукопись|поиск публикаций|поиск ссылок|rss|текущие выпуски|архивные выпуски|что такое rss|что такое qr-код?|пользовательское соглашение|логотипы|обратная связь|terms of use|privacy policy|javascript is disabled in your browser. please switch it on to enable full functionality of the website|russian citations,|english citations|russian articles,|english articles|russian citations|russian articles",
	"refbacks|there are currently no refbacks.|there are currently no refbacks|обратные ссылки|обратные ссылки не определены.|обратные ссылки не определены|рецензия|review|supplementary files|дополнительные файлы|views|просмотры|metrics|more citation formats|download citation|endnote/zotero/mendeley (ris)|bibtex|acm|acs|apa|abnt|chicago|harvard|ieee|mla|turabian|vancouver|most read articles by the same author(s)|similar articles|article sidebar|main article content|article details|developed by|make a submission|information|for readers|for librarians|open journal systems|platform & workflow by ojs / pkp|platform and workflow by ojs/pkp|elpub|np \"neicon\"|cookies|accept|close|tweet|facebook|twitter|vk|telegram",
)

func makeFurniture(rows ...string) map[string]bool {
	table := map[string]bool{}
	for _, row := range rows {
		for _, s := range splitBars(row) {
			table[s] = true
		}
	}
	return table
}

// furniture reports whether a line is known furniture.
func furniture(text string) bool {
	if len(text) > maxLabel {
		return false
	}
	folded := foldLabel(text)
	return folded != "" && (siteFurniture[folded] || isFileSize(folded) || siteFurniture[strings.TrimRight(folded, " .:>»«<|/")])
}

// isFileSize: "pdf файл (174 kb)", "pdf (1.2 mb)".
func isFileSize(folded string) bool {
	i := strings.LastIndexByte(folded, '(')
	if i <= 0 || !hasDigit(folded[i:]) || !(strings.HasSuffix(folded, "b)") || strings.HasSuffix(folded, "б)")) {
		return false
	}
	return siteFurniture[strings.TrimSpace(folded[:i])]
}
