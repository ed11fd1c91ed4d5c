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
  form.addEventListener("submit", function () { last = null; });
  setInterval(keep, 10000);
  document.addEventListener("visibilitychange", function () { if (document.hidden) { keep(); } });

  /* —— files: sent when chosen, with the words so far; where that fails they stay in the form and go with it —— */
  function replaceUploads(html) { document.getElementById("uploads").outerHTML = html; }
  function send(address, extra) {
    var data = new FormData(form);
    data.delete("files");
    extra(data);
    return fetch(address, { method: "POST", body: data, credentials: "same-origin", headers: { "X-Part": "uploads" } })
      .then(function (answer) { if (!answer.ok) { throw new Error(answer.status); } return answer.text(); })
      .then(replaceUploads);
  }
  form.addEventListener("change", function (event) {
    var input = event.target;
    if (input.type !== "file" || !input.files.length || !form.dataset.uploads) { return; }
    send(form.dataset.uploads, function (data) {
      Array.prototype.forEach.call(input.files, function (file) { data.append("files", file); });
    }).then(function () {
      input.value = "";
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }).catch(function () { /* they are still in the form */ });
  });
  form.addEventListener("click", function (event) {
    var button = event.target.closest("#uploads button");
    if (!button || !form.dataset.uploads) { return; }
    event.preventDefault();
    send(button.getAttribute("formaction"), function (data) { data.append("file", button.value); })
      .catch(function () { form.requestSubmit ? form.requestSubmit(button) : form.submit(); });
  });

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
