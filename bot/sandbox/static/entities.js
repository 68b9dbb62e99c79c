import { h } from "./dom.js";
import { safeUrl } from "./links.js";

const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };

/**
 * The text as nodes. Offsets are UTF-16 units, which is what JavaScript's strings count in. Whatever the offsets say, each
 * piece of the text appears once: an entity that reaches outside its parent is cut there.
 * `act`: command(text), link(url, event) → true when the page has dealt with it; `words`: showSpoiler.
 */
export function renderText(text, entities, act, words) {
  const ordered = (entities ?? []).map((entity) => ({ ...entity, from: Math.max(0, entity.offset), to: Math.min(text.length, entity.offset + entity.length) }))
    .filter(({ from, to }) => from < to)
    .sort((one, other) => one.from - other.from || other.to - one.to);
  return pieces(text, ordered, 0, text.length, act, words);
}

function pieces(text, entities, from, to, act, words) {
  const nodes = [];
  let at = from;
  let index = 0;
  while (index < entities.length) {
    const entity = entities[index];
    const [start, end] = [Math.max(at, entity.from), Math.min(to, entity.to)];
    index += 1;
    if (start >= end) continue;
    if (start > at) nodes.push(text.slice(at, start));
    const inside = [];
    while (index < entities.length && entities[index].from < end) inside.push(entities[index++]);
    nodes.push(wrap(entity, text.slice(start, end), pieces(text, inside, start, end, act, words), act, words));
    at = BLOCKS.has(entity.type) && text[end] === "\n" && end < to ? end + 1 : end; // a block ends its own line
  }
  if (at < to) nodes.push(text.slice(at, to));
  return nodes;
}

function wrap(entity, text, children, act, words) {
  if (TAGS[entity.type]) return h(TAGS[entity.type], {}, children);
  switch (entity.type) {
    case "pre": return h("pre", { tabindex: "0" }, h("code", {}, children));
    case "blockquote": return h("blockquote", {}, children);
    case "expandable_blockquote": return expandable(children);
    case "spoiler": return spoiler(children, words);
    case "text_link": return link(entity.url ?? "", children, act);
    case "url": return link(text, children, act);
    case "email": return link(`mailto:${text}`, children, act);
    case "phone_number": return link(`tel:${text.replace(/[^\d+]/g, "")}`, children, act);
    case "mention": return link(`https://t.me/${text.slice(1)}`, children, act);
    case "bot_command": return h("button", { type: "button", class: "in-text", on: { click: () => act.command(text) } }, children);
    case "text_mention": case "hashtag": case "cashtag": return h("span", { class: "tag" }, children);
    default: return h("span", {}, children);
  }
}

/** A link that opens beside the page, or plain text when its address is of a kind that must not be pressed. */
export function link(url, children, act, attributes = {}) {
  const href = safeUrl(url);
  if (href === null) return h("span", { class: "dead-link" }, children);
  const click = (event) => {
    if (act.link(href)) event.preventDefault();
  };
  return h("a", { href, target: "_blank", rel: "noopener noreferrer", ...attributes, on: { click } }, children);
}

function spoiler(children, words) {
  const reveal = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    hidden.replaceWith(h("span", { class: "spoiler shown" }, ...content.childNodes));
  };
  const content = h("span", { "aria-hidden": "true" }, children);
  const hidden = h("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": words.showSpoiler, on: { click: reveal, keydown: reveal } }, content);
  return hidden;
}

function expandable(children) {
  const quote = h("blockquote", { class: "folded", tabindex: "0", on: { click: () => quote.classList.remove("folded") } }, children);
  quote.addEventListener("keydown", (event) => event.key === "Enter" && quote.classList.remove("folded"));
  return quote;
}
