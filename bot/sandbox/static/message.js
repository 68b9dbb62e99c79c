import { fullName, h, icon, iconButton } from "./dom.js";
import { link, renderText } from "./entities.js";
import { startPayload } from "./links.js";

const FILES = ["document", "animation", "audio", "voice", "video", "video_note", "sticker"];

/** What kind of content a message has: "text", "photo", "venue", "document" …, "service" or "other". */
export function kindOf(message) {
  if (message.text !== undefined) return "text";
  for (const kind of ["photo", "venue", "location", "contact", ...FILES]) if (message[kind] !== undefined && message[kind] !== null) return kind;
  return ["new_chat_members", "left_chat_member", "pinned_message", "group_chat_created", "supergroup_chat_created", "migrate_to_chat_id", "migrate_from_chat_id", "new_chat_title"]
    .some((name) => message[name]) ? "service" : "other";
}

/** A message in one line, for the list, quotes and the live region. */
export function summary(message, language) {
  const kind = kindOf(message);
  if (kind === "text") return message.text;
  if (kind === "service") return serviceText(message, language);
  if (message.caption) return message.caption;
  if (kind === "document") return message.document.file_name ?? language.t("document");
  if (kind === "venue") return message.venue.title;
  return language.t(kind === "other" ? "otherMessage" : kind);
}

function serviceText(message, language) {
  if (message.new_chat_members) return language.t("joined", { name: message.new_chat_members.map(fullName).join(", ") });
  if (message.left_chat_member) return language.t("left", { name: fullName(message.left_chat_member) });
  if (message.pinned_message) return language.t("pinned");
  if (message.new_chat_title) return message.new_chat_title;
  return language.t(message.migrate_to_chat_id || message.migrate_from_chat_id ? "upgraded" : "groupMade");
}

/** Whether the person wrote it. */
export function isOwn(message, personId) {
  return message.from?.id === personId;
}

export function senderName(message, personId, language) {
  return isOwn(message, personId) ? language.t("you") : message.from ? fullName(message.from) : (message.sender_chat?.title ?? "");
}

/**
 * The inside of a message's row: bubble and inline keyboard. `act` is what can be done with it: command, link, picture,
 * press(message, button, element), quote(id), menu(message, element), media(message).
 */
export function renderMessage(message, { language, act, group, personId }) {
  if (kindOf(message) === "service") return [h("p", { class: "service" }, serviceText(message, language))];
  const words = { showSpoiler: language.t("showSpoiler") };
  const text = message.text ?? message.caption;
  const body = text === undefined ? [] : h("div", { class: "text" }, renderText(text, message.entities ?? message.caption_entities, act, words), meta(message, language));
  const forward = message.forward_origin;
  const menu = (event) => {
    if (event.target.closest("a") || !getSelection().isCollapsed) return; // the browser's own is of more use
    event.preventDefault();
    act.menu(message, more);
  };
  const bubble = h("div", { on: { contextmenu: menu }, class: `bubble kind-${kindOf(message)}${text === undefined ? " bare" : ""}` },
    h("span", { class: "sr-only" }, `${senderName(message, personId, language)}: `),
    group && !isOwn(message, personId) && h("div", { class: "sender" }, senderName(message, personId, language)),
    forward && h("div", { class: "forwarded" }, language.t("forwarded", { name: forward.sender_user ? fullName(forward.sender_user) : (forward.sender_user_name ?? forward.chat?.title ?? "") })),
    message.via_bot && h("div", { class: "forwarded" }, language.t("viaBot", { name: `@${message.via_bot.username ?? message.via_bot.first_name}` })),
    message.reply_to_message && quote(message.reply_to_message, personId, language, act),
    content(message, language, act), body, text === undefined && meta(message, language));
  const more = iconButton("more", language.t("messageMenu"), () => act.menu(message, more), { class: "icon-button row-menu", "aria-haspopup": "menu", tabindex: "-1" });
  return [h("div", { class: "line" }, bubble, more), keyboard(message, act)];
}

function meta(message, language) {
  const date = new Date(message.date * 1000);
  return h("span", { class: "meta" }, message.edit_date && h("span", {}, `${language.t("edited")} `),
    h("time", { datetime: date.toISOString(), title: `${language.date(date)} ${language.time(date)}` }, language.time(date)));
}

