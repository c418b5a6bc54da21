// The desk's script: makes pages quicker to use; every page works without it.
"use strict";

const $ = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

// Filters: fetch the same page for the new address and exchange what changed.
let asking = null;
async function go(address, push = true) {
  asking?.abort();
  asking = new AbortController();
  document.body.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { signal: asking.signal, headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const swapped = ["results", "total"].filter((id) => document.getElementById(id) && page.getElementById(id));
    if (!swapped.includes("results")) { location.assign(address); return; }
    for (const id of swapped) document.getElementById(id).replaceWith(page.getElementById(id));
    counts(page);
    if (push) history.pushState({ live: true }, "", address);
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
  } finally {
    document.body.removeAttribute("aria-busy");
  }
}
// Numbers beside the choices; the choices themselves stay where they are under the pointer.
function counts(page) {
  const fresh = $("#facets", page);
  if (!fresh) return;
  for (const input of all("#facets .choice input")) {
    const twin = all(".choice input", fresh).find((other) => other.name === input.name && other.value === input.value);
    const number = $(".n", input.closest(".choice"));
    if (number) number.textContent = twin ? $(".n", twin.closest(".choice"))?.textContent ?? "0" : "0";
  }
}
function address(form) {
  const told = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value !== "") told.append(name, value);
  return `${form.getAttribute("action")}?${told}`;
}
document.addEventListener("submit", (event) => {
  if (event.target.matches("form[data-live]")) { event.preventDefault(); go(address(event.target)); }
});
document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (form?.matches("form[data-live]") && !event.target.matches("[type=text],[type=search]")) go(address(form));
});
addEventListener("popstate", () => location.reload());

// On a phone the filters start folded.
for (const fold of all("details[data-fold]")) if (matchMedia("(max-width: 899px)").matches) fold.open = false;
document.addEventListener("click", (event) => {
  for (const menu of all("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") for (const menu of all("details.menu[open]")) menu.open = false;
});

// Article: a mark and its report light up together.
function light(ids, on) {
  for (const id of ids) document.getElementById(id)?.classList.toggle("lit", on);
  for (const mark of all(".m[data-cards]"))
    if (mark.dataset.cards.split(" ").some((id) => ids.includes(id))) mark.classList.toggle("lit", on);
  $("#text")?.classList.toggle("faded", on);
}
for (const kind of ["mouseover", "focusin"])
  document.addEventListener(kind, (event) => {
    const mark = event.target.closest?.("#text .m[data-cards]"), card = event.target.closest?.("aside .report[id]");
    for (const lit of all(".lit")) lit.classList.remove("lit");
    $("#text")?.classList.remove("faded");
    if (mark) light(mark.dataset.cards.split(" "), true);
    else if (card && $("#text")) light([card.id], true);
  });
document.addEventListener("click", (event) => {
  const mark = event.target.closest?.("#text a.m");
  if (!mark || !getSelection().isCollapsed) return;
  const card = document.getElementById(mark.getAttribute("href").slice(1));
  const edit = card && $("details.edit", card);
  if (edit) edit.open = true;
});

// Adding a missed event: where the selection stands in the text, counted in characters as the record counts them.
function offset(root, node, at) {
  const range = document.createRange();
  range.selectNodeContents(root);
  range.setEnd(node, at);
  return [...range.toString()].length;
}
document.addEventListener("selectionchange", () => {
  const text = $("#text"), adding = $("#adding"), chosen = getSelection();
  if (!text || !adding || chosen.isCollapsed || !chosen.rangeCount) return;
  const range = chosen.getRangeAt(0);
  if (!text.contains(range.commonAncestorContainer)) return;
  const raw = range.toString(), words = raw.trim();
  if (!words) return;
  const lead = [...raw.slice(0, raw.indexOf(words))].length;
  const start = offset(text, range.startContainer, range.startOffset) + lead;
  adding.querySelector("[name=start]").value = start;
  adding.querySelector("[name=end]").value = start + [...words].length;
  const shown = $("#selected");
  shown.textContent = words;
  shown.classList.remove("hidden");
});
// Marks can be selected across, which a link would otherwise drag.
for (const mark of all("#text a.m")) mark.draggable = false;

// Review by keyboard: only what is on the screen is acted on.
document.addEventListener("keydown", (event) => {
  const desk = $("[data-review]");
  if (!desk || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.closest("input, select, textarea, [contenteditable]")) return;
  const key = event.key.toLowerCase();
  const control = all("[data-key]", desk).find((one) => one.dataset.key.split(" ").includes(key));
  if (!control) return;
  event.preventDefault();
  const box = control.getBoundingClientRect();
  if (box.bottom < 0 || box.top > innerHeight) { control.scrollIntoView({ block: "center" }); return; }
  if (control.matches("summary")) { const edit = control.parentElement; edit.open = true; $("select, input:not([type=hidden])", edit)?.focus(); }
  else control.click();
});
