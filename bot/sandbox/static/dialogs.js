import { fullName, h, icon, iconButton } from "./dom.js";
import { startPayload } from "./links.js";

/** A modal dialog that removes itself; resolves with what `content(close)` closed it with, or null on Escape. */
export function dialog(title, content, attributes = {}) {
  return new Promise((resolve) => {
    let result = null;
    const close = (value = null) => {
      result = value;
      element.close();
    };
    const element = h("dialog", { "aria-label": title, ...attributes, on: {
      close: () => { element.remove(); resolve(result); },
      click: (event) => event.target === element && close(),
    } }, content(close));
    document.body.append(element);
    element.showModal();
  });
}

function form(language, title, fields, submitLabel, close, collect) {
  const submit = (event) => {
    event.preventDefault();
    const value = collect(new FormData(event.target));
    if (value !== undefined) close(value);
  };
  return h("form", { class: "form", on: { submit } }, h("h2", {}, title), fields,
    h("div", { class: "actions" },
      h("button", { type: "button", class: "button quiet", on: { click: () => close() } }, language.t("cancel")),
      h("button", { type: "submit", class: "button" }, submitLabel)));
}

/** A form in a dialog; resolves with what `collect` makes of it, or null. */
export function formDialog(language, title, fields, submitLabel, collect) {
  return dialog(title, (close) => form(language, title, fields, submitLabel, close, collect));
}

const field = (label, input, hint) => h("label", { class: "field" }, h("span", {}, label, hint && h("small", {}, ` · ${hint}`)), input);
const input = (name, attributes = {}) => h("input", { name, autocomplete: "off", ...attributes });

export function alertDialog(language, title, text) {
  return dialog(title, (close) => h("div", { class: "form", role: "alert" }, h("p", { class: "alert-text" }, text),
    h("div", { class: "actions" }, h("button", { type: "button", class: "button", autofocus: true, on: { click: () => close() } }, language.t("ok")))), { class: "small" });
}

export function addPersonDialog(language) {
  const t = (key) => language.t(key);
  return dialog(t("addPerson"), (close) => form(language, t("addPerson"), [
    field(t("firstName"), input("first_name", { required: true, maxlength: "64", autofocus: true })),
    field(t("lastName"), input("last_name", { maxlength: "64" }), t("optional")),
    field(t("username"), input("username", { maxlength: "32", pattern: "@?[A-Za-z][A-Za-z0-9_]{3,31}" }), t("optional")),
    field(t("language"), h("select", { name: "language_code" }, ["sv", "en", "fi", "nb", "de"].map((code) => h("option", { value: code }, language.languageName(code))), h("option", { value: "" }, t("none")))),
    field(t("note"), input("note", { maxlength: "120", placeholder: t("noteHint") }), t("optional")),
  ], t("add"), close, (data) => Object.fromEntries([...data].map(([key, value]) => [key, value.trim().replace(/^@/, "")]).filter(([, value]) => value))));
}

/** Who opens which link: resolves with {personId, payload}. */
export function linkDialog(language, store, personId, link = "") {
  const t = (key, fields) => language.t(key, fields);
  const example = `https://t.me/${store.bot.username}?start=…`;
  return dialog(t("linkTitle"), (close) => {
    const error = h("p", { class: "error", role: "alert" });
    const address = input("link", { value: link, placeholder: example, autofocus: link === "", required: true, inputmode: "url", spellcheck: "false" });
    const people = h("select", { name: "person", autofocus: link !== "" }, [...store.people.values()].map((person) =>
      h("option", { value: String(person.id), selected: person.id === personId }, [fullName(person), language.of(person.note)].filter(Boolean).join(" – "))));
    const copy = h("button", { type: "button", class: "button quiet with-icon", on: { click: () => void copyText(language, address.value) } }, icon("copy"), t("copyLink"));
    return form(language, t("linkTitle"), [field(t("linkLabel"), address), link && copy, field(t("linkAs"), people), error], t("open"), close, (data) => {
      const written = data.get("link").trim();
      const payload = /^[\w-]{1,64}$/.test(written) ? written : startPayload(written, store.bot.username);
      if (payload === null) {
        error.textContent = t("linkBad");
        address.focus();
        return undefined;
      }
      return { personId: Number(data.get("person")), payload };
    });
  });
}

export async function copyText(language, text) {
  try {
    await navigator.clipboard.writeText(text);
    toast(language.t("copied"));
  } catch {
    toast(language.t("copyFailed"));
  }
}

