import { api } from "./api.js";
import { Composer } from "./composer.js";
import { copyText, linkDialog, pictureDialog, popupMenu, toast } from "./dialogs.js";
import { avatar, fullName, h, iconButton } from "./dom.js";
import { groupDialog } from "./groups.js";
import { startPayload } from "./links.js";
import { isOwn, senderName, summary } from "./message.js";
import { Presses } from "./presses.js";
import { Search } from "./search.js";
import { Thread } from "./thread.js";

const TYPING_MS = 5500;

/** One person's chat. Several may be shown at once; each belongs to its own element and takes its listeners with it. */
export class ChatView {
  #closing = new AbortController();

  constructor(element, app, personId, chatId = personId) {
    Object.assign(this, { element, app, personId, chatId });
    this.toasts = h("div", { class: "toasts", role: "status", "aria-live": "polite" });
    const { store } = app;
    this.composer = new Composer(this);
    this.presses = new Presses(this);
    const { signal } = this.#closing;
    store.on("history", (detail) => detail.chatId === chatId && this.#changed(detail), signal);
    for (const kind of ["people", "view"]) store.on(kind, () => this.#head(), signal);
    store.on("typing", (detail) => detail.chat_id === chatId && this.#typing(detail.action), signal);
    document.addEventListener("visibilitychange", () => this.seen(), { signal });
    addEventListener("resize", () => this.seen(), { signal });
    this.#build();
    void this.#open();
  }

  /** Aborted when the chat is closed: listeners end with it. */
  get closing() {
    return this.#closing.signal;
  }

  close() {
    this.#closing.abort();
    this.thread.close();
    this.search.close();
    if (!this.app.isShown(this.chatId)) this.history.trim();
    clearTimeout(this.typingTimer);
    this.element.replaceChildren();
  }

  get person() {
    return this.app.store.people.get(this.personId);
  }

  get history() {
    return this.app.store.history(this.chatId);
  }

  get chat() {
    return this.app.store.chatOf(this.chatId);
  }

  get isGroup() {
    return this.chatId !== this.personId;
  }

  /** Whose chat it is, or the group's name. */
  get title() {
    return this.isGroup ? this.chat.title : fullName(this.person);
  }

  #build() {
    this.header = h("header", { class: "chat-head" });
    this.thread = new Thread(this.app, this.chatId, {
      name: this.title, personId: this.personId, group: this.isGroup, act: this.#actions(), empty: this.#nothingYet(), leave: () => this.composer.focus(),
    });
    this.search = new Search(this);
    this.element.setAttribute("aria-label", this.title);
    this.element.replaceChildren(this.header, this.search.element, this.thread.element, this.composer.element, this.toasts);
    this.#head();
  }

  #nothingYet() {
    const { language, store: { bot } } = this.app;
    return h("div", { class: "empty-chat", hidden: true }, avatar(bot.id, bot.first_name), h("b", {}, bot.first_name), h("p", {}, bot.description || language.t("emptyChat")));
  }

  #head() {
    const { language } = this.app;
    if (!this.person) return;
    const two = this.app.places.length > 1;
    this.composer.refresh();
    const shown = JSON.stringify([this.title, this.#status(), this.person.blocked, this.chat.person_ids, two]);
    if (shown === this.headShown) return; // whoever stands on its buttons keeps the focus
    this.headShown = shown;
    const more = iconButton("more", language.t("personMenu"), () => this.#menu(more), { "aria-haspopup": "menu" });
    this.header.replaceChildren(...[iconButton("back", language.t("back"), () => this.app.leave(), { class: "icon-button back" }),
      avatar(this.chatId, this.title),
      h("div", { class: "chat-title" }, h("h2", {}, this.title), h("p", { class: this.typingText ? "status typing" : "status" }, this.#status())),
      iconButton("search", language.t("searchChat"), () => this.search.toggle()), more,
      two && iconButton("close", language.t("closeChat", { name: this.title }), () => this.app.close(this))].filter(Boolean));
  }

  #status() {
    const { person, app: { language, store } } = this;
    if (this.typingText) return this.typingText;
    if (!this.isGroup) return [language.of(person.note), person.username && `@${person.username}`].filter(Boolean).join(" · ");
    return [...this.members().map(fullName), store.bot.first_name].join(", ") || language.t("group");
  }

  /** Those of a group's members whom one can write as. */
  members() {
    return (this.chat.person_ids ?? []).map((id) => this.app.store.people.get(id)).filter(Boolean);
  }

  #menu(anchor) {
    const { app, person } = this;
    const { language } = app;
    popupMenu(anchor, [
      [language.t("openLink"), "link", () => void this.openLink()],
      [language.t("showBeside"), "beside", () => this.#chooseBeside(anchor)],
      this.isGroup && [language.t("members"), "group", () => void groupDialog(app, this.chatId)],
      !this.isGroup && [language.t(person.blocked ? "unblock" : "block"), "blocked", () => this.block(!person.blocked)],
    ]);
  }

  #chooseBeside(anchor) {
    const others = [...this.app.store.people.values()].filter(({ id }) => !this.app.isShown(id));
    popupMenu(anchor, others.map((person) => [[fullName(person), this.app.language.of(person.note)].filter(Boolean).join(" · "), "person", () => this.app.beside(person.id)]));
  }

  async #open() {
    await this.app.attempt(() => this.thread.open());
    if (this.#closing.signal.aborted) return;
    this.seen();
    this.composer.refresh();
  }

  #changed({ change, message }) {
    if (change === "deleted") this.thread.remove(message.message_id);
    else {
      if (!isOwn(message, this.personId)) this.#typing(null);
      this.thread.put(message);
      this.seen();
    }
    this.composer.refresh();
  }

  renameDays() {
    this.thread.renameDays();
  }

  /** What can be seen is read. */
  seen() {
    const newest = this.history.newest;
    const { store } = this.app;
    if (!newest || document.hidden || !this.element.checkVisibility() || store.unread(this.chatId, this.personId) === 0) return;
    store.markRead(this.chatId, this.personId);
    void this.app.attempt(() => api.read(this.personId, { chat_id: this.chatId, message_id: newest.message_id }));
  }

  /** Says something shortly over this chat. */
  toast(text) {
    toast(text, {}, this.toasts);
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
      press: (message, button, element) => void this.presses.press(message, button, element),
      quote: (id) => void this.app.attempt(() => this.thread.jump(id)),
      menu: (message, element) => this.#messageMenu(message, element),
      media: (message) => api.media(this.chatId, message),
    };
  }

  /** Where a person acts, for the server: in the group, unless the chat is their own. */
  get where() {
    return this.chatId === this.personId ? {} : { chat_id: this.chatId };
  }

  #messageMenu(message, element) {
    const { language } = this.app;
    const text = message.text ?? message.caption;
    popupMenu(element, [
      [language.t("reply"), "reply", () => this.composer.reply(message)],
      isOwn(message, this.personId) && message.text !== undefined && !message.via_bot && [language.t("edit"), "edit", () => this.composer.edit(message)],
      text !== undefined && [language.t("copyText"), "copy", () => void copyText(language, text)],
      message.from?.is_bot && [language.t("showCalls"), "code", () => void this.app.developer.showAbout(this.chatId, message.message_id)],
    ]);
  }

