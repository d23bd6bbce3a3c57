// A calendar beside each field for a day: the browser's own. The text field stands without it.
"use strict";
(() => {
  if (!("showPicker" in HTMLInputElement.prototype)) return;

  // 14/7/2023 as the calendar wants it; anything it does not know opens on today.
  function forCalendar(text) {
    const found = /^\s*(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})\s*$/.exec(text);
    return found ? [found[3], found[2].padStart(2, "0"), found[1].padStart(2, "0")].join("-") : "";
  }

  for (const field of document.querySelectorAll("input[data-date]:not(:disabled)")) {
    const template = field.nextElementSibling;
    if (!template || !template.content) continue;
    const box = document.createElement("span");
    box.className = "with-calendar";
    field.replaceWith(box);
    template.remove();
    box.append(field, template.content.cloneNode(true));
    const [button, calendar] = [box.querySelector("button"), box.querySelector("input[type=date]")];
    const label = document.querySelector(`label[for="${CSS.escape(field.id)}"]`);
    const said = label ? button.title + ": " + label.firstChild.textContent.trim() : button.title;
    for (const part of [button, calendar]) part.setAttribute("aria-label", said);
    button.addEventListener("click", () => {
      calendar.value = forCalendar(field.value);
      calendar.showPicker();
    });
    calendar.addEventListener("change", (event) => {
      event.stopPropagation();
      if (!calendar.value) return;
      const [year, month, day] = calendar.value.split("-").map(Number);
      field.value = `${day}/${month}/${year}`;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
      field.focus();
    });
  }
})();
