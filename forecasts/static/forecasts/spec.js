/* The menus of a spec on the desk: another feed shows its own, and the words follow what is chosen. Everything works without it,
   by the buttons that do the same. */
"use strict";
(() => {
  const form = document.getElementById("spec").closest("form");
  const said = document.getElementById("spec-said");
  let waiting = null;
  let asked = 0;

  async function put() {
    const number = ++asked;
    const data = new FormData(form);
    data.set("do", "words");
    const answer = await fetch(location.href, { method: "POST", body: data });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.getElementById("spec-said");
    if (number === asked && now) said.replaceChildren(...now.childNodes);
  }

  form.addEventListener("change", (event) => {
    if (event.target.name === "spec-feed") form.querySelector("[name=do][value=feed]").click();
  });
  form.addEventListener("input", (event) => {
    if (!event.target.name.startsWith("spec-") || event.target.name === "spec-feed") return;
    clearTimeout(waiting);
    waiting = setTimeout(put, 300);
  });
})();
