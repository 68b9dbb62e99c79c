import { api } from "./api.js";
import { contactDialog, locationDialog, popupMenu, uploadDialog } from "./dialogs.js";
import { h, icon, iconButton } from "./dom.js";
import { Writer } from "./groups.js";
import { InlineResults } from "./inline.js";
import { startPayload } from "./links.js";

const MOST_LINES_PX = 168;
let made = 0; // several boxes on one page need ids of their own

/** Where a person writes: box, attachments, commands, reply keyboard; or what stands there instead (Start, unblock). */
export class Composer {
  constructor(view) {
    this.view = view;
    this.listId = `commands-${(made += 1)}`;
    this.mode = null; // {kind: "reply" | "edit", message}
    this.commands = [];
    this.choice = -1;
    this.closedKeyboard = null;
    this.seenForce = null;
    this.element = h("footer", { class: "composer" });
    this.shape = null;
    this.inline = new InlineResults(this);
    this.writer = new Writer(view);
    this.picker = h("input", { type: "file", hidden: true, on: { change: () => void this.#picked(this.picker.files[0]) } });
    this.#box();
  }

  #box() {
    const { language } = this.view.app;
    this.text = h("textarea", { rows: "1", "aria-label": language.t("message"), placeholder: language.t("message"), "aria-autocomplete": "list",
      on: { input: () => this.#typed(), keydown: (event) => this.#keys(event), paste: (event) => this.#pasted(event) } });
    this.list = h("ul", { class: "commands", id: this.listId, role: "listbox", "aria-label": language.t("commands"), hidden: true });
    this.context = h("div", { class: "context", hidden: true });
    this.keys = h("div", { class: "reply-keyboard", hidden: true });
    this.menuButton = iconButton("menu", language.t("commands"), () => void this.#menu());
    this.attachButton = iconButton("attach", language.t("attach"), () => this.#attachMenu(), { "aria-haspopup": "menu" });
    this.keysButton = iconButton("keyboard", language.t("replyKeyboard"), () => this.#toggleKeys(), { hidden: true });
    this.sendButton = iconButton("send", language.t("send"), () => void this.#send(), { class: "icon-button send" });
    this.bar = h("div", { class: "write", on: { dragover: (event) => event.preventDefault(), drop: (event) => this.#dropped(event) } },
      this.menuButton, this.attachButton, this.text, this.keysButton, this.sendButton, this.picker);
  }

  /** Chooses between the box, Start and unblock, and follows the newest reply keyboard. */
  refresh() {
    const { person, isGroup } = this.view;
    const shape = person.deactivated ? "gone" : isGroup ? "open" : person.blocked ? "blocked" : person.started ? "open" : "new";
    if (shape !== this.shape) {
      const focused = this.element.contains(document.activeElement);
      this.shape = shape;
      this.element.replaceChildren(...{ open: () => this.#openShape(), new: () => this.#newShape(person), blocked: () => this.#blockedShape(), gone: () => this.#goneShape() }[shape]());
      if (focused && shape === "open") this.focus();
    }
    if (shape !== "open") return;
    this.writer.refresh();
    this.#showKeyboard();
  }

  #openShape() {
    void this.#loadCommands();
    this.text.value ||= this.view.app.drafts.get(this.view.chatId) ?? "";
    requestAnimationFrame(() => this.#grow());
    return [this.writer.element, this.inline.element, this.list, this.context, this.bar, this.keys];
  }

  #newShape(person) {
    const { language, store } = this.view.app;
    return [h("div", { class: "begin" }, h("p", {}, language.t("startHint", { name: person.first_name, bot: store.bot.first_name })),
      h("button", { type: "button", class: "button wide", on: { click: () => void this.view.start() } }, language.t("start")),
      h("button", { type: "button", class: "button quiet with-icon", on: { click: () => void this.view.openLink() } }, icon("link"), language.t("haveLink")))];
  }

  #blockedShape() {
    const { language } = this.view.app;
    return [h("div", { class: "begin" }, h("p", {}, language.t("blocked")),
      h("button", { type: "button", class: "button wide", on: { click: () => void this.view.block(false) } }, language.t("unblock")))];
  }

  #goneShape() {
    return [h("div", { class: "begin" }, h("p", {}, this.view.app.language.t("deactivated")))];
  }

  focus() {
    if (this.shape === "open") this.text.focus();
    else this.element.querySelector("button")?.focus();
  }

  /** Puts a text into the empty box; whether there was room for it. */
  suggest(text) {
    if (this.shape !== "open" || this.text.value) return false;
    this.text.value = text;
    this.#typed();
    return true;
  }

  /** What leads to a command: its line in the open menu, else the menu's button. */
  wayTo(command) {
    const at = this.list.hidden ? -1 : this.shown.findIndex((one) => `/${one.command}` === command);
    return this.list.children[at] ?? (this.shape === "open" ? this.menuButton : this.element.querySelector("button"));
  }

  reply(message) {
    this.#setMode("reply", message);
  }

  edit(message) {
    this.text.value = message.text;
    this.#setMode("edit", message);
    this.#grow();
  }

  #setMode(kind, message) {
    this.mode = kind && { kind, message };
    this.#showContext();
    this.text.focus();
  }

  #showContext() {
    const { language, store } = this.view.app;
    const isLink = startPayload(this.text.value, store.bot.username) !== null;
    this.context.hidden = !this.mode && !isLink;
    if (isLink) {
      this.context.replaceChildren(icon("link"), h("span", { class: "context-text" }, language.t("inviteFound")),
        h("button", { type: "button", class: "button small", on: { click: () => void this.#follow() } }, language.t("open")));
    } else if (this.mode) {
      const { name, text } = this.view.describe(this.mode.message);
      this.context.replaceChildren(icon(this.mode.kind),
        h("span", { class: "context-text" }, h("b", {}, this.mode.kind === "edit" ? language.t("editing") : language.t("replyingTo", { name })), h("span", {}, text)),
        iconButton("close", language.t("cancel"), () => this.#cancel()));
    }
  }

  #cancel() {
    if (this.mode?.kind === "edit") this.clear();
    this.#setMode(null);
  }

  async #follow() {
    const link = this.text.value.trim();
    const payload = startPayload(link, this.view.app.store.bot.username);
    this.clear();
    await this.view.start(payload);
  }

  /** Empties the box. */
  clear() {
    this.text.value = "";
    this.view.app.drafts.delete(this.view.chatId);
    this.#grow();
    this.inline.follow("");
    this.#showCommands([]);
    this.#showContext();
  }

  #grow() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, MOST_LINES_PX)}px`;
  }

  #typed() {
    this.#grow();
    this.inline.follow(this.text.value);
    this.view.app.drafts.set(this.view.chatId, this.text.value);
    const word = /^\/\S*$/.exec(this.text.value)?.[0].toLowerCase();
    this.#showCommands(word === undefined ? [] : this.commands.filter(({ command }) => `/${command}`.startsWith(word)));
    this.#showContext();
  }

  #keys(event) {
    const open = !this.list.hidden;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      if (open && this.choice >= 0) void this.#runCommand(this.shown[this.choice]);
      else void this.#send();
    } else if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      this.#choose((this.choice + (event.key === "ArrowDown" ? 1 : -1) + this.shown.length) % this.shown.length);
    } else if (open && event.key === "Tab" && !event.shiftKey && this.choice >= 0) {
      event.preventDefault();
      this.text.value = `/${this.shown[this.choice].command} `;
      this.#typed();
    } else if (event.key === "Escape" && (open || this.mode)) {
      event.stopPropagation();
      if (open) this.#showCommands([]);
      else this.#cancel();
    } else if (event.key === "ArrowUp" && this.text.value === "") {
      event.preventDefault();
      this.view.thread.focusLast();
    }
  }

  async #send() {
    const text = this.text.value.trim();
    if (!text) return this.text.focus();
    if (startPayload(text, this.view.app.store.bot.username) !== null) return this.#follow();
    const { mode } = this;
    this.clear();
    this.mode = null;
    this.#showContext();
    this.text.focus();
    if (mode?.kind === "edit") return this.view.deliver(api.edit(this.view.personId, { message_id: mode.message.message_id, text, ...this.view.where }));
    return this.view.say(text, mode ? { reply_to_message_id: mode.message.message_id } : {});
  }

  async #loadCommands() {
    await this.view.app.attempt(async () => {
      this.commands = (await api.commands(this.view.chatId, this.view.personId)).commands;
    });
  }

  async #menu() {
    if (!this.list.hidden) return this.#showCommands([]);
    await this.#loadCommands();
    this.#showCommands(this.commands, true);
    this.text.focus();
    return undefined;
  }

  #showCommands(commands, sayNone = false) {
    const { language } = this.view.app;
    this.shown = commands;
    this.list.replaceChildren(...commands.map(({ command, description }, index) =>
      h("li", { role: "option", id: `${this.listId}-${index}`, on: { click: () => void this.#runCommand(commands[index]), pointerenter: () => this.#choose(index) } },
        h("b", {}, `/${command}`), h("span", {}, description))));
    if (commands.length === 0 && sayNone) this.list.append(h("li", { class: "empty" }, language.t("noCommands")));
    this.list.hidden = this.list.children.length === 0;
    if (this.list.hidden) this.text.removeAttribute("aria-controls");
    else this.text.setAttribute("aria-controls", this.listId);
    this.#choose(commands.length ? 0 : -1);
  }

  #choose(index) {
    this.choice = index;
    [...this.list.children].forEach((entry, at) => entry.setAttribute("aria-selected", String(at === index)));
    const entry = this.list.children[index];
    entry?.scrollIntoView({ block: "nearest" });
    if (entry?.id) this.text.setAttribute("aria-activedescendant", entry.id);
    else this.text.removeAttribute("aria-activedescendant");
  }

  async #runCommand({ command }) {
    this.clear();
    this.text.focus();
    await this.view.say(`/${command}`);
  }

  #attachMenu() {
    const { language } = this.view.app;
    const { personId, person, where } = this.view;
    const ask = async (dialog, deliver) => {
      const value = await dialog;
      if (value) await this.view.deliver(deliver(personId, { ...value, ...where }));
    };
    popupMenu(this.attachButton, [
      [language.t("pictureOrFile"), "file", () => this.picker.click()],
      [language.t("location"), "pin", () => void ask(locationDialog(language), api.location)],
      [language.t("contact"), "person", () => void ask(contactDialog(language, person), api.contact)],
    ]);
  }

  async #picked(file) {
    this.picker.value = "";
    if (!file) return;
    const form = await uploadDialog(this.view.app.language, file);
    for (const [name, value] of Object.entries(this.view.where)) form?.set(name, value);
    if (form) await this.view.deliver(api.upload(this.view.personId, form));
  }

  #pasted(event) {
    const [file] = event.clipboardData.files;
    if (!file) return;
    event.preventDefault();
    void this.#picked(file);
  }

