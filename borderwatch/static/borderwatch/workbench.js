// The article workbench: words marked by keyboard, forms opened and saved without leaving the page. All of it works without this script too.
// Places in the text are counted in code points, as the server counts them; the browser counts UTF-16 units.
{
  const root = document.getElementById("workbench");
  const find = (selector) => root.querySelector(selector);
  const captured = () => document.getElementById("wb-captured");
  const form = () => document.getElementById("statement-form");
  const pointsIn = (text) => [...text].length;
  const unitsIn = (text, points) => [...text].slice(0, points).join("").length;

  // Marked words: offsets here are UTF-16 units of the text

  const WORD = /\S+/g;
  const SENTENCE = /\S[^.!?…؟۔\n]*(?:[.!?…؟۔]+["”»’)]*|(?=\n)|$)/g;
  const QUOTATION = /“[^”]{2,}”|«[^»]{2,}»|„[^“”]{2,}[“”]|"[^"\n]{2,}"/g;
  const unitsOf = (pattern) => [...captured().textContent.matchAll(pattern)].map((found) => ({ start: found.index, end: found.index + found[0].length }));
  const quotations = () => unitsOf(QUOTATION).map(({ start, end }) => ({ start: start + 1, end: end - 1 }));
  let anchor = { start: 0, end: 0 };
  let head = anchor;

  function rangeAt({ start, end }) {
    const range = document.createRange();
    const walker = document.createTreeWalker(captured(), NodeFilter.SHOW_TEXT);
    let before = 0;
    let isStarted = false;
    for (let node = walker.nextNode(); node; before += node.length, node = walker.nextNode()) {
      if (!isStarted && start < before + node.length) {
        range.setStart(node, start - before);
        isStarted = true;
      }
      if (end <= before + node.length) {
        range.setEnd(node, end - before);
        break;
      }
    }
    return range;
  }

  function show(place) {
    const range = rangeAt(place);
    getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
    intoView(range);
    document.getElementById("wb-marked").textContent = captured().textContent.slice(place.start, place.end);
  }

  function intoView(range) {
    const pane = captured().getBoundingClientRect();
    const words = range.getBoundingClientRect();
    if (!words.height) return;
    if (words.top < pane.top + 24 || words.bottom > pane.bottom - 24) captured().scrollTop += words.top - pane.top - pane.height / 3;
  }

  // Without spaces, quotation marks and the comma before them: a quote is kept without its marks.
  function trimmed({ start, end }) {
    const words = captured().textContent.slice(start, end);
    const first = words.length - words.replace(/^[\s“”„«»"]+/, "").length;
    const last = words.replace(/(?:[“”„«»"]+[.,;:!?]*|[\s,;:–—])+$/, "").length;
    return last > first ? { start: start + first, end: start + last } : null;
  }

  function selected() {
    const selection = getSelection();
    if (!captured() || !selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!captured().contains(range.startContainer) || !captured().contains(range.endContainer)) return null;
    const before = document.createRange();
    before.selectNodeContents(captured());
    before.setEnd(range.startContainer, range.startOffset);
    const start = before.toString().length;
    return trimmed({ start, end: start + range.toString().length });
  }

  function move(units, isForward, isMore) {
    const from = isMore ? head : { start: Math.min(anchor.start, head.start), end: Math.max(anchor.end, head.end) };
    const next = isForward
      ? units.find((unit) => (isMore ? unit.end > from.end : unit.start >= from.end))
      : units.findLast((unit) => (isMore ? unit.start < from.start : unit.end <= from.start));
    if (!next) return;
    // A sentence that is begun is taken to its end, not from its beginning.
    if (!isMore) head = anchor = next;
    else head = isForward ? { start: Math.max(next.start, from.start), end: next.end } : { start: next.start, end: Math.min(next.end, from.end) };
    captured().focus({ preventScroll: true });
    show({ start: Math.min(anchor.start, head.start), end: Math.max(anchor.end, head.end) });
  }

  const isRightToLeft = () => getComputedStyle(captured()).direction === "rtl";
  const moves = {
    ArrowRight: (isMore) => move(unitsOf(WORD), !isRightToLeft(), isMore),
    ArrowLeft: (isMore) => move(unitsOf(WORD), isRightToLeft(), isMore),
    ArrowDown: (isMore) => move(unitsOf(SENTENCE), true, isMore),
    ArrowUp: (isMore) => move(unitsOf(SENTENCE), false, isMore),
  };

  // A mouse may move what the keys go on from
  document.addEventListener("selectionchange", () => {
    const place = document.activeElement?.matches("input, select, textarea") ? null : selected();
    if (place && (place.end <= anchor.start || place.start >= head.end)) anchor = head = place;
  });

  // Parts of the page, loaded in place

  const address = (query) => `${root.dataset.url}?${new URLSearchParams(query)}`;
  const values = () => (form() ? JSON.stringify([...new FormData(form())]) : "");
  let opened = "";
  let warnedOf = "";
  const isDirty = () => values() !== opened;

  function say(words) {
    const line = document.createElement("p");
    line.className = "wb-notice warnings";
    line.textContent = words;
    document.getElementById("workbench-messages").replaceChildren(line);
  }

  // What was typed is left only when asked twice.
  function mayLeave() {
    if (!isDirty() || warnedOf === values()) return true;
    warnedOf = values();
    say(root.dataset.unsaved);
    return false;
  }

  async function load(url, sent = {}) {
    root.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(url, { credentials: "same-origin", ...sent });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("workbench");
      if (!answer.ok || !fresh) say(page.getElementById("login-form") ? root.dataset.signedOut : root.dataset.lost);
      else put(page, fresh, new URL(answer.url));
    } catch {
      say(root.dataset.lost);
    } finally {
      root.removeAttribute("aria-busy");
    }
  }

  function put(page, fresh, url) {
    const scrolled = captured()?.scrollTop ?? 0;
    const saved = url.searchParams.get("saved");
    document.getElementById("workbench-messages").replaceChildren(...page.getElementById("workbench-messages").childNodes);
    for (const part of [".wb-text", ".wb-statements"]) find(part).replaceWith(fresh.querySelector(part));
    url.searchParams.delete("saved");
    history.replaceState(null, "", url.pathname + (url.search || ""));
    if (captured()) captured().scrollTop = scrolled;
    arrive(saved);
  }

  function arrive(saved) {
    root.classList.add("wb-live");
    for (const input of root.querySelectorAll("input[data-choices]")) choose(input);
    for (const told of root.querySelectorAll("[data-asks]")) readBack(told);
    opened = values();
    warnedOf = "";
    highlight();
    if (form()) {
      const field = form().querySelector("[aria-invalid=true], [name=place]") || form().elements[form().elements.quote.value ? "speaker" : "quote"];
      field.focus({ preventScroll: true });
      if (field !== form().elements.quote) field.select?.();
      form().scrollIntoView({ block: "nearest" });
      form().querySelector("h3").scrollIntoView({ block: "nearest" });
    } else if (captured()) {
      captured().focus({ preventScroll: true });
      const mark = saved && [...root.querySelectorAll(`a[data-statement="${CSS.escape(saved)}"]`)].at(-1);
      if (mark) anchor = head = placeOf(mark);
      document.getElementById(`statement-${saved}`)?.scrollIntoView({ block: "nearest" });
    }
  }

  function placeOf(node) {
    const before = document.createRange();
    before.selectNodeContents(captured());
    before.setEndBefore(node);
    const start = before.toString().length;
    return { start, end: start + node.textContent.length };
  }

  // The words of the open form stay marked while its fields have the focus.
  function highlight() {
    if (!window.Highlight || !captured()) return;
    CSS.highlights.delete("wb-marked");
    const ends = form() && [form().elements.span_start.value, form().elements.span_end.value];
    if (!ends || ends.includes("")) return;
    const [start, end] = ends.map((points) => unitsIn(captured().textContent, Number(points)));
    const range = rangeAt({ start, end });
    CSS.highlights.set("wb-marked", new Highlight(range));
    intoView(range);
  }

  function save(press) {
    const sent = new FormData(form());
    sent.set("press", press);
    return load(form().action, { method: "POST", body: sent });
  }

  root.addEventListener("submit", (event) => {
    const submitted = event.target;
    if (submitted.matches(".wb-capture")) return;
    event.preventDefault();
    if (submitted === form()) save(event.submitter?.value || "save");
    else if (!mayLeave()) form().scrollIntoView({ block: "nearest" });
    else if (submitted.method === "post") load(submitted.action, { method: "POST", body: new FormData(submitted, event.submitter) });
    else load(address([...new FormData(submitted)]));
  });

  root.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='?']");
    if (!link || link.getAttribute("href") === "?capture" || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (captured()?.contains(link) && !getSelection().isCollapsed) return;
    if (mayLeave()) load(link.href);
  });

  addEventListener("beforeunload", (event) => {
    if (form() && isDirty()) event.preventDefault();
  });

  // Keys

  function begin() {
    const place = selected();
    if (!place) return find(".wb-find input")?.focus();
    if (!find(".wb-find") || !mayLeave()) return;
    const [start, end] = pointsAt(place);
    load(address({ new: "", start, end }));
  }

  const pointsAt = ({ start, end }) => [start, end].map((units) => pointsIn(captured().textContent.slice(0, units)));

  function markAgain() {
    const place = form() && selected();
    if (!place) return;
    const { quote, span_start, span_end } = form().elements;
    quote.value = captured().textContent.slice(place.start, place.end);
    [span_start.value, span_end.value] = pointsAt(place);
    highlight();
    quote.focus();
  }

  function step(by) {
    const links = [...root.querySelectorAll(".wb-open-link")];
    const here = links.indexOf(document.activeElement);
    const next = links[here < 0 ? (by > 0 ? 0 : links.length - 1) : here + by];
    if (!next) return;
    next.focus();
    const key = new URL(next.href).searchParams.get("statement");
    const mark = find(`a[data-statement="${key}"]`);
    if (mark) intoView(rangeAt(placeOf(mark)));
  }

  const letters = {
    s: begin,
    f: () => find(".wb-find input")?.focus(),
    q: () => captured() && move(quotations(), true, false),
    Q: () => captured() && move(quotations(), false, false),
    m: markAgain,
    j: () => step(1),
    k: () => step(-1),
  };

  function pressed(event) {
    const control = event.ctrlKey || event.metaKey;
    if (control && form() && (event.key === "Enter" || event.key.toLowerCase() === "s")) return save(event.shiftKey ? "ready" : "save");
    if (event.altKey && event.code === "KeyT" && captured()) return (captured().contains(document.activeElement) && form() ? form().elements.speaker : captured()).focus();
    if (control || event.altKey) return false;
    if (event.key === "Escape") return leave(event);
    if (event.target.closest("input:not([type=checkbox], [type=radio], [type=submit]), select, textarea")) return false;
    if (captured() === document.activeElement && moves[event.key]) return moves[event.key](event.shiftKey);
    return window.desk?.hasLetterKeys() === false || !letters[event.key] ? false : letters[event.key]();
  }

  function leave(event) {
    if (event.target.getAttribute("aria-expanded") === "true") return false;
    if (event.target.closest(".wb-find")) return captured().focus();
    if (!form()) return false;
    if (mayLeave()) load(root.dataset.url);
  }

  document.addEventListener(
    "keydown",
    (event) => {
      if (event.isComposing || document.querySelector("dialog[open]")) return;
      if (pressed(event) !== false) event.preventDefault();
    },
    true,
  );

  // Choices by name, and how a short entry is read

  const ask = async (what, words) => (await fetch(`${root.dataset.ask}?${new URLSearchParams({ what, words })}`)).json();

  function focusNext(field, by) {
    const fields = [...form().elements].filter((one) => one.type !== "hidden" && !one.disabled && one.checkVisibility());
    fields[fields.indexOf(field) + by]?.focus();
  }

  function choose(input) {
    const list = document.createElement("ul");
    const maker = form()?.querySelector(`.wb-new[data-for="${input.name}"]`);
    let asked = "";
    let answer = Promise.resolve();
    let chosen = -1;
    list.id = `${input.id}_choices`;
    list.className = "wb-choices";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.labels[0]?.textContent ?? "");
    input.removeAttribute("list");
    input.after(list);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "false"]]) input.setAttribute(name, value);
    if (maker && !maker.open) maker.hidden = true;

    const options = () => [...list.children];
    const close = () => {
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const point = (index) => {
      chosen = index;
      options().forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
      if (options()[index]) input.setAttribute("aria-activedescendant", options()[index].id);
      else input.removeAttribute("aria-activedescendant");
      options()[index]?.scrollIntoView({ block: "nearest" });
    };
    const take = () => {
      if (!list.hidden && options()[chosen]) input.value = options()[chosen].textContent;
      close();
    };
    const fill = ({ choices, is_sure }) => {
      list.replaceChildren(
        ...choices.map((words, at) => {
          const option = document.createElement("li");
          option.id = `${list.id}_${at}`;
          option.setAttribute("role", "option");
          option.textContent = words;
          option.addEventListener("mousedown", (event) => {
            event.preventDefault();
            point(at);
            take();
          });
          return option;
        }),
      );
      list.hidden = !choices.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      point(is_sure ? 0 : -1);
      if (maker) maker.hidden = is_sure || !input.value.trim();
      if (maker) maker.open = !maker.hidden;
    };
    input.addEventListener("input", () => {
      asked = input.value;
      answer = ask(input.dataset.choices, asked)
        .then((found) => asked === input.value && fill(found))
        .catch(close);
    });
    input.addEventListener("keydown", async (event) => {
      const steps = { ArrowDown: 1, ArrowUp: -1 };
      if (steps[event.key] && !list.hidden) {
        event.preventDefault();
        point((chosen + steps[event.key] + options().length) % options().length);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      } else if ((event.key === "Tab" || (event.key === "Enter" && !event.ctrlKey)) && asked && asked === input.value) {
        event.preventDefault();
        const by = event.shiftKey ? -1 : 1;
        await answer;
        take();
        asked = "";
        focusNext(input, by);
      }
    });
    input.addEventListener("blur", close);
  }

  function readBack(told) {
    const input = document.getElementById(told.dataset.for);
    let waiting;
    const read = async () => {
      const words = input.value.trim();
      const found = words ? await ask(told.dataset.asks, words) : { read: [] };
      if (words !== input.value.trim()) return;
      told.textContent = found.refused ? found.refused.join(" ") : found.read.join("; ");
      told.classList.toggle("attention", Boolean(found.refused));
    };
    input.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(read, 200);
    });
    if (input.value) read();
  }

  arrive(new URLSearchParams(location.search).get("saved"));
}
