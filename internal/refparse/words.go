package refparse

// shortened are the abbreviations after which a sentence goes on.
var shortened = wordSet(`
vol vols sect subsect subsp var cogn lindl no nos pp p ed eds edn st dr mr mrs ms prof vs v etc fig cf ca approx al suppl ser repr rev trans transl comp orig inc ltd co corp jr sr op cit ibid eg ie viz
т с г гг вв в вып изд ред отв пер сост авт др тов ст проф акад канд докт наук дис дисс сб тр науч ун ин р тыс млн млрд им св ред. общ гл кн ч рис табл см ср напр напр. обл респ вст предисл посл прим и мин мат материалы. д с. ил худ спец сер тт пп хр ед оп ф л лл г. гос гор межд междунар всерос физ мат хим техн ист филол филос архит экон юрид пед мед биол геогр геол внеш внутр русск рос советск учен зап изв вестн журн библиогр
proc int intl conf intern univ inst dept natl nat j rev bras bull am amer soc sci res phys lett chem biol med ann acad assoc clin comput electr electron eng engl environ eur exp genet geol geophys hist ind inf j. lang ling math mech microbiol mol neurol neurosci nucl oceanogr opt org pharmacol physiol plant pol proc psychol psychiatr publ quart sect ser stud surg surv symp syst tech technol theor trans trop vet zool z zh arch gen appl adv acta mult scler cult stat mon not roy astron astrophys geochem cosmochim biochem biophys immunol virol endocrinol pediatr radiol oncol hematol dermatol ophthalmol rheumatol gastroenterol nephrol urol epidemiol toxicol ecol evol bot agric agron hortic entomol mycol parasitol crystallogr spectrosc thermodyn mater metall ceram polym org inorg anal
sept oct nov dec jan feb mar apr aug jul jun jan. fev abr mai ago set out dez янв февр апр авг сент окт нояб дек
ph gen col lt capt rev. hon gov sen rep pres min sta sto dra ing lic arq mag
n s d m b e n.º art arts par cap caps fl fls orgs org coord coords trad introd rev
akad kand nauk prof dis im ul gos red sost per otv vyp izd sb tr kn tov g gg vv univ
`)

// placeShort are abbreviations of places that keep their full stop.
var placeShort = wordSet("м спб л пг пб спб. к х мн н. новгород ростов-н/д m spb l")

// regions stand behind a place: states, countries.
var regions = wordSetOf("new jersey|new york|north carolina|british columbia|ma|ny|nj|ca|dc|il|pa|tx|md|va|ct|nc|mi|oh|wa|ga|fl|mn|wi|co|mass|calif|conn|ill|pa.|usa|uk|u.s.a|us|ussr|russia|japan|france|germany|italy|brasil|brazil|portugal|df|sp|rj|mg|rs|sc|pr|ba|pe|pb|go|massachusetts|california|england|netherlands|canada|china|ontario|scotland|switzerland|россия|франция|германия|сша|d.c|d|n.y|n.j")

