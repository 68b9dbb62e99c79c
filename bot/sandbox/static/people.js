import { avatar, fullName, h, icon, iconButton } from "./dom.js";
import { addPersonDialog } from "./dialogs.js";
import { summary } from "./message.js";
import { api } from "./api.js";

/** The list at the left: who each person is, in words, what was said last, and how much is unread. */
export class PeopleList {
  constructor(element, app) {
    this.element = element;
    this.app = app;
    this.scheduled = false;
    for (const kind of ["people", "state"]) app.store.on(kind, () => this.schedule());
    element.addEventListener("keydown", (event) => this.#arrows(event));
  }

  /** Many events make one drawing. */
  schedule() {
    if (this.scheduled) return;
    this.scheduled = true;
    requestAnimationFrame(() => {
      this.scheduled = false;
      this.render();
    });
  }

  render() {
    const { store, language } = this.app;
    const focused = document.activeElement?.closest?.(".person")?.dataset.id;
    const scrolled = this.list?.scrollTop ?? 0;
    this.list = h("ul", { class: "person-list" }, [...store.people.values()].map((person) => h("li", {}, this.#entry(person))));
    this.element.replaceChildren(this.#introduction(),
      h("div", { class: "list-head" }, h("h2", {}, language.t("people")), iconButton("add", language.t("addPerson"), () => void this.#add())), this.list);
    this.list.scrollTop = scrolled;
    if (focused) this.element.querySelector(`.person[data-id="${focused}"]`)?.focus({ preventScroll: true });
  }

  #introduction() {
    const { store, language } = this.app;
    this.intro ??= h("details", { class: "intro" });
    const bot = store.bot.first_name;
    this.intro.replaceChildren(h("summary", {}, language.t("introTitle"), icon("down")),
      ["intro1", "intro2", "intro3", "intro4"].map((key) => h("p", {}, language.t(key, { bot }))).reduce((all, one) => (all.append(one), all), h("div", {})));
    return this.intro;
  }

  #entry(person) {
    const { store, language } = this.app;
    const chat = store.chatOf(person.id);
    const last = chat.last_message;
    const current = this.app.personId === person.id;
    const state = person.deactivated ? "deactivated" : person.blocked ? "blocked" : null;
    const about = [person.note, person.language_code && person.language_code !== "sv" && language.t("telegramIn", { language: language.languageName(person.language_code) })];
    const choose = () => this.app.choose(person.id);
    return h("button", { type: "button", class: "person", "data-id": String(person.id), "aria-current": current ? "true" : null, on: { click: choose } },
      avatar(person.id, fullName(person)),
      h("span", { class: "person-text" },
        h("span", { class: "person-top" }, h("b", {}, fullName(person)), last && h("time", {}, language.brief(new Date(last.date * 1000), store.clock.now()))),
        about.some(Boolean) && h("span", { class: "person-note" }, about.filter(Boolean).join(" · ")),
        h("span", { class: "person-last" },
          h("span", { class: state ? "person-state" : "last-text" }, state ? [icon("blocked"), language.t(state)]
            : last ? [last.out && h("i", {}, `${language.t("you")}: `), summary(last, language).slice(0, 120)] : language.t("notStarted")),
          chat.unread > 0 && h("span", { class: "unread" }, h("span", { "aria-hidden": "true" }, chat.unread > 999 ? "999+" : chat.unread), h("span", { class: "sr-only" }, language.t("unread", { n: chat.unread }))))));
  }

  #arrows(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const entries = [...this.element.querySelectorAll(".person")];
    const at = entries.indexOf(document.activeElement);
    if (!step || at < 0) return;
    event.preventDefault();
    entries[Math.max(0, Math.min(entries.length - 1, at + step))].focus();
  }

  async #add() {
    const person = await addPersonDialog(this.app.language);
    if (!person) return;
    await this.app.attempt(async () => {
      const made = await api.addPerson(person);
      this.app.store.takePerson(made);
      this.app.choose(made.id);
    });
  }
}
