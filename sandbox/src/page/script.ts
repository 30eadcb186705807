/**
 * The page works without it. With it, forms are sent without leaving the page, what changes elsewhere shows by itself, and what somebody
 * has written into a field stays until it is sent: whatever else changes, and when the page is left, loaded again, or the sandbox is gone.
 */
export const SCRIPT = `
(() => {
  const drafts = "typed on " + location.pathname;
  /** Fields that somebody has written in since they were last sent. */
  const written = new WeakSet();
  /** What a text was written from goes with the text: whatever the page shows by now, it is of that one. */
  const isBase = (field) => field.type === "hidden" && field.name === "base";
  const fieldsOf = (form) => [...form.querySelectorAll("textarea,select,input:not([type=hidden]),input[name=base]")];
  const ticks = (field) => field.type === "checkbox" || field.type === "radio";
  const valueOf = (field) => ticks(field) ? field.checked : field.value;
  const setValue = (field, value) => { if (valueOf(field) === value) return; if (ticks(field)) field.checked = value; else field.value = value; };
  const defaultOf = (field) => ticks(field) ? field.defaultChecked : field.defaultValue;
  const chosenAtFirst = (select) => ([...select.options].find((one) => one.defaultSelected) || select.options[0] || { value: "" }).value;

  /* What was written outlives the page, in this window alone. */
  const keepDrafts = () => {
    const all = [];
    for (const form of document.forms) for (const field of fieldsOf(form))
      if (written.has(field) && field.autocomplete !== "off") all.push([form.getAttribute("action"), field.name, field.value, valueOf(field)]);
    try { if (all.length > 0) sessionStorage.setItem(drafts, JSON.stringify(all)); else sessionStorage.removeItem(drafts); } catch {}
  };
  const takeDrafts = () => {
    let all = [];
    try { all = JSON.parse(sessionStorage.getItem(drafts) || "[]"); } catch {}
    for (const [action, name, value, typed] of all) for (const form of document.forms) {
      if (form.getAttribute("action") !== action) continue;
      const field = fieldsOf(form).find((one) => one.name === name && (!ticks(one) || one.value === value));
      if (!field) continue;
      setValue(field, typed);
      written.add(field);
      for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    }
  };
  addEventListener("input", (event) => { if (!event.target.form || event.target.type === "hidden") return; written.add(event.target); for (const field of fieldsOf(event.target.form)) if (isBase(field)) written.add(field); keepDrafts(); });

  /* The page as it is now is brought to what it is to be; whatever is the same stays the very same. */
  const OURS = ["open", "data-fresh", "data-busy", "aria-disabled", "aria-busy"];
  const morph = (old, fresh) => {
    if (old.nodeType !== 1) { if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue; return; }
    for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name) && !OURS.includes(name)) old.removeAttribute(name);
    for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value && !(name === "value" && isBase(old) && written.has(old))) old.setAttribute(name, value);
    if (old.localName === "textarea") {
      if (old.defaultValue !== fresh.defaultValue) old.defaultValue = fresh.defaultValue;
      if (!written.has(old)) setValue(old, old.defaultValue);
    } else if (old.localName === "input") {
      if (old.type !== "hidden" && !written.has(old)) setValue(old, defaultOf(old));
    } else if (old.localName === "select") {
      const chosen = old.value;
      morphChildren(old, fresh);
      const there = written.has(old) && [...old.options].some((one) => one.value === chosen);
      old.value = there ? chosen : chosenAtFirst(old);
    } else morphChildren(old, fresh);
  };
  const morphChildren = (old, fresh) => {
    const named = new Map([...old.children].filter((one) => one.id).map((one) => [one.id, one]));
    const stay = new Set([...fresh.children].map((one) => one.id).filter(Boolean));
    let at = old.firstChild;
    const skipGone = () => { while (at && at.nodeType === 1 && at.id && !stay.has(at.id)) { const gone = at; at = at.nextSibling; gone.remove(); } };
    for (const next of [...fresh.childNodes]) {
      skipGone();
      const known = next.nodeType === 1 && next.id ? named.get(next.id) : null;
      const same = known || (at && at.nodeName === next.nodeName && !at.id && !next.id ? at : null);
      if (!same || same.nodeName !== next.nodeName) { old.insertBefore(next, at); continue; }
      if (same === at) at = at.nextSibling; else old.insertBefore(same, at);
      morph(same, next);
    }
    while (at) { const gone = at; at = at.nextSibling; gone.remove(); }
  };

  const notice = document.getElementById("notice");
  const say = (kind, text) => {
    const box = document.createElement("div");
    box.className = "notice " + kind;
    box.textContent = text;
    notice.replaceChildren(box);
    closable();
  };
  /* What is told stays in sight, so it can be put out of the way. */
  const closable = () => {
    const box = notice.firstElementChild;
    if (!box || box.querySelector("button")) return;
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "Close";
    box.append(" ", close);
  };
  closable();
  notice.addEventListener("click", (event) => { if (event.target.matches("button")) { notice.replaceChildren(); document.getElementById("main").focus({ preventScroll: true }); } });
  const entries = () => [...document.querySelectorAll("#timeline > li")];
  /** What came into the conversation, told once and in few words. */
  const tellNews = (fresh) => {
    const who = fresh.filter((one) => one.matches(".entry")).map((one) => one.querySelector("h3").textContent);
    if (who.length > 0)
      document.getElementById("news").textContent = "New in the conversation: " + (who.length < 4 ? who.join(", then ") : who.length + " entries, the last by " + who.at(-1)) + ".";
  };
  const apply = (text, mine) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    // What was told stays until something else is done.
    for (const id of mine ? ["news"] : ["notice", "news"]) { const fresh = page.getElementById(id); if (fresh) fresh.innerHTML = document.getElementById(id).innerHTML; }
    const before = new Set(entries().map((one) => one.id)), focused = document.activeElement;
    morph(document.body, page.body);
    document.title = page.title;
    closable();
    const fresh = entries().filter((one) => !before.has(one.id));
    if (before.size > 0) for (const one of fresh) one.setAttribute("data-fresh", "");
    tellNews(fresh);
    if (focused !== document.body && document.activeElement === document.body) (focused.isConnected ? focused : document.getElementById("main")).focus({ preventScroll: true });
  };
  const lookAgain = async () => {
    try {
      const answer = await fetch(location.href, { headers: { "x-live": "1" } });
      if (answer.redirected && new URL(answer.url).pathname !== location.pathname) location.replace(answer.url);
      else if (answer.ok) apply(await answer.text(), false);
    } catch {}
  };

  /** Fields go back to how they are drawn, save those in which somebody wrote on meanwhile. */
  const forget = (sent) => {
    for (const [field, value] of sent) {
      if (valueOf(field) !== value) continue;
      written.delete(field);
      setValue(field, field.localName === "select" ? chosenAtFirst(field) : defaultOf(field));
    }
    keepDrafts();
  };
  const KEPT = " What you typed is still there.";
  addEventListener("submit", async (event) => {
    const form = event.target, button = event.submitter;
    if (form.method !== "post") return;
    event.preventDefault();
    if (form.hasAttribute("data-busy")) return;
    const body = new URLSearchParams(new FormData(form, button));
    const sent = fieldsOf(form).map((field) => [field, valueOf(field)]);
    form.setAttribute("data-busy", "");
    const buttons = [...form.querySelectorAll("button")];
    for (const one of buttons) one.setAttribute("aria-disabled", "true");
    if (button) button.setAttribute("aria-busy", "true");
    let long = false;
    const slow = setTimeout(() => { long = true; say("working", "The clerk is at work…"); }, 400);
    try {
      const answer = await fetch(button?.getAttribute("formaction") || form.getAttribute("action"), { method: "post", body, headers: { "x-live": "1" } });
      const text = await answer.text();
      clearTimeout(slow);
      if (!answer.ok) return say("wrong", (/^text\\/plain/.test(answer.headers.get("content-type")) ? text.trim() : "The sandbox could not do this; its terminal says why.") + KEPT);
      const told = new DOMParser().parseFromString(text, "text/html").querySelector("#notice > .notice");
      const refused = told !== null && !told.matches(".told");
      // Who was told that the text has changed may write over it.
      if (refused) fieldsOf(form).filter(isBase).forEach((field) => written.delete(field)); else forget(sent);
      if (new URL(answer.url).pathname !== location.pathname) return location.assign(answer.url);
      apply(text, true);
      if (refused) notice.querySelector("button").before(fieldsOf(form).length > 0 ? KEPT.trim() + " " : "");
      else {
        if (long && told === null) say("told", "Done: the clerk has nothing more to do.");
        const fold = form.closest("details.more");
        if (fold && fold.contains(document.activeElement)) fold.firstElementChild.focus();
        if (fold) fold.open = false;
      }
    } catch {
      clearTimeout(slow);
      say("wrong", "The sandbox does not answer: is it still running? Nothing is lost on this page; press again when it does." );
    } finally {
      form.removeAttribute("data-busy");
      for (const one of buttons) one.removeAttribute("aria-disabled");
      if (button) button.removeAttribute("aria-busy");
    }
  });

  // What was told with this address is not told again when the page is loaded again.
  const here = new URL(location.href);
  if (here.searchParams.has("told")) { here.searchParams.delete("told"); history.replaceState(history.state, "", here); }
  addEventListener("pageshow", (event) => {
    // A browser puts back what was typed, and a server what it refused.
    for (const form of document.forms) for (const field of fieldsOf(form))
      if (field.hasAttribute("data-kept") || (field.localName === "select" ? field.autocomplete !== "off" && field.value !== chosenAtFirst(field) : valueOf(field) !== defaultOf(field))) written.add(field);
    takeDrafts();
    keepDrafts();
    if (event.persisted) lookAgain();
  });
  let timer, gone = false;
  const soon = () => { clearTimeout(timer); timer = setTimeout(lookAgain, 150); };
  const stream = new EventSource("/live");
  stream.onmessage = soon;
  stream.onerror = () => { gone = true; };
  stream.onopen = () => { if (gone) soon(); gone = false; };
})();
`;
