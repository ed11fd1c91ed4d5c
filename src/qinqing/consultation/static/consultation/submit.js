/* The submit page: the draft is kept every ten seconds, files as soon as they are chosen, hints while the title is typed,
   the steps follow the scrolling. Works without it, too. Written for Chromium 78. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-suggested]");
  if (!form) { return; }

  /* —— the draft —— */
  var saved = form.querySelector("[data-saved]");
  var last = words();

  function words() {
    var data = new FormData(form);
    data.delete("files");
    return new URLSearchParams(data).toString();
  }
  function keep() {
    var now = words();
    if (last === null || now === last || !form.dataset.draft) { return; }  // null: it has been submitted
    fetch(form.dataset.draft, { method: "POST", body: new URLSearchParams(now), credentials: "same-origin" })
      .then(function (answer) { return answer.ok ? answer.json() : null; })
      .then(function (told) {
        if (!told) { return; }
        last = now;
        saved.textContent = saved.dataset.words.replace("{}", told.at);
      })
      .catch(function () { /* offline: the next round tries again */ });
  }
  setInterval(keep, 10000);
  document.addEventListener("visibilitychange", function () { if (document.hidden) { keep(); } });

  /* —— files: sent when chosen, one choice after the other, with the words so far. Who submits meanwhile waits for them,
     so that none goes twice; where sending fails they stay in the form and go with it —— */
  var queue = Promise.resolve(), tasks = 0, pressed = null, waiting = null, owed = [];

  function send(address, extra) {
    var data = new FormData(form);
    data.delete("files");
    extra(data);
    return fetch(address, { method: "POST", body: data, credentials: "same-origin", headers: { "X-Part": "uploads" } })
      .then(function (answer) { if (!answer.ok) { throw new Error(answer.status); } return answer.text(); })
      .then(function (html) { document.getElementById("uploads").outerHTML = html; });
  }
  function afterwards(task) {
    tasks += 1;
    queue = queue.then(task).then(function () { tasks -= 1; goOn(); });
  }
  function goOn() {
    var button = waiting;
    if (tasks || !button) { return; }
    waiting = null;
    saved.textContent = "";
    button.click();
  }
  form.addEventListener("submit", function (event) {
    if (!tasks) { last = null; return; }
    event.preventDefault();
    waiting = pressed;
    saved.textContent = form.dataset.sending;
  });
  function without(files, gone) { return Array.prototype.filter.call(files, function (file) { return gone.indexOf(file) < 0; }); }
  function holds(input, files) {
    var kept = new DataTransfer();
    files.forEach(function (file) { kept.items.add(file); });
    input.files = kept.files;
  }
  form.addEventListener("change", function (event) {
    var input = event.target, files = input.type === "file" ? without(input.files, []) : [];
    if (event.detail === "taken out") { owed = files; }
    if (event.detail || !files.length || !form.dataset.uploads) { return; }
    owed = owed.concat(files);
    holds(input, owed);  // a new choice alone would push out what is still on its way
    afterwards(function () { return sendChosen(input, files); });
  });
  function sendChosen(input, files) {
    return send(form.dataset.uploads, function (data) { files.forEach(function (file) { data.append("files", file); }); })
      .then(function () {
        owed = without(owed, files);
        holds(input, owed);
        input.dispatchEvent(new CustomEvent("change", { bubbles: true, detail: "sent" }));
      })
      .catch(function () { /* they are still in the form */ });
  }
  form.addEventListener("click", function (event) {
    var button = event.target.closest("button");
    pressed = button || pressed;
    if (!button || !button.closest("#uploads") || !form.dataset.uploads) { return; }
    if (button.hasAttribute("data-leave-out")) { leaveOut(button); return; }
    event.preventDefault();
    afterwards(function () { return drop(button); });
  });
  function leaveOut(button) {
    button.closest(".file").remove();
    form.querySelector('[type="file"]').focus();
  }
  function drop(button) {
    return send(button.getAttribute("formaction"), function (data) { data.append("file", button.value); })
      .catch(function () { /* it is still listed, and can be pressed again */ });
  }

  /* —— hints, and the topic they suggest; a topic that somebody chose is left alone —— */
  var aside = document.querySelector("[data-hints]");
  var chosen = !!form.querySelector('[name="topic"]:checked');
  var timer = 0;

  function show(html) {
    var places = document.querySelectorAll("[data-hints-place]");
    Array.prototype.forEach.call(places, function (place) { place.outerHTML = html; });
    var place = document.querySelector("[data-hints-place]");
    document.querySelector("[data-hints-more]").hidden = !place.children.length;
    suggest(place.dataset.topic);
  }
  function suggest(topic) {
    var radio = topic && form.querySelector('[name="topic"][value="' + topic + '"]');
    if (chosen || !radio) { return; }
    radio.checked = true;
    document.getElementById("id_topic_helptext").textContent = form.dataset.suggested;
  }
  function hint() {
    var data = new FormData(form);
    var query = new URLSearchParams({ title: data.get("title") || "", topic: chosen ? data.get("topic") || "" : "" });
    fetch(aside.dataset.hints + "?" + query, { credentials: "same-origin" })
      .then(function (answer) { return answer.text(); })
      .then(show)
      .catch(function () { /* hints are only hints */ });
  }
  form.addEventListener("input", function (event) {
    if (event.target.name === "topic") { chosen = true; }
    if (event.target.name === "title" || event.target.name === "topic") {
      clearTimeout(timer);
      timer = setTimeout(hint, 400);
    }
  });

  /* —— the steps follow the scrolling —— */
  var steps = Array.prototype.slice.call(document.querySelectorAll(".steps > li"));
  var chapters = Array.prototype.slice.call(form.querySelectorAll(".blk"));
  function stand() {
    var at = 0;
    chapters.forEach(function (chapter, place) { if (chapter.getBoundingClientRect().top < innerHeight * 0.6) { at = place; } });
    steps.forEach(function (step, place) {
      step.className = place < at ? "done" : place === at ? "now-at" : "";
      if (place === at) { step.setAttribute("aria-current", "step"); } else { step.removeAttribute("aria-current"); }
    });
  }
  addEventListener("scroll", stand, { passive: true });
})();