// places are cities where much is published, and countries that stand for one,
// in the languages of reference lists.
var places = wordSetOf(`
Москва|Ленинград|Санкт-Петербург|Петербург|Петроград|СПб|Спб|Казань|Новосибирск|Екатеринбург|Свердловск|Томск|Киев|Минск|Обнинск|Самара|Саратов|Воронеж|Владивосток|Хабаровск|Иркутск|Омск|Пермь|Уфа|Челябинск|Ростов-на-Дону|Ростов|Краснодар|Красноярск|Нижний Новгород|Горький|Волгоград|Ярославль|Тверь|Тула|Рязань|Калуга|Калининград|Смоленск|Псков|Великий Новгород|Новгород|Архангельск|Мурманск|Петрозаводск|Барнаул|Кемерово|Тюмень|Якутск|Улан-Удэ|Чита|Магас|Назрань|Грозный|Махачкала|Владикавказ|Нальчик|Ставрополь|Пятигорск|Симферополь|Севастополь|Одесса|Харьков|Львов|Днепропетровск|Алма-Ата|Алматы|Астана|Ташкент|Бишкек|Фрунзе|Душанбе|Ереван|Тбилиси|Баку|Рига|Вильнюс|Таллин|Таллинн|Тарту|Кишинев|Кишинёв|Дубна|Саров|Снежинск|Димитровград|Протвино|Троицк|Королев|Жуковский|Белгород|Курск|Орёл|Орел|Липецк|Тамбов|Пенза|Ульяновск|Саранск|Чебоксары|Йошкар-Ола|Ижевск|Киров|Сыктывкар|Вологда|Кострома|Иваново|Владимир|Брянск|Астрахань|Элиста|Оренбург|Курган|Абакан|Кызыл|Южно-Сахалинск|Магадан|Благовещенск|Петропавловск-Камчатский|София|Пловдив|Варна|Велико Търново|Шумен|Благоевград|Скопје|Скопие|Београд|Белград|Нови Сад|Загреб|Женева|Париж|Лондон|Нью-Йорк|Берлин|Вена|Прага|Варшава|Токио|Пекин|Сан-Франциско|Новочеркасск|Таганрог|Горно-Алтайск|Бийск|Рубцовск|Стокгольм
Moscow|Moskva|Moskow|Leningrad|Saint Petersburg|St. Petersburg|St Petersburg|Saint-Petersburg|Sankt-Peterburg|S.-Petersburg|Petrograd|Kazan|Kazan'|Kazan’|Novosibirsk|Ekaterinburg|Yekaterinburg|Sverdlovsk|Tomsk|Kiev|Kyiv|Minsk|Obninsk|Samara|Saratov|Voronezh|Vladivostok|Khabarovsk|Habarovsk|Irkutsk|Omsk|Perm|Perm'|Ufa|Chelyabinsk|Rostov-on-Don|Rostov-na-Donu|Rostov|Krasnodar|Krasnoyarsk|Nizhny Novgorod|Nizhnij Novgorod|Volgograd|Yaroslavl|Yaroslavl'|Tver|Tver'|Tula|Ryazan|Ryazan'|Kaluga|Kaliningrad|Smolensk|Dubna|Sarov|Snezhinsk|Dimitrovgrad|Simferopol|Odessa|Kharkov|Kharkiv|Lvov|Lviv|Alma-Ata|Almaty|Astana|Tashkent|Bishkek|Yerevan|Tbilisi|Baku|Riga|Vilnius|Tallinn|Tartu|Chisinau|Sofia|Plovdiv|Belgrade|Beograd|Novi Sad|Zagreb|Skopje|Ljubljana|Sarajevo
Tyumen|Kemerovo|Barnaul|Petrozavodsk|Arkhangelsk|Murmansk|Belgorod|Kursk|Orel|Penza|Ulyanovsk|Saransk|Izhevsk|Ivanovo|Kostroma|Bryansk|Astrakhan|Orenburg|Krasnoyarsk|Ulan-Ude|Yakutsk|Stavropol|Pskov|Cheboksary|Syktyvkar|Omsk|Chita|Kirov|Vyatka|Tambov|Ryazan|Smolensk|Lipetsk|Vologda|Elista|Maykop|Nalchik|Magadan|Gdynia|Gdańsk|Gdansk
Київ|Львів|Харків|Одеса|Дніпро|Чернівці|Тернопіль|Мінск|Гродна
İstanbul|İzmir|Bursa|Eskişehir|Konya|Trabzon|Yogyakarta|Bandung|Surabaya|Semarang|Malang|Depok|Odense|Trondheim|Tilburg|Nijmegen|Assen|Reggio Emilia|Macerata|Pavia|Modena|Urbino|Brescia|Bergamo
Bremen|Hannover|Nürnberg|Darmstadt|Kassel|Rostock|Erfurt|Marburg|Gießen|Augsburg|Regensburg|Passau|Konstanz|Karlsruhe|Mannheim|Düsseldorf|Dortmund|Bochum|Aachen|Trier|Saarbrücken|Osnabrück|Paderborn|Hildesheim|Braunschweig|Baden-Baden|Luzern|St. Gallen|Fribourg|Neuchâtel|Linz|Nantes|Montpellier|Dijon|Poitiers|Rouen|Málaga|Murcia|Cádiz|Alicante|Pamplona|Valladolid|Santiago de Compostela|Xalapa|Puebla|Monterrey|Cusco|Arequipa
London|Oxford|Cambridge|Edinburgh|Glasgow|Manchester|Bristol|Leicester|Liverpool|Dublin|Basingstoke|Harmondsworth|Aldershot|Farnham|Cheltenham|Chichester|New York|N.Y|Boston|Chicago|Philadelphia|Washington|Washington D.C|Washington, D.C|Baltimore|Princeton|New Haven|Stanford|Berkeley|Los Angeles|San Francisco|San Diego|Ithaca|Durham|Chapel Hill|Ann Arbor|Bloomington|Albany|Austin|Houston|Seattle|Minneapolis|Madison|Urbana|Athens|Lanham|Westport|Englewood Cliffs|Upper Saddle River|Hoboken|Reading|Malden|Boulder|Honolulu|Thousand Oaks|Newbury Park|Toronto|Montreal|Montréal|Ottawa|Vancouver|Sydney|Melbourne|Canberra|Hong Kong|Singapore|New Delhi|Delhi|Bombay|Mumbai|Calcutta|Madras|Chennai|Karachi|Lahore|Dhaka|Colombo|Kuala Lumpur|Jakarta|Bangkok|Manila|Hanoi|Seoul|Tokyo|Tōkyō|Kyoto|Kyōto|Osaka|Ōsaka|Nagoya|Sapporo|Yokohama|Beijing|Peking|Shanghai|Nanjing|Taipei|Taibei|Guangzhou|Jinan|Wuhan|Tianjin|Chengdu|Xi'an|Hangzhou|Cairo|Tehran|Baghdad|Beirut|Jerusalem|Tel Aviv|Istanbul|Ankara|Nairobi|Lagos|Cape Town|Johannesburg|Pretoria|Dordrecht|Amsterdam|Leiden|The Hague|Rotterdam|Utrecht|Groningen|Brussels|Bruxelles|Leuven|Louvain|Ghent|Gent|Antwerp|Turnhout|Paris|Lyon|Marseille|Toulouse|Strasbourg|Grenoble|Bordeaux|Rennes|Lille|Aix-en-Provence|Genève|Geneva|Lausanne|Zürich|Zurich|Basel|Bern|Berlin|München|Munich|Hamburg|Frankfurt|Frankfurt am Main|Frankfurt a. M|Stuttgart|Leipzig|Heidelberg|Göttingen|Tübingen|Köln|Cologne|Bonn|Mainz|Wiesbaden|Freiburg|Dresden|Halle|Jena|Weimar|Potsdam|Würzburg|Münster|Bielefeld|Opladen|Weinheim|Wien|Vienna|Graz|Innsbruck|Salzburg|Praha|Prague|Brno|Bratislava|Budapest|Warszawa|Warsaw|Kraków|Krakow|Cracow|Wrocław|Poznań|Łódź|Gdańsk|Lublin|Toruń|Bucureşti|București|Bucharest|Cluj|Iași|Roma|Rome|Milano|Milan|Torino|Turin|Firenze|Florence|Bologna|Venezia|Venice|Napoli|Naples|Padova|Genova|Bari|Palermo|Pisa|Madrid|Barcelona|Valencia|Sevilla|Seville|Salamanca|Granada|Bilbao|Zaragoza|Lisboa|Lisbon|Porto|Coimbra|Braga|São Paulo|Sao Paulo|S. Paulo|Rio de Janeiro|Belo Horizonte|Brasília|Brasilia|Porto Alegre|Curitiba|Salvador|Recife|Fortaleza|Florianópolis|Campinas|Goiânia|Natal|João Pessoa|Belém|Manaus|Vitória|Niterói|Petrópolis|São Carlos|Ribeirão Preto|Londrina|Maringá|Santa Maria|Pelotas|Ijuí|Caxias do Sul|Bauru|Araraquara|Juiz de Fora|Uberlândia|Viçosa|Cuiabá|Campo Grande|Aracaju|Maceió|Teresina|São Luís|Tubarão|Chapecó|Joinville|Blumenau|Marília|Assis|Franca|São Leopoldo|Santos|Piracicaba|Distrito Federal|Buenos Aires|Rosario|La Plata|Córdoba|Mendoza|Santiago|Santiago de Chile|Valparaíso|Bogotá|Medellín|Cali|Lima|Quito|Caracas|La Paz|Montevideo|Asunción|México|Ciudad de México|Mexico City|México D.F|Guadalajara|La Habana|San José|Londres|Nova York|Nova Iorque|Nueva York|Genebra|Copenhagen|København|Stockholm|Oslo|Helsinki|Uppsala|Lund|Göteborg|Aarhus|Bergen|Turku|Tampere|Reykjavik|Mahwah|Hillsdale|Norwood|Hershey|Cham|Heidelberg|Secaucus|Nairobi|Rockville|Bethesda|Gaithersburg|Pittsburgh|Cleveland|Detroit|Columbus|Tucson|Phoenix|Denver|Atlanta|New Orleans|Dallas|Portland|Tempe|Stanford, CA|Menlo Park|Palo Alto|Santa Barbara|Santa Monica|Belmont|Pacific Grove|Amherst|Hanover|Providence|Cambridge, MA|Rochester|Syracuse|Buffalo|Lexington|Notre Dame|University Park|Kathmandu|Tsukuba|Sendai|Fukuoka
北京|東京|京都|上海
`)

