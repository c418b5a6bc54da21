"""Made-up pages in the manner of large Arabic news sites, around articles whose text is known."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

CASES = Path(__file__).parents[1] / "cases"


@dataclass(frozen=True)
class Known:
    """A made-up article."""

    id: str
    title: str
    published: str
    publisher: str
    paragraphs: tuple[str, ...]

    @property
    def body(self) -> str:
        return "\n".join(self.paragraphs)


def known() -> list[Known]:
    """The made-up articles."""
    lines = (CASES / "read_articles.jsonl").read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    return [Known(**{**record, "paragraphs": tuple(record["paragraphs"])}) for record in records]


_MENU = "".join(
    f'<li><a href="/{name}">{label}</a></li>'
    for name, label in (("n", "أخبار"), ("p", "سياسة"), ("e", "اقتصاد"), ("s", "رياضة"), ("o", "رأي"), ("v", "فيديو"))
)
_HEADLINES = (
    "انطلاق معرض الكتاب بمشاركة واسعة",
    "أسعار النفط تتراجع في التعاملات المبكرة",
    "الفريق الأزرق يتأهل إلى نصف النهائي",
    "طقس غائم وأمطار متفرقة على الساحل",
)
_RELATED = "".join(f'<li><a href="/r/{n}"><span>{line}</span></a></li>' for n, line in enumerate(_HEADLINES))
_FOOT = (
    "<footer><p>جميع الحقوق محفوظة © 2024</p><ul><li>من نحن</li><li>اتصل بنا</li><li>سياسة الخصوصية</li></ul></footer>"
)
_SCRIPT = "<script>window.ads=window.ads||[];ads.push({slot:'top'});</script>"


def _ld(article: Known) -> str:
    data = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": article.publisher},
            {
                "@type": "NewsArticle",
                "headline": article.title,
                "datePublished": f"{article.published}T09:30:00+03:00",
                "publisher": {"@type": "Organization", "name": article.publisher},
            },
        ],
    }
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'


def _paragraphs(article: Known, opening: str = "<p>", closing: str = "</p>") -> list[str]:
    return [f"{opening}{text}{closing}" for text in article.paragraphs]


def broadcaster(article: Known) -> str:
    """A large broadcaster: JSON-LD, breadcrumbs, share bar, ads between paragraphs, related box, footer."""
    inner = '<div class="ad-slot">إعلان</div>'.join(_paragraphs(article))
    return f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{article.title} | أخبار |
{article.publisher}</title>{_ld(article)}{_SCRIPT}</head><body><header><nav><ul>{_MENU}</ul></nav></header>
<main id="main"><nav class="breadcrumbs"><a href="/">الرئيسية</a> / <a href="/n">أخبار</a></nav>
<article class="article"><h1>{article.title}</h1><div class="article-dates"><span>{article.published}</span></div>
<ul class="share-bar"><li><a href="#">فيسبوك</a></li><li><a href="#">تويتر</a></li><li><a href="#">واتساب</a></li></ul>
<figure><img src="/a.jpg" alt=""><figcaption>لقطة عامة (رويترز)</figcaption></figure>
<div class="wysiwyg wysiwyg--all-content">{inner}</div>
<section class="more-on"><h2>مواضيع ذات صلة</h2><ul>{_RELATED}</ul></section></article></main>
<aside><h3>الأكثر قراءة</h3><ol>{_RELATED}</ol></aside>{_FOOT}</body></html>"""


def newspaper(article: Known) -> str:
    """An older newspaper site: tables for layout, meta tag for the date, no article element."""
    return f"""<html dir="rtl"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<meta property="og:site_name" content="{article.publisher}"><meta property="og:title" content="{article.title}">
<meta property="article:published_time" content="{article.published}T05:00:00+00:00">
<title>{article.title}</title></head><body>
<table width="100%"><tr><td colspan="2"><ul>{_MENU}</ul></td></tr><tr><td width="70%"><div id="content">
<h2 class="title">{article.title}</h2><div class="tools">طباعة | أرسل إلى صديق</div>
<div class="entry-content">{"".join(_paragraphs(article))}</div></div></td><td><div class="sidebar">
<h4>آخر الأخبار</h4><ul>{_RELATED}</ul></div></td></tr></table>{_FOOT}</body></html>"""


