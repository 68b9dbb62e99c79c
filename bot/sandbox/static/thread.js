import { h, iconButton } from "./dom.js";
import { dayKey } from "./i18n.js";
import { isOwn, renderMessage } from "./message.js";

const TOGETHER_S = 300;
const NEAR_BOTTOM_PX = 120;
const FAR_PX = 3000;
const CHUNK = 50;
const FOUND_MS = 1600;
const MOST_AT_ONCE = 500;

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/**
 * A chat's messages as they scroll: older pages come as one nears the top, and it stays at the end while one is there. The
 * scroller runs from the bottom (scrollTop is 0 there), so that what comes above moves nothing.
 */
export class Thread {
  #rows = new Map();
  #loading = false;
  #closed = false;

  /** `act` as in renderMessage; `leave()` when the keyboard's focus goes on to the box below. */
  constructor(app, chatId, { name, personId, group, act, empty, leave }) {
    Object.assign(this, { app, chatId, personId, group, act, empty, leave });
    this.top = h("div", { class: "older" });
    this.log = h("div", { class: "log", role: "log", "aria-live": "polite", "aria-relevant": "additions", "aria-busy": "true", on: { keydown: (event) => this.#keys(event) } });
    this.scroller = h("div", { class: "scroller", tabindex: "0", "aria-label": name, on: { scroll: () => this.#scrolled() } }, h("div", { class: "thread" }, this.top, empty, this.log));
    this.toEnd = iconButton("down", app.language.t("newest"), () => this.toBottom(true), { class: "icon-button to-end", hidden: true });
    this.element = h("div", { class: "thread-frame" }, this.scroller, this.toEnd);
    this.observer = new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && void this.#older(), { root: this.scroller, rootMargin: "800px 0px 0px 0px" });
  }

  get history() {
    return this.app.store.history(this.chatId);
  }

  async open() {
    if (!this.history.loaded) await this.history.older();
    if (this.#closed) return;
    this.#insert(this.history.messages);
    this.#showEmpty();
    this.observer.observe(this.top);
    this.toBottom();
    this.#quietUntil(300);
  }

  close() {
    this.#closed = true;
    this.observer.disconnect();
  }

  /** A message came or was edited. */
  put(message) {
    const row = this.#rows.get(message.message_id);
    if (row) {
      this.#keepFocus(row, () => {
        row.message = message;
        this.#fill(row);
      });
      this.#neighbours(row);
      return;
    }
    const follow = isOwn(message, this.personId) || this.#atBottom();
    this.#insert([message]);
    this.#showEmpty();
    if (follow) this.toBottom();
    else this.toEnd.classList.add("news");
  }

  remove(id) {
    const row = this.#rows.get(id);
    if (!row) return;
    const chunk = row.element.parentElement;
    row.element.remove();
    if (!chunk.hasChildNodes()) chunk.remove();
    this.#rows.delete(id);
    const next = this.#rowOf(this.history.after(id));
    if (next) this.#neighbours(next);
    this.#showEmpty();
  }

  /** Days are named from the clock's present day. */
  renameDays() {
    const now = this.app.store.clock.now();
    for (const { pill, message } of this.#rows.values()) {
      if (pill) pill.firstChild.textContent = this.app.language.day(new Date(message.date * 1000), now);
    }
  }

  toBottom(smooth = false) {
    const glide = smooth && !calm() && -this.scroller.scrollTop < FAR_PX;
    this.scroller.scrollTo({ top: 0, behavior: glide ? "smooth" : "instant" });
    this.#scrolled();
  }

  /** Scrolls to a message, reading older pages until it is there; its element. */
  async jump(id, { focus = true } = {}) {
    while (!this.#rows.has(id) && !this.history.complete && !this.#closed) {
      const fresh = await this.history.older(MOST_AT_ONCE);
      this.#insert(fresh);
      if (fresh.length === 0 || fresh[0].message_id < id) break;
    }
    const row = this.#rows.get(id)?.element;
    if (!row) return null;
    row.scrollIntoView({ block: "center", behavior: "instant" });
    row.scrollIntoView({ block: "center", behavior: "instant" }); // the rows around it have their real heights only now
    row.classList.add("found");
    setTimeout(() => row.classList.remove("found"), FOUND_MS);
    if (focus) row.focus({ preventScroll: true });
    return row;
  }

  focusLast() {
    this.#rowOf(this.history.newest)?.element.focus();
  }

  async #older() {
    if (this.history.complete || this.#loading) return;
    this.#loading = true;
    this.top.textContent = this.app.language.t("loadingOlder");
    this.log.setAttribute("aria-busy", "true");
    await this.app.attempt(async () => this.#insert(await this.history.older()));
    this.top.textContent = "";
    this.#loading = false;
    this.#quietUntil(100);
    if (this.history.complete || this.#closed) return;
    this.observer.unobserve(this.top); // asks again when the top is still in sight
    this.observer.observe(this.top);
  }

  /** Screen readers hear what is new, not what is old and only shown now. */
  #quietUntil(milliseconds) {
    setTimeout(() => this.log.setAttribute("aria-busy", "false"), milliseconds);
  }

  #showEmpty() {
    this.empty.hidden = !this.history.loaded || this.history.newest !== null;
  }

  /** Puts a run of neighbouring messages where they belong. Rows live in chunks, so that those far away cost nothing. */
  #insert(messages) {
    if (this.#closed) return;
    const rows = messages.filter(({ message_id: id }) => !this.#rows.has(id)).map((message) => this.#row(message));
    if (rows.length === 0) return;
    const anchor = this.#rowOf(this.history.after(rows.at(-1).message.message_id));
    const elements = rows.map(({ element }) => element);
    if (!anchor) this.#append(elements);
    else if (anchor.element.previousElementSibling) anchor.element.before(...elements);
    else anchor.element.parentElement.before(...chunks(elements));
    for (const row of [...rows, anchor]) if (row) this.#neighbours(row);
  }

  #append(elements) {
    const last = this.log.lastElementChild;
    if (last && last.children.length + elements.length <= CHUNK) last.append(...elements);
    else this.log.append(...chunks(elements));
  }

  #rowOf(message) {
    return message ? this.#rows.get(message.message_id) : undefined;
  }

  #row(message) {
    const row = { message, element: h("div", { class: "row", tabindex: "-1", "data-id": String(message.message_id) }) };
    this.#rows.set(message.message_id, row);
    this.#fill(row);
    return row;
  }

  #fill(row) {
    const { message, element } = row;
    const sides = `message ${isOwn(message, this.personId) ? "out" : "in"}${message.reply_markup?.inline_keyboard?.length ? " with-keyboard" : ""}`;
    const body = h("div", { class: sides }, renderMessage(message, { language: this.app.language, act: this.act, group: this.group, personId: this.personId }));
    element.replaceChildren(...(row.pill ? [row.pill] : []), body);
  }

  /** The day above a row, and whether it goes on from the one before; both depend on the message before it. */
  #neighbours(row) {
    const { message } = row;
    const previous = this.history.before(message.message_id);
    const date = new Date(message.date * 1000);
    const newDay = !previous || dayKey(new Date(previous.date * 1000)) !== dayKey(date);
    row.pill?.remove();
    row.pill = newDay ? h("div", { class: "day" }, h("span", {}, this.app.language.day(date, this.app.store.clock.now()))) : null;
    if (row.pill) row.element.prepend(row.pill);
    const together = previous && !newDay && previous.from?.id === message.from?.id && message.date - previous.date < TOGETHER_S && !previous.reply_markup?.inline_keyboard;
    row.element.classList.toggle("follows", Boolean(together));
  }

  /** A card that is edited in place keeps the keyboard's focus. */
  #keepFocus(row, change) {
    const focused = row.element.contains(document.activeElement) && document.activeElement !== row.element;
    change();
    if (focused) (row.element.querySelector(".inline-keyboard .key") ?? row.element).focus({ preventScroll: true });
  }

  #atBottom() {
    return -this.scroller.scrollTop < NEAR_BOTTOM_PX;
  }

  #scrolled() {
    const away = !this.#atBottom();
    this.toEnd.hidden = !away;
    if (!away) this.toEnd.classList.remove("news");
  }

  #keys(event) {
    const row = event.target.closest(".row");
    if (event.target !== row) return;
    const id = Number(row.dataset.id);
    const step = this.#rowOf({ ArrowUp: () => this.history.before(id), ArrowDown: () => this.history.after(id) }[event.key]?.());
    if (step) step.element.focus();
    else if (event.key === "ArrowDown" || event.key === "Escape") this.leave();
    else if (event.key === "Enter") row.querySelector(".row-menu")?.click();
    else return;
    event.preventDefault();
  }
}

function chunks(elements) {
  const made = [];
  for (let end = elements.length; end > 0; end -= CHUNK) made.unshift(h("div", { class: "chunk" }, elements.slice(Math.max(0, end - CHUNK), end)));
  return made;
}
