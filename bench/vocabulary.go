//go:build linux

package main

import "strings"

// tongues are the languages of the generated pages: English, Russian.
var tongues = [2]tongue{
	{
		journal: "Northern Lakes Review", initials: "ABEGKLMNPRSTV",
		nouns: strings.Fields(`ice record harbour ledger parish chronicle winter ferry village fishery census archive drought marriage
			boundary treaty survey river map school monastery timber grain weather merchant language folklore bridge observatory statute
			migration household pilgrimage almanac shoreline sediment pollen current salinity plankton nursery dialect manuscript calendar`),
		places: strings.Split(`of Lake Vesna|in the Northern Province|of the Upper Sands|along the Old Road|before the Reform|after the Great Flood|`+
			`in Early Registers|between Two Shores|of the Coastal Towns|during the Long Frost|under the First Charter|in Comparative View|`+
			`from the Harbour to the Hills|of the Lower Basin|in the Letters of Travellers|across Three Generations`, "|"),
		verbs: strings.Split(`as recorded|compared|measured anew|and its measures|in dispute|as a source|reconsidered|and everyday life|described|`+
			`in the making|and its readers|counted twice|without witnesses|and the written word|at the margin|in translation`, "|"),
		families: strings.Fields(`Aalto Marlow Virta Koski Lumi Harper Lindqvist Ashdown Novak Sandoval Whitfield Okonjo Brandt Keller
			Moreau Tanaka Ferreira Haugen Salonen Petrov Ivanova Laine Niemi Ozerova`),
		publishers: strings.Split("Waters Press|Academy of the North|Harbour Books|Institute of Fresh Waters|Old Road Publishing", "|"),
		page:       english,
	},
	{
		journal: "Вестник северных озёр", initials: "АБВГЕКЛМНПРСТ",
		nouns: strings.Fields(`лёд запись пристань книга приход летопись зима перевоз деревня промысел перепись архив засуха
			граница договор съёмка река карта школа монастырь лес зерно погода купец язык предание мост обсерватория устав
			переселение двор паломничество календарь берег осадок пыльца течение солёность планктон говор рукопись`),
		places: strings.Split(`озера Весна|в Северной губернии|Верхних песков|вдоль старой дороги|до реформы|после большого паводка|`+
			`в ранних списках|меж двух берегов|прибрежных городов|в долгие морозы|по первой грамоте|в сравнении|`+
			`от пристани до холмов|нижнего бассейна|в письмах путешественников|в трёх поколениях`, "|"),
		verbs: strings.Split(`по записям|в сопоставлении|заново измеренный|и его меры|в споре|как источник|в пересмотре|и повседневность|описанный|`+
			`в становлении|и его читатели|дважды сочтённый|без свидетелей|и письменное слово|на окраине|в переводе`, "|"),
		families: strings.Fields(`Озёрова Зимин Берегов Лесная Пескова Климов Туманов Рыбакова Соловьёв Ветров Снегирёва Каменский
			Полевой Громова Ключевский Журавлёв Дорохова Шатров Щербаков Юрьева`),
		publishers: strings.Split("Воды|Северная книга|Наука и берег|Изд-во Института пресных вод|Старая дорога", "|"),
		page:       russian,
	},
}
