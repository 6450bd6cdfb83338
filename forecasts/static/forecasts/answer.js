/* The button of an answer says what it will record, as far as the form tells. Without this it says that it records. */
"use strict";
(() => {
  document.querySelectorAll("form[data-answer]").forEach((form) => {
    const button = form.querySelector("button[type=submit]");
    const plain = button.textContent;
    const { answer: column, said, unit } = form.dataset;

    const values = () => [...form.querySelectorAll("[data-value] input")].map((one) => one.value.trim());

    function update() {
      const given = values();
      if (given.some((one) => one === "")) return plain;
      if (column === "probability") return `Record ${given[0]}%`;
      if (column === "probabilities") {
        const sum = given.reduce((total, one) => total + Number(one), 0);
        return `Record ${given.length} probabilities, ${Math.round(10 * sum) / 10}% in all`;
      }
      const middle = given[Math.floor(given.length / 2)];
      return unit ? `Record ${middle} ${unit}` : `Record ${middle}`;
    }

    function words() {
      const chosen = form.querySelector("input[name=event]:checked");
      switch (chosen && chosen.value) {
        case "update": return update();
        case "reaffirm": return `Keep ${said}`;
        case "withdraw": return `Withdraw ${said}`;
        case "decline": return "Do not ask me about this again";
        default: return plain;
      }
    }

    const show = () => { button.textContent = words(); };
    form.addEventListener("input", show);
    form.addEventListener("change", show);
    show();
  });
})();
