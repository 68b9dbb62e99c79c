import { api } from "./api.js";
import { h } from "./dom.js";

let made = 0; // several boxes on one page need ids of their own

/** The commands that a person sees: those that begin as what is written in the box, or all of them. */
export class CommandList {
  #all = [];
  #shown = [];
  #choice = -1;
  #id = `commands-${(made += 1)}`;

  /** `run(text)` sends a command, `complete(text)` goes on writing it. */
  constructor(view, box, { run, complete }) {
    Object.assign(this, { view, box, run, complete });
    this.element = h("ul", { class: "commands", id: this.#id, role: "listbox", "aria-label": view.app.language.t("commands"), hidden: true });
  }

  load() {
    return this.view.app.attempt(async () => {
      this.#all = (await api.commands(this.view.chatId, this.view.personId)).commands;
    });
  }

  follow(text) {
    const word = /^\/\S*$/.exec(text)?.[0].toLowerCase();
    const beginning = word === undefined ? [] : this.#all.filter(({ command }) => `/${command}`.startsWith(word));
    const whole = beginning.findIndex(({ command }) => `/${command}` === word);
    this.#show(beginning, { first: Math.max(whole, 0) }); // what is written in full is what Enter sends
  }

  async toggle() {
    if (!this.element.hidden) return this.#show([]);
    await this.load();
    this.#show(this.#all, { sayNone: true });
    this.box.focus();
    return undefined;
  }

  /** A command's line, while it is shown. */
  line(command) {
    const at = this.#shown.findIndex((one) => `/${one.command}` === command);
    return this.element.hidden ? undefined : this.element.children[at];
  }

  /** Whether the key was meant for the list. */
  take({ key, shiftKey }) {
    if (this.element.hidden) return false;
    const chosen = this.#shown[this.#choice];
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (key === "Escape") this.#show([]);
    else if (!chosen || shiftKey) return false;
    else if (step) this.#choose((this.#choice + step + this.#shown.length) % this.#shown.length);
    else if (key === "Enter") this.run(`/${chosen.command}`);
    else if (key === "Tab") this.complete(`/${chosen.command} `);
    else return false;
    return true;
  }

  #show(commands, { first = 0, sayNone = false } = {}) {
    this.#shown = commands;
    this.element.replaceChildren(...commands.map(({ command, description }, at) =>
      h("li", { role: "option", id: `${this.#id}-${at}`, on: { click: () => this.run(`/${command}`), pointerenter: () => this.#choose(at) } },
        h("b", {}, `/${command}`), h("span", {}, description))));
    if (commands.length === 0 && sayNone) this.element.append(h("li", { class: "empty" }, this.view.app.language.t("noCommands")));
    this.element.hidden = this.element.children.length === 0;
    if (this.element.hidden) this.box.removeAttribute("aria-controls");
    else this.box.setAttribute("aria-controls", this.#id);
    this.#choose(commands.length ? first : -1);
  }

  #choose(choice) {
    this.#choice = choice;
    [...this.element.children].forEach((line, at) => line.setAttribute("aria-selected", String(at === choice)));
    const line = this.element.children[choice];
    line?.scrollIntoView({ block: "nearest" });
    if (line?.id) this.box.setAttribute("aria-activedescendant", line.id);
    else this.box.removeAttribute("aria-activedescendant");
  }
}