function quote(original, personId, language, act) {
  return h("button", { type: "button", class: "quote", on: { click: () => act.quote(original.message_id) } },
    h("b", {}, senderName(original, personId, language)), h("span", {}, summary(original, language)));
}

function content(message, language, act) {
  const kind = kindOf(message);
  if (kind === "text") return null;
  if (kind === "photo") return photo(message, language, act);
  if (kind === "venue") return place(message.venue.location, message.venue.title, message.venue.address, language, act);
  if (kind === "location") return place(message.location, language.t("location"), `${message.location.latitude}, ${message.location.longitude}`, language, act);
  if (kind === "contact") return card("person", fullName(message.contact), link(`tel:${message.contact.phone_number}`, [message.contact.phone_number], act));
  if (kind === "other") return h("p", { class: "unknown-content" }, language.t("otherMessage"));
  return file(message, kind, language, act);
}

function photo(message, language, act) {
  const largest = message.photo.reduce((one, other) => (one.width * one.height >= other.width * other.height ? one : other));
  const name = message.caption || language.t("photo");
  const image = h("img", { src: act.media(message), alt: name, loading: "lazy", decoding: "async", width: largest.width, height: largest.height });
  const enlarge = language.t("enlarge", { name });
  const veil = message.has_media_spoiler && h("span", { class: "veil" }, language.t("showPicture"));
  const press = () => {
    if (!veil?.isConnected) return act.picture(message, name);
    veil.remove();
    button.setAttribute("aria-label", enlarge);
  };
  const button = h("button", { type: "button", class: "photo", "aria-label": veil ? veil.textContent : enlarge, on: { click: press } }, image, veil);
  if (largest.width > 0 && largest.height > 0) {
    const ratio = largest.width / largest.height;
    image.style.aspectRatio = String(Math.max(0.5, ratio));
    button.style.width = `${Math.min(480, Math.max(160, Math.round(Math.min(largest.width, 420 * ratio))))}px`;
  }
  return button;
}

function place({ latitude, longitude }, title, detail, language, act) {
  const map = `https://www.openstreetmap.org/?mlat=${Number(latitude)}&mlon=${Number(longitude)}#map=16/${Number(latitude)}/${Number(longitude)}`;
  return card("pin", title, detail, link(map, [language.t("openMap")], act));
}

function card(sign, title, ...details) {
  return h("div", { class: "card" }, h("span", { class: "card-sign" }, icon(sign)),
    h("span", { class: "card-text" }, h("b", {}, title), details.map((detail) => h("span", {}, detail))));
}

function file(message, kind, language, act) {
  const about = message[kind];
  const name = about.file_name ?? about.title ?? `${language.t(kind)}`;
  const size = [about.duration !== undefined && `${Math.floor(about.duration / 60)}:${String(about.duration % 60).padStart(2, "0")}`, about.file_size && language.size(about.file_size)];
  const label = language.t("download", { name });
  return h("a", { class: "card file", href: act.media(message), download: about.file_name ?? "", title: label },
    h("span", { class: "card-sign" }, icon(["voice", "audio"].includes(kind) ? "sound" : "file")),
    h("span", { class: "card-text" }, h("b", {}, name), h("span", {}, size.filter(Boolean).join(" · "))), icon("download"));
}

function keyboard(message, act) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return h("div", { class: "inline-keyboard" }, rows.map((row) => h("div", { class: "keyboard-row" }, row.map((button) => inlineButton(message, button, act)))));
}

function inlineButton(message, button, act) {
  const label = h("span", { class: "label" }, button.text.split(/(?<=\/)/u).flatMap((part) => [part, h("wbr")]));
  const attributes = { class: `key${["danger", "success", "primary"].includes(button.style) ? ` ${button.style}` : ""}`, title: button.text.length > 24 ? button.text : null };
  if (button.url !== undefined) {
    const sign = startPayload(button.url, act.botName) === null ? "out" : "link";
    return link(button.url, [label, icon(sign)], act, attributes);
  }
  const element = h("button", { type: "button", ...attributes, on: { click: () => act.press(message, button, element) } }, label, button.copy_text && icon("copy"));
  return element;
}
