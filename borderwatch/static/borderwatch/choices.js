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
// Whoever types on a closed box means to search, with this letter already.
document.addEventListener("keydown", (event) => {
  if (event.key.length !== 1 || event.key === " " || event.ctrlKey || event.metaKey || event.altKey) return;
  const box = event.target.closest?.(".select2-selection--single");
  if (!box || event.defaultPrevented) return;
  django.jQuery(box.closest(".select2").previousElementSibling).select2("open");
  const search = document.querySelector(".select2-container--open .select2-search__field");
  search.value = event.key;
  search.focus();
  django.jQuery(search).trigger("input");
  event.preventDefault();
});
// Select2 makes its boxes when it likes: with the page, with a new row, with every choice.
new MutationObserver(() => nameChoices(document)).observe(document.documentElement, { childList: true, subtree: true });
