// Small comforts; every page works without them.
"use strict";

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-auto]");
  if (form) form.requestSubmit();
});

document.addEventListener("click", (event) => {
  const close = event.target.closest("[data-dismiss]");
  if (close) close.closest(".toast, .drawer > *").remove();
  if (event.target.closest("[data-print]")) print();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && location.hash.startsWith("#menu")) location.hash = "#content";
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
  const search = document.querySelector('input[type="search"]');
  if (event.key === "/" && search && !typing) {
    event.preventDefault();
    search.focus();
  }
});

// 1234567 becomes 1.234.567 when the field is left; anything else stays as typed: a dot may have
// been meant as a decimal point.
document.addEventListener("focusout", (event) => {
  const field = event.target;
  if (!field.matches || !field.matches("input[data-grouped]")) return;
  const digits = field.value.trim();
  if (/^\d{4,18}$/.test(digits)) {
    const mark = document.documentElement.lang === "en" ? "," : ".";
    field.value = digits.replace(/\B(?=(\d{3})+$)/g, mark);
  }
});

// A double click must not send a form twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, 4000);
});

// The session has ended, or the server failed: let the browser show the whole page that says so.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, pathInfo } = event.detail;
  const asked = new URL(pathInfo.finalRequestPath, location.href);
  const answered = new URL(xhr.responseURL || asked, location.href);
  if (xhr.status >= 400 || answered.pathname !== asked.pathname) {
    event.detail.shouldSwap = false;
    location.assign(asked);
  }
});

const summary = document.querySelector(".error-summary");
if (summary && !summary.closest("[data-sample]")) summary.focus();
