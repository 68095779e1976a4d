"use strict";
// Keeps the ticket's page up to date. Without it the page asks again by itself.
(function () {
  var now = document.getElementById("now"), stale = document.getElementById("stale"), ring = document.getElementById("ring"), aloud = document.getElementById("aloud"), age = document.getElementById("age");
  var sound = null, state = document.body.className;
  if (!now || !now.dataset.live || !window.EventSource) { setTimeout(function () { location.reload(); }, 10000); return; }

  function chime() {
    if (navigator.vibrate) { navigator.vibrate([300, 100, 300, 100, 300]); }
    if (!sound) { return; }
    [0, 0.35, 0.7].forEach(function (at) {
      var tone = sound.createOscillator(), loud = sound.createGain();
      tone.frequency.value = 880;
      loud.gain.setValueAtTime(0.4, sound.currentTime + at);
      loud.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + at + 0.3);
      tone.connect(loud).connect(sound.destination);
      tone.start(sound.currentTime + at);
      tone.stop(sound.currentTime + at + 0.3);
    });
  }

  // What the person is about to press stays as it is until they have.
  function open() { return Array.prototype.map.call(now.querySelectorAll("details"), function (d) { return d.open; }); }

  // So does the place of whoever goes through the page with keys.
  function stops() { return Array.prototype.slice.call(now.querySelectorAll("summary, button")); }

  // And what is under a finger, until it is lifted: a button that is replaced meanwhile
  // would not be pressed. A finger that never is lifted holds nothing up for long.
  var pressed = 0, kept = null;
  function press() { pressed = Date.now(); }
  function lift() { setTimeout(function () { pressed = 0; showKept(); }, 0); }
  function showKept() { if (kept !== null) { var html = kept; kept = null; show(html); } }
  function take(html) { kept = html; if (Date.now() - pressed > 2000) { showKept(); } }
  document.addEventListener("pointerdown", press, true);
  document.addEventListener("pointerup", lift, true);
  document.addEventListener("pointercancel", lift, true);

  function first() { var line = now.querySelector(".first"); return line ? line.textContent : ""; }

  function show(html) {
    var were = open(), at = stops().indexOf(document.activeElement), said = first();
    now.innerHTML = html;
    now.querySelectorAll("details").forEach(function (d, i) { d.open = !!were[i]; });
    if (at >= 0 && stops()[at]) { stops()[at].focus({ preventScroll: true }); }
    if (aloud && first() !== said) { aloud.textContent = first(); }
    var piece = now.firstElementChild, next = piece.dataset.state;
    document.title = piece.dataset.title;
    document.body.className = next;
    if (next === "called" && state !== "called") { chime(); }
    state = next;
    over = "over" in piece.dataset;
  }

  // The hub says something every twenty seconds.
  var SILENT = 50000, news = null, heard = Date.now(), tried = heard, over = false;
  function hear() {
    heard = Date.now();
    lost(false);
  }

  // Who has left or is served goes out of the Wi-Fi, and need not be told so.
  function lost(is) {
    is = is && !/^(served|no-show|left|void)$/.test(state);
    if (stale && stale.hidden === is) { stale.hidden = age.hidden = !is; }
    if (is) { tell(); }
  }

  function tell() {
    var s = Math.round((Date.now() - heard) / 1000), old = s < 60 ? s + " s" : s < 3600 ? Math.floor(s / 60) + " min" : Math.floor(s / 3600) + " h " + ("0" + Math.floor(s / 60) % 60).slice(-2);
    var text = age.dataset.text.replace("…", old);
    if (age.textContent !== text) { age.textContent = text; }
  }

  // A line that is dead says nothing, not even that: it is tried anew.
  function watch() {
    if (over || !stale) { return; }
    if (!stale.hidden) { tell(); }
    if (Date.now() - pressed > 2000) { showKept(); }
    if (Date.now() - Math.max(heard, tried) < SILENT) { return; }
    lost(true);
    news.close();
    follow();
  }

  function follow() {
    tried = Date.now();
    var mine = news = new EventSource(now.dataset.live);
    news.onmessage = function (e) { hear(); take(e.data); };
    news.addEventListener("here", hear);
    news.onerror = function () {
      if (mine !== news) { return; }
      if (over) { news.close(); return; }
      lost(true);
      if (news.readyState === EventSource.CLOSED) { setTimeout(function () { if (mine === news) { follow(); } }, 10000 + 5000 * Math.random()); }
    };
    // The day is over for all phones at once: they do not all ask at once what that means.
    news.addEventListener("over", function () {
      over = true;
      news.close();
      setTimeout(function () { location.reload(); }, 20000 * Math.random());
    });
  }

  if (ring && (window.AudioContext || window.webkitAudioContext)) {
    ring.hidden = false;
    ring.onclick = function () {
      sound = sound || new (window.AudioContext || window.webkitAudioContext)();
      sound.resume();
      ring.textContent = ring.dataset.rings;
      ring.disabled = true;
      chime();
    };
  }
  // The page comes first, then what keeps it up to date; a page in the background is not painted.
  var begun = false;
  function begin() { if (!begun) { begun = true; follow(); setInterval(watch, 1000); } }
  if (window.requestAnimationFrame) { requestAnimationFrame(function () { setTimeout(begin, 0); }); }
  setTimeout(begin, 1000);
})();
