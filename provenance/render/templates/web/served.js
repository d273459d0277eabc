(() => {
  "use strict";
  const find = (id) => document.getElementById(id);
  const live = document.querySelector("[data-events]");
  let spoken = -3000, waiting = 0, words = "";
  function speak(text) {
    words = text;
    if (waiting || !find("say")) return;
    waiting = setTimeout(() => { waiting = 0; spoken = performance.now(); find("say").textContent = words; },
      Math.max(0, spoken + 3000 - performance.now()));
  }
  function place(told) {
    const made = document.createElement("template");
    made.innerHTML = told.html;
    const old = find(told.slot), list = document.querySelector(`[data-list="${told.into}"]`);
    if (old) old.replaceWith(made.content);
    else if (list) list.append(made.content);
    const section = list && list.closest("section");
    if (section) section.hidden = false;
  }
  if (live) {
    const stream = new EventSource(live.dataset.events);
    stream.addEventListener("shown", (event) => {
      const told = JSON.parse(event.data);
      if (told.html) place(told);
      if (told.head) { find("head").textContent = told.head; document.title = `${told.head} · provenance`; }
      if (told.say) speak(told.say);
      if (told.go) { stream.close(); location.replace(told.go); }
    });
    stream.onerror = () => {
      if (stream.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 3000);
      else speak("The server does not answer. Trying again.");
    };
  }
  for (const form of document.querySelectorAll("[data-drop]")) {
    const file = form.querySelector("[type=file]");
    form.addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("over"); });
    form.addEventListener("dragleave", () => form.classList.remove("over"));
    form.addEventListener("drop", (event) => {
      event.preventDefault();
      form.classList.remove("over");
      if (!event.dataTransfer.files.length) return;
      file.files = event.dataTransfer.files;
      file.closest("details").open = true;
    });
  }
  document.addEventListener("keydown", (event) => {
    const at = event.target;
    if (at.matches("[data-enter]") && event.key === "Enter" && !event.shiftKey && !/\s/.test(at.value.trim())) {
      event.preventDefault();
      at.form.requestSubmit();
    }
    if (at.matches("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
    const wanted = [...document.querySelectorAll("[data-key]")].find((each) => each.dataset.key === event.key);
    if (wanted) wanted.click();
  });
  if (find("hop")) location.replace(find("hop").href);
})();
