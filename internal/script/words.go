package script

// Words that carry the grammar of a language and occur in almost every
// sentence or title of it, folded to lower case with their marks. A word that
// several languages share counts for all of them; what decides is the rest.
//
// Two of the lists are no languages of a text but ways to write one:
// romanised Russian and romanised Japanese. They stand here to win over the
// languages they resemble by accident (i, o, po, no, to …).
var latinWords = map[string]string{
	"en": "the of and to in for on with by from as at is are was were be been this that these those which its it an a or not their his her has have had between among during through under into than into after before within without toward towards upon about how what why when where who case study role using use based new effect effects",
	"es": "el la los las de del y en un una unos unas que con por para su sus se es son como al lo no más sobre entre desde hasta sin este esta estos estas ha han fue ser o u pero muy también donde durante mediante según hacia ante",
	"pt": "o a os as de do da dos das e em no na nos nas um uma uns umas que com por para seu sua seus suas se é são como ao aos à às pelo pela pelos pelas mais sobre entre desde até sem este esta estes estas foi ser ou mas não também onde num numa dum sob ante à",
	"fr": "le la les de des du et en un une que qui dans par pour sur avec au aux ce cette ces sa son ses se est sont il elle on ne pas plus ou où mais comme leur leurs entre chez sous sans été être à dont depuis vers d l qu",
	"de": "der die das des dem den und in im ein eine einer eines einem einen von vom zu zur zum mit auf für ist sind nicht als auch an am bei nach aus wie über durch wird werden sich es dass oder zwischen unter vor seit um bis aber ihre seine",
	"it": "il lo la i gli le di del dello della dei degli delle e in un uno una che con per da dal dalla su sul sulla nel nella nei nelle al alla ai alle è sono non si come più tra fra questo questa loro suo sua dei ma anche o ed",
	"nl": "de het een van en in op te voor met is zijn dat die aan door niet ook als bij om naar uit over tot tussen onder maar wordt werden worden deze dit er of",
	"pl": "i w z na do się nie jest oraz dla przez od po że jako a o ze to są był była było jego jej ich tym który która które przy pod nad między",
	"cs": "a v na se je že do pro s z ze k ke o jako i nebo jsou by byl byla bylo ve které který která při mezi nad pod po podle",
	"tr": "ve bir bu ile için de da olarak olan üzerine üzerinde arasında gibi daha en çok olduğu göre kadar ise sonra değil ya",
	"id": "dan di yang dengan untuk pada dari dalam adalah ini itu terhadap sebagai oleh atau tidak ke antara melalui serta secara berbasis bagi pengaruh peran analisis",
	"sv": "och i att det som en ett på är av för med till den inte om har de var från vid eller mellan efter hos under",
	"ro": "și şi de la în a cu pe din pentru este sunt un o care prin al ai ale mai nu sau ca între după asupra dintre",
	"vi": "và của là các có trong cho được với không những một người về từ theo đến tại này",
	// romanised Russian, several schemes
	"-r": "i v na s po k o iz ot dlya dlja dlia kak pri u za ob k ne ili ego ih ikh eyo ee ikh nad pod mezhdu posle istorii istoriya rossii g gg no iya iia ya vo so",
	// romanised Japanese
	"-j": "no ni wo ga wa to de kara made he e ha mo ya kenkyū kenkyu nihon ronbun shi",
}

var cyrillicWords = map[string]string{
	"ru": "и в во на с со по из для от к ко как что это не при или его её ее их об о у за под над между также был была были было он она оно они мы до после через без же ли бы который которая которые которых является являются этой этого данной также более новый роль анализ когда где если только есть можно все всех том этот эти чем",
	"uk": "і й та в у на з із зі по для від до як що це не при або його її їх про за під над між також був була були було він вона вони ми після через без щоб який яка які яких є цій цього дослідження аналіз коли де якщо тільки можна всі цей ці",
	"be": "і ў у на з са па для ад да як што гэта не пры або яго яе іх пра за пад над паміж таксама быў была былі ён яна яны мы пасля праз без які якая якія",
	"bg": "и в във на с със по от за към като че това не при или неговата му до под над между също беше бяха той тя те ние след през без да се са е са ще който която които си",
	"sr": "и у на са с по од за ка као да то не при или његов њихов о под над између такође је су био била били он она они ми после кроз без који која које се",
	"mk": "и во на со по од за кон како дека тоа не при или негов о под над меѓу исто е се беше тој таа тие ние потоа низ без кој која кои да",
}

