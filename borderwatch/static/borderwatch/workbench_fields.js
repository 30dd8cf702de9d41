// The fields of the workbench's form: records chosen by typing any of their names, and how a short entry is read.
{
  const root = document.getElementById("workbench");
  const form = () => document.getElementById("statement-form");

  const ask = async (what, words) => (await fetch(`${root.dataset.ask}?${new URLSearchParams({ what, words })}`)).json();

  function choose(input) {
    const list = document.createElement("ul");
    const maker = form()?.querySelector(`.wb-new[data-for="${input.name}"]`);
    let asked = "";
    let isTabbed = false;
    let left = null;
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
    // From the name straight to the first question about somebody new.
    if (maker) maker.querySelector("summary").tabIndex = -1;

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
      // Not from a list that answers what was typed before.
      if (!asked && !list.hidden && options()[chosen]) input.value = options()[chosen].textContent;
      close();
    };
    // An answer that comes when the field was left already: what is sure is taken, somebody new is asked for.
    const fillLater = ({ choices, is_sure }) => {
      if (is_sure) input.value = choices[0];
      showMaker(!is_sure && input.value.trim());
      const isWaiting = left && left.field === document.activeElement && left.field.value === left.value;
      if (maker?.open && isWaiting) maker.querySelector("select").focus();
    };
    const showMaker = (isNew) => {
      if (maker) maker.hidden = !(maker.open = Boolean(isNew));
    };
    const fill = ({ choices, is_sure }) => {
      asked = "";
      if (document.activeElement !== input) return fillLater({ choices, is_sure });
      list.replaceChildren(
        ...choices.map((words, at) => {
          const option = document.createElement("li");
          option.id = `${list.id}_${at}`;
          option.setAttribute("role", "option");
          option.textContent = words;
          option.addEventListener("mousedown", (event) => {
            event.preventDefault();
            input.value = words;
            close();
          });
          return option;
        }),
      );
      list.hidden = !choices.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      point(is_sure ? 0 : -1);
      showMaker(!is_sure && input.value.trim());
    };
    input.addEventListener("input", () => {
      const words = (asked = input.value);
      ask(input.dataset.choices, words)
        .then((found) => words === input.value && fill(found))
        .catch(close);
    });
    input.addEventListener("keydown", (event) => {
      const steps = { ArrowDown: 1, ArrowUp: -1 };
      isTabbed = event.key === "Tab";
      if (steps[event.key] && !list.hidden) {
        event.preventDefault();
        point((chosen + steps[event.key] + options().length) % options().length);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      } else if (event.key === "Tab") {
        take();
      } else if (event.key === "Enter" && !list.hidden && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        take();
      }
    });
    // At once: the answer may come before anything that is done later.
    input.addEventListener("blur", ({ relatedTarget }) => {
      left = isTabbed && relatedTarget ? { field: relatedTarget, value: relatedTarget.value } : null;
      close();
    });
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

  window.workbenchFields = { choose, readBack };
}
