// Select2 gives its boxes no name: they take the name of the field, so that a screen reader says what is chosen.
function nameChoices(part) {
  for (const select of part.querySelectorAll("select.admin-autocomplete")) {
    const box = select.parentElement.querySelector(".select2");
    const label = select.getAttribute("aria-label") || select.labels[0]?.textContent.replace(/:\s*$/, "").trim();
    if (!box || !label) continue;
    for (const named of box.querySelectorAll(".select2-selection, .select2-selection__rendered, .select2-search__field")) {
      named.setAttribute("aria-label", label);
    }
    // Its lists hold what is no list item: a search field.
    box.querySelector("ul.select2-selection__rendered")?.setAttribute("role", "group");
    for (const item of box.querySelectorAll("ul.select2-selection__rendered > li")) item.setAttribute("role", "none");
  }
}
// Select2 makes its boxes when it likes: with the page, with a new row, with every choice.
new MutationObserver(() => nameChoices(document)).observe(document.documentElement, { childList: true, subtree: true });
