import { api } from "./api.js";
import { Composer } from "./composer.js";
import { alertDialog, copyText, linkDialog, pictureDialog, popupMenu, toast } from "./dialogs.js";
import { avatar, fullName, h, icon, iconButton } from "./dom.js";
import { dayKey } from "./i18n.js";
import { startPayload } from "./links.js";
import { renderMessage, senderName, summary } from "./message.js";

const TYPING_MS = 5500;
const ANSWER_MS = 15_000;
const TOGETHER_S = 300;
const NEAR_BOTTOM_PX = 120;
const FAR_PX = 3000;
const CHUNK = 50;

/** One person's chat. Several may be shown at once; each belongs to its own element and takes its listeners with it. */
export class ChatView {
  #closing = new AbortController();
  #rows = new Map();
  #pressed = new Map();

  constructor(element, app, personId, chatId = personId) {
    Object.assign(this, { element, app, personId, chatId });
    const { store } = app;
    this.composer = new Composer(this);
    const { signal } = this.#closing;
    store.on("history", (detail) => detail.chatId === chatId && this.#changed(detail), signal);
    store.on("people", () => this.#head(), signal);
    store.on("typing", (detail) => detail.chat_id === chatId && this.#typing(detail.action), signal);
    store.on("answered", (detail) => this.#answered(detail), signal);
    document.addEventListener("visibilitychange", () => this.#read(), { signal });
    this.#build();
    void this.#open();
  }

  close() {
    this.#closing.abort();
    this.observer.disconnect();
    clearTimeout(this.typingTimer);
    this.element.replaceChildren();
  }

  get person() {
    return this.app.store.people.get(this.personId);
  }

  get history() {
    return this.app.store.history(this.chatId);
  }

  #build() {
    const { language } = this.app;
    this.header = h("header", { class: "chat-head" });
    this.top = h("div", { class: "older" });
    this.empty = this.#nothingYet();
    this.log = h("div", { class: "log", role: "log", "aria-live": "polite", "aria-relevant": "additions", "aria-busy": "true" });
    this.scroller = h("div", { class: "scroller", tabindex: "0", "aria-label": fullName(this.person), on: { scroll: () => this.#scrolled() } }, h("div", { class: "thread" }, this.top, this.empty, this.log));
    this.toEnd = iconButton("down", language.t("newest"), () => this.toBottom(true), { class: "icon-button to-end", hidden: true });
    this.element.replaceChildren(this.header, h("div", { class: "thread-frame" }, this.scroller, this.toEnd), this.composer.element);
    this.log.addEventListener("keydown", (event) => this.#rowKeys(event));
    this.observer = new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && void this.#older(), { root: this.scroller, rootMargin: "800px 0px 0px 0px" });
    this.#head();
  }

  #nothingYet() {
    const { language, store: { bot } } = this.app;
    return h("div", { class: "empty-chat", hidden: true }, avatar(bot.id, bot.first_name), h("b", {}, bot.first_name), h("p", {}, bot.description || language.t("emptyChat")));
  }

  #head() {
    const { language } = this.app;
    const { person } = this;
    if (!person) return;
    this.empty.hidden = !this.history.loaded || this.history.newest !== null;
    const name = fullName(person);
    const status = this.typingText ?? [person.note, person.username && `@${person.username}`].filter(Boolean).join(" · ");
    const more = iconButton("more", language.t("personMenu"), () => popupMenu(more, [
      [language.t("openLink"), "link", () => void this.openLink()],
      [language.t(person.blocked ? "unblock" : "block"), "blocked", () => this.block(!person.blocked)],
    ]), { "aria-haspopup": "menu" });
    this.header.replaceChildren(iconButton("back", language.t("back"), () => this.app.choose(null), { class: "icon-button back" }),
      avatar(person.id, name),
      h("div", { class: "chat-title" }, h("h2", {}, name), h("p", { class: this.typingText ? "status typing" : "status" }, status)), more);
    this.composer.refresh();
  }

  async #open() {
    await this.app.attempt(async () => {
      if (!this.history.loaded) await this.history.older();
      if (this.#closing.signal.aborted) return;
      this.#insert(this.history.messages);
      this.observer.observe(this.top);
      this.toBottom();
      this.#read();
      this.#head();
    });
    setTimeout(() => this.log.setAttribute("aria-busy", "false"), 300);
  }

  async #older() {
    if (this.history.complete || this.loadingOlder) return;
    this.loadingOlder = true;
    this.top.textContent = this.app.language.t("loadingOlder");
    this.log.setAttribute("aria-busy", "true");
    await this.app.attempt(async () => this.#insert(await this.history.older()));
    this.top.textContent = "";
    this.loadingOlder = false;
    setTimeout(() => this.log.setAttribute("aria-busy", "false"), 100);
    if (!this.history.complete && !this.#closing.signal.aborted) { // still in sight: ask again
      this.observer.unobserve(this.top);
      this.observer.observe(this.top);
    }
  }

  /** Puts a run of neighbouring messages where they belong. Rows live in chunks, so that those far away cost nothing. */
  #insert(messages) {
    if (this.#closing.signal.aborted) return;
    const rows = messages.filter(({ message_id: id }) => !this.#rows.has(id)).map((message) => this.#row(message));
    if (rows.length === 0) return;
    const anchor = this.#rowOf(this.history.after(rows.at(-1).message.message_id));
    const elements = rows.map(({ element }) => element);
    if (!anchor) this.#append(elements);
    else if (anchor.element.previousElementSibling) anchor.element.before(...elements);
    else anchor.element.parentElement.before(h("div", { class: "chunk" }, elements));
    for (const row of [...rows, anchor]) if (row) this.#neighbours(row);
  }

  #append(elements) {
    const last = this.log.lastElementChild;
    if (last && last.children.length + elements.length <= CHUNK) last.append(...elements);
    else this.log.append(h("div", { class: "chunk" }, elements));
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
    row.body = h("div", { class: `message ${message.out ? "out" : "in"}${message.reply_markup?.inline_keyboard?.length ? " with-keyboard" : ""}` },
      renderMessage(message, { language: this.app.language, act: this.#actions(), group: this.chatId !== this.personId }));
    element.replaceChildren(...(row.pill ? [row.pill] : []), row.body);
  }

  /** The day above a row, and whether it goes on from the one before; both depend on the row before it. */
  #neighbours(row) {
    const previous = this.history.before(row.message.message_id);
    const date = new Date(row.message.date * 1000);
    const newDay = !previous || dayKey(new Date(previous.date * 1000)) !== dayKey(date);
    row.pill?.remove();
    row.pill = newDay ? h("div", { class: "day" }, h("span", {}, this.app.language.day(date, this.app.store.clock.now()))) : null;
    if (row.pill) row.element.prepend(row.pill);
    const together = previous && !newDay && previous.out === row.message.out && row.message.date - previous.date < TOGETHER_S && !previous.reply_markup?.inline_keyboard;
    row.element.classList.toggle("follows", Boolean(together));
  }

  #changed({ change, message }) {
    const row = this.#rows.get(message.message_id);
    if (change === "deleted") {
      if (!row) return;
      const chunk = row.element.parentElement;
      row.element.remove();
      if (!chunk.hasChildNodes()) chunk.remove();
      this.#rows.delete(message.message_id);
      const next = this.#rowOf(this.history.after(message.message_id));
      if (next) this.#neighbours(next);
    } else if (row) {
      this.#keepFocus(row, () => {
        row.message = message;
        this.#fill(row);
      });
      this.#neighbours(row);
    } else {
      const follow = message.out || this.#atBottom();
      this.#insert([message]);
      if (!message.out) this.#typing(null);
      if (follow) this.toBottom();
      else this.toEnd.classList.add("news");
      this.#read();
    }
    this.composer.refresh();
  }

  /** A card that is edited in place keeps the keyboard's focus near the button that was pressed. */
  #keepFocus(row, change) {
    const focused = row.element.contains(document.activeElement) && document.activeElement !== row.element;
    change();
    if (focused) (row.element.querySelector(".inline-keyboard .key") ?? row.element).focus({ preventScroll: true });
  }

  /** Days are named from the clock's present day. */
  renameDays() {
    const now = this.app.store.clock.now();
    for (const { pill, message } of this.#rows.values()) {
      if (pill) pill.firstChild.textContent = this.app.language.day(new Date(message.date * 1000), now);
    }
  }

  #atBottom() {
    return Math.abs(this.scroller.scrollTop) < NEAR_BOTTOM_PX; // the scroller runs from the bottom, where scrollTop is 0
  }

  toBottom(smooth = false) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches || -this.scroller.scrollTop > FAR_PX;
    this.scroller.scrollTo({ top: 0, behavior: smooth && !calm ? "smooth" : "instant" });
    this.#scrolled();
  }

  #scrolled() {
    const away = !this.#atBottom();
    this.toEnd.hidden = !away;
    if (!away) this.toEnd.classList.remove("news");
  }

  #read() {
    const newest = this.history.newest;
    const { store } = this.app;
    if (!newest || document.hidden || store.chatOf(this.chatId).unread === 0) return;
    store.markRead(this.chatId);
    void this.app.attempt(() => api.read(this.personId, { chat_id: this.chatId, message_id: newest.message_id }));
  }

