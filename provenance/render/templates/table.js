(function () {
  "use strict";
  const table = document.querySelector("table.pages");
  if (!table) return;
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const rows = [...body.rows].map((row, place) => ({
    row, place, text: null,
    keys: [...row.cells].map((cell) => {
      const key = cell.dataset.v;
      if (key === undefined) return cell.textContent.trim().toLowerCase();
      return key === "" || isNaN(key) ? key : Number(key);
    }),
  }));
  const letters = new Intl.Collator("en", { numeric: true });
  const find = document.getElementById("find");
  const picks = [...document.querySelectorAll(".sift select:not(#order)")];
  const order = document.getElementById("order");
  const count = document.getElementById("count");
  const size = 50;
  const pager = document.createElement("nav");
  const [before, place, after] = ["button", "output", "button"].map((name) => pager.appendChild(document.createElement(name)));
  let page = 0;

  function compare(a, b) {
    if (typeof a === "number" && typeof b === "number") return a - b;
    return letters.compare(String(a), String(b));
  }

  function sort(column, sign) {
    rows.sort((one, other) => {
      if (column < 0) return one.place - other.place;
      const a = one.keys[column], b = other.keys[column];
      if (a === "" || b === "") return (a === "") - (b === "") || one.place - other.place;
      return sign * compare(a, b) || one.place - other.place;
    });
    heads.forEach((head, index) => {
      if (index === column) head.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending");
      else head.removeAttribute("aria-sort");
    });
    order.value = String(column);
    body.append(...rows.map((each) => each.row));
    turn(0);
  }

  function turn(to) {
    const fitting = rows.filter((each) => !each.row.hidden);
    page = to;
    fitting.forEach((each, at) => each.row.classList.toggle("off", Math.floor(at / size) !== page));
    const last = Math.min((page + 1) * size, fitting.length);
    pager.hidden = fitting.length <= size;
    place.textContent = (page * size + 1).toLocaleString("en") + " to " + last.toLocaleString("en") + " of " + fitting.length.toLocaleString("en");
    before.disabled = page === 0;
    after.disabled = last === fitting.length;
  }

  function first(head) {
    return head.dataset.first === "down" ? -1 : 1;
  }

  function sift() {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const each of rows) {
      if (words.length && each.text === null) {
        const links = [...each.row.querySelectorAll("a")].map((link) => link.href);
        each.text = (each.row.textContent + " " + links.join(" ")).toLowerCase();
      }
      const fits = picks.every((pick) => !pick.value || (each.row.dataset[pick.id] || "").split(" ").includes(pick.value))
        && words.every((word) => each.text.includes(word));
      each.row.hidden = !fits;
      shown += fits;
    }
    turn(0);
    count.textContent = shown.toLocaleString("en") + " of " + rows.length.toLocaleString("en") + " pages";
  }

  order.add(new Option("as written", "-1"));
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    order.add(new Option(button.textContent, String(column)));
    button.addEventListener("click", () => {
      const now = head.getAttribute("aria-sort");
      sort(column, now ? (now === "ascending" ? -1 : 1) : first(head));
    });
  });
  order.addEventListener("change", () => {
    const column = Number(order.value);
    sort(column, column < 0 ? 1 : first(heads[column]));
  });
  find.addEventListener("input", sift);
  picks.forEach((pick) => pick.addEventListener("change", sift));
  document.querySelector(".sift").hidden = false;
  pager.className = "pager";
  pager.setAttribute("aria-label", "Rows of the table");
  [[before, "Previous 50", -1], [after, "Next 50", 1]].forEach(([button, text, step]) => {
    button.type = "button";
    button.textContent = text;
    button.addEventListener("click", () => {
      turn(page + step);
      table.scrollIntoView();
    });
  });
  table.after(pager);
  sift();
})();
