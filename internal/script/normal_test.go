package script

import "testing"

func TestNormalKeepsLettersAndFoldsPrint(t *testing.T) {
	for in, want := range map[string]string{
		"Хрущёв": "хрущёв", "Хрущев": "хрущев", "Ichirō": "ichirō", "STRASSE": "strasse", "Straße": "strasse", "Ｆｕｌｌ": "full", "ﬁsh": "fish",
		"O’Brien": "o'brien", "O`Brien": "o'brien", "O´Brien": "o'brien", "Il’in": "il'in", "soft\u00adhyphen": "softhyphen", "Λόγος": "λόγοσ", "ΛΌΓΟΣ": "λόγοσ",
		"Мoscow": "moscow", "Еsaulov": "esaulov", "Mосква": "москва", "San‑Francisco": "san-francisco", " x ": "x", "İzmir": "izmir", "ILGIN": "ilgin", "ılgın": "ılgın",
		"e\u0301te\u0301": "été", "ｶﾞ": "ガ", "鐵道": "鐵道", "": "",
	} {
		if got := Normal(in); got != want {
			t.Errorf("Normal(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestUnmixMendsOnlyWordsOfTwoScripts(t *testing.T) {
	for in, want := range map[string]string{
		"Мoscow": "Moscow", "Москвa": "Москва", "СyberLeninkа": "CyberLeninka", "Р": "Р", "С": "С", "Xрущев": "Хрущев",
		"Москва": "Москва", "Moscow": "Moscow", "МиГ": "МиГ", "第Х回a": "第Х回a", "": "",
	} {
		if got := Unmix(in); got != want {
			t.Errorf("Unmix(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestOldIdeographsFoldIntoNewOnes(t *testing.T) {
	for in, want := range map[string]string{
		"國會圖書館": "国会図書館", "澤邊": "沢辺", "文藝春秋": "文芸春秋", "﨑": "崎", "佐々木": "佐佐木", "々": "々", "ケ々": "ケ々", "関ヶ原": "関ケ原",
		"Ｎ町": "N町", "plain Text": "plain Text", "にほん": "にほん", "鳩山": "鳩山", "侮": "侮",
	} {
		if got := FoldHan(in); got != want {
			t.Errorf("FoldHan(%q) = %q, want %q", in, got, want)
		}
	}
	for old, form := range newFormOf() {
		if again, ok := newFormOf()[form]; ok {
			t.Errorf("%c becomes %c, and that %c", old, form, again)
		}
	}
}