def agency(article: Known) -> str:
    """A news agency: line breaks in place of paragraphs, a time element, tags below."""
    return f"""<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8">
<title>{article.title} - {article.publisher}</title>
<meta name="application-name" content="{article.publisher}"></head><body><div class="top"><ul>{_MENU}</ul></div>
<div class="container"><article><header><h1>{article.title}</h1>
<time datetime="{article.published}T12:00:00+02:00" class="published">{article.published}</time></header>
<div class="news-body" itemprop="articleBody">{"<br><br>".join(article.paragraphs)}</div>
<div class="tags"><a href="/t/1">سياسة</a> <a href="/t/2">عاجل</a></div></article>
<div class="related"><h3>اقرأ أيضا</h3><ul>{_RELATED}</ul></div></div>{_FOOT}</body></html>"""


def amp(article: Known) -> str:
    """An AMP page."""
    return f"""<!doctype html><html amp lang="ar" dir="rtl"><head><meta charset="utf-8"><script async
src="https://cdn.ampproject.org/v0.js"></script><title>{article.title}</title>{_ld(article)}
<style amp-custom>body{{direction:rtl}}</style></head><body><amp-sidebar id="s"><ul>{_MENU}</ul></amp-sidebar>
<main><article><h1>{article.title}</h1><amp-img src="a.jpg" width="4" height="3"></amp-img>
{'<amp-ad width="300" height="250" type="x"></amp-ad>'.join(_paragraphs(article))}
<amp-social-share type="twitter"></amp-social-share></article>
<amp-list src="/related"><div><ul>{_RELATED}</ul></div></amp-list></main>{_FOOT}</body></html>"""


def blog(article: Known) -> str:
    """A WordPress theme: post classes, widgets, comment form, read-also links inside the text."""
    parts = _paragraphs(article)
    parts.insert(2, f'<p><strong>اقرأ أيضا: <a href="/r/9">{_HEADLINES[0]}</a></strong></p>')
    return f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="UTF-8"><title>{article.title}</title>
<meta property="og:site_name" content="{article.publisher}">
<link rel="canonical" href="https://blog.example/{article.published.replace("-", "/")}/story"></head>
<body class="single single-post"><div id="page"><nav class="menu"><ul>{_MENU}</ul></nav>
<div id="primary" class="content-area"><article class="post type-post"><header class="entry-header">
<h1 class="entry-title">{article.title}</h1></header><div class="entry-content">{"".join(parts)}</div></article>
<div id="comments"><h3>اترك تعليقا</h3><form><textarea></textarea><input type="submit" value="إرسال"></form></div></div>
<div id="secondary" class="widget-area"><h2>أرشيف</h2><ul>{_RELATED}</ul></div></div>{_FOOT}</body></html>"""


def broken(article: Known) -> str:
    """Broken markup: tags that are never closed or closed twice, stray angle brackets, nested anchors."""
    inner = "".join(f"<p>{text}<span>" for text in article.paragraphs)
    return f"""<html><head><meta charset=utf-8><title>{article.title}</title><meta name=date
content="{article.published}"><body dir=rtl><div class=menu><ul>{_MENU}</div><h1>{article.title}</h1></h1>
<div class="story-body" id=story>{inner}</div></div></p><a href="/x"><a href="/y">< المزيد</a>
<div class=related><ul>{_RELATED}</div>{_FOOT}"""


def streamed(article: Known) -> str:
    """A modern front end: deep nesting, class names without meaning, data in scripts, cookie banner."""
    inner = "".join(
        f'<div class="css-1x{n}"><p class="css-9k">{text}</p></div>' for n, text in enumerate(article.paragraphs)
    )
    state = json.dumps({"props": {"title": article.title, "menu": list(_HEADLINES)}}, ensure_ascii=False)
    return f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{article.title}</title>
{_ld(article)}</head><body><div id="__next"><div class="cookie">نستخدم ملفات تعريف الارتباط لتحسين تجربتك. <button>أوافق
</button></div><div class="css-a"><header class="css-h"><ul>{_MENU}</ul></header><main class="css-m"><div class="css-g">
<div><article><h1 class="css-t">{article.title}</h1><section class="css-b">{inner}</section></article>
</div></div></main>
<section class="css-r" aria-label="قصص مقترحة"><h2>قصص مقترحة</h2><ul>{_RELATED}</ul></section>{_FOOT}</div></div>
<script id="__NEXT_DATA__" type="application/json">{state}</script></body></html>"""


TEMPLATES = (broadcaster, newspaper, agency, amp, blog, broken, streamed)
