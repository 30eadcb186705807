/**
 * The page works without it. With it, forms are sent without leaving the page, and what changes elsewhere shows by itself: parts
 * marked `data-live` are replaced when they differ, except those in which the visitor is writing.
 */
export const SCRIPT = `
(() => {
  const writing = (part) => [...part.querySelectorAll("textarea,input[type=text]")].some((field) => field.value !== field.defaultValue) ||
    (part.contains(document.activeElement) && document.activeElement.matches("textarea,input,select"));
  const keepOpen = (old, fresh) => {
    const before = old.querySelectorAll("details");
    fresh.querySelectorAll("details").forEach((one, index) => { if (before[index] && before[index].open) one.open = true; });
  };
  const refocus = (old, fresh) => {
    const active = document.activeElement;
    if (!old.contains(active) || !active.name) return () => {};
    const { name, value } = active;
    return () => { for (const one of fresh.querySelectorAll("button,input")) if (one.name === name && one.value === value) return one.focus({ preventScroll: true }); };
  };
  const replace = (old, fresh, force) => {
    if (old.innerHTML === fresh.innerHTML && old.className === fresh.className) return;
    if (!force && writing(old)) return;
    if (old.id === "notice") { old.innerHTML = fresh.innerHTML; return; }
    keepOpen(old, fresh);
    const focus = refocus(old, fresh);
    old.replaceWith(fresh);
    focus();
  };
  const apply = (text, sent) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    const list = document.getElementById("timeline"), fresh = page.getElementById("timeline");
    if (list && fresh) {
      const ids = new Set([...fresh.children].map((one) => one.id));
      for (const one of [...list.children]) if (!ids.has(one.id)) one.remove();
      let before = null;
      for (const one of [...fresh.children]) {
        const old = document.getElementById(one.id);
        if (!old) { one.classList.add("fresh"); if (before) before.after(one); else list.prepend(one); before = one; continue; }
        const force = sent && old.contains(sent);
        replace(old, one, force);
        before = document.getElementById(one.id);
      }
    }
    for (const part of page.querySelectorAll("[data-live]")) {
      const old = part.id && !part.closest("#timeline") && document.getElementById(part.id);
      // What was told stays until something else is done.
      if (old && (sent || part.id !== "notice")) replace(old, part, sent && old.contains(sent));
    }
    document.title = page.title;
  };
  const quietly = async (url) => {
    try { const answer = await fetch(url, { headers: { "x-live": "1" } }); if (answer.ok) apply(await answer.text()); } catch {}
  };
  addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.method !== "post" || form.dataset.leave !== undefined) return;
    event.preventDefault();
    const data = new URLSearchParams(new FormData(form, event.submitter));
    const buttons = form.querySelectorAll("button");
    buttons.forEach((one) => one.setAttribute("aria-disabled", "true"));
    try {
      const answer = await fetch(event.submitter?.getAttribute("formaction") || form.action, { method: "post", body: data });
      const text = await answer.text();
      const there = new URL(answer.url);
      if (answer.redirected && there.pathname !== location.pathname) return location.assign(answer.url);
      const refused = text.includes('class="notice refused"');
      if (!refused) form.reset();
      apply(text, form);
    } catch { form.dataset.leave = ""; form.requestSubmit(event.submitter); }
    finally { buttons.forEach((one) => one.removeAttribute("aria-disabled")); }
  });
  let timer;
  const stream = new EventSource("/live");
  stream.onmessage = () => { clearTimeout(timer); timer = setTimeout(() => quietly(location.href), 150); };
})();
`;
