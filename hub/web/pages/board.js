"use strict";
// Keeps the board up to date by a stream, says each call once, and says how old the
// board is when the hub is silent: it is never blank. Without it the page asks again
// by itself.
(function () {
  var board = document.getElementById("board"), stale = document.getElementById("stale"), button = document.getElementById("sound");
  var DWELL = 5000, FRESH = 15000, LOST = 15000, SILENT = 8, LISTED = 5; // ms, ms, ms (a line or a voice that does not say that it ended), s
  var version = board.firstElementChild.dataset.version, turnLasts = +board.firstElementChild.dataset.turn;

  // What is shown and said: one call after the other, each once.
  var line = [], now = null, said = remembered();

  function remembered() {
    try { return JSON.parse(sessionStorage.getItem("said")); } catch (e) { return null; }
  }

  function remember() {
    said.keys = said.keys.slice(-50);
    try { sessionStorage.setItem("said", JSON.stringify(said)); } catch (e) { /* then a page loaded anew says nothing of before */ }
  }

  function all(what) { return Array.prototype.slice.call(board.querySelectorAll(what)); }

  function calls() {
    return all("[data-call]").map(function (a) {
      return { key: a.dataset.call, at: +a.dataset.at, late: a.hasAttribute("data-late"), html: a.outerHTML,
        aloud: Array.prototype.map.call(a.querySelectorAll("q"), function (q) { return { lang: q.lang, text: q.textContent }; }) };
    });
  }

  function has(list, key) { return list.some(function (c) { return c.key === key; }); }

  // A call that is gone although older ones are shown was taken back.
  function takenBack(call, shown) {
    return !has(shown, call.key) && (!shown.length || call.at >= shown[shown.length - 1].at);
  }

  function hear() {
    var shown = calls();
    if (!said) { // what was called before the board was on is no news
      said = { at: shown.length ? shown[0].at : 0, keys: shown.map(function (c) { return c.key; }) };
    }
    said.at = shown.length ? Math.min(said.at, shown[0].at) : 0; // a clock was set back, or a day begins
    line = line.filter(function (c) { return !takenBack(c, shown); });
    if (now && takenBack(now, shown)) { now.gone = true; }
    shown.reverse().forEach(function (c) {
      if (c.late || c.at < said.at || said.keys.indexOf(c.key) >= 0 || has(line, c.key)) { return; }
      line.push(c);
    });
    remember();
    next();
  }

  function next() {
    if (now && !now.done) { return; }
    var call = line.shift();
    if (!call) { return; }
    now = call;
    now.since = performance.now();
    said.keys.push(call.key);
    said.at = Math.max(said.at, call.at);
    remember();
    stage();
    Promise.all([wait(DWELL), announce(call)]).then(function () { call.done = true; next(); stage(); });
  }

  // The call whose turn it is stands large; when nothing is under way, the newest.
  function stage() {
    var articles = all("[data-call]"), first = articles.length ? articles[0].dataset.call : "";
    if (now && (now.gone || now.done && now.key !== first)) { // over
      if (now.done) { now = null; }
    }
    var key = now && !now.gone ? now.key : first;
    if (now && !now.gone && !articles.some(function (a) { return a.dataset.call === key; })) { // so many came at once that the list lost it
      board.querySelector(".large").insertAdjacentHTML("afterbegin", now.html);
      articles = all("[data-call]");
    }
    articles.forEach(function (a) {
      a.hidden = a.dataset.call !== key;
      a.classList.toggle("fresh", !!now && a.dataset.call === now.key && performance.now() - now.since < FRESH);
    });
    var listed = 0;
    all("[data-of]").forEach(function (li) { li.hidden = li.dataset.of === key || ++listed > LISTED; });
  }

  // Sound.
  var Context = window.AudioContext || window.webkitAudioContext;
  var sound = Context && !board.hasAttribute("data-silent") ? new Context() : null, utterance = null;

  function sounds() { return !!sound && sound.state === "running"; }

  function wait(ms) { return new Promise(function (done) { setTimeout(done, ms); }); }

  function tone(pitch, at) {
    var t = sound.createOscillator(), loud = sound.createGain(), start = sound.currentTime + at;
    t.frequency.value = pitch;
    loud.gain.setValueAtTime(0.0001, start);
    loud.gain.exponentialRampToValueAtTime(0.5, start + 0.03);
    loud.gain.exponentialRampToValueAtTime(0.0001, start + 0.8);
    t.connect(loud).connect(sound.destination);
    t.start(start);
    t.stop(start + 0.8);
  }

  function chime() {
    tone(784, 0);
    tone(622, 0.45);
    return wait(1300);
  }

  // Only voices of this machine: what is said goes to nobody else. That of the
  // language's own country comes first.
  function voiceOf(lang) {
    var same = lang === "zh" ? /^(zh|cmn)/ : new RegExp("^" + lang + "([-_]|$)"), own = new RegExp("^" + lang + "([-_]" + lang + ")?$");
    var voices = window.speechSynthesis ? speechSynthesis.getVoices().filter(function (v) { return v.localService && same.test(v.lang.toLowerCase()); }) : [];
    return voices.filter(function (v) { return own.test(v.lang.toLowerCase()); })[0] || voices[0];
  }

  function say(words) {
    return new Promise(function (done) {
      var voice = voiceOf(words.lang), late;
      if (!voice) { done(); return; }
      function end() { clearTimeout(late); utterance = null; done(); }
      utterance = new SpeechSynthesisUtterance(words.text); // held here, or its end is lost with it
      utterance.voice = voice;
      utterance.lang = voice.lang;
      utterance.rate = 0.9;
      utterance.onend = utterance.onerror = end;
      late = setTimeout(function () { speechSynthesis.cancel(); end(); }, LOST);
      speechSynthesis.speak(utterance);
    });
  }

  function announce(call) {
    if (!sounds()) { return Promise.resolve(); }
    return call.aloud.reduce(function (before, words) { return before.then(function () { return say(words); }); }, chime());
  }

  function offer() { button.hidden = !sound || sounds(); }

  if (sound) {
    if (window.speechSynthesis) { speechSynthesis.getVoices(); } // they come later
    sound.onstatechange = offer;
    ["click", "keydown"].forEach(function (touch) {
      document.addEventListener(touch, function () {
        if (!sounds()) { sound.resume().then(function () { offer(); chime(); }); }
      });
    });
    setTimeout(offer, 1000); // where a browser may sound by itself, nobody is asked
  }

  // What takes turns, and what is over.
  var site = 0; // the hub's time less this machine's, in seconds; 0 before its first pulse

  function turn() {
    var n = Math.floor(Date.now() / 1000 / turnLasts);
    all(".turns").forEach(function (box) {
      var children = box.children;
      for (var i = 0; i < children.length; i++) {
        children[i].hidden = i !== n % children.length;
      }
    });
    if (site) {
      all("[data-until]").forEach(function (p) { p.hidden = +p.dataset.until <= site + Date.now() / 1000; });
    }
  }

  // How old it is.
  var heard = performance.now();

  function alive() { heard = performance.now(); age(); }

  function seconds() { return Math.floor((performance.now() - heard) / 1000); }

  function age() {
    var s = seconds(), old = s < 60 ? s + " s" : s < 3600 ? Math.floor(s / 60) + " min" : Math.floor(s / 3600) + " h " + ("0" + Math.floor(s / 60) % 60).slice(-2);
    var text = "▲ " + stale.dataset.text.replace("…", old);
    if (stale.hidden !== s < SILENT) { stale.hidden = s < SILENT; }
    if (!stale.hidden && stale.textContent !== text) { stale.textContent = text; }
  }

  function show(html) {
    board.innerHTML = html;
    alive();
    hear();
    stage();
    turn();
    board.dataset.heard = "yes";
    if (board.firstElementChild.dataset.version !== version && (!now || now.done)) { location.reload(); }
  }

  // Where there are too many boards already the page asks for itself.
  function ask() {
    return fetch(location.href, { cache: "no-store" }).then(function (r) { return r.ok ? r.text() : Promise.reject(); }).then(function (html) {
      show(new DOMParser().parseFromString(html, "text/html").getElementById("board").innerHTML);
    }).catch(function () { /* the age says it */ });
  }

  var news = null, followed = 0;

  function follow() {
    followed = performance.now();
    if (news) { news.close(); }
    if (!window.EventSource) { ask().then(function () { setTimeout(follow, 2000); }); return; }
    news = new EventSource(board.dataset.live);
    news.onmessage = function (e) { show(e.data); };
    news.addEventListener("beat", function (e) { site = +e.data - Date.now() / 1000; alive(); });
    news.onerror = function () {
      if (news.readyState === EventSource.CLOSED) { ask().then(function () { setTimeout(follow, 3000); }); }
    };
  }

  setInterval(function () {
    age();
    stage();
    turn();
    if (performance.now() - Math.max(heard, followed) > LOST) { follow(); } // a line that is dead without saying so
  }, 1000);

  hear();
  stage();
  turn();
  follow();
})();