  #dropped(event) {
    event.preventDefault();
    void this.#picked(event.dataTransfer.files[0]);
  }

  #showKeyboard() {
    const { language } = this.view.app;
    const markup = this.view.replyMarkup();
    const keyboard = markup?.keyboard;
    this.keysButton.hidden = !keyboard;
    this.keys.hidden = !keyboard || this.closedKeyboard === markup.id;
    this.keysButton.setAttribute("aria-expanded", String(!this.keys.hidden));
    this.text.placeholder = keyboard?.input_field_placeholder ?? markup?.force?.input_field_placeholder ?? language.t("message");
    if (keyboard && this.keys.dataset.id !== String(markup.id)) {
      this.keys.dataset.id = String(markup.id);
      this.keys.replaceChildren(...keyboard.keyboard.map((row) => h("div", { class: "keyboard-row" }, row.map((button) => this.#key(button, markup)))));
    }
    if (markup?.force && this.seenForce !== markup.id) {
      this.seenForce = markup.id;
      const message = this.view.history.find(markup.id);
      if (message === this.view.history.newest) this.reply(message);
    }
  }

  #key(button, { keyboard, id }) {
    const label = typeof button === "string" ? button : button.text;
    return h("button", { type: "button", class: "key", on: { click: () => void this.#pressKey(button, label, keyboard, id) } }, h("span", { class: "label" }, label));
  }

  async #pressKey(button, label, keyboard, id) {
    const { language } = this.view.app;
    const { personId, person, where } = this.view;
    if (keyboard.one_time_keyboard) this.closedKeyboard = id;
    if (button.request_contact) {
      const contact = await contactDialog(language, person);
      if (contact) await this.view.deliver(api.contact(personId, { ...contact, ...where }));
    } else if (button.request_location) {
      const location = await locationDialog(language);
      if (location) await this.view.deliver(api.location(personId, { ...location, ...where }));
    } else await this.view.say(label);
    this.refresh();
  }

  #toggleKeys() {
    const { id } = this.view.replyMarkup();
    this.closedKeyboard = this.closedKeyboard === id ? null : id;
    this.refresh();
  }
}
