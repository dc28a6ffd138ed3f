/* The search of a handbook, in the place of Material's worker: it answers the same messages, so the field, the list
 * and the keys stay Material's. It looks at every entry anew for each query, which for thousands of short entries
 * takes a few milliseconds, and needs no index to be built before the first answer.
 *
 * What is found stands in this order: the exact title; titles that hold the words; titles that hold them but for the
 * kind of page ("East pilot"); other names; codes; how a name sounds (pinyin, in full or by initials); people; texts; then what is nearly it, by pairs of Chinese characters or
 * with one slip in a word. Where nothing has all the words, what has most of them is given, and says which it lacks.
 */
(function () {
  "use strict";

  var entries = [];
  var MOST = 60, SECTIONS = 3, AROUND = 70;
  var HAN = "\\u2e80-\\u2fdf\\u3005-\\u3007\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7af\\uf900-\\ufaff";
  var WORD = new RegExp("[" + HAN + "]+|[\\p{L}\\p{N}\\p{M}]+(?:[.'’&+][\\p{L}\\p{N}\\p{M}]+)*[%+#]*", "gu");
  var IS_HAN = new RegExp("[" + HAN + "]");
  var LETTER = /[a-z0-9]/;
  var MARKS = /[\u0300-\u036f]/g;
  var NAMED = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#34;": '"', "&#39;": "'" };

  function plain(html) {
    return (html || "").replace(/<[^>]*>/g, " ").replace(/&(?:amp|lt|gt|quot|#34|#39);/g, function (one) {
      return NAMED[one];
    }).replace(/\s+/g, " ").trim();
  }
  function escaped(text) {
    return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
  }
  /* Full-width letters are ordinary ones, capitals small ones, accents left away. */
  function folded(text) {
    return text.normalize("NFKC").toLowerCase().normalize("NFD").replace(MARKS, "").normalize("NFC");
  }
  /* As long as the text, so that places in what was folded are places in it. */
  function foldedInPlace(text) {
    var made = folded(text);
    if (made.length === text.length) return made;
    made = "";
    for (var place = 0; place < text.length; place++) {
      var one = folded(text.charAt(place));
      made += one.length === 1 ? one : text.charAt(place);
    }
    return made;
  }
  function words(text) { return folded(text).match(WORD) || []; }
  /* A word without the ending of a plural. */
  function stem(word) {
    if (word.length > 4 && /ies$/.test(word)) return word.slice(0, -3) + "y";
    if (word.length > 4 && /(?:ss|x|ch|sh)es$/.test(word)) return word.slice(0, -2);
    if (word.length > 3 && /[^su]s$/.test(word)) return word.slice(0, -1);
    return word;
  }
  function joined(text) { return " " + words(text).join(" "); }
  function together(text) { return words(text).join(""); }

  function pairs(word) {
    var found = [];
    for (var place = 0; place + 1 < word.length; place++) found.push(word.substr(place, 2));
    return found;
  }

  /* Whether a word stands in a text of words: Chinese anywhere, others from the beginning of one. */
  function holds(text, word) { return text.indexOf(sought[word]) >= 0; }
  var sought = {};

  /* Whether one letter too many, too few, another or two exchanged make one word of the other. */
  function slip(one, other) {
    if (one === other || Math.abs(one.length - other.length) > 1) return one === other;
    var first = 0, last = 0, least = Math.min(one.length, other.length);
    while (first < least && one[first] === other[first]) first++;
    while (last < least - first && one[one.length - 1 - last] === other[other.length - 1 - last]) last++;
    var left = one.slice(first, one.length - last), right = other.slice(first, other.length - last);
    if (left.length <= 1 && right.length <= 1) return true;
    return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
  }

  function read(doc) {
    var title = plain(doc.title), text = plain(doc.text), also = (doc.also || []).map(plain);
    var hash = doc.location.indexOf("#");
    var entry = {
      doc: doc, page: hash < 0 ? doc.location : doc.location.slice(0, hash), part: hash >= 0,
      title: title, text: text, rank: doc.rank === undefined ? 5 : doc.rank,
      name: together(title), names: joined(title), kinds: words(plain(doc.kind)),
      also: also.map(together), alsoWords: also.map(joined),
      codes: (doc.codes || []).map(plain).map(together),
      sound: doc.sound || [], peopleSound: doc.people_sound || [],
      people: (doc.people || []).map(plain).map(joined),
      said: joined(text)
    };
    entry.tags = (doc.tags || []).map(plain).map(joined);
    entry.all = [entry.names].concat(entry.alsoWords, entry.tags, entry.people, (doc.codes || []).map(joined), [entry.said]);
    entry.near = [entry.names].concat(entry.alsoWords, entry.people).join("").split(" ");
    return entry;
  }

  /* Whether a title holds all that is asked for but the name of the page's kind: "East pilot", 华东试点. */
  function kindly(entry, asked) {
    var told = false, rest = asked.map(function (word) {
      var kind = entry.kinds.filter(function (one) {
        return IS_HAN.test(one) ? word.slice(-one.length) === one || word.slice(0, one.length) === one : stem(word) === stem(one);
      })[0];
      if (kind) told = true;
      if (kind && IS_HAN.test(kind)) return word.slice(-kind.length) === kind ? word.slice(0, -kind.length) : word.slice(kind.length);
      return kind ? "" : IS_HAN.test(word) ? word : " " + stem(word);
    }).filter(Boolean);
    return told && rest.length > 0 && rest.every(function (one) { return entry.names.indexOf(one) >= 0; });
  }
  function every(text, asked) { return asked.every(function (word) { return holds(text, word); }); }
  function some(list, test) { return list.some(test); }

  /* How well an entry answers: 0 not at all. Within a kind of answer the shorter name, then the closer, is first. */
  function score(entry, asked, whole) {
    var close = whole.length / Math.max(entry.name.length, whole.length, 1);
    if (entry.name === whole) return 1000;
    if (every(entry.names, asked)) return 800 + 60 * close + (entry.name.indexOf(whole) === 0 ? 30 : 0);
    if (entry.name.indexOf(whole) >= 0) return 780 + 60 * close;
    if (kindly(entry, asked)) return 720;
    if (entry.also.indexOf(whole) >= 0) return 700;
    if (some(entry.alsoWords, function (one) { return every(one, asked); })) return 650;
    if (entry.codes.indexOf(whole) >= 0) return 640;
    if (whole.length > 1 && some(entry.codes, function (code) { return code.indexOf(whole) === 0; })) return 600;
    if (/^[a-z0-9]{2,}$/.test(whole)) {
      if (entry.sound.indexOf(whole) >= 0) return 560;
      if (some(entry.sound, function (one) { return one.indexOf(whole) === 0; })) return 520;
      if (whole.length > 3 && some(entry.sound, function (one) { return one.indexOf(whole) > 0; })) return 480;
    }
    if (some(entry.people, function (one) { return every(one, asked); })) return 450;
    if (/^[a-z0-9]{2,}$/.test(whole) && some(entry.peopleSound, function (one) { return one.indexOf(whole) === 0; })) return 440;
    if (some(entry.tags, function (one) { return every(one, asked); })) return 430;
    if (asked.every(function (word) { return some(entry.all, function (one) { return holds(one, word); }); })) {
      return 300 + (every(entry.said, asked) ? 0 : 60);
    }
    return 0;
  }

  /* What is nearly asked for: by pairs of characters, or with one slip in a word of four letters or more. */
  function nearly(entry, asked) {
    var sum = 0;
    for (var place = 0; place < asked.length; place++) {
      var word = asked[place], own = 0;
      if (holds(entry.names, word)) own = 1;
      else if (some(entry.all, function (one) { return holds(one, word); })) own = 0.95;
      else if (IS_HAN.test(word) && word.length > 2) own = alike(entry, word);
      else if (!IS_HAN.test(word) && word.length > 3) {
        own = some(entry.near, function (one) { return slips(word).has(one); }) ? 0.9
          : word.length > 5 && some(entry.sound.concat(entry.peopleSound), function (one) { return slip(one, word); }) ? 0.8 : 0;
      }
      if (!own) return 0;
      sum += own;
    }
    var asking = asked.join("").length;
    return 180 * sum / asked.length + 15 * Math.min(1, asking / Math.max(entry.name.length, 1));
  }
  /* The words of all names that are one slip away from a word; looked for once a query. */
  function slips(word) {
    if (!near[word]) {
      var own = stem(word);
      near[word] = new Set(vocabulary.filter(function (one) { return slip(one, word) || slip(stem(one), own); }));
    }
    return near[word];
  }
  var near = {}, vocabulary = [];

  function alike(entry, word) {
    if (word.length > 3 && some([entry.names].concat(entry.alsoWords), function (one) { return another(one, word); })) return 0.85;
    var asked = pairs(word);
    function share(text) { return asked.filter(function (pair) { return text.indexOf(pair) >= 0; }).length / asked.length; }
    var best = Math.max.apply(null, [share(entry.names)].concat(entry.alsoWords.map(share)));
    if (best >= 0.5 || (best > 0 && asked.length === 2)) return 0.5 + best / 2;
    var said = share(entry.said);
    return said >= 0.6 ? said / 2 : 0;
  }

  /* Whether a word stands in a text but for one of its characters: in a name of four it breaks two pairs of three. */
  function another(text, word) {
    for (var from = 0; from + word.length <= text.length; from++) {
      for (var place = 0, other = 0; place < word.length && other < 2; place++) other += text[from + place] !== word[place];
      if (other < 2) return true;
    }
    return false;
  }

  /* Where nothing has all the words: those that have some. */
  function partly(entry, asked) {
    var found = asked.filter(function (word) { return some(entry.all, function (one) { return holds(one, word); }); });
    return found.length * 2 < asked.length || !found.length ? 0 : 100 * found.length / asked.length;
  }

  function marked(text, asked) {
    var low = foldedInPlace(text), places = [];
    asked.forEach(function (word) {
      var own = IS_HAN.test(word) ? word : stem(word), parts = low.indexOf(own) < 0 && IS_HAN.test(own) ? pairs(own) : [own];
      parts.forEach(function (part) {
        for (var at = part ? low.indexOf(part) : -1; at >= 0; at = low.indexOf(part, at + part.length)) {
          if (IS_HAN.test(part) || !at || !LETTER.test(low.charAt(at - 1))) places.push([at, at + part.length]);
        }
      });
    });
    places.sort(function (a, b) { return a[0] - b[0] || b[1] - a[1]; });
    var made = "", done = 0;
    places.forEach(function (place) {
      if (place[1] <= done) return;
      var from = Math.max(place[0], done);
      made += escaped(text.slice(done, from)) + "<mark>" + escaped(text.slice(from, place[1])) + "</mark>";
      done = place[1];
    });
    return (made + escaped(text.slice(done))).replace(/<\/mark><mark>/g, "");
  }

  /* The part of a text around the first word that was asked for. */
  function excerpt(text, asked) {
    var low = foldedInPlace(text), at = -1;
    asked.some(function (word) {
      at = low.indexOf(IS_HAN.test(word) ? word : stem(word));
      return at >= 0;
    });
    var from = Math.max(0, at - AROUND), to = Math.min(text.length, Math.max(at, 0) + 2 * AROUND);
    if (from > 0) {
      var gap = text.slice(from, from + 20).search(/[\s，。；、]/);
      from += gap >= 0 ? gap + 1 : 0;
    }
    return (from ? "… " : "") + marked(text.slice(from, to), asked) + (to < text.length ? " …" : "");
  }

  /* An entry as Material's list shows it: kind, value and status stand over what was found in the text. */
  function shown(entry, points, asked, lacking) {
    var doc = entry.doc, facts = "", terms = {};
    asked.forEach(function (word) { terms[word] = lacking.indexOf(word) < 0; });
    if (!entry.part && doc.kind) facts += '<span class="hb-hit__kind">' + escaped(plain(doc.kind)) + "</span>";
    if (!entry.part && doc.value) facts += ' <b class="hb-hit__value">' + escaped(plain(doc.value)) + "</b>";
    if (!entry.part && doc.status) {
      facts += ' <span class="hb-status hb-status--' + escaped(doc.status[0]) + '">' + escaped(plain(doc.status[1])) + "</span>";
    }
    var said = entry.text ? "<p>" + excerpt(entry.text, asked) + "</p>" : "";
    return {
      location: doc.location, title: marked(entry.title, asked),
      text: (facts ? '<p class="hb-hit">' + facts + "</p>" : "") + said,
      score: points, terms: terms
    };
  }

  function search(query) {
    var asked = words(query).filter(function (word, place, all) { return all.indexOf(word) === place; });
    if (!asked.length) return [];
    var whole = words(query).join("");
    sought = Object.create(null);
    near = Object.create(null); // nothing stands in it before: "constructor" is a word as any other
    asked.forEach(function (word) { sought[word] = IS_HAN.test(word) ? word : " " + stem(word); });
    function ranked(how) {
      return entries.map(function (entry, place) {
        return { entry: entry, points: how(entry), place: place };
      }).filter(function (one) { return one.points > 0; });
    }
    var found = ranked(function (entry) { return score(entry, asked, whole); });
    // What is nearly it is looked for where little was found by the letter.
    if (found.length < 3) {
      var known = found.map(function (one) { return one.entry; });
      found = found.concat(ranked(function (entry) { return known.indexOf(entry) < 0 ? nearly(entry, asked) : 0; }));
    }
    if (!found.length && asked.length > 1) found = ranked(function (entry) { return partly(entry, asked); });
    var pages = {}, order = [];
    found.forEach(function (one) {
      var own = pages[one.entry.page];
      if (!own) {
        own = pages[one.entry.page] = { points: 0, rank: 9, place: one.place, parts: [], main: null };
        order.push(own);
      }
      // A page is found by itself before it is found by one of its parts.
      own.points = Math.max(own.points, one.points - (one.entry.part ? 20 : 0));
      own.place = Math.min(own.place, one.place);
      if (one.entry.part) own.parts.push(one); else own.main = one;
    });
    order.forEach(function (own) {
      var page = own.main ? own.main.entry : main[(own.parts[0].entry.page)];
      own.page = page || own.parts[0].entry;
      own.rank = own.page.rank;
    });
    // Kinds of answers are fifty points apart at the least; within one, what people look for most stands first.
    order.sort(function (a, b) {
      return Math.floor(b.points / 100) - Math.floor(a.points / 100) || a.rank - b.rank || b.points - a.points || a.place - b.place;
    });
    return order.slice(0, MOST).map(function (own) {
      own.parts.sort(function (a, b) { return b.points - a.points || a.place - b.place; });
      var lacking = asked.filter(function (word) {
        return own.points < 150 && !some(own.page.all, function (one) { return holds(one, word); });
      });
      var told = [shown(own.page, own.points, asked, lacking)];
      own.parts.filter(function (part) { return part.entry !== own.page; }).slice(0, SECTIONS).forEach(function (part) {
        told.push(shown(part.entry, Math.min(part.points, own.points - 0.01), asked, []));
      });
      return told;
    });
  }

  var main = {};
  function take(docs) {
    entries = docs.map(read);
    main = {};
    vocabulary = Array.from(new Set(entries.reduce(function (all, entry) { return all.concat(entry.near); }, [])));
    entries.forEach(function (entry) { if (!entry.part) main[entry.page] = entry; });
  }

  addEventListener("message", function (event) {
    var told = event.data;
    if (told.type === 0) {
      take(told.data.docs);
      postMessage({ type: 1 });
    } else if (told.type === 2) {
      postMessage({ type: 3, data: { items: search(told.data) } });
    }
  });
})();
