"use strict";
// Keeps the board up to date without a flicker, and says how old it is when the hub
// does not answer: it is never blank. Without it the page asks again by itself.
(function () {
  var heard = Date.now(), stale = document.getElementById("stale"), text = stale.dataset.text;

  function old() {
    var seconds = Math.round((Date.now() - heard) / 1000);
    stale.hidden = seconds < 8;
    stale.textContent = "▲ " + text.replace("…", seconds < 60 ? seconds + " s" : Math.floor(seconds / 60) + " min");
  }

  function show(html) {
    var next = new DOMParser().parseFromString(html, "text/html").getElementById("board");
    if (!next) { throw new Error("no board"); }
    var now = document.getElementById("board");
    if (now.innerHTML !== next.innerHTML) { now.replaceWith(next); }
    heard = Date.now();
  }

  function ask() {
    var give = new AbortController(), late = setTimeout(function () { give.abort(); }, 4000);
    fetch(location.href, { cache: "no-store", signal: give.signal })
      .then(function (r) { if (!r.ok) { throw new Error(r.status); } return r.text(); })
      .then(show).catch(function () {})
      .then(function () { clearTimeout(late); old(); setTimeout(ask, 2000); });
  }
  setTimeout(ask, 2000);
})();
