// The article workbench: words marked by keyboard, forms opened and saved without leaving the page. All of it works without this script too.
{
  const { captured, selected, moves, rangeAt, intoView, placeOf, pointsAt, placeAtPoints, wordsAt, goOnFrom } = window.workbenchText;
  const { choose, readBack } = window.workbenchFields;
  const root = document.getElementById("workbench");
  const find = (selector) => root.querySelector(selector);
  const form = () => document.getElementById("statement-form");

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
    // A key that is pressed twice saves once.
    if (root.hasAttribute("aria-busy")) return;
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
    // Words inside a link cannot be selected by mouse: the link stays in the number before them.
    for (const words of root.querySelectorAll(".wb-mark a[href]")) {
      words.dataset.href = words.href;
      words.removeAttribute("href");
      words.removeAttribute("tabindex");
    }
    for (const input of root.querySelectorAll("input[data-choices]")) choose(input);
    for (const told of root.querySelectorAll("[data-asks]")) readBack(told);
    // What was refused is not saved: it counts as typed.
    opened = form()?.querySelector(".errorlist, .conflict") ? "" : values();
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
      if (mark) goOnFrom(placeOf(mark));
      document.getElementById(`statement-${saved}`)?.scrollIntoView({ block: "nearest" });
    }
  }

  // The words of the open form stay marked while its fields have the focus.
  function highlight() {
    if (!window.Highlight || !captured()) return;
    CSS.highlights.delete("wb-marked");
    const ends = form() && [form().elements.span_start.value, form().elements.span_end.value];
    if (!ends || ends.includes("")) return;
    const range = rangeAt(placeAtPoints(ends.map(Number)));
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

  let pressedAt = { x: 0, y: 0 };
  const isDrag = ({ clientX, clientY }) => Math.abs(clientX - pressedAt.x) + Math.abs(clientY - pressedAt.y) > 4;
  root.addEventListener("mousedown", ({ clientX, clientY }) => (pressedAt = { x: clientX, y: clientY }));

  root.addEventListener("click", (event) => {
    const words = event.target.closest("a[data-href]");
    if (words) return !isDrag(event) && mayLeave() && load(words.dataset.href);
    const link = event.target.closest("a[href^='?']");
    if (!link || link.getAttribute("href") === "?capture" || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
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

  function markAgain() {
    const place = form() && selected();
    if (!place) return;
    const { quote, span_start, span_end } = form().elements;
    quote.value = wordsAt(place);
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
    q: moves.q,
    Q: moves.Q,
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
    if (captured()?.contains(document.activeElement) && event.key.startsWith("Arrow")) return moves[event.key](event.shiftKey);
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

  arrive(new URLSearchParams(location.search).get("saved"));
}