// endings tell languages apart in titles that have few words of grammar.
var latinEndings = []struct{ ending, lang string }{
	{"tion", "en"}, {"tions", "en"}, {"ing", "en"}, {"ness", "en"}, {"ship", "en"}, {"ity", "en"}, {"ities", "en"}, {"ally", "en"}, {"ical", "en"},
	{"ción", "es"}, {"ciones", "es"}, {"sión", "es"}, {"idad", "es"}, {"idades", "es"}, {"ía", "es"}, {"ías", "es"},
	{"ção", "pt"}, {"ções", "pt"}, {"são", "pt"}, {"sões", "pt"}, {"dade", "pt"}, {"dades", "pt"}, {"ência", "pt"}, {"ância", "pt"}, {"agem", "pt"},
	{"ique", "fr"}, {"iques", "fr"}, {"eux", "fr"}, {"ité", "fr"}, {"aire", "fr"}, {"tion", "fr"}, {"tions", "fr"},
	{"ung", "de"}, {"ungen", "de"}, {"keit", "de"}, {"heit", "de"}, {"lich", "de"}, {"lichen", "de"}, {"schaft", "de"}, {"ische", "de"}, {"ischen", "de"},
	{"zione", "it"}, {"zioni", "it"}, {"ità", "it"}, {"ezza", "it"},
	{"lık", "tr"}, {"lik", "tr"}, {"ları", "tr"}, {"leri", "tr"}, {"nın", "tr"}, {"nin", "tr"},
	{"nosti", "-r"}, {"iya", "-r"}, {"iia", "-r"}, {"nie", "-r"}, {"niye", "-r"}, {"ogo", "-r"}, {"skoy", "-r"}, {"skoi", "-r"}, {"nykh", "-r"}, {"skii", "-r"}, {"skiy", "-r"}, {"nyye", "-r"}, {"nyh", "-r"}, {"ii", "-r"},
}

var cyrillicEndings = []struct{ ending, lang string }{
	{"ого", "ru"}, {"его", "ru"}, {"ая", "ru"}, {"ое", "ru"}, {"ее", "ru"}, {"ие", "ru"}, {"ые", "ru"}, {"ый", "ru"}, {"ий", "ru"}, {"ой", "ru"}, {"ых", "ru"}, {"ия", "ru"}, {"ости", "ru"}, {"ость", "ru"}, {"ться", "ru"}, {"ется", "ru"}, {"ции", "ru"}, {"ние", "ru"}, {"ния", "ru"}, {"ний", "ru"}, {"ских", "ru"}, {"ются", "ru"}, {"лось", "ru"}, {"лся", "ru"},
	{"ого", "uk"}, {"ання", "uk"}, {"ення", "uk"}, {"ності", "uk"}, {"ій", "uk"}, {"ський", "uk"}, {"ської", "uk"}, {"ються", "uk"}, {"ських", "uk"}, {"лося", "uk"},
	{"ата", "bg"}, {"ото", "bg"}, {"ите", "bg"}, {"ът", "bg"}, {"ят", "bg"}, {"ията", "bg"}, {"ване", "bg"}, {"ето", "bg"}, {"ането", "bg"}, {"ция", "bg"},
	{"ње", "sr"}, {"ског", "sr"}, {"њу", "sr"}, {"ног", "sr"},
	{"ата", "mk"}, {"ето", "mk"}, {"ите", "mk"}, {"њето", "mk"},
}