// wordSetOf is a set of phrases that "|" and line ends divide, in small letters.
func wordSetOf(list string) map[string]bool {
	set := map[string]bool{}
	for _, line := range splitAny(list) {
		if line != "" {
			set[lowerOf(line)] = true
		}
	}
	return set
}

func splitAny(s string) []string {
	var out []string
	from := 0
	for i := range len(s) {
		if s[i] == '|' || s[i] == '\n' {
			out = append(out, s[from:i])
			from = i + 1
		}
	}
	return append(out, s[from:])
}

// periodicals are words with which names of journals and proceedings begin.
var periodicals = wordSet(`
journal j review revista rev vestnik вестник bulletin boletín boletim bull annals ann archives arquivos archive annales proceedings proc transactions trans quarterly annual advances studies estudos estudios cadernos cuadernos anais annuaire zeitschrift jahrbuch archiv acta international american european british canadian australian letters magazine newsletter gazette
журнал вопросы известия труды записки ученые учёные бюллетень обозрение сборник сб материалы доклады успехи проблемы наука психология социологические вісник збірник списание годишник зборник
zhurnal voprosy izvestiya izvestija izvestiia trudy zapiski uchenye sbornik materialy doklady uspekhi problemy bulleten atomnaya novaya
collection database encyclopedia encyclopaedia enciclopédia энциклопедия handbook series digest dijest yearbook lecture notes lnfm bmc plos ieee acm nature science cell lancet american diário folha energy atomic physical
`)

