// Keys of the desk, and the question before what was typed is lost. Every page works without them.
// A page names its own targets by data-key="save", "preview" or "submit", and adds its own keys to <dl data-keys>.
{
  const dialog = document.getElementById("keys");
  const opener = document.querySelector("[data-opens-keys]");
  const form = document.querySelector("form[data-asks-before-leaving], .change-form #content-main > form");
  const targets = {
    save: ["[data-key=save]", "[name=_continue]", "[name=_save]"],
    preview: ["[data-key=preview]"],
    submit: ["[data-key=submit]", "#publish_form .default", "[name=_save]", "[data-key=save]"],
    make: ["[data-key=make]", ".object-tools .addlink"],
    review: ["[data-key=review]"],
    step: [".queue li > a", "#result_list th a"],
    comment: ["#comment_about"],
    search: ["[role=search] input[type=search]"],
    lists: [".main-records a"],
  };
  const targetOf = (key) => (targets[key] || []).map((selector) => document.querySelector(selector)).find(Boolean);
  const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

  // What was typed and not saved

  const typed = () =>
    JSON.stringify(
      [...new FormData(form)]
        .filter(([name, value]) => name !== "csrfmiddlewaretoken" && !name.endsWith("_FORMS") && (value.name ?? value) !== "")
        .map(([name, value]) => [name, value.name ?? value]),
    );
  // Other scripts fill in and sort while the page loads: what stands then, or at the first touch, was not typed.
  let opened = null;
  let isLeaving = false;
  const remember = () => (opened ??= form && !document.querySelector(".errornote, .conflict") ? typed() : "");
  addEventListener("load", () => setTimeout(remember));
  for (const touch of ["pointerdown", "keydown"]) addEventListener(touch, remember, { capture: true, once: true });
  const hasUnsaved = () => Boolean(form) && !isLeaving && opened !== null && typed() !== opened;

  form?.addEventListener("submit", (event) => {
    // After the other listeners: one of them may have kept the form here.
    setTimeout(() => (isLeaving = !event.defaultPrevented));
    if (!event.defaultPrevented) isLeaving = true;
  });
  addEventListener("pageshow", () => (isLeaving = false));
  addEventListener("beforeunload", (event) => {
    if (hasUnsaved()) event.preventDefault();
  });

  // Keys

  const press = (key) => {
    const target = targetOf(key);
    if (key === "preview" && target && hasUnsaved()) {
      if (confirm(dialog.dataset.unsaved)) open(target.href, "_blank", "noopener");
    } else if (key === "search" || key === "comment") {
      target?.focus();
    } else {
      target?.click();
    }
    return Boolean(target);
  };
  const withControl = { s: "save", p: "preview", Enter: "submit" };
  const hasLetterKeys = () => localStorage.getItem("letterKeys") !== "off";
  const isTyping = (target) => Boolean(target.closest?.("input:not([type=checkbox], [type=radio], [type=submit]), select, textarea, [contenteditable], .select2"));
  let isGoing = false;

  const go = (key) => {
    const link = key === "h" ? document.querySelector("#site-name a") : document.querySelectorAll(".main-records a")[Number(key) - 1];
    link?.click();
    return Boolean(link);
  };
  // To the next record that waits or is listed here, or to the one before.
  const step = (by) => {
    const links = [...document.querySelectorAll(targets.step.join())];
    const here = links.indexOf(document.activeElement);
    const next = links[here < 0 ? (by > 0 ? 0 : links.length - 1) : here + by];
    next?.focus();
    return Boolean(next);
  };
  const letters = {
    "?": () => showKeys(),
    "/": () => press("search"),
    n: () => press("make"),
    r: () => press("review"),
    c: () => press("comment"),
    j: () => step(1),
    k: () => step(-1),
  };
  const pressLetter = (key) => {
    const wasGoing = isGoing;
    isGoing = key === "g";
    return wasGoing ? go(key) : Boolean(letters[key]?.());
  };
  // A comment has a button of its own: it is said, and the record is not saved.
  const submitNear = (field) => {
    const button = field.closest?.(".say, #comment_form")?.querySelector("button");
    button?.click();
    return Boolean(button);
  };
  const commentBeside = (field) => {
    const fold = field.closest?.(".form-row")?.querySelector(".say");
    if (fold) fold.open = true;
    fold?.querySelector("textarea").focus();
    return Boolean(fold) || press("comment");
  };
  const showKeys = () => {
    if (!dialog.open) dialog.showModal();
    return true;
  };
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || dialog?.open) return;
    const control = event.ctrlKey || event.metaKey;
    if (event.altKey) {
      if (!control && event.code === "KeyC" && commentBeside(event.target)) event.preventDefault();
      return;
    }
    const isDone = control
      ? !event.shiftKey && withControl[event.key] && ((event.key === "Enter" && submitNear(event.target)) || press(withControl[event.key]))
      : dialog && hasLetterKeys() && !isTyping(event.target) && pressLetter(event.key);
    if (isDone) event.preventDefault();
  });

  // Whoever comes back from the comments stands at the newest that is open.
  const openComments = () => document.querySelectorAll("#comments [name=settle]");
  if (location.hash === "#comments") addEventListener("load", () => setTimeout(() => [...openComments()].at(-1)?.focus()));

  // The list of keys, with what they do on this page

  for (const line of dialog?.querySelectorAll("[data-needs]") ?? []) {
    const target = targetOf(line.dataset.needs);
    line.hidden = !target;
    if (target && "namesTarget" in line.dataset) line.querySelector("dd").textContent = target.textContent.trim() || target.value;
  }
  if (isMac) for (const key of dialog?.querySelectorAll("kbd.control") ?? []) key.textContent = "⌘";
  const letterKeys = dialog?.querySelector("[data-letter-keys]");
  if (letterKeys) letterKeys.checked = hasLetterKeys();
  letterKeys?.addEventListener("change", () => localStorage.setItem("letterKeys", letterKeys.checked ? "on" : "off"));
  if (opener && dialog) opener.hidden = false;
  opener?.addEventListener("click", showKeys);

  // For the scripts of single pages
  window.desk = { hasUnsaved, hasLetterKeys, isTyping, markSaved: () => (opened = form ? typed() : "") };
}
