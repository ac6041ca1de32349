package script

import (
	"sync"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// newForms are pairs of an ideograph as it was printed in Japan before 1949, or
// as names still write it, and the form of today (Tōyō kanji jitai-hyō, Jōyō
// kanji). It is a table for Japanese: Chinese simplifies otherwise.
const newForms = "" +
	"亞亜 惡悪 壓圧 圍囲 爲為 醫医 壹壱 稻稲 飮飲 隱隠 營営 榮栄 衞衛 驛駅 悅悦 閱閲 圓円 緣縁 艷艶 鹽塩 奧奥 應応 橫横 歐欧 毆殴 黃黄 溫温 穩穏 " +
	"假仮 價価 畫画 會会 壞壊 懷懐 繪絵 擴拡 殼殻 覺覚 學学 嶽岳 樂楽 渴渇 勸勧 卷巻 寬寛 歡歓 罐缶 觀観 關関 陷陥 巖巌 顏顔 歸帰 氣気 龜亀 僞偽 " +
	"戲戯 犧犠 舊旧 據拠 擧挙 虛虚 峽峡 挾挟 狹狭 敎教 " +
	"曉暁 區区 驅駆 勳勲 薰薫 徑径 惠恵 溪渓 經経 繼継 莖茎 螢蛍 輕軽 鷄鶏 藝芸 擊撃 缺欠 儉倹 劍剣 圈圏 檢検 權権 獻献 縣県 硏研 險険 顯顕 驗験 " +
	"嚴厳 效効 廣広 恆恒 鑛鉱 號号 國国 黑黒 " +
	"碎砕 濟済 齋斎 劑剤 櫻桜 册冊 雜雑 產産 參参 慘惨 棧桟 蠶蚕 贊賛 殘残 絲糸 齒歯 兒児 辭辞 濕湿 實実 舍舎 寫写 釋釈 壽寿 收収 從従 澁渋 獸獣 " +
	"縱縦 肅粛 處処 敍叙 緖緒 奬奨 將将 燒焼 稱称 證証 乘乗 剩剰 壤壌 孃嬢 條条 淨浄 狀状 疊畳 穰穣 讓譲 釀醸 囑嘱 觸触 寢寝 愼慎 眞真 晉晋 盡尽 " +
	"圖図 粹粋 醉酔 隨随 髓髄 數数 樞枢 " +
	"瀨瀬 聲声 靜静 齊斉 攝摂 竊窃 專専 戰戦 淺浅 潛潜 纖繊 踐践 錢銭 禪禅 雙双 壯壮 搜捜 插挿 爭争 總総 聰聡 莊荘 裝装 騷騒 臟臓 藏蔵 屬属 續続 " +
	"墮堕 體体 對対 帶帯 滯滞 臺台 瀧滝 擇択 澤沢 單単 擔担 膽胆 團団 彈弾 斷断 癡痴 遲遅 晝昼 蟲虫 鑄鋳 廳庁 聽聴 敕勅 鎭鎮 遞逓 鐵鉄 轉転 點点 " +
	"傳伝 黨党 盜盗 燈灯 當当 鬪闘 德徳 獨独 讀読 屆届 繩縄 貳弐 惱悩 腦脳 霸覇 廢廃 拜拝 賣売 麥麦 發発 髮髪 拔抜 蠻蛮 祕秘 濱浜 甁瓶 拂払 佛仏 " +
	"竝並 變変 邊辺 邉辺 辨弁 辯弁 瓣弁 舖舗 穗穂 寶宝 豐豊 襃褒 沒没 飜翻 每毎 萬万 滿満 默黙 彌弥 藥薬 譯訳 豫予 餘余 與与 譽誉 搖揺 樣様 謠謡 " +
	"來来 賴頼 亂乱 覽覧 龍竜 兩両 獵猟 綠緑 壘塁 淚涙 勵励 禮礼 隸隷 靈霊 齡齢 曆暦 歷歴 戀恋 鍊錬 爐炉 勞労 樓楼 郞郎 祿禄 灣湾 " +
	"步歩 內内 卽即 鄕郷 淸清 靑青 戶戸 揭掲 旣既 槪概 增増 曾曽 說説 稅税 脫脱 鄰隣 吳呉 娛娯 絕絶 巢巣 禱祷 瀆涜 鷗鴎 遙遥 瑤瑶 堯尭 槇槙 凜凛 " +
	"亙亘 " +
	"嶋島 嶌島 峯峰 冨富 髙高 﨑崎 嵜崎 碕崎 桒桑 渕淵 渊淵 薗園 邨村 舘館 埜野 壄野 濵浜 栁柳 枩松 槗橋 靏鶴 廐厩 廏厩 曻昇 𠮷吉 卆卒 喆哲 惪徳 " +
	"凢凡 凾函 齎斎"

var newFormOf = sync.OnceValue(func() map[rune]rune {
	table := make(map[rune]rune, 420)
	var old rune
	for _, r := range newForms {
		switch {
		case r == ' ':
			old = 0
		case old == 0:
			old = r
		case old != r:
			table[old] = r
		}
	}
	return table
})

// FoldHan is a text with compatibility characters in their plain form (NFKC)
// and ideographs of old Japanese print in the form of today: 澤邊 is 沢辺. The
// mark of repetition 々 is written out, the small ヶ and ヵ are as large as the
// others. Only Japanese texts should be folded so for show; for comparison any
// text may be, as long as both sides are.
func FoldHan(s string) string {
	if isPlain(s) {
		return s
	}
	text := norm.NFKC.String(s)
	out := make([]byte, 0, len(text))
	var before rune
	table := newFormOf()
	for _, r := range text {
		r = newForm(table, r, before)
		out = utf8.AppendRune(out, r)
		before = r
	}
	return string(out)
}

// appendHan appends the folded form of letters that are composed already.
func appendHan(dst []byte, letters []rune) []byte {
	table := newFormOf()
	var before rune
	for _, r := range letters {
		r = newForm(table, r, before)
		dst = utf8.AppendRune(dst, r)
		before = r
	}
	return dst
}

func newForm(table map[rune]rune, r, before rune) rune {
	switch {
	case r < 0x3000:
		return r
	case r == '々' && isHan(before):
		return before
	case r == 'ヶ':
		return 'ケ'
	case r == 'ヵ':
		return 'カ'
	case r < 0x3400:
		return r
	}
	if n, ok := table[r]; ok {
		return n
	}
	return r
}
