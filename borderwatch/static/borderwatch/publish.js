// Ticking a record shows at once what would be published with it; without this script the button does the same.
for (const form of document.querySelectorAll("form.carry")) {
  form.querySelector("button").hidden = true;
  form.addEventListener("change", () => form.submit());
}