// publishers are words in the names of publishing houses.
var publishers = wordSet(`
press publ publisher publishers publishing publications books verlag editora edições ediciones éditions editions editorial editrice editore edizioni ed uitgeverij wydawnictwo izd izdatel'stvo izdatelstvo izdatel’stvo nakladatelství förlag
издательство изд-во изд издат издательский типография тип видавництво универсал изд-ва книга
springer wiley elsevier routledge brill sage macmillan palgrave blackwell mcgraw-hill pearson norton penguin harper knopf doubleday vintage gallimard seuil flammarion puf einaudi laterza mondadori suhrkamp fischer rowohlt reclam beck mohr gruyter vrin kluwer birkhäuser academic mcgraw prentice-hall addison-wesley thieme karger atlas contexto brasiliense vozes martins cortez loyola companhia zahar autêntica perspectiva paulus moderna mercado parábola
nauka наука мысль прогресс политиздат госполитиздат просвещение мир высшая учпедгиз атомиздат энергоатомиздат машиностроение недра судостроение academia инфра-м юрайт инфра вагриус vagrius
wesley mifflin hall mit
`)

// organisations are words in the names of bodies.
var organisations = wordSet(`
organization organisation university institute institut instituto institution ministry ministério ministerio ministère department departamento agency agência association associação asociación committee comitê commission comissão comisión council conselho consejo centre center centro centrum foundation fundação fundación bureau office government secretaria secretaría society sociedade academy academia bank banco fund union sistema rede coordenação federation confederation board corporation company service services library biblioteca museum group grupo team consortium collaboration network parliament assembly senate court congress nations authority
министерство институт университет академия комитет комиссия агентство ассоциация организация центр федерация союз совет департамент служба общество фонд правительство управление банк библиотека музей консерватория училище колледж филиал обсерватория
ministerstvo institut universitet akademiya komitet
bundesamt landesamt amt ministerium behörde kurum kurumu bakanlığı başkanlığı badan kementerian lembaga dinas інститут міністерство служба академія національний агентство комітет управління universidade universidad université universität università üniversitesi universitas universiteit uniwersytet faculdade escola school college conservatory conservatorio conservatoire
`)

