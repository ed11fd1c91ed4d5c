/* What pages can do better with JavaScript. Every page works without it. Written for Chromium 78: no ?., no ??. */
(function () {
  "use strict";
  var root = document.documentElement;

  function each(selector, act, within) {
    Array.prototype.forEach.call((within || document).querySelectorAll(selector), act);
  }
  function on(type, selector, act) {
    document.addEventListener(type, function (event) {
      var hit = event.target.closest && event.target.closest(selector);
      if (hit) act(event, hit);
    });
  }
  function remember(name, value) {
    document.cookie = name + "=" + value + ";path=/;max-age=31536000;samesite=lax" + (location.protocol === "https:" ? ";secure" : "");
  }

  /* —— reading preferences: size and theme change at once; without JavaScript the form posts —— */
  var PREFERENCES = { size: ["large", "standard"], theme: ["dark", "light"] };

  function setPreference(name, value) {
    var chosen = value === PREFERENCES[name][0];
    if (chosen) root.setAttribute("data-" + name, value);
    else root.removeAttribute("data-" + name);
    remember(name, value);
    each('[data-preference="' + name + '"]', function (button) {
      button.value = PREFERENCES[name][chosen ? 1 : 0];
      button.querySelector("span").textContent = button.getAttribute("data-words").split("|")[chosen ? 1 : 0];
    });
    document.dispatchEvent(new CustomEvent("qinqing:preference", { detail: { name: name, value: value } }));
  }
  on("click", "[data-preference]", function (event, button) {
    event.preventDefault();
    setPreference(button.getAttribute("data-preference"), button.value);
  });

  /* —— sheets and the list of shortcuts: a modal dialog keeps the focus inside, Esc closes —— */
  var opener = null;

  function openDialog(id, from) {
    var dialog = document.getElementById(id);
    if (!dialog || !dialog.showModal) return false;
    if (id === "keys") listLetters();
    opener = from;
    dialog.showModal();
    if (from) from.setAttribute("aria-expanded", "true");
    return true;
  }
  on("click", "[data-sheet]", function (event, link) {
    if (openDialog(link.getAttribute("data-sheet"), link)) event.preventDefault();
  });
  on("click", "[data-close]", function (event, button) { button.closest("dialog").close(); });
  on("click", "dialog", function (event, dialog) { if (event.target === dialog) dialog.close(); });
  document.addEventListener("close", function () {
    if (!opener) return;
    opener.setAttribute("aria-expanded", "false");
    opener.focus();
    opener = null;
  }, true);

  /* —— copy —— */
  on("click", "[data-copy]", function (event, button) {
    var words = button.querySelector("span");
    var before = words.textContent;
    copy(button.getAttribute("data-copy"), function () {
      words.textContent = button.getAttribute("data-copied");
      setTimeout(function () { words.textContent = before; }, 2000);
    });
  });
  function copy(text, done) {
    if (navigator.clipboard) { navigator.clipboard.writeText(text).then(done, function () {}); return; }
    var field = document.createElement("textarea"); /* plain HTTP has no clipboard interface */
    field.value = text;
    document.body.appendChild(field);
    field.select();
    if (document.execCommand("copy")) done();
    document.body.removeChild(field);
  }

  /* —— forms: counters, the error summary, files dropped on the upload area —— */
  function count(note) {
    var field = document.getElementById(note.getAttribute("data-count"));
    if (!field) return;
    var limit = Number(field.getAttribute("data-limit") || field.getAttribute("maxlength"));
    note.textContent = field.value.length + " / " + limit + " " + note.getAttribute("data-unit");
    note.classList.toggle("count--over", field.value.length > limit || (field.maxLength > 0 && field.value.length >= limit));
  }
  document.addEventListener("input", function (event) {
    each('[data-count="' + event.target.id + '"]', count);
  });
  on("dragover", "[data-drop]", function (event, area) { event.preventDefault(); area.classList.add("drop--over"); });
  on("dragleave", "[data-drop]", function (event, area) { area.classList.remove("drop--over"); });
  on("drop", "[data-drop]", function (event, area) {
    var input = area.querySelector('input[type="file"]');
    event.preventDefault();
    area.classList.remove("drop--over");
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  on("change", 'input[type="file"]', function (event, input) { listChosen(input); });

  /* What was chosen, each with its size and a way back; the input itself holds the files until the form is sent. */
  function listChosen(input) {
    var area = document.querySelector('[data-chosen="' + input.id + '"]');
    if (!area) return;
    area.textContent = "";
    Array.prototype.forEach.call(input.files, function (file, place) {
      var row = document.importNode(document.querySelector("template[data-file]").content, true).firstElementChild;
      var said = row.querySelector("small"), limit = Number(input.getAttribute("data-megabytes"));
      row.querySelector("b").textContent = row.querySelector(".vh").textContent = file.name;
      said.textContent = size(file.size, area);
      if (limit && file.size > limit * 1048576) {
        row.classList.add("file--err");
        said.textContent = area.getAttribute("data-too-large").replace("{}", megabytes(file.size)).replace("{}", limit);
      }
      row.querySelector("button").addEventListener("click", function () { unchoose(input, place); });
      area.appendChild(row);
    });
  }
  function size(bytes, area) { /* as qinqing.ui.figures.file_size says it */
    var kilobytes = Math.ceil(bytes / 1024);
    if (bytes < 1024) return area.getAttribute("data-tiny");
    return kilobytes < 1024 ? kilobytes + " KB" : megabytes(bytes) + " MB";
  }
  function megabytes(bytes) { return String(Math.ceil(bytes * 10 / 1048576) / 10); }
  function unchoose(input, place) {
    var kept = new DataTransfer();
    Array.prototype.forEach.call(input.files, function (file, other) { if (other !== place) kept.items.add(file); });
    input.files = kept.files;
    input.dispatchEvent(new CustomEvent("change", { bubbles: true, detail: "taken out" }));
    input.focus();
  }
  function arrive(part) {
    each("[data-count]", count, part);
    each("[data-focus]", function (summary) { summary.focus(); }, part);
    each('input[type="file"]', listChosen, part);
  }

  on("click", "[data-print]", function () { window.print(); });

  /* —— the end of the session: said five minutes before —— */
  function watchSession(note) {
    var minutes = Number(note.getAttribute("data-session-minutes"));
    note.hidden = true;
    setTimeout(function () { note.hidden = false; }, Math.max(0, minutes - 5) * 60000);
  }
  on("click", "[data-session-minutes] a", function (event, link) { watchSession(link.parentNode); });

  /* —— shortcuts of the workbench; off inside fields, and for good when switched off —— */
  var rows = [];
  var at = -1;

  function shortcutsOff() { return /(^|; )keys=off/.test(document.cookie); }
  function inField(target) {
    return /^(TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable ||
      (target.tagName === "INPUT" && !/^(checkbox|radio|button|submit)$/.test(target.type));
  }
  function stand(place) {
    rows = Array.prototype.slice.call(document.querySelectorAll(".rw"));
    if (!rows.length) return;
    if (at < 0) at = rows.findIndex(function (row) { return row.classList.contains("cur"); });
    if (rows[at]) rows[at].classList.remove("cur");
    at = Math.max(0, Math.min(rows.length - 1, place === undefined ? at : at + place));
    rows[at].classList.add("cur");
    rows[at].scrollIntoView({ block: "nearest" });
    rows[at].querySelector("a").focus();
  }
  function toggleRow() {
    var box = rows[at] && rows[at].querySelector('input[type="checkbox"]');
    if (box) { box.checked = !box.checked; bulk(); }
  }
  function openRow() { if (rows[at]) rows[at].querySelector("a").click(); }
  function clearRows() {
    each('.rw input[type="checkbox"]', function (box) { box.checked = false; });
    bulk();
  }
  function bulk() {
    var picked = document.querySelectorAll('.rw input[type="checkbox"]:checked').length;
    each(".bulk", function (bar) {
      bar.hidden = !picked;
      each("[data-picked]", function (place) { place.textContent = picked; }, bar);
    });
  }
  on("change", ".rw input", bulk);
  on("click", "[data-clear]", function (event) { event.preventDefault(); clearRows(); });
  on("change", "[data-keys]", function (event, box) { remember("keys", box.checked ? "on" : "off"); });

  var KEYS = {
    j: function () { stand(1); },
    k: function () { stand(-1); },
    x: toggleRow,
    "/": function () { var field = document.querySelector('.find input, input[type="search"]'); if (field) field.focus(); },
    "?": function () { openDialog("keys", document.activeElement); },
    escape: clearRows
  };
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (inField(event.target)) { if (event.key === "Escape") event.target.blur(); return; }
    if (!document.querySelector("[data-workbench]") || document.querySelector("dialog[open]")) return;
    var key = event.key.toLowerCase();
    if (key === "enter" && event.target === document.body) { openRow(); return; }
    if (shortcutsOff() && key !== "?") return;
    var press = KEYS[key] || pressButton(key);
    if (press) { event.preventDefault(); press(); }
  });
  function pressButton(key) { /* a button names its own letter: data-key="d" */
    if (!/^[a-z]$/.test(key)) return null;
    var button = document.querySelector('.bulk:not([hidden]) [data-key="' + key + '"]') || document.querySelector('.acting [data-key="' + key + '"], .work-h [data-key="' + key + '"]');
    return button ? function () { reach(button); } : null;
  }
  function reach(button) { /* a form is led to, not sent: its words and choices come first */
    var form = button.closest(".acting form");
    if (!form) { button.click(); return; }
    (form.querySelector("input:checked") || form.querySelector('input:not([type="hidden"]):not([hidden]), select:not([hidden]), textarea') || button).focus();
  }
  function listLetters() { /* exactly what can be pressed on this page, as it is now */
    var list = document.querySelector("[data-letters]"), seen = {};
    each("#keys [data-needs]", function (part) { part.hidden = !document.querySelector(part.getAttribute("data-needs")); });
    list.textContent = "";
    each(".bulk:not([hidden]) [data-key], .acting [data-key], .work-h [data-key]", function (button) {
      var key = button.getAttribute("data-key").toUpperCase(), pair = document.createElement("div"), words = button.cloneNode(true);
      if (seen[key]) return;
      seen[key] = true;
      each("kbd", function (letter) { letter.remove(); }, words);
      pair.appendChild(document.createElement("dt")).appendChild(document.createElement("kbd")).textContent = key;
      pair.appendChild(document.createElement("dd")).textContent = words.textContent.trim();
      list.appendChild(pair);
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    root.classList.add("js");
    arrive(document);
    bulk();
    each("[data-keys]", function (box) { box.checked = !shortcutsOff(); });
    each("[data-session-minutes]", watchSession);
    each("[data-print], [data-copy]", function (button) { button.hidden = false; });
  });
  document.addEventListener("htmx:after:swap", function () { rows = []; arrive(document); bulk(); });

  window.qinqing = { setPreference: setPreference, openDialog: openDialog };
})();
