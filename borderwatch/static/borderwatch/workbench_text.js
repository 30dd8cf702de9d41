// The captured text of the workbench: words marked by keyboard or mouse, and where they stand.
// Places are counted in UTF-16 units here, as the browser counts; the server counts code points: pointsAt and placeAtPoints convert.
{
  const captured = () => document.getElementById("wb-captured");
  const pointsIn = (text) => [...text].length;
  const unitsIn = (text, points) => [...text].slice(0, points).join("").length;

  const WORD = /\S+/g;
  const SENTENCE = /\S[^.!?…؟۔\n]*(?:[.!?…؟۔]+["”»’)]*|(?=\n)|$)/g;
  const QUOTATION = /“[^”]{2,}”|«[^»]{2,}»|„[^“”]{2,}[“”]|"[^"\n]{2,}"/g;
  const unitsOf = (pattern) => [...captured().textContent.matchAll(pattern)].map((found) => ({ start: found.index, end: found.index + found[0].length }));
  const quotations = () => unitsOf(QUOTATION).map(({ start, end }) => ({ start: start + 1, end: end - 1 }));
  let anchor = { start: 0, end: 0 };
  let head = anchor;
  let shown = anchor;

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
    shown = place;
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

  const selected = () => {
    const place = selection();
    return place && trimmed(place);
  };

  function selection() {
    const marked = getSelection();
    if (!captured() || !marked.rangeCount || marked.isCollapsed) return null;
    const range = marked.getRangeAt(0);
    if (!captured().contains(range.startContainer) || !captured().contains(range.endContainer)) return null;
    const before = document.createRange();
    before.selectNodeContents(captured());
    before.setEnd(range.startContainer, range.startOffset);
    const start = before.toString().length;
    return { start, end: start + range.toString().length };
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

  // What a mouse selects, the keys go on from.
  document.addEventListener("selectionchange", () => {
    const place = document.activeElement?.matches("input, select, textarea") ? null : selection();
    if (place && (place.start !== shown.start || place.end !== shown.end)) anchor = head = shown = place;
  });

  function placeOf(node) {
    const before = document.createRange();
    before.selectNodeContents(captured());
    before.setEndBefore(node);
    const start = before.toString().length;
    return { start, end: start + node.textContent.length };
  }

  const pointsAt = ({ start, end }) => [start, end].map((units) => pointsIn(captured().textContent.slice(0, units)));
  const placeAtPoints = (points) => {
    const [start, end] = points.map((count) => unitsIn(captured().textContent, count));
    return { start, end };
  };
  const wordsAt = ({ start, end }) => captured().textContent.slice(start, end);
  const goOnFrom = (place) => (anchor = head = place);
  moves.q = () => captured() && move(quotations(), true, false);
  moves.Q = () => captured() && move(quotations(), false, false);

  window.workbenchText = { captured, selected, moves, rangeAt, intoView, placeOf, pointsAt, placeAtPoints, wordsAt, goOnFrom };
}