  /** Tells those who follow along what the person did, once the server has taken it. */
  acted(kind, what) {
    this.app.store.tell("acted", { personId: this.personId, kind, what });
  }

  /** Sends a text as this person. */
  say(text, more = {}, otherwise = () => {}) {
    return this.app.attempt(async () => {
      this.#sent(await api.send(this.personId, { text, ...more, ...this.where }));
      this.acted("send", text);
    }, otherwise);
  }

  #sent(message) {
    if (message?.message_id) this.app.store.takeMessage(message);
    this.thread.toBottom();
  }

  deliver(sending, otherwise = () => {}) {
    return this.app.attempt(async () => this.#sent(await sending), otherwise);
  }

  async start(payload = null) {
    await this.deliver(api.start(this.personId, payload).then((message) => {
      this.acted("start", payload ?? "");
      return message;
    }));
  }

  async openLink(url = "") {
    const { app } = this;
    const chosen = await linkDialog(app.language, app.store, this.personId, url);
    if (!chosen) return;
    await app.choose(chosen.personId).start(chosen.payload);
  }

  block(blocked) {
    return this.app.attempt(async () => this.app.store.takePerson(await api.changePerson(this.personId, { blocked })));
  }

  describe(message) {
    return { name: senderName(message, this.personId, this.app.language), text: summary(message, this.app.language) };
  }
}
