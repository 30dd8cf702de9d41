// What the desk says while a record is typed: records that may be the same, how a day is read, a point pasted as one text.
// Without this script the same is said after the form is saved.
{
  const region = document.getElementById("similar");
  const form = region?.closest("form");
  const watched = region?.dataset.watched.split(" ") ?? [];

  const typed = (extra) => {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
    for (const [name, value] of Object.entries(extra)) body.set(name, value);
    return body;
  };
  const ask = (address, extra, signal) =>
    fetch(address, { method: "POST", body: typed({ _record: region.dataset.record, ...extra }), signal }).then((answer) => (answer.ok ? answer : Promise.reject(answer)));

  // Records that may be the same

  let asked, waiting;
  const lookForSimilar = async () => {
    asked?.abort();
    asked = new AbortController();
    try {
      const found = await (await ask(region.dataset.similarUrl, {}, asked.signal)).text();
      if (found.trim() !== region.innerHTML.trim()) region.innerHTML = found;
    } catch {
      // The next change asks again.
    }
  };
  const lookSoon = (event) => {
    if (!watched.includes(event.target.name)) return;
    clearTimeout(waiting);
    waiting = setTimeout(lookForSimilar, 600);
  };

  // How a day is read

  const readBack = async (box) => {
    const answer = document.getElementById(`${box.id}_read`) ?? besideOf(box);
    try {
      const { words, is_wrong: isWrong } = await (await ask(region.dataset.dayUrl, { _day: box.name })).json();
      answer.textContent = words;
      answer.classList.toggle("is-wrong", isWrong);
    } catch {
      answer.textContent = "";
    }
  };
  const besideOf = (box) => {
    const answer = Object.assign(document.createElement("span"), { id: `${box.id}_read`, className: "read-back" });
    answer.setAttribute("aria-live", "polite");
    box.parentElement.append(answer);
    box.setAttribute("aria-describedby", [box.getAttribute("aria-describedby"), answer.id].filter(Boolean).join(" "));
    return answer;
  };
  const isDay = (box) => box.matches?.("input.vDateField");

  // A point pasted as one text

  const halves = /^\s*([-−]?\d{1,3}(?:\.\d+)?)°?\s*N?\s*[,;\s]\s*([-−]?\d{1,3}(?:\.\d+)?)°?\s*E?\s*$/i;
  const fillPoint = (event) => {
    const found = halves.exec(event.clipboardData.getData("text"));
    const boxes = ["latitude", "longitude"].map((name) => form.elements[name]);
    const isPlace = event.target.closest(".select2-search") && form.querySelector("#id_place + .select2-container--open");
    if (!found || !boxes.every(Boolean) || !(boxes.includes(event.target) || isPlace)) return;
    event.preventDefault();
    boxes.forEach((box, half) => (box.value = found[half + 1].replace("−", "-")));
    if (isPlace) window.django.jQuery("#id_place").select2("close");
    boxes[1].focus();
    boxes[1].dispatchEvent(new Event("input", { bubbles: true }));
  };

  if (form) {
    form.addEventListener("input", lookSoon);
    form.addEventListener("change", lookSoon);
    // Select2 tells jQuery alone.
    window.django?.jQuery(form).on("change", "select.admin-autocomplete", lookSoon);
    form.addEventListener("change", (event) => isDay(event.target) && readBack(event.target));
    form.addEventListener("focusout", (event) => isDay(event.target) && event.target.value !== event.target.defaultValue && readBack(event.target));
    document.addEventListener("paste", fillPoint);
  }
}
