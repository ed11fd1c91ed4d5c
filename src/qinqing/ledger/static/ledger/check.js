/* Checks a receipt in the visitor's browser: the same points as `qinqing ledger check-receipt`, see docs/ledger.md.
   Its own SHA-256, because plain-HTTP intranets have no WebCrypto; signatures only where the browser knows Ed25519.
   Written for Chromium 78: no ?., no ??. */
(function () {
  "use strict";
  var LINES = ["act", "verb", "actor", "acting_as", "subject", "happened_at", "recorded_at", "once", "once_body"];
  var NOTE = /^([^\n ]+)\n(\d+)\n([A-Za-z0-9+\/=]+)\nnumber (\d+)\nhash (\w+)\ntime [0-9TZ:.-]+\n$/;
  var utf8 = new TextEncoder();

  /* —— bytes —— */
  function join() {
    var parts = Array.prototype.slice.call(arguments), at = 0;
    var all = new Uint8Array(parts.reduce(function (sum, part) { return sum + part.length; }, 0));
    parts.forEach(function (part) { all.set(part, at); at += part.length; });
    return all;
  }
  function hex(bytes) {
    return Array.prototype.map.call(bytes, function (b) { return (b + 256).toString(16).slice(1); }).join("");
  }
  function unbase64(text) {
    return Uint8Array.from(atob(text), function (c) { return c.charCodeAt(0); });
  }

  /* —— SHA-256 (FIPS 180-4) and HMAC (RFC 2104); the constants are the fractions of roots of the first primes —— */
  var K = [], H = [];
  (function () {
    function fraction(x) { return ((x - Math.floor(x)) * 4294967296) | 0; }
    for (var n = 2; K.length < 64; n++) {
      var prime = true;
      for (var d = 2; d * d <= n; d++) if (n % d === 0) prime = false;
      if (!prime) continue;
      if (H.length < 8) H.push(fraction(Math.sqrt(n)));
      K.push(fraction(Math.cbrt(n)));
    }
  })();

  function turn(x, n) { return (x >>> n) | (x << (32 - n)); }

  function padded(bytes) {
    var all = new Uint8Array(((bytes.length + 72) >> 6) << 6);
    all.set(bytes);
    all[bytes.length] = 128;
    new DataView(all.buffer).setUint32(all.length - 8, Math.floor(bytes.length / 536870912));
    new DataView(all.buffer).setUint32(all.length - 4, (bytes.length << 3) >>> 0);
    return all;
  }
  function schedule(view, at) {
    var w = [];
    for (var i = 0; i < 64; i++) {
      if (i < 16) { w.push(view.getInt32(at + 4 * i)); continue; }
      var a = w[i - 15], b = w[i - 2];
      var s0 = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3), s1 = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
      w.push((w[i - 16] + s0 + w[i - 7] + s1) | 0);
    }
    return w;
  }
  function round(s, word, constant) {
    var s1 = turn(s[4], 6) ^ turn(s[4], 11) ^ turn(s[4], 25), choice = (s[4] & s[5]) ^ (~s[4] & s[6]);
    var t1 = (s[7] + s1 + choice + constant + word) | 0;
    var s0 = turn(s[0], 2) ^ turn(s[0], 13) ^ turn(s[0], 22), most = (s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]);
    return [(t1 + s0 + most) | 0, s[0], s[1], s[2], (s[3] + t1) | 0, s[4], s[5], s[6]];
  }
  function sha256(bytes) {
    var view = new DataView(padded(bytes).buffer), state = H.slice(), out = new DataView(new ArrayBuffer(32));
    for (var at = 0; at < view.byteLength; at += 64) {
      var w = schedule(view, at), next = state;
      for (var i = 0; i < 64; i++) next = round(next, w[i], K[i]);
      state = state.map(function (word, n) { return (word + next[n]) | 0; });
    }
    state.forEach(function (word, n) { out.setInt32(4 * n, word); });
    return new Uint8Array(out.buffer);
  }
  function hmac(key, bytes) {
    var block = new Uint8Array(64);
    block.set(key.length > 64 ? sha256(key) : key);
    var inner = block.map(function (b) { return b ^ 54; }), outer = block.map(function (b) { return b ^ 92; });
    return sha256(join(outer, sha256(join(inner, bytes))));
  }

  /* —— the entry: canonical facts, lines, leaf hash —— */
  function canonical(value) {
    if (Array.isArray(value)) return "[" + value.map(canonical).join(",") + "]";
    if (value !== null && typeof value === "object") {
      return "{" + Object.keys(value).sort().map(function (key) {
        return JSON.stringify(key) + ":" + canonical(value[key]);
      }).join(",") + "}";
    }
    if (typeof value === "number" && !Number.isSafeInteger(value)) throw new Error("not an integer: " + value);
    return JSON.stringify(value);
  }
  function leaf(receipt) {
    if (receipt.hash_name !== "sha256") throw new Error("unknown hash");
    var lines = LINES.map(function (line) {
      if (typeof receipt.entry[line] !== "string") throw new Error("no " + line);
      return receipt.entry[line];
    });
    var text = ["qinqing-entry/1 sha256"].concat(lines, canonical(receipt.entry.facts)).join("\n");
    return sha256(join([0], utf8.encode(text)));
  }
  function factAt(facts, path) {
    return path.split(".").reduce(function (part, step) { return part[step]; }, facts);
  }

  /* —— the tree: RFC 9162 §2.1.3.2 and §2.1.4.2; halves by division, since positions may pass 32 bits —— */
  function parent(left, right) { return sha256(join([1], left, right)); }
  function half(n) { return Math.floor(n / 2); }
  function same(a, b) { return a !== null && b !== null && hex(a) === hex(b); }

  function climb(place, last, path, left, right) {
    path.forEach(function (node) {
      if (last === 0) throw new Error("the path is too long");
      if (place % 2 || place === last) {
        left(node);
        while (place && place % 2 === 0) { place = half(place); last = half(last); }
      } else right(node);
      place = half(place);
      last = half(last);
    });
    if (last !== 0) throw new Error("the path is too short");
  }
  function rootFromInclusion(index, size, node, path) {
    if (!(Number.isSafeInteger(index) && index >= 0 && index < size)) throw new Error("beyond the tree");
    climb(index, size - 1, path, function (left) { node = parent(left, node); }, function (right) { node = parent(node, right); });
    return node;
  }
  function isConsistent(first, later, path) {
    if (first.size === later.size) return path.length === 0 && same(first.root, later.root);
    if (first.size < 1 || first.size > later.size || !path.length) return false;
    var place = first.size - 1, last = later.size - 1;
    while (place % 2) { place = half(place); last = half(last); }
    var start = place ? path[0] : first.root, rest = place ? path.slice(1) : path, older = start, newer = start;
    climb(place, last, rest, function (left) {
      older = parent(left, older);
      newer = parent(left, newer);
    }, function (right) { newer = parent(newer, right); });
    return same(older, first.root) && same(newer, later.root);
  }

  /* —— signed notes —— */
  function head(part) {
    var said = NOTE.exec(part.checkpoint.split("\n\n")[0] + "\n");
    if (!said) throw new Error("not a checkpoint");
    return { origin: said[1], size: Number(said[2]), root: unbase64(said[3]), number: said[4], hash: said[5] };
  }
  function hashedHead(part) {
    var said = head(part);
    if (said.hash !== "sha256") throw new Error("unknown hash");
    return said;
  }
  function nameOf(key) { return "qinqing-ledger-" + hex(sha256(key)).slice(0, 8); }

  function signs(key, signature, message) { /* a promise of true, false, or null where the browser cannot tell */
    var subtle = typeof crypto !== "undefined" && crypto.subtle;
    if (!subtle) return Promise.resolve(null);
    return subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]).then(function (imported) {
      return subtle.verify({ name: "Ed25519" }, imported, signature, message);
    }, function (error) { return error.name === "NotSupportedError" ? null : false; });
  }
  function noteIsSigned(part) {
    var cut = part.checkpoint.split("\n\n"), key = unbase64(part.public_key), name = nameOf(key);
    var line = new RegExp("^— " + name + " (\\S+)$", "m").exec(cut[1]);
    if (!line) return false;
    var raw = unbase64(line[1]), mark = sha256(join(utf8.encode(name + "\n"), [1], key)).slice(0, 4);
    return same(raw.slice(0, 4), mark) && signs(key, raw.slice(4), utf8.encode(cut[0] + "\n"));
  }
  function promiseIsSigned(receipt) {
    var promise = receipt.promise;
    if (promise.time !== receipt.entry.recorded_at) return false;
    var text = "qinqing-promise/1\n" + promise.hash + "\n" + promise.time + "\n";
    return signs(unbase64(promise.public_key), unbase64(promise.signature), utf8.encode(text));
  }

  /* —— the points: each is true, false, or null where only the command can tell —— */
  function attempt(check) {
    return Promise.resolve().then(check).catch(function () { return false; });
  }
  function numberOf(part) {
    try { return head(part).number; } catch (error) { return "?"; }
  }
  function placeOf(part) { return isObject(part) ? part.index + 1 : "?"; }

  function isObject(value) { return value !== null && typeof value === "object" && !Array.isArray(value); }

  function wrongNames(receipt) {
    if (!isObject(receipt.disclosures)) return ["disclosures"];
    return Object.keys(receipt.disclosures).filter(function (name) {
      try {
        var opened = receipt.disclosures[name];
        return hex(hmac(utf8.encode(opened.salt), utf8.encode(opened.value))) !== factAt(receipt.entry.facts, name);
      } catch (error) { return true; }
    });
  }
  function includes(receipt) {
    var first = hashedHead(receipt.proof), path = receipt.proof.hashes.map(unbase64);
    return same(rootFromInclusion(receipt.proof.index, first.size, leaf(receipt), path), first.root);
  }
  function planned(receipt) {
    var isForCommand = receipt.hash_name === "sm3", plan = [];
    function add(name, check, values) { plan.push({ name: name, check: check, values: values || {} }); }
    function addHashed(name, check, values) { add(name, isForCommand ? function () { return null; } : check, values); }
    if (receipt.disclosures !== undefined && !(isObject(receipt.disclosures) && !Object.keys(receipt.disclosures).length)) {
      var wrong = wrongNames(receipt);
      add("disclosures", function () { return !wrong.length; }, { paths: wrong.length ? wrong : Object.keys(receipt.disclosures) });
    }
    addHashed("entry", function () { return hex(leaf(receipt)) === receipt.promise.hash; });
    add("promise", function () { return promiseIsSigned(receipt); });
    if (receipt.proof !== undefined) {
      addHashed("inclusion", function () { return includes(receipt); }, { n: placeOf(receipt.proof) });
      add("signature:proof", function () { return noteIsSigned(receipt.proof); }, { n: numberOf(receipt.proof) });
    }
    if (receipt.later !== undefined) {
      addHashed("later", function () {
        return isConsistent(hashedHead(receipt.proof), head(receipt.later), receipt.later.hashes.map(unbase64));
      }, { a: numberOf(receipt.proof), b: numberOf(receipt.later) });
      add("signature:later", function () { return noteIsSigned(receipt.later); }, { n: numberOf(receipt.later) });
    }
    return plan;
  }

  /* A promise of { kind, ok, points: [{ name, ok, values }] }; rejected when it is no receipt at all. */
  function checkReceipt(receipt) {
    if (!receipt || receipt.format !== "qinqing-receipt/1") return Promise.reject(new Error("not a receipt"));
    return Promise.all(planned(receipt).map(function (point) {
      return attempt(point.check).then(function (ok) { return { name: point.name, ok: ok, values: point.values }; });
    })).then(function (points) {
      var ok = points.every(function (point) { return point.ok !== false; });
      return { kind: receipt.proof !== undefined ? "proof" : "promise", ok: ok, points: points };
    });
  }

  /* —— the box on the page: ledger/_check.html brings every word and icon —— */
  function worded(text, values) {
    return text.replace(/%\((\w+)\)s/g, function (place, name) { return values[name]; });
  }
  function called(box, path) { /* as people call what a path opens: 附件 1 */
    var step = path.split("."), name = box.querySelector('[data-name="' + step[0] + '"]');
    return (name ? name.getAttribute("data-called") : step[0]) + (/^\d+$/.test(step[1]) ? " " + (Number(step[1]) + 1) : "");
  }
  function line(box, point) {
    var words = box.querySelector('[data-point="' + point.name.split(":")[0] + '"]');
    var state = point.ok === null ? "unknown" : point.ok ? "ok" : "bad";
    var item = document.createElement("li"), text = document.createElement("span");
    item.appendChild(document.importNode(box.querySelector('[data-icon="' + state + '"]').content, true));
    if (point.values.paths) point.values.names = point.values.paths.map(function (path) { return called(box, path); }).join(box.getAttribute("data-join"));
    text.textContent = worded(words.getAttribute("data-" + state), point.values);
    item.appendChild(text);
    return item;
  }
  function titled(box, outcome) {
    box.classList.toggle("checked--bad", outcome === "bad" || outcome === "unread");
    var title = box.querySelector("h2");
    title.textContent = "";
    title.appendChild(document.importNode(box.querySelector('[data-title="' + outcome + '"]').content, true));
  }
  function show(box, receipt) {
    return checkReceipt(receipt).then(function (report) {
      var list = box.querySelector("ul");
      list.textContent = "";
      report.points.forEach(function (point) { list.appendChild(line(box, point)); });
      titled(box, report.ok ? report.kind : "bad");
      return report;
    });
  }
  function load(box) {
    return fetch(box.getAttribute("data-receipt"), { credentials: "same-origin" }).then(function (answer) {
      if (!answer.ok) throw new Error("HTTP " + answer.status);
      return answer.json();
    }).then(function (receipt) { return show(box, receipt); }).catch(function () { titled(box, "unread"); });
  }

  globalThis.qinqingLedger = { checkReceipt: checkReceipt, show: show, sha256: sha256, hmac: hmac, hex: hex };
  if (typeof document !== "undefined") {
    document.addEventListener("DOMContentLoaded", function () {
      Array.prototype.forEach.call(document.querySelectorAll("[data-receipt]"), load);
    });
  }
})();
