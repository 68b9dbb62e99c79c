import { api } from "./api.js";
import { CommandList } from "./commands.js";
import { contactDialog, locationDialog, popupMenu, uploadDialog } from "./dialogs.js";
import { h, icon, iconButton } from "./dom.js";
import { Writer } from "./groups.js";
import { InlineResults } from "./inline.js";
import { ReplyKeyboard } from "./keyboard.js";
import { startPayload } from "./links.js";

const MOST_LINES_PX = 168;

/** Where a person writes: box, attachments, commands, reply keyboard; or what stands there instead (Start, unblock). */
export class Composer {
  constructor(view) {
    this.view = view;
    this.mode = null; // {kind: "reply" | "edit", message}
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
    this.commands = new CommandList(this.view, this.text, { run: (text) => void this.#run(text), complete: (text) => this.write(text) });
    this.keyboard = new ReplyKeyboard(this);
    this.context = h("div", { class: "context", hidden: true });
    this.menuButton = iconButton("menu", language.t("commands"), () => void this.commands.toggle());
    this.attachButton = iconButton("attach", language.t("attach"), () => this.#attachMenu(), { "aria-haspopup": "menu" });
    this.sendButton = iconButton("send", language.t("send"), () => void this.#send(), { class: "icon-button send" });
    this.bar = h("div", { class: "write", on: { dragover: (event) => event.preventDefault(), drop: (event) => this.#dropped(event) } },
      this.menuButton, this.attachButton, this.text, this.keyboard.button, this.sendButton, this.picker);
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
    this.keyboard.refresh();
  }

  #openShape() {
    void this.commands.load();
    this.text.value ||= this.view.app.drafts.get(this.view.chatId) ?? "";
    requestAnimationFrame(() => this.#grow());
    return [this.writer.element, this.inline.element, this.commands.element, this.context, this.bar, this.keyboard.element];
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
    this.write(text);
    return true;
  }

  /** Puts a text into the box, as if it had been typed. */
  write(text) {
    this.text.value = text;
    this.#typed();
  }

  /** What leads to a command: its line in the open menu, else the menu's button. */
  wayTo(command) {
    return this.commands.line(command) ?? (this.shape === "open" ? this.menuButton : this.element.querySelector("button"));
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
    this.commands.follow("");
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
    this.commands.follow(this.text.value);
    this.#showContext();
  }

  #keys(event) {
    const { key } = event;
    if (event.isComposing) return;
    if (this.commands.take(event)) event.stopPropagation();
    else if (key === "Enter" && !event.shiftKey) void this.#send();
    else if (key === "ArrowUp" && this.text.value === "") this.view.thread.focusLast();
    else if (key === "Escape" && this.mode) {
      event.stopPropagation();
      this.#cancel();
    } else return;
    event.preventDefault();
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
    const again = () => this.suggest(text) && mode && this.#setMode(mode.kind, mode.message); // what could not be sent is not lost
    if (mode?.kind === "edit") return this.view.deliver(api.edit(this.view.personId, { message_id: mode.message.message_id, text, ...this.view.where }), again);
    return this.view.say(text, mode ? { reply_to_message_id: mode.message.message_id } : {}, again);
  }

  async #run(command) {
    this.clear();
    this.text.focus();
    await this.view.say(command, {}, () => this.suggest(command));
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
}
