"""Conjugation: one verb of every weak class, against forms written out by hand."""

from __future__ import annotations

import pytest

from rasid.events.conjugate import masdar_of, noun_forms, participle_forms, stems_of, verb_forms
from rasid.words.fold import fold


@pytest.mark.parametrize(
    ("root", "form", "forms"),
    [
        ("قتل", "I", "قتل قتلت قتلوا يقتل تقتل يقتلون قتلنا"),
        ("قول", "I", "قال قالت قالوا قلنا يقول يقولون يقل"),
        ("زور", "I", "زار زارت زرنا يزور تزور"),
        ("بيع", "I", "باع بعنا يبيع"),
        ("دعو", "I", "دعا دعت دعوا دعونا يدعو يدعون يدع"),
        ("نفي", "I", "نفى نفت نفوا نفينا ينفي ينفون"),
        ("وصل", "I", "وصل وصلت يصل تصل يصلون"),
        ("ردد", "I", "رد ردت ردوا رددنا يرد يردون"),
        ("قرء", "I", "قرأ قرأت يقرأ"),
        ("ءخذ", "I", "أخذ أخذت يأخذ"),
        ("ءكد", "II", "أكد أكدت يؤكد تؤكد"),
        ("هنء", "II", "هنأ هنأت يهنئ"),
        ("هجم", "III", "هاجم هاجمت يهاجم"),
        ("دين", "IV", "أدان أدانت أدنا يدين"),
        ("علن", "IV", "أعلن أعلنت يعلن"),
        ("وقف", "IV", "أوقف أوقفت يوقف"),
        ("لقي", "VIII", "التقى التقت التقوا يلتقي يلتقون يلتق"),
        ("وهم", "VIII", "اتهم اتهمت يتهم يتهمون"),
        ("حلل", "VIII", "احتل احتلت احتللنا يحتل"),
        ("صدم", "VIII", "اصطدم يصطدم"),
        ("زيد", "VIII", "ازداد يزداد"),
        ("ءنف", "X", "استأنف استأنفت يستأنف"),
        ("قيل", "X", "استقال استقالت استقلنا يستقيل"),
        ("سيطر", "Q", "سيطر سيطرت يسيطر"),
        ("ظهر", "VI", "تظاهر تظاهروا يتظاهرون"),
        ("سحب", "VII", "انسحب انسحبت ينسحب"),
    ],
)
def test_active_forms(root: str, form: str, forms: str) -> None:
    assert set(map(fold, forms.split())) <= verb_forms(root, form).active


@pytest.mark.parametrize(
    ("root", "form", "forms"),
    [
        ("دين", "IV", "يدان أدينت"),
        ("هجم", "III", "هوجم هوجمت"),
        ("خير", "VIII", "اختير"),
        ("وقف", "I", "يوقف"),
        ("قول", "I", "قيل يقال"),
    ],
)
def test_passive_forms_are_not_active(root: str, form: str, forms: str) -> None:
    made = verb_forms(root, form)
    assert set(map(fold, forms.split())) <= made.passive
    assert not made.passive & made.active


@pytest.mark.parametrize(
    ("root", "form", "masdar"),
    [
        ("ءيد", "II", "تأييد"),
        ("سوي", "II", "تسوية"),
        ("هجم", "III", "مهاجمة"),
        ("قضي", "III", "مقاضاة"),
        ("فرج", "IV", "إفراج"),
        ("دين", "IV", "إدانة"),
        ("ءوي", "IV", "إيواء"),
        ("وقف", "IV", "إيقاف"),
        ("حدي", "V", "تحدي"),
        ("ءمر", "VI", "تآمر"),
        ("وطء", "VI", "تواطؤ"),
        ("سحب", "VII", "انسحاب"),
        ("لقي", "VIII", "التقاء"),
        ("غيل", "VIII", "اغتيال"),
        ("ولي", "X", "استيلاء"),
        ("ءنف", "X", "استئناف"),
        ("قيل", "X", "استقالة"),
        ("سيطر", "Q", "سيطرة"),
    ],
)
def test_masdar(root: str, form: str, masdar: str) -> None:
    assert masdar_of(root, form) == fold(masdar)


def test_form_one_has_no_rule_for_its_masdar() -> None:
    assert masdar_of("قتل", "I") == ""


@pytest.mark.parametrize(("root", "form"), [("قت", "I"), ("قتل", "Q"), ("قتل", "XI"), ("زلزل", "I")])
def test_impossible_verb(root: str, form: str) -> None:
    with pytest.raises(ValueError, match=root):
        stems_of(root, form)


@pytest.mark.parametrize(
    ("noun", "forms"),
    [
        ("زيارة", "زيارة زيارت زيارتان زيارتين زيارات"),
        ("لقاء", "لقاء لقائ لقاؤ لقاءات لقاءين"),
        ("هجوم", "هجوم هجوما هجومين"),
    ],
)
def test_noun_forms(noun: str, forms: str) -> None:
    assert {fold(form) for form in forms.split()} <= noun_forms(fold(noun))


def test_participle_forms() -> None:
    assert {fold(f) for f in "متظاهر متظاهرا متظاهرون متظاهرين متظاهرو متظاهرة متظاهرات".split()} <= participle_forms(
        "متظاهر"
    )
    assert {"داعي", "داع", "داعيا", "داعيه", "داعين"} <= participle_forms("داعي")
