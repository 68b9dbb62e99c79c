import { api } from "./api.js";
import { h } from "./dom.js";

const PAUSE_MS = 250;
const NAMED = ["photo", "document", "voice", "audio", "video", "sticker"];

/** What the bot offers while a person writes its name and some words, in any chat: asked as they type, chosen with a press. */
export class InlineResults {
  #asked = null;
  #words = null;

  constructor(composer) {
    this.composer = composer;
    const { store } = composer.view.app;
    this.element = h("div", { class: "inline-results", role: "group", hidden: true });
    store.on("answered", (answer) => this.#answered(answer), composer.view.closing);
  }

  /** Looks at what stands in the box: `@bot words` asks, all else ends it. */
  follow(text) {
    const { store } = this.composer.view.app;
    const found = store.bot.supports_inline_queries && new RegExp(`^@${store.bot.username}\\s(.*)$`, "isu").exec(text);
    const words = found ? found[1] : null;
    if (words === this.#words) return;
    this.#words = words;
    clearTimeout(this.timer);
    if (words === null) this.#hide();
    else this.timer = setTimeout(() => void this.#ask(words, ""), PAUSE_MS);
  }

  #hide() {
    this.#asked = null;
    this.element.hidden = true;
    this.element.replaceChildren();
  }

  #ask(query, offset) {
    const { view } = this.composer;
    return view.app.attempt(async () => {
      const { inline_query_id: id } = await api.inline(view.personId, { query, offset, ...view.where });
      this.#asked = { id, offset };
      const known = view.app.store.answers.get(id);
      if (known) this.#answered(known);
    });
  }

  #answered({ callback_query_id: id, results, button, next_offset: next }) {
    if (!results || id !== this.#asked?.id) return;
    const { language } = this.composer.view.app;
    if (this.#asked.offset === "") this.element.replaceChildren(...(button ? [this.#leaving(button)] : []));
    this.element.querySelector(".more-results")?.remove();
    this.element.append(...results.map((result) => this.#entry(id, result)));
    if (next) this.element.append(h("button", { type: "button", class: "button quiet more-results", on: { click: () => void this.#ask(this.#words, next) } }, language.t("inlineMore")));
    if (this.element.children.length === 0) this.element.append(h("p", { class: "empty" }, language.t("inlineNone")));
    this.element.hidden = false;
  }

  /** What stands above the results and leads to the private chat instead. */
  #leaving({ text, start_parameter: payload }) {
    const { view } = this.composer;
    const leave = () => {
      if (payload === undefined) return view.toast(view.app.language.t("cannotPress"));
      this.composer.clear();
      return void view.app.choose(view.personId).start(payload);
    };
    return h("button", { type: "button", class: "button quiet", on: { click: leave } }, text);
  }

  #entry(id, result) {
    const { view } = this.composer;
    const choose = () => {
      this.composer.clear();
      void view.deliver(api.chooseInline(view.personId, { inline_query_id: id, result_id: result.id, ...view.where }));
    };
    return h("button", { type: "button", class: "inline-result", on: { click: choose } }, h("b", {}, result.title ?? result.first_name ?? result.caption ?? view.app.language.t(NAMED.includes(result.type) ? result.type : "animation")), result.description && h("span", {}, result.description));
  }
}