export function locationDialog(language) {
  const number = (name, value, limit) => input(name, { type: "number", step: "any", min: String(-limit), max: String(limit), value, required: true });
  return dialog(language.t("location"), (close) => form(language, language.t("location"), [
    field(language.t("latitude"), number("latitude", "65.5848", 90)), field(language.t("longitude"), number("longitude", "22.1547", 180)),
  ], language.t("send"), close, (data) => ({ latitude: Number(data.get("latitude")), longitude: Number(data.get("longitude")) })));
}

export function contactDialog(language, person) {
  return dialog(language.t("contact"), (close) => form(language, language.t("contact"), [
    field(language.t("phone"), input("phone_number", { type: "tel", value: "+46701740605", required: true, autofocus: true })),
  ], language.t("send"), close, (data) => ({ phone_number: data.get("phone_number").trim(), first_name: person.first_name })));
}

const KINDS = { image: ["photo", "document"], audio: ["voice", "audio", "document"], video: ["video", "document"] };

/** What to send a chosen file as: resolves with the multipart form of the upload. */
export function uploadDialog(language, file) {
  const kinds = KINDS[file.type.split("/")[0]] ?? ["document"];
  const preview = kinds[0] === "photo" ? URL.createObjectURL(file) : null;
  const done = dialog(language.t("sendFile"), (close) => form(language, language.t("sendFile"), [
    preview ? h("img", { class: "upload-preview", src: preview, alt: file.name }) : h("p", { class: "file-name" }, icon("file"), `${file.name} · ${language.size(file.size)}`),
    kinds.length > 1 && field(language.t("sendAs"), h("select", { name: "kind" }, kinds.map((kind) => h("option", { value: kind }, language.t(`as_${kind}`))))),
    field(language.t("caption"), input("caption", { maxlength: "1024", autofocus: true }), language.t("optional")),
  ], language.t("send"), close, (data) => {
    const parts = new FormData();
    parts.set("kind", data.get("kind") ?? kinds[0]);
    if (data.get("caption").trim()) parts.set("caption", data.get("caption").trim());
    parts.set("file", file, file.name);
    return parts;
  }));
  return done.finally(() => preview && URL.revokeObjectURL(preview));
}

export function pictureDialog(language, src, name) {
  return dialog(name, (close) => [
    h("div", { class: "picture-bar" },
      h("a", { class: "icon-button", href: src, download: name, "aria-label": language.t("download", { name }), title: language.t("download", { name }) }, icon("download")),
      iconButton("close", language.t("close"), () => close(), { autofocus: true })),
    h("img", { src, alt: name, on: { click: () => close() } }),
  ], { class: "picture" });
}

/** A short message over the page, or over the part that `place` belongs to; gone by itself. */
export function toast(text, attributes = {}, place = document.getElementById("toasts")) {
  const element = h("div", { class: "toast", ...attributes }, text);
  for (const shown of document.querySelectorAll(".toast")) if (shown.textContent === text) shown.remove();
  (document.querySelector("dialog[open] .form") ?? place).append(element); // a modal dialog covers the page
  setTimeout(() => element.remove(), Math.min(9000, 3500 + text.length * 40));
}

/** A small menu at a button: items are [label, icon, action] or false. */
export function popupMenu(anchor, items) {
  const close = () => {
    menu.remove();
    document.removeEventListener("pointerdown", outside, true);
    anchor.setAttribute("aria-expanded", "false");
  };
  const outside = (event) => !menu.contains(event.target) && close();
  const choose = (action) => () => {
    close();
    anchor.focus?.();
    action();
  };
  const menu = h("div", { class: "menu", role: "menu" }, items.filter(Boolean).map(([label, sign, action]) =>
    h("button", { type: "button", role: "menuitem", on: { click: choose(action) } }, icon(sign), h("span", {}, label))));
  menu.addEventListener("keydown", (event) => {
    const entries = [...menu.children];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) entries.at((entries.indexOf(document.activeElement) + step) % entries.length).focus();
    else if (event.key === "Escape" || event.key === "Tab") {
      close();
      anchor.focus?.();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  document.body.append(menu);
  place(menu, anchor);
  anchor.setAttribute("aria-expanded", "true");
  document.addEventListener("pointerdown", outside, true);
  menu.firstElementChild.focus();
}

function place(menu, anchor) {
  const [at, size, edge] = [anchor.getBoundingClientRect(), menu.getBoundingClientRect(), 8];
  const top = at.bottom + 4 + size.height + edge > innerHeight ? at.top - size.height - 4 : at.bottom + 4;
  menu.style.top = `${Math.max(edge, top)}px`;
  const left = at.left + size.width + edge > innerWidth ? at.right - size.width : at.left;
  menu.style.left = `${Math.max(edge, Math.min(left, innerWidth - size.width - edge))}px`;
}
