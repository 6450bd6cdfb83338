/* The page of a draft: when a blank changes, the texts that nobody has edited are written anew, and the eight points are
   asked again. Everything works without it, by the button that writes the texts. */
"use strict";
(() => {
  const form = document.getElementById("draft");
  const findings = document.getElementById("findings");
  const BLANKS = ["template", "actor", "object", "place", "threshold", "rule", "authority", "closes_on", "time_zone"];
  const ALWAYS = ["template", "authority", "closes_on", "time_zone"];
  const written = {};
  let waiting = null;
  let asked = 0;

  const field = (name) => form.elements.namedItem(name);
  const frame = (name) => form.querySelector(`[data-field="${name}"]`);

  function fill(name, text) {
    const control = field(name);
    if (!control) return;
    if (control.value === written[name] || written[name] === undefined) control.value = text;
    written[name] = text;
  }

  async function ask(changed) {
    const number = ++asked;
    const data = new URLSearchParams(new FormData(form));
    data.set("changed", changed);
    try {
      const answer = await fetch(form.dataset.preview, { method: "POST", body: data });
      if (!answer.ok || number !== asked) return;
      const told = await answer.json();
      if (number !== asked) return;
      if (changed === "template") {
        BLANKS.filter((name) => name !== "template").forEach((name) => {
          const value = told.blanks[name];
          if (field(name)) field(name).value = value === null ? "" : value;
        });
        field("category").value = told.category;
      }
      BLANKS.forEach((name) => { frame(name).hidden = !ALWAYS.includes(name) && !told.uses.includes(name); });
      const counted = document.getElementById("spec-said");
      if (counted) counted.innerHTML = told.spec;
      if (BLANKS.includes(changed) || changed.startsWith("spec-")) {
        Object.entries(told.texts).forEach(([name, text]) => fill(name, text));
        ask("texts");
      } else {
        findings.innerHTML = told.findings;
        frame("reason").hidden = !findings.querySelector(".finding-blocks");
      }
    } catch {
      findings.textContent = "The server does not answer. What you have entered stays here.";
    }
  }

  /* Whoever resolves is not the one who stands in: choosing the backup as resolver moves the backup. */
  let resolver = field("resolver").value;
  field("resolver").addEventListener("change", () => {
    if (field("backup").value === field("resolver").value) field("backup").value = resolver;
    resolver = field("resolver").value;
  });

  document.addEventListener("keydown", (event) => {
    if (event.target.matches("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
    const found = event.key === "p" ? form.querySelector("[data-key=p]") : document.querySelector(`[data-offer="${event.key}"]`);
    if (!found || !/^[1-3p]$/.test(event.key)) return;
    event.preventDefault();
    found.click();
  });

  /* Other menus come from the server, filled from what is in the form by then. */
  form.addEventListener("change", (event) => {
    if (!["spec-counted", "spec-feed"].includes(event.target.name)) return;
    const wish = Object.assign(document.createElement("input"), { type: "hidden", name: "do", value: "feed" });
    form.append(wish);
    form.submit();
  });

  form.addEventListener("input", (event) => {
    const name = event.target.name;
    if (["spec-counted", "spec-feed"].includes(name)) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => ask(name), event.target.matches("select, [type=date]") ? 0 : 300);
  });

  ["title", "criteria", "fine_print", "resolution_source", "resolution_source_url", "resolution_source_lag",
    "fallback_source", "unit", "resolves_on"].forEach((name) => {
    const control = field(name);
    if (control) written[name] = control.defaultValue;
  });
})();
