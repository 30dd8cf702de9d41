/* Conveniences; every page works without them. */

/* "/" puts the cursor into the search field. */
document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input, select, textarea, [contenteditable]");
  const search = document.querySelector("[role=search] input[type=search]");
  if (event.key === "/" && search && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    search.focus();
  }
});

/* A link to a folded part opens it. */
const openTarget = () => {
  const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  const folded = target && target.closest("details");
  if (folded) folded.open = true;
};
addEventListener("hashchange", openTarget);
openTarget();

/* On paper every number shows its claims; afterwards what was folded is folded again. */
addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll("details.number:not([open])")) {
    folded.open = true;
    addEventListener("afterprint", () => { folded.open = false; }, { once: true });
  }
});

/* "Copy" beside what is made to be quoted; where nothing can be copied the button stays hidden. */
if (navigator.clipboard) {
  for (const button of document.querySelectorAll("button[data-copies]")) {
    const label = button.firstChild;
    const said = label.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).innerText.trim());
      label.textContent = `${button.dataset.done} `;
      button.setAttribute("aria-live", "polite");
      setTimeout(() => { label.textContent = said; }, 3000);
    });
  }
}
