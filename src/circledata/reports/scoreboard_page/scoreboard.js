"use strict";
(function () {
  const root = document.documentElement;
  document.getElementById("language").addEventListener("click", function () {
    const zh = root.dataset.lang === "en";
    root.dataset.lang = zh ? "zh" : "en";
    root.lang = zh ? "zh-CN" : "en";
  });
  const table = document.getElementById("members");
  const body = table.tBodies[0];
  function value(row, place) {
    const cell = row.cells[place];
    const number = cell.dataset.value;
    if (number === undefined) return cell.textContent.trim();
    return number === "" ? null : Number(number);
  }
  for (const head of table.tHead.rows[0].cells) {
    head.querySelector("button").addEventListener("click", function () {
      const down = head.getAttribute("aria-sort") !== "descending";
      for (const other of head.parentNode.cells) other.setAttribute("aria-sort", "none");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = Array.from(body.rows);
      const place = head.cellIndex;
      rows.sort(function (a, b) {
        const one = value(a, place);
        const other = value(b, place);
        // What is not known stands at the end, whichever way it is sorted.
        if (one === null || other === null) return (one === null) - (other === null);
        const order = typeof one === "number" ? one - other : one < other ? -1 : one > other ? 1 : 0;
        return down ? -order : order;
      });
      body.append(...rows);
    });
  }
  const find = document.getElementById("find");
  find.addEventListener("input", function () {
    const wanted = find.value.trim().toLowerCase();
    for (const row of body.rows) row.hidden = wanted !== "" && !row.textContent.toLowerCase().includes(wanted);
  });
})();
