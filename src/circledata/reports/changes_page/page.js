"use strict";
// Shows the rows that fit what was chosen; nothing is asked of any network.
(function () {
  const rows = Array.from(document.querySelectorAll("#rows > tr"));
  const kind = document.getElementById("kind");
  const table = document.getElementById("table");
  const text = document.getElementById("text");
  if (!kind) return;
  const words = rows.map((row) => row.textContent.toLowerCase());
  function show() {
    const wanted = text.value.trim().toLowerCase();
    let shown = 0;
    rows.forEach((row, place) => {
      const fits =
        (!kind.value || row.dataset.kinds.split(" ").includes(kind.value)) &&
        (!table.value || row.dataset.table === table.value) &&
        (!wanted || words[place].includes(wanted));
      row.hidden = !fits;
      shown += fits ? 1 : 0;
    });
    document.getElementById("shown").textContent = shown.toLocaleString("en-US");
    document.getElementById("nothing").hidden = shown > 0;
  }
  for (const control of [kind, table]) control.addEventListener("change", show);
  text.addEventListener("input", show);
  show();
})();
