/* Charts answer: what stands at one place is read out under it, for the pointer and, by a slider, for the keyboard.
   Without this a chart has its legend, its description and the table of its numbers. */
"use strict";
(() => {
  document.querySelectorAll("figure[data-readings]").forEach((figure) => {
    const readings = JSON.parse(figure.dataset.readings);
    const panel = figure.querySelector(".reading"), slider = panel && panel.querySelector("input");
    const drawing = figure.querySelector("svg"), line = figure.querySelector(".reading-at");
    if (!panel || readings.length === 0) return;

    let here = readings.length - 1;

    function show(place) {
      here = Math.min(Math.max(place, 0), readings.length - 1);
      const [x, where, said] = readings[here];
      const words = said.map(([name, value]) => `${name} ${value}`).join(", ");
      slider.value = x;
      slider.setAttribute("aria-valuetext", `${where}: ${words || "nothing"}`);
      panel.querySelector("strong").textContent = where;
      panel.querySelector("span").replaceChildren(...said.flatMap(([name, value], at) => {
        const [who, what] = [document.createElement("bdi"), document.createElement("b")];
        [who.textContent, what.textContent] = [name, value];
        return [at ? "; " : "", who, " ", what];
      }));
      line.setAttribute("x1", `${x}%`);
      line.setAttribute("x2", `${x}%`);
      line.classList.add("is-shown");
    }

    // Steps hold until the next one; dots are nearest to the pointer.
    const holds = figure.classList.contains("plot");
    function nearest(x) {
      const after = readings.findIndex((one) => one[0] > x);
      if (after === -1) return readings.length - 1;
      if (after === 0 || holds) return Math.max(0, after - 1);
      return readings[after][0] - x < x - readings[after - 1][0] ? after : after - 1;
    }

    panel.hidden = false;
    slider.addEventListener("input", () => show(nearest(Number(slider.value))));
    // The keys go from one place to the next, however far apart these lie.
    slider.addEventListener("keydown", (event) => {
      const last = readings.length - 1;
      const to = {
        ArrowLeft: here - 1, ArrowDown: here - 1, ArrowRight: here + 1, ArrowUp: here + 1,
        PageDown: here - 10, PageUp: here + 10, Home: 0, End: last,
      }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      show(to);
    });
    drawing.addEventListener("pointermove", (event) => {
      const box = drawing.getBoundingClientRect();
      show(nearest((100 * (event.clientX - box.left)) / box.width));
    });
    show(here);
    line.classList.remove("is-shown");
  });
})();
