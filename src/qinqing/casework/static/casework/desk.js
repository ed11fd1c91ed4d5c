/* The workbench with JavaScript: rows open beside the list, filters drop down, forms show what an answer needs. */
(function () {
  "use strict";
  var root = document.documentElement;

  function each(selector, act, within) { Array.prototype.forEach.call((within || document).querySelectorAll(selector), act); }
  function on(type, selector, act) {
    document.addEventListener(type, function (event) {
      var hit = event.target.closest && event.target.closest(selector);
      if (hit) act(event, hit);
    });
  }
  function plain(event) { return !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button); }

  function fetchInto(region, source, url, push) { /* the server answers with that region alone */
    return window.htmx.ajax("GET", url, { source: source, target: region, swap: "innerHTML", push: push, headers: { "HX-Target": region } });
  }

  /* —— the panel: beside the list where there is room, a page of its own where there is none —— */
  var ROOM = window.matchMedia("(min-width: 75.01rem)");

  function roomy() { return window.htmx && ROOM.matches && root.getAttribute("data-size") !== "large"; }
  function address(number) {
    var url = new URL(location.href);
    url.searchParams.delete("open");
    if (number) url.searchParams.set("open", number);
    return url.pathname + url.search;
  }
  function openBeside(link) {
    var url = address(link.getAttribute("data-open"));
    each(".rw", function (row) { row.classList.toggle("cur", row.contains(link)); });
    document.querySelector(".split").classList.remove("split--alone");
    document.getElementById("panel").hidden = false;
    fetchInto("#panel", link, url, url);
  }
  on("click", "[data-open]", function (event, link) {
    if (!plain(event) || !roomy()) return;
    event.preventDefault();
    openBeside(link);
  });
  on("click", "[data-step]", function (event, button) { step(Number(button.getAttribute("data-step"))); });
  function step(by) {
    var links = Array.prototype.slice.call(document.querySelectorAll("[data-open]"));
    var at = links.findIndex(function (link) { return link.closest(".rw").classList.contains("cur"); });
    var next = links[at + by];
    if (next) { next.closest(".rw").scrollIntoView({ block: "nearest" }); openBeside(next); }
  }
  on("click", "[data-shut]", function (event) {
    if (!plain(event)) return;
    event.preventDefault();
    shut();
  });
  function shut() {
    var panel = document.getElementById("panel");
    if (!panel || panel.hidden) return false;
    panel.hidden = true;
    panel.innerHTML = "";
    document.querySelector(".split").classList.add("split--alone");
    history.replaceState(history.state, "", address(""));
    each(".rw.cur [data-open]", function (link) { link.focus(); });
    return true;
  }

  /* —— filters drop down beside their chip —— */
  on("click", "[data-choices]", function (event, chip) {
    var open = chip.getAttribute("aria-expanded") === "true";
    if (!plain(event) || !window.htmx || window.innerWidth < 960) return;
    event.preventDefault();
    closeChoices();
    if (!open) openChoices(chip);
  });
  function openChoices(chip) {
    var pop = document.createElement("div");
    pop.id = "choices";
    pop.className = "pop choices";
    pop.style.left = chip.offsetLeft + "px";
    pop.style.top = chip.offsetTop + chip.offsetHeight + 4 + "px";
    chip.insertAdjacentElement("afterend", pop);
    chip.setAttribute("aria-expanded", "true");
    fetchInto("#choices", chip, chip.href).then(function () {
      var first = pop.querySelector("[aria-current]") || pop.querySelector("a");
      if (first) first.focus();
    });
  }
  function closeChoices() {
    var pop = document.getElementById("choices");
    var chip = document.querySelector("[data-choices][aria-expanded]");
    if (!pop || !chip) return false;
    pop.remove();
    chip.removeAttribute("aria-expanded");
    chip.focus();
    return true;
  }
  document.addEventListener("click", function (event) {
    if (!event.target.closest(".pop, [data-choices]")) closeChoices();
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
    if (closeChoices()) { event.stopImmediatePropagation(); return; }
    if (!document.querySelector(".rw input:checked") && !/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) shut();
  });

  /* —— a form shows what the answer given needs: data-when="outcome=solved partly" —— */
  function fold(form) {
    each("[data-when]", function (part) {
      var rule = part.getAttribute("data-when").split("=");
      var chosen = form.querySelector('[name="' + rule[0] + '"]:checked');
      part.hidden = !chosen || rule[1].split(" ").indexOf(chosen.value) < 0;
      each("input, select, textarea", function (field) { field.disabled = part.hidden; }, part);
    }, form);
  }
  document.addEventListener("change", function (event) { if (event.target.form) fold(event.target.form); });

  /* —— a long list of units is found by a few characters of the name —— */
  function pick(select) {
    var list = document.createElement("datalist"), field = document.createElement("input"), picked = document.createElement("ul");
    if (select.getAttribute("data-picker") === "done") return;
    field.className = "input";
    field.placeholder = select.getAttribute("data-picker");
    field.autocomplete = "off";
    list.id = select.id + "_list";
    picked.className = "picked";
    picked.setAttribute("aria-live", "polite");
    field.setAttribute("list", list.id);
    each("option", function (option) {
      if (option.value) list.appendChild(new Option(option.text, option.text));
      if (option.selected && option.value && !select.multiple) field.value = option.text;
    }, select);
    field.addEventListener("input", function (event) { /* typed letter by letter, several wait for Enter */
      var typing = select.multiple && event.inputType && event.inputType !== "insertReplacementText";
      if (!typing) choose(named(select, field.value, true));
    });
    field.addEventListener("keydown", function (event) {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault(); /* it chooses, and never sends the form */
      choose(named(select, field.value, false));
    });
    field.addEventListener("change", function () {
      if (field.value && !named(select, field.value, true)) choose(named(select, field.value, false));
    });
    function choose(option) {
      if (!select.multiple) {
        select.value = option ? option.value : "";
        if (option) field.value = option.text;
      } else if (option) {
        option.selected = true;
        field.value = "";
        listPicked(select, picked);
      }
    }
    takePlace(select, field);
    [field, list, picked].forEach(function (part) { select.insertAdjacentElement("beforebegin", part); });
    listPicked(select, picked);
  }
  function named(select, typed, whole) { /* the option called so, or else the first with these letters in its name */
    var options = Array.prototype.filter.call(select.options, function (option) { return option.value; });
    typed = typed.trim();
    return options.find(function (option) { return option.text === typed; }) ||
      (typed && !whole && options.find(function (option) { return option.text.indexOf(typed) >= 0; })) || null;
  }
  function listPicked(select, picked) { /* what was picked of several, each with a way back */
    picked.textContent = "";
    Array.prototype.filter.call(select.multiple ? select.options : [], function (option) { return option.selected; }).forEach(function (option) {
      var row = document.createElement("li"), drop = document.createElement("button");
      drop.type = "button";
      drop.className = "btn btn--sm";
      drop.textContent = select.getAttribute("data-unpick");
      drop.setAttribute("aria-label", drop.textContent + " " + option.text);
      drop.addEventListener("click", function () {
        option.selected = false;
        listPicked(select, picked);
        picked.previousElementSibling.previousElementSibling.focus();
      });
      row.textContent = option.text + " ";
      row.appendChild(drop);
      picked.appendChild(row);
    });
  }
  function takePlace(select, field) { /* label and error belong to what is seen */
    field.id = select.id;
    select.id += "_choice";
    ["aria-describedby", "aria-invalid"].forEach(function (name) {
      if (select.hasAttribute(name)) field.setAttribute(name, select.getAttribute(name));
    });
    select.setAttribute("data-picker", "done");
    select.required = false;
    select.hidden = true;
  }

  function arrive() {
    each("form", fold);
    each("select[data-picker]", pick);
    each("[data-step]", function (button) { button.hidden = !document.querySelector("[data-open]"); });
  }
  document.addEventListener("DOMContentLoaded", arrive);
  document.addEventListener("htmx:after:swap", arrive);
})();
