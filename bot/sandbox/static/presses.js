import { api } from "./api.js";
import { alertDialog, copyText } from "./dialogs.js";
import { startPayload } from "./links.js";

const ANSWER_MS = 15_000;

/** A chat's inline buttons: each waits visibly until the bot has answered, and shows what it said. */
export class Presses {
  #waiting = new Map();

  constructor(view) {
    this.view = view;
    view.app.store.on("answered", (answer) => this.#answered(answer), view.closing);
  }

  async press(message, button, element) {
    const { app, personId, where } = this.view;
    if (button.copy_text) return copyText(app.language, button.copy_text.text);
    const words = button.switch_inline_query_current_chat ?? button.switch_inline_query;
    if (words !== undefined) {
      this.view.composer.write(`@${app.store.bot.username} ${words}`);
      return this.view.composer.focus();
    }
    if (button.callback_data === undefined) return this.view.toast(app.language.t("cannotPress"));
    element.classList.add("waiting");
    element.setAttribute("aria-busy", "true");
    const done = () => {
      element.classList.remove("waiting");
      element.removeAttribute("aria-busy");
    };
    return app.attempt(async () => {
      const { callback_query_id: id } = await api.press(personId, { message_id: message.message_id, data: button.callback_data, ...where });
      this.#waiting.set(id, done);
      this.view.acted("press", button.text);
      setTimeout(() => this.#end(id), ANSWER_MS);
      if (app.store.answers.has(id)) this.#answered(app.store.answers.get(id));
    }, done);
  }

  #end(id) {
    this.#waiting.get(id)?.();
    this.#waiting.delete(id);
  }

  #answered({ callback_query_id: id, text, show_alert: alert, url }) {
    if (!this.#waiting.has(id)) return;
    this.#end(id);
    const { app } = this.view;
    if (text && alert) void alertDialog(app.language, app.store.bot.first_name, text);
    else if (text) this.view.toast(text);
    if (url && startPayload(url, app.store.bot.username) !== null) void this.view.openLink(url);
  }
}
