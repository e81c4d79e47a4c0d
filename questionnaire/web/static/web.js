// What makes the pages quicker to use.  Each of them works without it.
"use strict";

const all = (selector, within = document) => [...within.querySelectorAll(selector)];

// "None of these" unticks the others, and they untick it.
for (const fieldset of all("fieldset")) {
  fieldset.addEventListener("change", ({ target }) => {
    if (target.type !== "checkbox") return;
    if (target.checked)
      for (const other of all("[type=checkbox]", fieldset))
        if (other !== target && ("alone" in target.dataset || "alone" in other.dataset)) other.checked = false;
    draw(fieldset);
  });
}

// The outline of the body ticks the same boxes.
const boxOf = (area) => document.querySelector(`[type=checkbox][value="${CSS.escape(area.dataset.ticks)}"]`);

function draw(within) {
  for (const area of all("[data-ticks]", within)) area.classList.toggle("on", boxOf(area).checked);
}

for (const figure of all(".figure")) {
  figure.hidden = false;
  figure.addEventListener("click", ({ target }) => {
    if (!target.dataset.ticks) return;
    boxOf(target).click();
  });
  draw(figure);
}

// How many characters are left.  Counted as the program counts them: signs, not halves of signs.
for (const area of all("[data-longest]")) {
  const told = document.getElementById("longest");
  const longest = Number(area.dataset.longest);
  const tell = () => {
    const length = [...area.value.trim()].length;
    const left = longest - length;
    told.textContent = left < 0 ? `${-left} characters too many.` : `${left} of ${longest} characters left.`;
    told.classList.toggle("over", left < 0);
  };
  area.addEventListener("input", tell);
  tell();
}

// A still-working sign while a PDF is made.
const making = document.querySelector(".making");
for (const link of all("[data-wait]")) {
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    making.textContent = making.dataset.making;
    try {
      const answer = await wait(link.href);
      const file = document.createElement("a");
      file.href = URL.createObjectURL(await answer.blob());
      file.download = link.href.split("/").pop();
      file.click();
      setTimeout(() => URL.revokeObjectURL(file.href), 60000);
      making.textContent = making.dataset.made;
    } catch {
      location.href = link.href;
    }
  });
}

async function wait(address) {
  for (;;) {
    const answer = await fetch(address);
    if (answer.status !== 202) {
      if (!answer.ok || answer.redirected) throw new Error();
      return answer;
    }
    await new Promise((done) => setTimeout(done, 1000));
  }
}
