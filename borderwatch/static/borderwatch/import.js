// Says how far the check of a file is. Without JavaScript the page simply answers when it is done.

(() => {
  const form = document.querySelector("form.check-file");
  const status = form?.querySelector("[role=status]");
  if (!status) return;

  const watch = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  const ask = async () => {
    try {
      const answer = await fetch(`${form.dataset.progress}?watch=${watch}`);
      const { done, total } = await answer.json();
      if (total) status.textContent = form.dataset.rows.replace("{done}", done).replace("{total}", total);
    } catch {
      // The next question may be answered.
    }
  };

  form.addEventListener("submit", () => {
    form.elements.watch.value = watch;
    status.textContent = form.dataset.checking;
    setInterval(ask, 700);
  });
})();
