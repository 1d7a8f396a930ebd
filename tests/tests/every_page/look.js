// What is wrong with the words of a page as it is shown: one line each. The language is the only argument.
const lang = arguments[0];
const found = new Set();
const han = /[\u3400-\u9fff]/;
const told = (what, text) => found.add(`${what}: ${text.slice(0, 80)}`);

// Codes, names of files and what somebody typed are as they are in every language.
const asIs = "code, pre, textarea, script, style, noscript, kbd";
const rightMoney = /^¥\d{1,3}(,\d{3})*\.\d{2}(?!\d|,\d)/;

const look = (text, at) => {
  if (/\{\d\}/.test(text)) told("a hole that was not filled", text);
  for (const [amount] of text.matchAll(/¥\s*\d[^\s]*/g)) {
    if (!rightMoney.test(amount)) told("money", text);
  }
  if (/\d{4}-\d\d-\d\dT\d/.test(text) || /\b\d{1,2}\/\d{1,2}\/\d{4}\b/.test(text)) told("a date", text);
  if (at.closest(asIs)) return;
  if (/\b[a-z]+_[a-z_]+\b/.test(text)) told("a word of the program", text);
  const language = at.closest("[lang]")?.lang ?? "";
  if (lang === "en" && language.startsWith("en") && han.test(text) && !/[A-Za-z]{3}/.test(text)) {
    told("not translated", text);
  }
  if (lang === "zh" && language.startsWith("zh") && !han.test(text) && /[A-Za-z]+ [a-z]+ [a-z]+/.test(text)) {
    told("not translated", text);
  }
};

const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const { data, parentElement } = walker.currentNode;
  if (data.trim() && parentElement.checkVisibility()) look(data.trim(), parentElement);
}
for (const name of ["aria-label", "title", "alt", "placeholder"]) {
  for (const element of document.querySelectorAll(`[${name}]`)) look(element.getAttribute(name).trim(), element);
}
// A page that has both languages beside each other has a title in its own.
const own = document.documentElement.lang;
if (!document.title.trim() || (own.startsWith("en") && han.test(document.title))) told("the title", document.title);
return [...found];
