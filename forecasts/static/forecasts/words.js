/* Likelihood words on the answer form: a word sets the number, unless somebody has typed one of their own; where the
   two disagree, the form says so. Without this the server does both. */
"use strict";
(() => {
  document.querySelectorAll("select[name=word]").forEach((word) => {
    const form = word.form;
    const percent = form.elements.namedItem("percent");
    if (!percent) return;
    const flag = document.createElement("p");
    flag.className = "help";
    flag.setAttribute("role", "status");
    percent.parentElement.append(flag);
    let set = "";

    const judge = () => {
      const chosen = word.selectedOptions[0];
      const number = percent.valueAsNumber / 100;
      flag.textContent = "";
      if (!chosen.dataset.number || Number.isNaN(number)) return;
      const [low, high] = [Number(chosen.dataset.low), Number(chosen.dataset.high)];
      if (number >= low && number <= high) return;
      const name = chosen.textContent.split(" (")[0];
      flag.textContent = `△ “${name}” means ${Math.round(low * 100)}–${Math.round(high * 100)}%, and the number says ${percent.value}%. ` +
        "Both are recorded, and the number counts.";
    };

    word.addEventListener("change", () => {
      const number = word.selectedOptions[0].dataset.number || "";
      if (percent.value === set || percent.value === "") percent.value = set = number;
      const update = form.querySelector("input[name=event][value=update]");
      if (number && update) update.checked = true;
      percent.dispatchEvent(new Event("input", { bubbles: true }));
    });
    percent.addEventListener("input", judge);
    judge();
  });
})();
