import { api } from "./api.js";
import { Composer } from "./composer.js";
import { alertDialog, copyText, linkDialog, pictureDialog, popupMenu, toast } from "./dialogs.js";
import { avatar, fullName, h, iconButton } from "./dom.js";
import { startPayload } from "./links.js";
import { senderName, summary } from "./message.js";
import { Thread } from "./thread.js";

const TYPING_MS = 5500;
const ANSWER_MS = 15_000;

/** One person's chat. Several may be shown at once; each belongs to its own element and takes its listeners with it. */
export class ChatView {
  #closing = new AbortController();
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
    this.thread.close();
    this.history.trim();
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
    this.header = h("header", { class: "chat-head" });
    this.thread = new Thread(this.app, this.chatId, {
      name: fullName(this.person), group: this.chatId !== this.personId, act: this.#actions(), empty: this.#nothingYet(), leave: () => this.composer.focus(),
    });
    this.element.replaceChildren(this.header, this.thread.element, this.composer.element);
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
    const name = fullName(person);
    const status = this.typingText ?? [person.note, person.username && `@${person.username}`].filter(Boolean).join(" · ");
    this.composer.refresh();
    const shown = JSON.stringify([name, status, person.blocked]);
    if (shown === this.headShown) return; // whoever stands on its buttons keeps the focus
    this.headShown = shown;
    const more = iconButton("more", language.t("personMenu"), () => popupMenu(more, [
      [language.t("openLink"), "link", () => void this.openLink()],
      [language.t(person.blocked ? "unblock" : "block"), "blocked", () => this.block(!person.blocked)],
    ]), { "aria-haspopup": "menu" });
    this.header.replaceChildren(iconButton("back", language.t("back"), () => this.app.choose(null), { class: "icon-button back" }),
      avatar(person.id, name),
      h("div", { class: "chat-title" }, h("h2", {}, name), h("p", { class: this.typingText ? "status typing" : "status" }, status)), more);
  }

  async #open() {
    await this.app.attempt(() => this.thread.open());
    if (this.#closing.signal.aborted) return;
    this.#read();
    this.composer.refresh();
  }

  #changed({ change, message }) {
    if (change === "deleted") this.thread.remove(message.message_id);
    else {
      if (!message.out) this.#typing(null);
      this.thread.put(message);
      this.#read();
    }
    this.composer.refresh();
  }

  renameDays() {
    this.thread.renameDays();
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
      quote: (id) => void this.app.attempt(() => this.thread.jump(id)),
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

  /** Sends a text as this person. */
  say(text, more = {}) {
    return this.app.attempt(async () => this.#sent(await api.send(this.personId, { text, ...more, ...this.#where() })));
  }

  #sent(message) {
    if (message?.message_id) this.app.store.takeMessage(message);
    this.thread.toBottom();
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