// givenNames are frequent given names: what begins with one is written with the
// family name last.
var givenNames = wordSet(`
james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark donald steven stephen paul andrew joshua kenneth kevin brian george timothy ronald edward jason jeffrey ryan jacob gary nicholas eric jonathan larry justin scott brandon benjamin samuel gregory frank alexander raymond patrick jack dennis jerry tyler aaron jose adam nathan henry zachary douglas peter kyle noah ethan jeremy walter christian keith roger terry austin sean gerald carl harold dylan arthur lawrence jordan jesse bryan billy bruce gabriel joe logan alan juan albert willie elijah wayne randy vincent mason roy ralph bobby russell bradley philip eugene neil howard martin hugh ian graham colin simon stuart geoffrey derek trevor oliver leslie herbert alfred frederick ernest theodore francis edwin norman leonard gordon dale clifford clarence earl victor marvin glenn
mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty sandra margaret ashley kimberly emily donna michelle carol amanda melissa deborah stephanie dorothy rebecca sharon laura cynthia amy kathleen angela shirley brenda emma anna pamela nicole samantha katherine christine helen debra rachel carolyn janet maria catherine heather diane olivia julie joyce victoria ruth virginia lauren kelly christina joan evelyn judith andrea hannah megan cheryl jacqueline martha madison teresa gloria sara janice ann kathryn abigail sophia frances jean alice judy isabella julia grace denise amber doris marilyn danielle beverly charlotte natalie theresa diana brittany kayla alexis claire fiona sheila
hans klaus wolfgang jürgen peter heinrich karl günter günther horst helmut dieter manfred gerhard werner ulrich uwe bernd rolf rainer stefan andreas jens jörg thorsten ulf
pierre jean jacques michel andré philippe françois louis henri claude bernard alain gérard marcel rené gilles olivier laurent nicolas frédéric christophe sébastien marie isabelle nathalie sylvie fernand lucien edgar georges émilie jules léon paule simone denis dominique serge yvonne alexandre arnaud aurélien fabrice florence héloïse michèle hélène geneviève françoise monique jacqueline chantal yannick thierry didier pascal bruno emmanuel benoît mathieu guillaume antoine étienne rémi clémentine élisabeth anne véronique catherine
giovanni giuseppe marco paolo luigi carlo francesco alessandro andrea stefano roberto antonio mario giulia francesca
carlos josé luis manuel francisco javier miguel ángel jesús pedro pablo fernando jorge alberto rafael eduardo ricardo sergio joão paulo antônio luiz marcos gustavo felipe rodrigo
fyodor lev leo ivan mikhail nikolai sergei vladimir boris dmitri pavel yuri viktor konstantin alexei andrei igor oleg olga natalia tatiana svetlana ekaterina elena irina
gustave émile honoré gaston maurice raymond roland gérard julien yves umberto italo primo giorgio franco antonia friedrich johann ludwig theodor immanuel edmund erich ernst otto rainer reinhard hannah aleida ingeborg
jan piotr krzysztof andrzej tomasz paweł johan lars erik anders björn sven nils ole henrik kimberley
`)
