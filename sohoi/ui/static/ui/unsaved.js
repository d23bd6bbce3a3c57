// What is typed and not yet sent: leaving asks, and long forms keep a draft in this browser.
"use strict";
(() => {
  const PREFIX = "draft:";
  const KEPT = 7 * 24 * 3600 * 1000;
  const LONG = 5;
  const sent = new WeakSet();

  // A question asked of a list is no work that could be lost.
  const forms = [...document.querySelectorAll("form[method=post]:not([data-question])")].filter(
    (form) => fieldsOf(form).length && !form.querySelector("input[type=password]"),
  );

  // What she can see and change; never a password, a file or anything hidden.
  function fieldsOf(form) {
    return [...form.elements].filter(
      (field) =>
        field.name &&
        field.name !== "believed" &&
        !/^(hidden|password|file|submit|button|fieldset)$/.test(field.type),
    );
  }

  function changed(field) {
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.options) {
      const first = [...field.options].some((option) => option.defaultSelected);
      return [...field.options].some(
        (option, at) => option.selected !== (first ? option.defaultSelected : !field.multiple && at === 0),
      );
    }
    return field.value !== field.defaultValue;
  }

  function ask(event) {
    event.preventDefault();
    event.returnValue = "";
  }

  const isUnsaved = (form) =>
    !sent.has(form) && (form.querySelector("[data-bound]") || fieldsOf(form).some(changed));

  // Listened to only while something is unsaved: a page that is listened to is not kept by "back".
  function watch() {
    if (forms.some(isUnsaved)) addEventListener("beforeunload", ask);
    else removeEventListener("beforeunload", ask);
  }

  // --- Drafts, of forms that are long and may be kept.
  const writer = (form) => form.querySelector("input[name=page_writer]")?.dataset.draft;
  const mayKeep = (form) =>
    writer(form) &&
    !form.hasAttribute("data-sealed") &&
    (form.querySelector("textarea") || new Set(fieldsOf(form).map((field) => field.name)).size >= LONG);
  const place = (form) => PREFIX + writer(form) + ":" + location.pathname + location.search;

  function stored() {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
    } catch {
      return []; // A browser that keeps nothing.
    }
  }

  function read(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  }

  function keep(key, draft) {
    try {
      localStorage.setItem(key, JSON.stringify(draft));
    } catch {
      // Full: the form itself still holds what is typed.
    }
  }

  const version = (form) => form.querySelector("input[type=hidden][name=version]")?.value || "";
  const valueOf = (field) => {
    if (field.type === "checkbox" || field.type === "radio") return field.checked;
    return field.multiple ? [...field.selectedOptions].map((option) => option.value) : field.value;
  };
  const idOf = (field) =>
    field.type === "checkbox" || field.type === "radio" ? field.name + "=" + field.value : field.name;

  function save(form) {
    if (sent.has(form)) return;
    // A form that came back holds what was typed before; so does its draft.
    const isBack = form.querySelector("[data-bound]");
    const values = isBack ? read(place(form))?.values || {} : {};
    for (const field of fieldsOf(form)) if (changed(field)) values[idOf(field)] = valueOf(field);
    if (Object.keys(values).length) keep(place(form), { at: Date.now(), version: version(form), values });
    else localStorage.removeItem(place(form));
  }

  function put(form, values) {
    for (const field of fieldsOf(form)) {
      const value = values[idOf(field)];
      if (value === undefined) continue;
      if (field.type === "checkbox" || field.type === "radio") field.checked = value;
      else if (field.multiple) for (const option of field.options) option.selected = value.includes(option.value);
      else field.value = value;
    }
  }

  function offer(form) {
    const draft = read(place(form));
    const template = form.querySelector("template[data-draft-offer]");
    if (!draft || !template || form.querySelector("[data-bound]")) return;
    const differs = fieldsOf(form).some((field) => {
      const value = draft.values[idOf(field)];
      return value !== undefined && JSON.stringify(value) !== JSON.stringify(valueOf(field));
    });
    if (!differs) {
      localStorage.removeItem(place(form));
      return;
    }
    const box = template.content.firstElementChild.cloneNode(true);
    const at = new Date(draft.at);
    const time = at.getHours() + ":" + String(at.getMinutes()).padStart(2, "0");
    const day = at.getDate() + "/" + (at.getMonth() + 1) + "/" + at.getFullYear();
    const isToday = at.toDateString() === new Date().toDateString();
    box.querySelector("[data-when]").textContent = isToday ? time : time + ", " + day;
    box.querySelector("[data-older]").hidden = draft.version === version(form);
    box.querySelector("[data-use]").addEventListener("click", () => {
      put(form, draft.values);
      box.remove();
      watch();
      fieldsOf(form)[0].focus();
    });
    box.querySelector("[data-drop]").addEventListener("click", () => {
      localStorage.removeItem(place(form));
      box.remove();
    });
    form.before(box);
  }

  // A draft that was sent is gone when the next page shows that the server answered.
  function tidy() {
    for (const key of stored()) {
      const draft = read(key);
      const isHere = key.endsWith(":" + location.pathname + location.search);
      if (!draft || Date.now() - draft.at > KEPT || (draft.sent && !isHere && document.querySelector(".rail")))
        localStorage.removeItem(key);
    }
  }

  tidy();
  forms.filter(mayKeep).forEach(offer);
  watch();

  let waiting = 0;
  for (const kind of ["input", "change"])
    document.addEventListener(kind, (event) => {
      const form = event.target.form;
      if (!forms.includes(form)) return;
      watch();
      if (!mayKeep(form)) return;
      clearTimeout(waiting);
      waiting = setTimeout(() => save(form), 400);
    });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented) return;
    if (form.matches("[data-sign-out]"))
      for (const key of stored())
        if (key.startsWith(PREFIX + form.dataset.signOut + ":")) localStorage.removeItem(key);
    if (!forms.includes(form)) return;
    clearTimeout(waiting);
    if (mayKeep(form)) {
      save(form);
      const draft = read(place(form));
      if (draft) keep(place(form), { ...draft, sent: true });
    }
    sent.add(form);
    watch();
  });

  // Came back with the browser's button: what is typed is unsent again.
  addEventListener("pageshow", (event) => {
    if (event.persisted) forms.forEach((form) => sent.delete(form));
  });
})();
