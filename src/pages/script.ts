/**
 * For pages that are files, where nobody answers a form: brings the forms of the board out, and filters what stands on the page. Where it does not run
 * the board is whole. It reads what is shown and writes nothing but what is hidden, and one sentence as text.
 */
export const SCRIPT = `"use strict";
(() => {
  const tools = document.querySelector(".tools[hidden]");
  const found = document.getElementById("found");
  if (!tools || !found) return;
  const low = (text) => (text || "").trim().toLowerCase();
  const texts = (item, selector) => [...item.querySelectorAll(selector)].map((one) => low(one.textContent));
  const items = [...document.querySelectorAll(".board .proposal")].map((item) => ({
    item,
    text: low(item.querySelector("a").textContent) + " " + low(item.querySelector(".facts").textContent),
    label: texts(item, ".label"),
    author: texts(item, ".by .who"),
    team: texts(item, ".team"),
    disposition: texts(item, ".disposition"),
    concerns: [item.querySelector(".concerns") ? "open" : "none open"],
    member: texts(item, ".missing .who, .concerns .who, .turn .who"),
  }));
  const show = (form) => {
    const asked = new Map();
    for (const field of form.elements) {
      const words = field.tagName === "SELECT" ? field.value && field.selectedOptions[0].textContent : field.value;
      if (field.name && low(words)) asked.set(field.name, low(words).replace(/^@/, ""));
    }
    let shown = 0;
    for (const one of items) {
      const matches = [...asked].every(([name, words]) =>
        name === "text" ? words.split(/\\s+/).every((word) => one.text.includes(word)) : one[name].includes(words));
      one.item.hidden = !matches;
      if (matches) shown += 1;
    }
    for (const section of document.querySelectorAll(".board section"))
      section.hidden = asked.size > 0 && !section.querySelector(".proposal:not([hidden])");
    found.hidden = asked.size === 0;
    found.textContent = shown + " of the " + items.length + " proposals on this page";
  };
  for (const form of tools.querySelectorAll("form")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      show(form);
    });
    form.addEventListener("change", () => show(form));
  }
  tools.hidden = false;
})();
`;
