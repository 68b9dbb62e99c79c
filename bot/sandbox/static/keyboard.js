import { api } from "./api.js";
import { contactDialog, locationDialog } from "./dialogs.js";
import { h, iconButton } from "./dom.js";

const OPENS = ["web_app", "request_users", "request_chat", "request_poll", "request_managed_bot"];

/** The reply keyboard under the box: what the bot set last, until it is pressed away or removed. */
export class ReplyKeyboard {
  #closed = null;
  #replied = null;

  constructor(composer) {
    this.composer = composer;
    this.element = h("div", { class: "reply-keyboard", hidden: true });
    this.button = iconButton("keyboard", composer.view.app.language.t("replyKeyboard"), () => this.#toggle(), { hidden: true });
  }

  /** Follows the newest message that set or removed a keyboard, or asks for a reply. */
  refresh() {
    const { view, text } = this.composer;
    const { id, keyboard, force } = this.#newest() ?? {};
    this.button.hidden = !keyboard;
    this.element.hidden = !keyboard || this.#closed === id;
    this.button.setAttribute("aria-expanded", String(!this.element.hidden));
    text.placeholder = (keyboard ?? force)?.input_field_placeholder ?? view.app.language.t("message");
    if (keyboard && this.element.dataset.id !== String(id)) {
      this.element.dataset.id = String(id);
      this.element.replaceChildren(...keyboard.keyboard.map((row) => h("div", { class: "keyboard-row" }, row.map((button) => this.#key(button, keyboard, id)))));
    }
    if (!force || this.#replied === id) return;
    this.#replied = id;
    const message = view.history.find(id);
    if (message === view.history.newest) this.composer.reply(message);
  }

  #newest() {
    const { messages } = this.composer.view.history;
    for (let at = messages.length - 1; at >= 0; at -= 1) {
      const { reply_markup: markup, from, message_id: id } = messages[at];
      if (!from?.is_bot || !markup) continue;
      if (markup.keyboard) return { id, keyboard: markup };
      if (markup.remove_keyboard) return null;
      if (markup.force_reply) return { id, force: markup };
    }
    return null;
  }

  #key(button, keyboard, id) {
    const press = () => {
      if (keyboard.one_time_keyboard) this.#closed = id;
      void this.#press(button);
    };
    return h("button", { type: "button", class: "key", on: { click: press } }, h("span", { class: "label" }, button.text));
  }

  async #press(button) {
    const { view } = this.composer;
    const { personId, person, where, app: { language } } = view;
    if (OPENS.some((name) => button[name] !== undefined)) return view.toast(language.t("cannotPress"));
    const given = button.request_contact ? await contactDialog(language, person) : button.request_location ? await locationDialog(language) : null;
    if (given) await view.deliver((button.request_contact ? api.contact : api.location)(personId, { ...given, ...where }));
    else if (!button.request_contact && !button.request_location) await view.say(button.text);
    this.refresh();
  }

  #toggle() {
    const { id } = this.#newest();
    this.#closed = this.#closed === id ? null : id;
    this.refresh();
  }
}
