/* Lists that change without a full load (htmx): addresses stay short, focus and open folds stay, the new count is said. */

const said = document.createElement("p");
said.className = "visually-hidden";
said.setAttribute("role", "status");
document.body.append(said);

/* What was not filled in is not asked for. */
document.addEventListener("htmx:configRequest", (event) => {
  const asked = event.detail.formData;
  for (const name of new Set(asked.keys())) {
    const values = asked.getAll(name).filter((value) => value !== "");
    asked.delete(name);
    values.forEach((value) => asked.append(name, value));
  }
  const order = event.detail.elt.querySelector("select[name=ordering]");
  if (order && order.selectedIndex === 0) asked.delete("ordering");
});

let focused = null;
let isOpen = false;

const placeOf = (element) => {
  if (!element || element === document.body) return null;
  if (element.name) return { name: element.name, value: element.type === "checkbox" ? element.value : null };
  return element.closest("thead, .chips, .pages, .filters, .list-search") ? { text: element.textContent.trim(), within: true } : null;
};

document.addEventListener("htmx:beforeSwap", () => {
  focused = placeOf(document.activeElement);
  isOpen = Boolean(document.querySelector("details.filters[open]"));
});

const found = () => {
  if (focused.name) {
    const fields = [...document.getElementsByName(focused.name)].filter((field) => field.type !== "hidden");
    return fields.find((field) => focused.value === null || field.value === focused.value) || fields[0];
  }
  const links = [...document.querySelectorAll("thead a, .pages a, .filters a, .filters button, .list-search button")];
  return links.find((link) => link.textContent.replace(/[▲▼]/g, "").trim() === focused.text.replace(/[▲▼]/g, "").trim());
};

document.addEventListener("htmx:afterSettle", () => {
  const filters = document.querySelector("details.filters");
  if (filters && isOpen) filters.open = true;
  const target = (focused && found()) || document.querySelector(".result-line");
  if (target && !target.matches("a, button, input, select")) target.tabIndex = -1;
  if (target) target.focus({ preventScroll: true });
  const count = document.querySelector(".result-line p");
  if (count) said.textContent = count.textContent;
});

/* What cannot be shown in place is loaded as a page, which says why. */
for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:swapError"]) {
  document.addEventListener(failure, (event) => location.assign(event.detail.pathInfo.finalRequestPath));
}
