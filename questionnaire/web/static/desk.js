// What makes the desk's pages live.  Each of them works without it.
"use strict";

const EVERY = 3000;

// The queue renews itself, and says so when it cannot.
const rows = document.querySelector("[data-rows]");
if (rows) {
  let renewed = Date.now();
  setInterval(async () => {
    try {
      const answer = await fetch(rows.dataset.rows);
      if (answer.redirected || answer.status === 403) location.reload();
      if (!answer.ok) throw new Error();
      const text = await answer.text();
      if (text !== rows.dataset.last) {
        const focused = rows.contains(document.activeElement) && document.activeElement.getAttribute("href");
        rows.innerHTML = text;
        rows.dataset.last = text;
        if (focused) rows.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
      }
      renewed = Date.now();
    } catch {
      // told below
    }
    document.getElementById("lost").hidden = Date.now() - renewed < 15000;
  }, EVERY);
}

// An intake that somebody else has changed.
const changed = document.querySelector("[data-ask]");
if (changed) {
  setInterval(async () => {
    const answer = await fetch(changed.dataset.ask);
    if (answer.redirected) location.reload();
    const revision = answer.ok ? (await answer.json()).revision : null;
    changed.hidden = String(revision) === changed.dataset.revision;
  }, EVERY);
}

// Nobody there: a warning, and then the page closes.  Back shows nothing.
const { idle, last } = document.body.dataset;
if (idle) {
  const warning = document.querySelector(".idle");
  let since = Date.now();
  const here = () => {
    since = Date.now();
    warning.hidden = true;
  };
  for (const kind of ["pointerdown", "keydown", "input", "scroll"]) addEventListener(kind, here, { passive: true });
  const watch = setInterval(() => {
    const seconds = (Date.now() - since) / 1000;
    if (seconds > Number(idle) + Number(last)) {
      clearInterval(watch);
      document.getElementById("close").submit();
    } else if (seconds > Number(idle) && warning.hidden) {
      warning.hidden = false;
      warning.querySelector("button").focus();
    }
  }, 1000);
}
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
