/* The review page: keys, selections, and what others do meanwhile. Every act is a POST; the server answers with the
   page's inner part as it now stands. Offsets are code points of the article's body, as the server counts them. */
"use strict";
(() => {
  const root = document.getElementById("review");
  const said = document.getElementById("said");
  const segmenter = segmenterOf(root.querySelector("article").lang);
  const POLL = 2500;
  let current = null;
  let etag = "";
  let busy = false;

  const cards = () => [...root.querySelectorAll(".card")];
  const body = () => root.querySelector(".review-body");
  const card = () => root.querySelector(".card.is-current");
  const version = () => Number(body().dataset.version);
  const say = (words) => { said.textContent = words; };

  function segmenterOf(language) {
    try {
      return new Intl.Segmenter(language || "en", { granularity: "sentence" });
    } catch {
      return new Intl.Segmenter("en", { granularity: "sentence" });
    }
  }

  function stand(id, { scroll = true } = {}) {
    const found = cards().find((one) => one.dataset.id === String(id)) || cards()[0];
    cards().forEach((one) => one.classList.toggle("is-current", one === found));
    root.querySelectorAll(".claim.is-current").forEach((one) => one.classList.remove("is-current"));
    if (!found) return;
    current = found.dataset.id;
    marksOf(found).forEach((one) => one.classList.add("is-current"));
    if (scroll) {
      found.scrollIntoView({ block: "center", behavior: "instant" });
      found.focus({ preventScroll: true });
    }
  }

  function step(by) {
    const all = cards();
    const at = all.indexOf(card());
    if (all.length) stand(all[Math.min(Math.max(at + by, 0), all.length - 1)].dataset.id);
  }

  function nextToReview(after) {
    const all = cards();
    const at = all.findIndex((one) => one.dataset.id === String(after));
    const rest = [...all.slice(at + 1), ...all.slice(0, at + 1)];
    return rest.find((one) => one.dataset.review === "proposed");
  }

  /* Text and offsets */
  const points = (text) => Array.from(text).length;

  function pieces(para) {
    const walker = document.createTreeWalker(para, NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement.closest(".notes, .claim-number") || !node.parentElement.closest(".run")
        ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    const found = [];
    let at = null;
    while (walker.nextNode()) {
      const run = walker.currentNode.parentElement.closest(".run");
      if (at === null) at = Number(run.dataset.start);
      found.push({ node: walker.currentNode, start: at });
      at += points(walker.currentNode.data);
    }
    return found;
  }

  function selected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const touched = [...root.querySelectorAll(".para")].map(pieces)
      .filter((all) => all.some(({ node }) => range.intersectsNode(node)));
    if (!touched.length) return null;
    let start = null;
    let end = null;
    let quote = "";
    for (const { node, start: at } of touched[0]) {
      if (!range.intersectsNode(node)) continue;
      const from = node === range.startContainer ? range.startOffset : 0;
      const to = node === range.endContainer ? range.endOffset : node.data.length;
      if (to <= from) continue;
      if (start === null) start = at + points(node.data.slice(0, from));
      end = at + points(node.data.slice(0, to));
      quote += node.data.slice(from, to);
    }
    return start === null ? null : { start, end, quote };
  }

  function place(all, offset) {
    for (const { node, start } of all) {
      const letters = Array.from(node.data);
      if (offset <= start + letters.length) return [node, letters.slice(0, offset - start).join("").length];
    }
    const last = all[all.length - 1];
    return [last.node, last.node.data.length];
  }

  /* Selects from `end` back to `start`, so that widening and narrowing moves the start. */
  function select(para, start, end) {
    const all = pieces(para);
    getSelection().setBaseAndExtent(...place(all, end), ...place(all, start));
    para.scrollIntoView({ block: "nearest" });
  }

  function marksOf(one) {
    const start = Number(one.dataset.start);
    const end = Number(one.dataset.end);
    return pieces(one.closest(".para")).filter(({ node, start: at }) => at >= start && at + points(node.data) <= end)
      .map(({ node }) => node.parentElement.closest(".claim")).filter(Boolean);
  }

  function proposeCut(one) {
    const para = one.closest(".para");
    const [start, end] = [Number(one.dataset.start), Number(one.dataset.end)];
    const text = pieces(para).map(({ node }) => node.data).join("");
    const first = pieces(para)[0].start;
    const quote = Array.from(text).slice(start - first, end - first);
    const joined = [...quote.join("").matchAll(/\s(?:and|or|but|while|as well as)\s|[,;]\s/g)]
      .map((match) => points(quote.join("").slice(0, match.index + match[0].length)));
    const middle = quote.length / 2;
    const cut = joined.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0] || Math.floor(middle);
    select(para, start + cut, end);
    say("Shift and the arrows move the cut by a word; s splits there, Esc leaves it.");
  }

  function nextSentence() {
    const chosen = selected();
    const found = [];
    for (const run of root.querySelectorAll(".run-plain")) {
      for (const part of segmenter.segment(run.textContent)) {
        const text = part.segment.trim();
        if (!/\p{L}/u.test(text)) continue;
        const lead = part.segment.length - part.segment.trimStart().length;
        const start = Number(run.dataset.start) + points(run.textContent.slice(0, part.index + lead));
        found.push({ run, start, end: start + points(text) });
      }
    }
    const from = chosen ? chosen.end : card() ? Number(card().dataset.start) : 0;
    const next = found.find((one) => one.start >= from) || found[0];
    if (!next) return say("Every sentence is marked.");
    select(next.run.closest(".para"), next.start, next.end);
    return say("a adds this sentence as a statement; Shift and the arrows narrow it, n goes on, Esc leaves it.");
  }

  /* Acts */
  async function act(fields) {
    if (busy) return;
    busy = true;
    const token = root.querySelector("[name=csrfmiddlewaretoken]").value;
    try {
      const answer = await fetch(root.dataset.act, {
        method: "POST",
        headers: { Accept: "application/json", "X-CSRFToken": token },
        body: new URLSearchParams({ seen: version(), ...fields }),
      });
      if (!(answer.headers.get("Content-Type") || "").includes("json")) throw new Error(answer.statusText);
      const told = await answer.json();
      paint(told.html);
      getSelection().removeAllRanges();
      const passed = ["accept", "reject", "duplicate"].includes(fields.act) && answer.ok;
      const next = passed ? nextToReview(told.current) : null;
      stand(next ? next.dataset.id : told.current);
      say(told.notice || (passed && !next ? "Every statement is reviewed. f drafts a forecast." : "Stored."));
    } catch {
      say("This was not stored: the server does not answer. Try again, or load the page.");
    }
    busy = false;
  }

  function paint(html) {
    root.innerHTML = html;
  }

  function add(chosen) {
    act({ act: "add", ...chosen });
  }

  function split(one, chosen) {
    act({ act: "split", statement: one.dataset.id, start: chosen.start, end: chosen.end });
  }

  const inside = (one, chosen) =>
    one && chosen.start >= Number(one.dataset.start) && chosen.end <= Number(one.dataset.end) &&
    chosen.end - chosen.start < Number(one.dataset.end) - Number(one.dataset.start);

  function cut() {
    const chosen = selected();
    const around = chosen && (inside(card(), chosen) ? card() : cards().find((one) => inside(one, chosen)));
    if (around) return split(around, chosen);
    return card() && proposeCut(card());
  }

  function ask(key) {
    const found = card() && card().querySelector(`details[data-key=${key}]`);
    if (!found) return;
    found.open = true;
    const control = found.querySelector("input:not([type=hidden]), select");
    if (key === "d" && !control.value) {
      const earlier = cards().slice(0, cards().indexOf(card())).reverse();
      const likely = earlier.find((one) => one.dataset.review === "accepted") || earlier[0];
      if (likely) control.value = likely.querySelector(".note-number").textContent;
    }
    control.focus();
    if (control.select) control.select();
  }

  const draftLink = () => card() && card().querySelector("a[data-key=f]");

  /* Drafting accepts what nobody has reviewed yet: one key from a proposed statement to its questions. */
  async function draft() {
    const id = current;
    if (card() && !draftLink() && card().dataset.review === "proposed") await act({ act: "accept", statement: id });
    stand(id);
    if (draftLink()) draftLink().click();
  }

  const keys = {
    j: () => step(1),
    k: () => step(-1),
    a: () => {
      const chosen = selected();
      if (chosen) return add(chosen);
      return card() && card().dataset.review !== "accepted"
        ? act({ act: "accept", statement: current }) : say("It is accepted already. f drafts a forecast.");
    },
    s: cut,
    d: () => ask("d"),
    r: () => ask("r"),
    c: () => ask("c"),
    n: nextSentence,
    u: () => act({ act: "undo" }),
    f: draft,
  };

  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input, select, textarea");
    if (event.key === "Escape") {
      getSelection().removeAllRanges();
      say("");
      if (typing) { event.target.closest("details").open = false; stand(current); }
      return;
    }
    if (typing) {
      if (event.key === "Enter" && event.target.matches("select")) {
        event.preventDefault();
        event.target.form.requestSubmit();
      }
      return;
    }
    if (event.shiftKey && event.key.startsWith("Arrow") && selected()) {
      const side = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "left", ArrowDown: "right" }[event.key];
      getSelection().modify("extend", side, "word");
      event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });

  root.addEventListener("submit", (event) => {
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(event.target, event.submitter));
    delete fields.csrfmiddlewaretoken;
    delete fields.seen;
    act(fields);
  });

  root.addEventListener("click", (event) => {
    const one = event.target.closest(".card");
    if (event.target.closest("button[data-key=s]")) {
      stand(one.dataset.id, { scroll: false });
      cut();
    } else if (one && !one.classList.contains("is-current")) {
      stand(one.dataset.id, { scroll: false });
    } else if (event.target.closest(".claim-number")) {
      event.preventDefault();
      const number = event.target.closest(".claim-number").textContent;
      const wanted = cards().find((other) => other.querySelector(".note-number").textContent === number);
      if (wanted) stand(wanted.dataset.id);
    }
  });

  /* Keeps the selection when one of its buttons is pressed. */
  root.addEventListener("mousedown", (event) => {
    if (event.target.closest("button[data-key=s]")) event.preventDefault();
  });

  document.addEventListener("selectionchange", () => {
    const chosen = selected();
    if (!chosen || busy) return;
    const where = cards().find((one) => inside(one, chosen));
    say(where ? "s splits the statement at the selection; a adds the selection as a statement." :
      "a adds the selected text as a statement.");
  });

  async function poll() {
    if (document.hidden || busy) return;
    try {
      const answer = await fetch(root.dataset.state, { headers: etag ? { "If-None-Match": etag } : {} });
      if (answer.status !== 200) return;
      const told = await answer.json();
      const typing = root.contains(document.activeElement) && document.activeElement.matches("input, select");
      if (told.version === version() && etag) { etag = answer.headers.get("ETag"); return; }
      if (told.version !== version()) {
        if (typing || busy || selected()) return;
        const page = await (await fetch(location.pathname + location.search)).text();
        if (busy) return;
        const fresh = new DOMParser().parseFromString(page, "text/html").querySelector("#review");
        if (!fresh) return;
        root.replaceChildren(...fresh.childNodes);
        stand(current, { scroll: false });
        if (told.by && String(told.by.id) !== root.dataset.me) say(`${told.by.name} has ${told.by.act} a statement.`);
      }
      etag = answer.headers.get("ETag");
    } catch {
      /* The next one may come through. */
    }
  }

  document.documentElement.classList.add("has-script");
  const named = location.hash.match(/^#statement-(\d+)$/);
  const first = cards().find((one) => one.dataset.review === "proposed") || cards()[0];
  if (named) stand(named[1]);
  else if (first) stand(first.dataset.id, { scroll: false });
  setInterval(poll, POLL);
})();
