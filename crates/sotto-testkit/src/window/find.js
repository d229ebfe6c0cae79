// The first visible element of role arguments[0] whose accessible name contains arguments[1]; null where there is none.
const [role, wanted] = arguments;
const implicit = {
  button: "button, summary, input[type=submit], input[type=button]",
  textbox: "textarea, input:not([type]), input[type=text], input[type=password], input[type=search], [contenteditable=true]",
  radio: "label:has(input[type=radio])",
  searchbox: "input[type=search]",
  link: "a[href]",
  heading: "h1, h2, h3, h4",
  listitem: "li",
  row: "tr",
  option: "option",
  log: "[role=log]",
  alert: "[role=alert]",
};
const visible = (element) => {
  const box = element.getBoundingClientRect();
  return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility !== "hidden";
};
const text = (element) => (element ? element.innerText || element.textContent || "" : "").trim();
const name = (element) => {
  const label = element.getAttribute("aria-label");
  const by = (element.getAttribute("aria-labelledby") || "").split(" ").filter(Boolean);
  const labelled = by.map((id) => text(document.getElementById(id))).join(" ");
  const labels = element.labels ? [...element.labels].map(text).join(" ") : "";
  const fallback = element.getAttribute("placeholder") || element.getAttribute("title") || "";
  return [label, labelled, labels, text(element), fallback].find((part) => part) || "";
};
const selector = [`[role=${role}]`, implicit[role]].filter(Boolean).join(", ");
const found = [...document.querySelectorAll(selector)].filter((element) => visible(element) && name(element).includes(wanted));
// An exact name wins over one that merely contains it.
return found.find((element) => name(element) === wanted) || found[0] || null;