  #typing(action) {
    const { language } = this.app;
    clearTimeout(this.typingTimer);
    const before = this.typingText;
    this.typingText = action ? language.t(action.startsWith("upload") ? "uploading" : "typing") : null;
    if (action) this.typingTimer = setTimeout(() => this.#typing(null), TYPING_MS);
    if (before !== this.typingText) this.#head();
  }

  #actions() {
    const { app } = this;
    return {
      botName: app.store.bot.username,
      command: (text) => void this.say(text),
      link: (url) => {
        if (startPayload(url, app.store.bot.username) === null) return false;
        void this.openLink(url);
        return true;
      },
      picture: (message, name) => void pictureDialog(app.language, api.media(this.chatId, message), name),
      press: (message, button, element) => void this.#press(message, button, element),
      quote: (id) => void this.#jump(id),
      menu: (message, element) => this.#messageMenu(message, element),
      media: (message) => api.media(this.chatId, message),
    };
  }

  async #press(message, button, element) {
    const { app } = this;
    if (button.copy_text) return copyText(app.language, button.copy_text.text);
    if (button.callback_data === undefined) return toast(app.language.t("cannotPress"));
    element.classList.add("waiting");
    element.setAttribute("aria-busy", "true");
    const done = () => {
      element.classList.remove("waiting");
      element.removeAttribute("aria-busy");
    };
    await app.attempt(async () => {
      const { callback_query_id: id } = await api.press(this.personId, { message_id: message.message_id, data: button.callback_data, ...this.#where() });
      this.#pressed.set(id, done);
      setTimeout(() => this.#forget(id), ANSWER_MS);
      if (app.store.answers.has(id)) this.#answered(app.store.answers.get(id));
    }, () => { done(); });
    return undefined;
  }

  #where() {
    return this.chatId === this.personId ? {} : { chat_id: this.chatId };
  }

  #forget(id) {
    this.#pressed.get(id)?.();
    this.#pressed.delete(id);
  }

  #answered({ callback_query_id: id, text, show_alert: alert, url }) {
    if (!this.#pressed.has(id)) return;
    this.#forget(id);
    if (text && alert) void alertDialog(this.app.language, this.app.store.bot.first_name, text);
    else if (text) toast(text);
    if (url && startPayload(url, this.app.store.bot.username) !== null) void this.openLink(url);
  }

  #messageMenu(message, element) {
    const { language } = this.app;
    const text = message.text ?? message.caption;
    popupMenu(element, [
      [language.t("reply"), "reply", () => this.composer.reply(message)],
      message.out && message.text !== undefined && [language.t("edit"), "edit", () => this.composer.edit(message)],
      text !== undefined && [language.t("copyText"), "copy", () => void copyText(language, text)],
    ]);
  }

  #rowKeys(event) {
    const row = event.target.closest?.(".row");
    if (event.target !== row || !row) return;
    const id = Number(row.dataset.id);
    const step = this.#rowOf({ ArrowUp: () => this.history.before(id), ArrowDown: () => this.history.after(id) }[event.key]?.());
    if (step) step.element.focus();
    else if (event.key === "ArrowDown" || event.key === "Escape") this.composer.focus();
    else if (event.key === "Enter") row.querySelector(".row-menu")?.click();
    else return;
    event.preventDefault();
  }

  focusLastRow() {
    this.#rowOf(this.history.newest)?.element.focus();
  }

  async #jump(id) {
    while (!this.#rows.has(id) && !this.history.complete) {
      const fresh = await this.history.older();
      this.#insert(fresh);
      if (fresh.length === 0 || fresh[0].message_id < id) break;
    }
    const row = this.#rows.get(id)?.element;
    if (!row) return;
    row.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth" });
    row.classList.add("found");
    setTimeout(() => row.classList.remove("found"), 1600);
    row.focus({ preventScroll: true });
  }

  /** Sends a text as this person. */
  say(text, more = {}) {
    return this.app.attempt(async () => this.#sent(await api.send(this.personId, { text, ...more, ...this.#where() })));
  }

  #sent(message) {
    if (message?.message_id) this.app.store.takeMessage(message);
    this.toBottom();
  }

  deliver(sending) {
    return this.app.attempt(async () => this.#sent(await sending));
  }

  start(payload) {
    return this.deliver(api.start(this.personId, payload));
  }

  async openLink(url = "") {
    const { app } = this;
    const chosen = await linkDialog(app.language, app.store, this.personId, url);
    if (!chosen) return;
    app.choose(chosen.personId);
    await app.view.start(chosen.payload);
  }

  block(blocked) {
    return this.app.attempt(async () => this.app.store.takePerson(await api.changePerson(this.personId, { blocked })));
  }

  /** The markup of the newest message that set or removed a reply keyboard. */
  replyMarkup() {
    for (let at = this.history.messages.length - 1; at >= 0; at -= 1) {
      const { reply_markup: markup, out, message_id: id } = this.history.messages[at];
      if (out || !markup) continue;
      if (markup.keyboard) return { keyboard: markup, id };
      if (markup.remove_keyboard) return null;
      if (markup.force_reply) return { force: markup, id };
    }
    return null;
  }

  describe(message) {
    return { name: senderName(message, this.app.language), text: summary(message, this.app.language) };
  }
}
